"""Write reference_impl/torch/public_names.py from the torch that is installed."""

import pathlib
import textwrap
import types

import torch

HEAD = '''"""The public names of torch {version}, to tell a missing name from a misspelt one.

Made by `python tests/reference_impl/make_public_names.py`.
"""
'''


def block(variable: str, names: list[str]) -> str:
    """One frozenset of names, wrapped to the line length."""
    body = textwrap.fill(" ".join(names), 96, break_long_words=False, break_on_hyphens=False)
    return f'{variable} = frozenset(\n    """\n{body}\n""".split()\n)\n'


def public(owner: object) -> list[str]:
    """The names of torch's own that `dir` shows: no borrowed module, nothing of `typing`."""
    found = []
    for name in sorted(n for n in dir(owner) if not n.startswith("_")):
        value = getattr(owner, name)
        home = value.__name__ if isinstance(value, types.ModuleType) else None
        home = home or str(getattr(value, "__module__", None) or "torch")
        if home.split(".")[0] not in ("typing", "typing_extensions") and (
            not isinstance(value, types.ModuleType) or home.split(".")[0] == "torch"
        ):
            found.append(name)
    return found


def main() -> None:
    """Write the file."""
    text = HEAD.format(version=torch.__version__.split("+")[0])
    text += "\n" + block("MODULE", public(torch)) + "\n" + block("TENSOR", public(torch.Tensor))
    target = pathlib.Path(__file__).parents[2] / "reference_impl" / "torch" / "public_names.py"
    target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
