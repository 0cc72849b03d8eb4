"""Turn Python sources into archives of compiled modules; run by `build.mjs` inside Pyodide.

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
# Fixed, so that the same sources give the same bytes.
DATE = (2020, 1, 1, 0, 0, 0)
UNCHECKED_HASH = 1


def needed(file: str) -> bool:
    """Tell whether a file of the standard library goes to the browser."""
    module = file.removesuffix(".py").split("/")
    if module[0] == "encodings":
        return module[1] in CODECS.split()
    return not {module[0], "/".join(module[:2])} & set(LEFT_OUT.split())


def compiled(source: bytes, file: str) -> bytes:
    """Return the `.pyc` of a source, trusted without a look at that source.

    Raises:
        SyntaxError: The source does not compile; `filename` is `file`.
    """
    code = compile(source, file, "exec", dont_inherit=True, optimize=0)
    head = importlib.util.MAGIC_NUMBER + struct.pack("<I", UNCHECKED_HASH)
    return head + importlib.util.source_hash(source) + marshal.dumps(code)


def zipped(files: dict[str, bytes], folder: str, method: int) -> tuple[bytes, list[str]]:
    """Return a zip of the files, Python compiled, to be imported from `folder`.

    Code objects carry the name that the compiled file has there, as `__file__` does. The second
    result names every file that does not compile: its place, and what is wrong.
    """
    problems = []
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method, compresslevel=9) as archive:
        for file, content in sorted(files.items()):
            name = file
            if file.endswith(".py"):
                name = f"{file}c"
                try:
                    content = compiled(content, f"{folder}/{name}")
                except (SyntaxError, ValueError) as wrong:
                    message = getattr(wrong, "msg", str(wrong))
                    problems.append(f"{file}:{getattr(wrong, 'lineno', None) or 1}: {message}")
                    continue
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = method
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue(), problems


def engine(files: dict[str, bytes], folder: str) -> tuple[bytes, list[str]]:
    """Return our own modules as `src/archive.js` unpacks them, and what is wrong with them."""
    archive, problems = zipped(files, folder, zipfile.ZIP_STORED)
    return gzip.compress(archive, 9, mtime=0), problems


def standard_library(shipped: bytes) -> tuple[bytes, list[str]]:
    """Return the trimmed, compiled form of the standard library that Pyodide ships."""
    with zipfile.ZipFile(io.BytesIO(shipped)) as original:
        files = {
            entry.filename: original.read(entry)
            for entry in original.infolist()
            if not entry.is_dir() and needed(entry.filename)
        }
    return zipped(files, "/lib/python314.zip", zipfile.ZIP_DEFLATED)
