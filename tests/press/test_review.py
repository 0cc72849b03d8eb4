"""Pages, snippets, examples and fences are looked at together, and everything is told once."""

from __future__ import annotations

import pytest

from press.review import review

PAGE = """\
# A { #a }

```python
--8<-- "a.py:one"
```

::: reference_impl.torch.arange

```console
python -c "print(1)"
2
```
"""
COUNTING = '''
    class Tensor(list):
        def __repr__(self):
            return f"tensor({super().__repr__()})"


    def arange(end):
        """Count.

        >>> torch.arange(2)
        tensor([0, 2])
        """
        return Tensor(range(end))
    '''


def test_review(project):
    """Problems of every kind come together, in the order of their files and lines."""
    (project.root / "reference_impl/torch.py").unlink()
    project.write(
        {
            "reference_impl/torch/__init__.py": "from reference_impl.torch.counting import arange",
            "reference_impl/torch/counting.py": COUNTING,
            "docs/zh/a.md": PAGE,
            "docs/en/a.md": PAGE.replace("#a }", "#b }"),
            "snippets/a.py": "# %% one\n1\n",
            "snippets/a.out": "--- one ---\n2\n",
        }
    )
    told = [(one.file, one.line) for one in review(project.root).problems]
    assert told == [
        ("docs/en/a.md", 10),  # its command prints 1
        ("docs/zh/a.md", 1),  # its id is not its twin's
        ("docs/zh/a.md", 10),
        ("reference_impl/torch/counting.py", 7),  # has no Chinese
        ("reference_impl/torch/counting.py", 9),  # its example prints something else
        ("snippets/a.out", 2),
    ]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("raise RuntimeError('broken')", "RuntimeError: broken"),
        ("def arange( return", "SyntaxError: invalid syntax"),
    ],
)
def test_a_broken_engine_is_told_once(project, source, message):
    """Although snippets, examples and objects on pages all need it."""
    project.write(
        {
            "reference_impl/torch.py": f"x = 1\n{source}\n",
            "docs/zh/a.md": PAGE,
            "docs/en/a.md": PAGE,
            "snippets/a.py": "# %% one\n1\n",
            "snippets/a.out": "--- one ---\n1\n",
        }
    )
    assert [str(problem) for problem in review(project.root).problems] == [
        f"reference_impl/torch.py:2: reference_impl cannot be imported: {message}"
    ]
