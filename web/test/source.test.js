import assert from "node:assert/strict";
import { test } from "node:test";
import { excerpt } from "../src/source.js";

const FILE = `import math


@function
def cat(
    tensors,
) -> Tensor:
    """Join.

    More.
    """
    return 1


class Linear(Module):
    def forward(self):
        return (
            2
        )

    def extra(self):
        pass
`;

test("a function is cut out from its decorator to its last line", () => {
  assert.equal(excerpt(FILE, 4).split("\n")[0], "@function");
  assert.equal(excerpt(FILE, 4).split("\n").pop(), "    return 1");
});

test("a class is cut out whole, a method without its indentation", () => {
  assert.equal(excerpt(FILE, 15).split("\n").pop(), "        pass");
  assert.equal(excerpt(FILE, 16), "def forward(self):\n    return (\n        2\n    )");
});
