"""Run the cells of a snippet as a notebook would, and tell what they showed.

The press runs this file when it prints the handbook, and the browser runs the very same file when
a reader presses Run: hence the standard library only (`press.steps` keeps to that, too), and texts
that do not depend on the version of Python.
"""

from __future__ import annotations
import __future__

import ast
import io
import linecache
import opcode
import re
import sys
import time
import types
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType, FrameType, TracebackType
from typing import Any, NoReturn
from xml.parsers import expat

from press.steps import Report, counted, told

LIMIT = 64_000
FEW_FRAMES = 12
MONITORING: Any = getattr(sys, "monitoring", None)
TOOL = 4  # of the six that may watch a program at a time; Python leaves this one to anybody

# What Python itself shows and hides by default; a cell counts as the main program.
USUAL_FILTERS = (
    ("default", None, DeprecationWarning, "__main__", 0),
    ("ignore", None, DeprecationWarning, None, 0),
    ("ignore", None, PendingDeprecationWarning, None, 0),
    ("ignore", None, ImportWarning, None, 0),
    ("ignore", None, ResourceWarning, None, 0),
)
# torch ends some warnings with the place in its C++ sources, as they lay on its build machine.
BUILD_PLACE = re.compile(r" \(Triggered internally at .*?\)\.?$", re.DOTALL)
# torch.load prints a part of its error in bold type, as terminals take it.
BOLD = re.compile(r"\x1b\[[01]m")
# Python 3.11 gives a comprehension a frame of its own, later versions do not.
INLINED = {"<listcomp>", "<setcomp>", "<dictcomp>"}
FUTURES = sum(getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)


@dataclass(frozen=True, slots=True)
class Raised:
    """What a cell raised.

    Attributes:
        type: Name of the type, with its module unless built in or defined in a cell.
        message: Its text, then its notes and the members of a group, a line each.
        line: Line in the cell, from 1; None if the error has no place in it.
        trace: The traceback as a reader may read it: frames of cells only.
        origin: File of the innermost frame, `<cell rows>` if that is in the cell itself.
        stated: Whether a `raise` or `assert` statement raised it, and not the interpreter.
    """

    type: str
    message: str
    line: int | None
    trace: str
    origin: str
    stated: bool

    def __str__(self) -> str:
        return f"{self.type}: {self.message}" if self.message else self.type


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a cell showed.

    Attributes:
        text: What it wrote, its warnings, then the value of a last expression.
        figure: That value as SVG, if it can draw itself.
        alt: The figure in words: the `aria-label` of the SVG.
        raised: What it raised.
        kind: `done`, `raised`, `limit` (too much output), `interrupted`, or `exit`.
        seconds: How long it took.
    """

    text: str
    figure: str | None
    alt: str
    raised: Raised | None
    kind: str
    seconds: float

    @property
    def printed(self) -> str:
        """Everything that can be compared as text, as the `.out` file holds it."""
        parts = (self.text, self.alt, str(self.raised) if self.raised else "")
        return "".join(part if part.endswith("\n") else f"{part}\n" for part in parts if part)


class Session:
    """One namespace, in which cells run one after the other.

    Args:
        name: The `__name__` that cells see. They are the main program while they run, so that
            classes of theirs can be pickled.
    """

    def __init__(self, name: str = "__main__") -> None:
        self._module = types.ModuleType(name)
        self.namespace: dict[str, Any] = self._module.__dict__
        self._screen = _Screen()
        self._filters: list[Any] = list(USUAL_FILTERS)

    def run(
        self,
        source: str,
        name: str = "cell",
        write: Callable[[str], None] | None = None,
        limit: int = LIMIT,
        progress: Report | None = None,
    ) -> Outcome:
        """Run one cell.

        Args:
            source: Its code.
            name: Its name; tracebacks call it `<cell NAME>`.
            write: Called with what the cell prints, as it prints it.
            limit: So many characters and no more; then the cell is stopped.
            progress: Told of the steps of loops that take their time, as `press.steps` has it.

        Returns:
            What it showed. Nothing that the cell raises gets past this method.
        """
        file = f"<cell {name}>"
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        figure, alt, raised, kind = None, "", None, "done"
        started = time.perf_counter()
        with self._stage(write, limit), told(progress):
            try:
                figure, alt = self._show(self._value(source, file, progress is not None))
            except _TooMuch:
                pass
            except BaseException as error:
                raised = _describe(error, file)
                kind = "raised"
                if isinstance(error, (KeyboardInterrupt, SystemExit)):
                    kind = "exit" if isinstance(error, SystemExit) else "interrupted"
        if self._screen.refused:
            figure, alt, raised, kind = None, "", None, "limit"
        seconds = time.perf_counter() - started
        return Outcome(self._screen.text, figure, alt, raised, kind, seconds)

    def _value(self, source: str, file: str, count: bool) -> object:
        """Run the source; return the value of a last expression, None if there is none to show."""
        if "\0" in source:  # a ValueError in some versions of Python
            line = source[: source.index("\0")].count("\n") + 1
            raise SyntaxError("source code cannot contain null bytes", (file, line, None, None))
        tree = ast.parse(source, file)
        last = None
        if tree.body and isinstance(tree.body[-1], ast.Expr) and not _ends_quietly(source, tree):
            last = ast.Expression(tree.body.pop().value)
        code = compile(counted(tree) if count else tree, file, "exec", dont_inherit=True)
        exec(code, self.namespace)
        if last is None:
            return None
        flags = code.co_flags & FUTURES
        return eval(compile(last, file, "eval", flags, dont_inherit=True), self.namespace)

    def _show(self, value: object) -> tuple[str | None, str]:
        """Return a value's figure and its text; print a value that has no figure."""
        draw = getattr(type(value), "_repr_svg_", None)
        figure = None if draw is None else draw(value)
        if figure is not None:
            return figure, _label(figure)
        if value is not None:
            text = repr(value)
            if not self._screen.at_line_start:
                self._screen.write("\n")
            self._screen.write(f"{text}\n")
        return None, ""

    @contextmanager
    def _stage(self, write: Callable[[str], None] | None, limit: int) -> Iterator[None]:
        """Set the scene for one cell, and put everything back whatever the cell did."""
        name = self._module.__name__
        before = sys.stdout, sys.stderr, sys.stdin, sys.modules.get(name), sys.gettrace()
        # A warning shows once for each line of a cell, and again in the next cell.
        self.namespace.pop("__warningregistry__", None)
        with warnings.catch_warnings():
            warnings.resetwarnings()
            warnings.filters.extend(self._filters)
            warnings.showwarning = _show_warning
            self._screen.begin(write, limit)
            sys.stdout = sys.stderr = self._screen
            sys.stdin = _NoKeyboard()
            sys.modules[name] = self._module
            try:
                yield
            finally:
                sys.stdout, sys.stderr, sys.stdin, module, trace = before
                sys.settrace(trace)
                _let_run()
                if module is None:
                    sys.modules.pop(name, None)
                else:
                    sys.modules[name] = module
                self._filters = list(warnings.filters)
                self._screen.end()


class _TooMuch(BaseException):
    """A cell wrote more than it may. Not an Exception, so that few handlers see it."""


class _Screen(io.TextIOBase):
    """Where cells write: keeps the text, passes it on line by line, and has an end.

    It lives as long as its session, so that a stream that one cell has handed to, say, a logger
    still works in the next.
    """

    encoding = "utf-8"

    def __init__(self) -> None:
        super().__init__()
        self._shown = False
        self.begin(None, 0)
        self.end()

    def begin(self, pass_on: Callable[[str], None] | None, limit: int) -> None:
        self._parts: list[str] = []
        self._waiting: list[str] = []
        self._pass_on, self._room = pass_on, limit
        self.refused = False
        self._attempts = 0
        self._trace: Callable[..., Any] | None = None
        self.at_line_start = True
        self._shown = True

    def end(self) -> None:
        self.flush()
        self._shown = False

    def close(self) -> None:
        """Do nothing: a cell cannot close the page that it writes on."""

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if not self._shown or not text:
            return len(text)
        fits = text[: self._room]
        if fits:
            self._room -= len(fits)
            self._parts.append(fits)
            self._waiting.append(fits)
            self.at_line_start = fits.endswith("\n")
            if "\n" in fits:
                self.flush()
        if len(fits) < len(text):
            self._refuse()
        return len(text)

    def flush(self) -> None:
        text = "".join(self._waiting)
        self._waiting.clear()
        if text and self._pass_on is not None:
            self._pass_on(text)

    def _refuse(self) -> NoReturn:
        """Stop the cell, even one that catches what is raised here and goes on writing."""
        self.flush()
        if self.refused and MONITORING is not None:
            _raise_on_lines()
        elif self.refused and (self._trace is None or sys.gettrace() is not self._trace):
            self._attempts += 1
            self._trace = _raise_on_line(self._attempts)
        self.refused = True
        raise _TooMuch


def _raise_on_lines() -> None:
    """Raise `_TooMuch` wherever the running cell begins a line, until `_let_run`.

    Whatever catches it does so on a line of its own, where it is raised anew: no loop survives.
    """
    if MONITORING.get_tool(TOOL) is None:
        MONITORING.use_tool_id(TOOL, __name__)
        MONITORING.register_callback(TOOL, MONITORING.events.LINE, _raise_in_cells)
        MONITORING.set_events(TOOL, MONITORING.events.LINE)


def _let_run() -> None:
    """Undo `_raise_on_lines`."""
    if MONITORING is not None and MONITORING.get_tool(TOOL) == __name__:
        MONITORING.set_events(TOOL, 0)
        MONITORING.free_tool_id(TOOL)


def _raise_in_cells(code: CodeType, line: int) -> None:
    if code.co_filename.startswith("<cell "):
        raise _TooMuch


def _raise_on_line(count: int) -> Callable[..., Any]:
    """Raise `_TooMuch` when the running cell begins its count-th line from here, in Python 3.11.

    That version can only trace, and drops a trace function that raises. With another line at each
    attempt to write, this ends all but loops within loops that all catch everything.
    """

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        if frame.f_code.co_filename == __file__:
            return None
        if event == "line":
            count -= 1
            if count <= 0:
                raise _TooMuch
        return trace

    frame: FrameType | None = sys._getframe()
    while frame is not None and frame.f_code is not Session._value.__code__:
        if frame.f_code.co_filename != __file__:
            frame.f_trace = trace
        frame = frame.f_back
    sys.settrace(trace)
    return trace


class _NoKeyboard(io.TextIOBase):
    """What cells read from: nothing, and it says so."""

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> str:
        raise EOFError("nobody can type here: write the value into the code, not input()")

    readline = read


def _ends_quietly(source: str, tree: ast.Module) -> bool:
    """Whether a semicolon follows the last expression."""
    last = tree.body[-1]
    lines = source.encode().split(b"\n")[last.end_lineno - 1 :]
    lines[0] = lines[0][last.end_col_offset :]
    return any(b";" in line.partition(b"#")[0] for line in lines)


def _label(svg: str) -> str:
    """Return the `aria-label` of an SVG's root."""
    labels: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, has: labels.append(has.get("aria-label", ""))
    try:
        parser.Parse(svg, True)
    except expat.ExpatError as error:
        raise ValueError(f"_repr_svg_() returned no well-formed SVG: {error}") from None
    return " ".join(labels[0].split())


def _show_warning(
    message: Warning | str, category: type[Warning], *place: object, **more: object
) -> None:
    sys.stderr.write(f"{category.__name__}: {BUILD_PLACE.sub('', str(message))}\n")


def _describe(error: BaseException, file: str) -> Raised:
    """Describe an error that a cell raised."""
    frames = _frames(error)
    lines = [frame.line for frame in frames if frame.file == file]
    line = lines[-1] if lines else None
    origin, stated = _origin(error.__traceback__)
    if isinstance(error, SyntaxError) and error.filename == file:
        line, origin = error.lineno, file
    trace = "\n".join(_trace(error, set()))
    return Raised(_type(error), _message(error), line, trace, origin or file, stated)


@dataclass(frozen=True, slots=True)
class _Frame:
    file: str
    line: int
    function: str

    def __str__(self) -> str:
        text = linecache.getline(self.file, self.line).strip()
        place = f'  File "{self.file}", line {self.line}, in {self.function}'
        return f"{place}\n    {text}" if text else place


def _frames(error: BaseException) -> list[_Frame]:
    """Return the frames of cells, the innermost last."""
    frames: list[_Frame] = []
    trace = error.__traceback__
    while trace is not None:
        code, line = trace.tb_frame.f_code, trace.tb_lineno
        function = code.co_name
        if code.co_filename.startswith("<cell "):
            if function in INLINED and frames:
                function = frames.pop().function
            frames.append(_Frame(code.co_filename, line or code.co_firstlineno, function))
        trace = trace.tb_next
    return frames


def _origin(trace: TracebackType | None) -> tuple[str | None, bool]:
    """Return the file of the innermost frame of all, and whether a statement raised there."""
    last = None
    while trace is not None:
        if trace.tb_frame.f_code is not Session._value.__code__:
            last = trace
        trace = trace.tb_next
    if last is None:
        return None, False
    code: CodeType = last.tb_frame.f_code
    return code.co_filename, code.co_code[last.tb_lasti] == opcode.opmap["RAISE_VARARGS"]


def _trace(error: BaseException, seen: set[int]) -> list[str]:
    """Return a traceback line by line: as Python's own, but of cells only and without carets."""
    seen.add(id(error))
    cause, context = error.__cause__, error.__context__
    lines: list[str] = []
    if cause is not None and id(cause) not in seen and (_frames(cause) or not cause.__traceback__):
        lines += _trace(cause, seen)
        lines += ["", "The above exception was the direct cause of the following exception:", ""]
    # What a library caught and raised anew inside itself has no frame of a cell.
    elif (
        cause is None
        and context is not None
        and not error.__suppress_context__
        and not isinstance(context, _TooMuch)  # may be left over from a cell that was stopped
        and id(context) not in seen
        and _frames(context)
    ):
        lines += _trace(context, seen)
        lines += ["", "During handling of the above exception, another exception occurred:", ""]
    frames = [str(frame) for frame in _frames(error)]
    if len(frames) > FEW_FRAMES:
        frames[FEW_FRAMES // 2 : -FEW_FRAMES // 2] = ["  [more of the same]"]
    if frames:
        lines += ["Traceback (most recent call last):", *frames]
    if isinstance(error, SyntaxError) and error.lineno and str(error.filename).startswith("<"):
        lines += _place(error)
    name, message = _type(error), _message(error)
    return [*lines, f"{name}: {message}" if message else name]


def _place(error: SyntaxError) -> list[str]:
    """Return where the syntax is wrong: the line, and a mark below it."""
    lines = [f'  File "{error.filename}", line {error.lineno}']
    text = (error.text or linecache.getline(str(error.filename), error.lineno)).rstrip("\n")
    if text.strip():
        shown = text.lstrip()
        column = max((error.offset or 1) - 1 - (len(text) - len(shown)), 0)
        lines += [f"    {shown}", f"    {' ' * column}^"]
    return lines


def _type(error: BaseException) -> str:
    """Return the name of an error's type as Python's tracebacks give it."""
    kind = type(error)
    if kind.__module__ in ("__main__", "builtins"):
        return kind.__qualname__
    return f"{kind.__module__}.{kind.__qualname__}"


def _message(error: BaseException) -> str:
    """Return an error's text, its notes, and the members of a group."""
    if isinstance(error, RecursionError):  # in what it was too deep differs between versions
        return "maximum recursion depth exceeded"
    try:
        lines = [error.msg if isinstance(error, SyntaxError) else str(error)]
    except Exception as inner:
        lines = [f"<its text could not be made: {type(inner).__name__}>"]
    lines = [BOLD.sub("", line) for line in lines]
    lines += [str(note) for note in getattr(error, "__notes__", ())]
    if isinstance(error, BaseExceptionGroup):
        for number, member in enumerate(error.exceptions, 1):
            text = f"{number}. {_type(member)}: {_message(member)}"
            lines.append("  " + text.replace("\n", "\n  "))
    return "\n".join(lines)
