"""A cell behaves as in a notebook, and nothing that it does gets past the one who runs it."""

from __future__ import annotations

import io
import logging
import sys
import warnings

import pytest

from press.cell import LIMIT, Outcome, Session


def run(source: str, **options) -> Outcome:
    return Session().run(source, "a", **options)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("1 + 1", "2\n"),
        ("print(1)\n2", "1\n2\n"),
        ("print(1, end='')\n2", "1\n2\n"),
        ("print(1, end='')", "1"),
        ("None", ""),
        ("x = 1", ""),
        ("1;", ""),
        ("(1\n) ;  # (1)!", ""),
        ("'a;b'  # c;d", "'a;b'\n"),
        ("1; 2", "2\n"),
        ("'é'; 'é' ;", ""),
        ("", ""),
        ("# nothing", ""),
        ("import sys\nprint('out')\nprint('err', file=sys.stderr)", "out\nerr\n"),
        ("import sys\nsys.stdout.close()\nprint(1)", "1\n"),
        ("__name__", "'__main__'\n"),
    ],
)
def test_text(source, text):
    """What is written, then the value of a last expression unless a semicolon follows."""
    outcome = run(source)
    assert (text, "done", None) == (outcome.text, outcome.kind, outcome.raised)


def test_cells_share_a_namespace():
    """A name from one cell is there in the next, and in `namespace`."""
    session = Session()
    session.run("x = 1")
    assert session.run("x + 1").text == "2\n"
    assert session.namespace["x"] == 1


def test_future_statements_reach_the_last_expression():
    """`from __future__ import annotations` holds for the value that is shown."""
    assert run("from __future__ import annotations\n(lambda: None).__annotations__").text == "{}\n"


def test_classes_of_a_cell_can_be_pickled():
    """While a cell runs, its namespace is the main program's."""
    source = (
        "import pickle\nclass A:\n    x = 1\nkept = pickle.dumps(A())\ntype(pickle.loads(kept)).x"
    )
    main = sys.modules["__main__"]
    assert run(source).text == "1\n"
    assert sys.modules["__main__"] is main


def test_source_can_be_inspected():
    """`inspect.getsource` finds a function that a cell defines."""
    source = "import inspect\ndef f(): return 1\ninspect.getsource(f)"
    assert run(source).text == "'def f(): return 1\\n'\n"


def test_text_is_passed_on_line_by_line():
    """What a cell prints can be shown while it runs."""
    seen: list[str] = []
    run("print('a', 'b')\nprint('c', end='')\nprint('d', end='', flush=True)\n1", write=seen.append)
    assert seen == ["a b\n", "cd", "\n", "1\n"]


def test_a_stream_that_a_cell_keeps_works_in_the_next():
    """A logger that is bound to the output of one cell writes to that of the next."""
    session = Session()
    session.run("import logging\nhandler = logging.StreamHandler()")
    record = "handler.emit(logging.LogRecord('a', 10, 'f', 1, 'told', None, None))"
    assert session.run(record).text == "told\n"
    assert isinstance(session.namespace["handler"], logging.Handler)


def test_streams_are_put_back():
    """Whatever a cell does to the streams, afterwards they are what they were."""
    before = sys.stdout, sys.stderr, sys.stdin
    run("import sys\nsys.stdout = sys.stderr = None\n1 / 0")
    assert (sys.stdout, sys.stderr, sys.stdin) == before


def test_write_takes_text_only():
    """As every text stream does."""
    raised = run("import sys\nsys.stdout.write(1)").raised
    assert str(raised) == "TypeError: write() argument must be str, not int"


# warnings -----------------------------------------------------------------------------------


def test_warnings_are_told_without_paths():
    """A warning is its type and its text, in its place among what is printed."""
    assert run("import warnings\nprint(1)\nwarnings.warn('w')\n2").text == "1\nUserWarning: w\n2\n"


def test_a_warning_shows_once_a_line_and_again_in_the_next_cell():
    """As in a notebook: a loop warns once, the next cell warns anew."""
    session = Session()
    source = "import warnings\nfor _ in range(3):\n    warnings.warn('w')"
    assert [session.run(source).text for _ in range(2)] == ["UserWarning: w\n"] * 2


def test_filters_last_from_cell_to_cell_but_not_beyond():
    """A cell can silence a warning for those below it, and for nobody else."""
    session, before = Session(), list(warnings.filters)
    session.run("import warnings\nwarnings.simplefilter('ignore')")
    assert session.run("warnings.warn('w')").text == ""
    assert warnings.filters == before


def test_deprecations_show_where_the_cell_is_to_blame():
    """Python shows a DeprecationWarning of the main program, and not one of a library."""
    assert run("import warnings\nwarnings.warn('old', DeprecationWarning)").text == (
        "DeprecationWarning: old\n"
    )
    source = "import warnings\nwarnings.warn_explicit('old', DeprecationWarning, 'f.py', 1)"
    assert run(source).text == ""


def test_the_place_in_torchs_sources_is_left_out():
    """It names a folder on the machine that built torch."""
    told = "old. (Triggered internally at /b/aten/src/ATen/native/TensorShape.cpp:4314.)"
    assert run(f"import warnings\nwarnings.warn({told!r})").text == "UserWarning: old.\n"


# figures ------------------------------------------------------------------------------------

DRAWING = "class Drawing:\n    def _repr_svg_(self): return {svg!r}\nprint(1)\nDrawing()"


def test_figure():
    """A last value that can draw itself is shown as its figure; its label stands for it in text."""
    svg = '<svg xmlns="urn:x" aria-label="a &amp; b\n c"><g aria-label="x"/></svg>'
    outcome = run(DRAWING.format(svg=svg))
    assert (outcome.text, outcome.figure, outcome.alt) == ("1\n", svg, "a & b c")
    assert outcome.printed == "1\na & b c\n"


def test_a_figure_of_none_is_no_figure():
    """`_repr_svg_` may decline; then the value is printed."""
    source = (
        "class A:\n    def _repr_svg_(self): return None\n    def __repr__(self): return 'A'\nA()"
    )
    assert run(source).text == "A\n"


def test_a_class_that_draws_is_no_drawing():
    """Only an instance can draw itself."""
    source = "class A:\n    def _repr_svg_(self): return '<svg/>'\nA"
    assert run(source).text == "<class '__main__.A'>\n"


def test_a_figure_that_is_no_svg():
    """It is an error of the cell, told as one."""
    assert str(run(DRAWING.format(svg="<svg>")).raised) == (
        "ValueError: _repr_svg_() returned no well-formed SVG: no element found: line 1, column 5"
    )


# errors -------------------------------------------------------------------------------------


def test_an_error():
    """Type, text, line, a traceback of cells only, and what was printed before."""
    outcome = run("def f(x):\n    return 1 / x\n\nprint('before')\nf(0)")
    assert (outcome.kind, outcome.printed) == (
        "raised",
        "before\nZeroDivisionError: division by zero\n",
    )
    raised = outcome.raised
    assert (raised.line, raised.origin, raised.stated) == (2, "<cell a>", False)
    assert raised.trace == (
        "Traceback (most recent call last):\n"
        '  File "<cell a>", line 5, in <module>\n'
        "    f(0)\n"
        '  File "<cell a>", line 2, in f\n'
        "    return 1 / x\n"
        "ZeroDivisionError: division by zero"
    )


def test_an_error_below_another_cell():
    """The line is the one in the cell that runs; the traceback names both."""
    session = Session()
    session.run("def f():\n    raise ValueError", "one")
    raised = session.run("\nf()", "two").raised
    assert (raised.line, raised.origin) == (2, "<cell one>")
    assert 'File "<cell one>", line 2, in f' in raised.trace


@pytest.mark.parametrize(
    ("source", "stated"),
    [
        ("raise ValueError('x')", True),
        ("assert False, 'x'", True),
        ("int('x')", False),
        ("raise ValueError(1 / 0)", False),
    ],
)
def test_who_words_an_error(source, stated):
    """A `raise` or `assert` statement, or the interpreter itself."""
    assert run(source).raised.stated is stated


def test_an_error_inside_a_library_is_told_at_the_readers_line():
    """The library's frames are left out; where it came from is still known."""
    raised = run("import json\n\njson.loads('{')").raised
    assert raised.line == 3
    assert raised.origin.endswith("decoder.py")
    assert raised.type == "json.decoder.JSONDecodeError"
    assert raised.trace.count("File") == 1


@pytest.mark.parametrize(
    ("source", "line", "trace"),
    [
        (
            "x = 1\nfor",
            2,
            '  File "<cell a>", line 2\n    for\n       ^\nSyntaxError: invalid syntax',
        ),
        (
            "if True:\nx = 1",
            2,
            '  File "<cell a>", line 2\n    x = 1\n    ^\n'
            "IndentationError: expected an indented block after 'if' statement on line 1",
        ),
        (
            "return 1",
            1,
            '  File "<cell a>", line 1\n    return 1\n    ^\n'
            "SyntaxError: 'return' outside function",
        ),
        (
            "x = 1\n\0",
            2,
            '  File "<cell a>", line 2\n    \0\n    ^\n'
            "SyntaxError: source code cannot contain null bytes",
        ),
        (
            "\neval('(')",
            2,
            'Traceback (most recent call last):\n  File "<cell a>", line 2, in <module>\n'
            "    eval('(')\n  File \"<string>\", line 1\n    (\n    ^\n"
            "SyntaxError: '(' was never closed",
        ),
    ],
)
def test_a_syntax_error_is_shown_at_its_line(source, line, trace):
    """Nothing of the cell runs; the place is marked."""
    raised = run(source).raised
    assert (raised.line, raised.trace) == (line, trace)


def test_chained_errors():
    """An error that a cell caught and raised anew shows both."""
    first = (
        'Traceback (most recent call last):\n  File "<cell a>", line 2, in <module>\n    1 / 0\n'
    )
    source = "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    raise ValueError('b')"
    between = "ZeroDivisionError: division by zero\n\n{}:\n\nTraceback (most recent call last):\n"
    assert run(source).raised.trace.startswith(
        first + between.format("During handling of the above exception, another exception occurred")
    )
    assert run(f"{source} from error").raised.trace.startswith(
        first
        + between.format("The above exception was the direct cause of the following exception")
    )
    assert run(f"{source} from None").raised.trace.count("Traceback") == 1


def test_what_a_library_caught_itself_is_left_out():
    """Only the reader's own errors are chained."""
    session = Session()
    namespace: dict[str, object] = {}
    library = (
        "def f():\n    try:\n        {}['x']\n    except KeyError:\n        raise ValueError('b')"
    )
    exec(compile(library, "library.py", "exec"), namespace)
    session.namespace["f"] = namespace["f"]
    assert session.run("f()", "a").raised.trace == (
        "Traceback (most recent call last):\n"
        '  File "<cell a>", line 1, in <module>\n    f()\nValueError: b'
    )


def test_a_group_tells_its_members():
    """Each on a line, groups in groups further in."""
    source = (
        "raise ExceptionGroup('two', [ValueError('a'), ExceptionGroup('one', [KeyError('k')])])"
    )
    assert run(source).printed == (
        "ExceptionGroup: two (2 sub-exceptions)\n"
        "  1. ValueError: a\n"
        "  2. ExceptionGroup: one (1 sub-exception)\n"
        "    1. KeyError: 'k'\n"
    )


def test_notes_belong_to_the_text():
    """What `add_note` added is told below the message."""
    source = "error = ValueError('a')\nerror.add_note('b')\nraise error"
    assert run(source).printed == "ValueError: a\nb\n"


def test_an_error_without_text():
    """Its type alone; and one whose text cannot be made does no harm."""
    assert run("class Own(Exception): pass\nraise Own").printed == "Own\n"
    source = "class Own(Exception):\n    def __str__(self): return 1 / 0\nraise Own"
    assert run(source).printed == "Own: <its text could not be made: ZeroDivisionError>\n"


@pytest.mark.parametrize(
    "source",
    [
        "def f(n):\n    return f(n + 1)\nf(0)",
        "def f(n):\n    return g(n)\ndef g(n):\n    return f(n)\nf(0)",
        "class A:\n    def __repr__(self): return repr(self)\nA()",
    ],
)
def test_deep_recursion(source):
    """It ends with one text in all versions of Python, and a traceback that one can read."""
    raised = run(source).raised
    assert str(raised) == "RecursionError: maximum recursion depth exceeded"
    assert "[more of the same]" in raised.trace
    assert raised.trace.count("\n") < 30


def test_frames_of_comprehensions_are_left_out():
    """Python 3.11 has them, later versions have not."""
    trace = run("[1 / x for x in [0]]").raised.trace
    assert [line for line in trace.split("\n") if "File" in line] == [
        '  File "<cell a>", line 1, in <module>'
    ]


@pytest.mark.parametrize(
    ("source", "kind", "text"),
    [
        ("import sys\nsys.exit(3)", "exit", "SystemExit: 3"),
        ("raise KeyboardInterrupt", "interrupted", "KeyboardInterrupt"),
        (
            "input('? ')",
            "raised",
            "EOFError: nobody can type here: write the value into the code, not input()",
        ),
    ],
)
def test_ends_of_another_kind(source, kind, text):
    """A cell can end neither the press nor the page, and nobody answers its questions."""
    outcome = run(source)
    assert (outcome.kind, str(outcome.raised)) == (kind, text)


# too much -----------------------------------------------------------------------------------

PRINT = "print('x' * 999)"
STUBBORN = {
    "plain": f"while True: {PRINT}",
    "catches": f"while True:\n    try: {PRINT}\n    except BaseException: pass",
    "bare": f"while True:\n    try:\n        {PRINT}\n    except: pass",
    "nested": f"""
while True:
    try:
        while True:
            try:
                while True:
                    try: {PRINT}
                    except: pass
            except: pass
    except: pass
""",
    "finally": f"while True:\n    try: {PRINT}\n    finally: continue",
    "suppress": f"""
from contextlib import suppress
while True:
    with suppress(BaseException): {PRINT}
""",
    "function": f"""
def tell():
    try: {PRINT}
    except BaseException: pass
while True: tell()
""",
    "handler": f"""
try: 1 / 0
except ZeroDivisionError:
    while True:
        try: {PRINT}
        except BaseException: pass
""",
    "long": f"while True:\n    try:\n        {PRINT}\n"
    + "".join(f"        x{n} = {n}\n" for n in range(40))
    + "    except BaseException: pass",
    "stderr": f"import sys\nwhile True: {PRINT[:-1]}, file=sys.stderr)",
    "repr": "list(range(10 ** 5))",
}


NESTED = pytest.mark.skipif(
    sys.version_info < (3, 12), reason="Python 3.11 cannot raise on every line; workers end it"
)


@pytest.mark.parametrize(
    "source",
    [pytest.param(s, id=n, marks=NESTED if n == "nested" else ()) for n, s in STUBBORN.items()],
)
def test_too_much_output_ends_a_cell(source):
    """Also one that catches everything: 64,000 characters and not one more."""
    tracing = sys.gettrace()
    outcome = run(source)
    assert (outcome.kind, len(outcome.text), outcome.raised) == ("limit", LIMIT, None)
    assert sys.gettrace() is tracing


def test_a_session_outlives_too_much_output():
    """The next cell has all its room, and its errors are its own."""
    session = Session()
    session.run(STUBBORN["handler"])
    assert session.run("1").printed == "1\n"
    assert "_TooMuch" not in session.run("1 / 0").raised.trace


def test_just_enough_output():
    """The limit itself is still allowed."""
    assert run("print('abc')", limit=4).kind == "done"
    outcome = run("print('abcd')", limit=4)
    assert (outcome.kind, outcome.text) == ("limit", "abcd")


def test_the_limit_is_the_streams_not_the_readers():
    """What is passed on is cut at the same place."""
    seen = io.StringIO()
    run(STUBBORN["plain"], write=seen.write, limit=100)
    assert len(seen.getvalue()) == 100
