"""Turn Python sources into tables of compiled modules; run by `build.mjs` inside Pyodide.

Compiling in the reader's browser would cost a second at every start, so it is done here, by the
very interpreter that will load the result.
"""

import gzip
import importlib.util
import io
import marshal
import struct
import zipfile

# What a browser cannot do, or what a reader of a handbook does not ask for: processes, sockets
# and mail, terminals and windows, packaging, profilers, other systems. What stays is what the
# language, the engine and the pages need. (`email` and `http` stay for importlib.metadata and
# urllib; `unittest` for exercises; `pdb`, `bdb` and `cmd` go, for there is no console.)
LEFT_OUT = """
    __hello__ __phello__ _pyio _pyrepl antigravity bdb cProfile cmd compileall ctypes curses
    doctest ensurepip ftplib getpass idlelib imaplib lib2to3 mailbox modulefinder
    multiprocessing netrc nturl2path optparse pdb plistlib poplib profile profiling pstats pty
    pyclbr pydoc pydoc_data rlcompleter sched shelve smtplib socketserver sqlite3 ssl _ssl
    symtable tabnanny this tkinter trace tty turtle turtledemo venv webbrowser wsgiref xml/dom
    xml/sax xmlrpc zipapp
"""
# Of the 120 codecs those of text that readers of Chinese and English meet.
CODECS = """
    __init__ aliases ascii base64_codec big5 charmap cp1252 cp437 cp936 gb18030 gb2312 gbk
    hex_codec hz idna latin_1 iso8859_1 punycode raw_unicode_escape rot_13 undefined
    unicode_escape utf_16 utf_16_be utf_16_le utf_32 utf_32_be utf_32_le utf_7 utf_8 utf_8_sig
    zlib_codec
"""
# What Python imports before it runs sitecustomize.py, which finds the others.
START = """
    _collections_abc _sitebuiltins abc codecs encodings/__init__ encodings/aliases encodings/utf_8
    genericpath os posixpath site stat
"""
# Where Python looks for its library, and tracebacks say it is.
LIBRARY = "/lib/python314.zip"
# Fixed, so that the same sources give the same bytes.
DATE = (2020, 1, 1, 0, 0, 0)
WITHOUT_REFERENCES = 2  # version of marshal's format; later ones depend on who else holds a string
UNCHECKED_HASH = 1


def needed(file: str) -> bool:
    """Tell whether a file of the standard library goes to the browser."""
    module = file.removesuffix(".py").split("/")
    if module[0] == "encodings":
        return module[1] in CODECS.split()
    return not {module[0], "/".join(module[:2])} & set(LEFT_OUT.split())


def compiled(source: bytes, file: str) -> bytes:
    """Return the code of a source, as `marshal` writes it.

    Raises:
        SyntaxError: The source does not compile; `filename` is `file`.
    """
    return marshal.dumps(compile(source, file, "exec", dont_inherit=True, optimize=0))


def archive(files: dict[str, bytes], folder: str) -> bytes:
    """Return a zip of `.pyc` files, trusted without a look at their sources.

    It is not compressed, for Python would have to decompress it before it does anything else.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as opened:
        for file, source in sorted(files.items()):
            head = importlib.util.MAGIC_NUMBER + struct.pack("<I", UNCHECKED_HASH)
            code = compiled(source, f"{folder}/{file}c")
            entry = zipfile.ZipInfo(f"{file}c", DATE)
            entry.external_attr = 0o644 << 16
            opened.writestr(entry, head + importlib.util.source_hash(source) + code)
    return buffer.getvalue()


def table(files: dict[str, bytes], folder: str) -> tuple[bytes, list[str]]:
    """Return all modules in one piece, as `sitecustomize.py` reads it, compressed.

    Code objects carry the name that a compiled file would have in `folder`, as `__file__` does.
    The second result names every file that does not compile: its place, and what is wrong.
    """
    problems = []
    modules = {}
    for file, source in sorted(files.items()):
        path = file.removesuffix(".py").split("/")
        is_package = path[-1] == "__init__"
        try:
            code = compiled(source, f"{folder}/{file}c")
        except (SyntaxError, ValueError) as wrong:
            message = getattr(wrong, "msg", str(wrong))
            problems.append(f"{file}:{getattr(wrong, 'lineno', None) or 1}: {message}")
            continue
        modules[".".join(path[:-1] if is_package else path)] = (is_package, code)
    written = marshal.dumps((folder, modules), WITHOUT_REFERENCES)
    return gzip.compress(written, 9, mtime=0), problems


def standard_library(shipped: bytes, custom: bytes) -> tuple[bytes, bytes, list[str]]:
    """Return the trimmed, compiled form of the standard library that Pyodide ships.

    Args:
        shipped: Its zip.
        custom: The source of `sitecustomize.py`.

    Returns:
        The zip that Python begins with, the table of all else, and what is wrong.
    """
    with zipfile.ZipFile(io.BytesIO(shipped)) as original:
        files = {
            entry.filename: original.read(entry)
            for entry in original.infolist()
            if entry.filename.endswith(".py") and needed(entry.filename)
        }
    start = {file: files.pop(file) for file in (f"{name}.py" for name in START.split())}
    start["sitecustomize.py"] = custom
    return archive(start, LIBRARY), *table(files, LIBRARY)
