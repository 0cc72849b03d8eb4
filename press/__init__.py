"""The press: runs what the pages show, compares it with what is recorded, and renders it."""


class Problem(Exception):
    """Something a writer has to mend: where it is, what is wrong, what to do.

    Args:
        file: Path from the project's root, with forward slashes.
        line: Line in that file, counted from 1.
        message: What is wrong, and the remedy.
    """

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(file, line, message)
        self.file, self.line, self.message = file, line, message

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"
