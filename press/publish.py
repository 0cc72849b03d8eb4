"""The last steps on a built site, in the folder where it was built.

What the theme would fetch from elsewhere is taken out, each language gets its own search index,
own style sheets get light, the browser's cells and engine are put in place, and every page says
by a Content-Security-Policy that nothing may come from another origin. Nothing here knows MkDocs.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from press import Problem, errors, render

if TYPE_CHECKING:
    from press.errors import Explained
    from press.snippets import Library

DEFAULT, OTHER = "zh", "en"

INLINE = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
CHARSET = '<meta charset="utf-8">'
CONFIG = re.compile(r'(<script id="__config" type="application/json">)(.*?)(</script>)', re.DOTALL)
DIALOG = 'data-md-component="search" role="dialog"'

# The theme's script, and what is changed in it: each text must be there exactly once.
BUNDLE: tuple[tuple[str, str], ...] = (
    # Loaded where the browser lacks it: every browser that runs WebAssembly has it.
    ('"https://unpkg.com/resize-observer-polyfill"', '"data:,"'),
    # Diagrams would come from a CDN; the handbook has none.
    ('"https://unpkg.com/mermaid@11/dist/mermaid.min.js"', '"data:,"'),
    # It looks for a site map below every page's translation, which is not where site maps are.
    ('M("link[rel=alternate]")', 'M("link[rel=alternate][sitemap]")'),
    # Addresses in the site map are moved to where the site is served: the port belongs to them.
    ("e.protocol=t.protocol,", "e.protocol=t.protocol,e.port=t.port,"),
)
# Its search worker parts a Chinese query into words of the index, but never tries the word at the
# very end: of 接口 it finds only 接.
WORKER = (
    (
        "for(let o=s+1;o<t.length;o++)t.slice(s,o)in e",
        "for(let o=s+1;o<=t.length;o++)t.slice(s,o)in e",
    ),
    # A word is looked for as the beginning of words alone, so that of stack it would find
    # StackDataset before torch.stack: the word itself counts, too.
    (
        "/(^[+-]|[~^]\\d+$)/.test(r)?r:`${r}*`",
        "/(^[+-]|[~^]\\d+$)/.test(r)?r:/[*:]/.test(r)?`${r}*`:`${r}* ${r}^1`",
    ),
)


class Changed(Problem):
    """The theme is not the one that the press mends: what was looked for, and where."""

    def __init__(self, place: str, text: str, times: int) -> None:
        super().__init__(
            "press/publish.py",
            1,
            f"{place} has {text!r} {times} times, not once: the theme is not the one in "
            "constraints.txt; install that one, or mend here what is looked for",
        )


def once(text: str, old: str, new: str, place: str) -> str:
    """Replace what must occur exactly once.

    Raises:
        Changed: If it occurs never, or more than once.
    """
    if text.count(old) != 1:
        raise Changed(place, old, text.count(old))
    return text.replace(old, new)


def mend_page(html: str, language: str, *, label: str, script: str | None, place: str) -> str:
    """Return a page with the theme's faults mended, and its language's search.

    Args:
        html: The page as the theme made it.
        language: `zh` or `en`; an English page looks for its index below `en/`.
        label: The name of the search dialog, for those who hear the page.
        script: Address of the cells' script; None for a page without cells.
        place: The page, for errors.
    """
    if script:
        html = once(
            html, "</body>", f'<script type="module" src="{script}"></script></body>', place
        )
    html = once(html, DIALOG, f'{DIALOG} aria-label="{label}"', place)
    found = CONFIG.search(html)
    if found is None:
        raise Changed(place, '<script id="__config"', 0)
    settings = json.loads(found[2])
    if language != DEFAULT:
        settings["base"] = f"{settings['base']}/{language}/"
    return CONFIG.sub(lambda m: f"{m[1]}{json.dumps(settings)}{m[3]}", html)


ALTERNATE = re.compile(r'<link rel="alternate" href="(?P<href>[^"]*)" hreflang="(?P<lang>[^"]*)">')


def absolute_alternates(html: str, address: str) -> str:
    """Return a page whose links to its translations are whole addresses, as search engines want.

    Args:
        html: The page.
        address: Its own whole address.
    """
    return ALTERNATE.sub(
        lambda m: (
            f'<link rel="alternate" href="{urljoin(address, m["href"])}" hreflang="{m["lang"]}">'
        ),
        html,
    )


def finish(
    folder: Path,
    library: Library,
    explained: Sequence[Explained],
    summaries: Mapping[str, str],
    *,
    torch: str,
    web: Path,
    strict_origin: bool,
) -> None:
    """Finish a site in its folder.

    Args:
        folder: The built site, all languages in it.
        library: What the snippets printed.
        explained: The errors that the handbook explains.
        summaries: First paragraphs of docstrings in Chinese, by the English; completion shows them.
        torch: The version that printed it.
        web: The folder of the browser's files.
        strict_origin: Whether pages get a Content-Security-Policy (under `mkdocs serve` MkDocs
            adds a script of its own to every page, which a policy would forbid).
    """
    bundle(folder)
    for path in folder.rglob("*.map"):
        path.unlink()
    search(folder)
    site_map(folder)
    for path in (folder / "assets").glob("*.css"):
        path.write_text(lighter(path.read_text("utf-8")), "utf-8")
    for path in (folder / "assets").glob("*.js"):
        path.write_text(lighter_script(path.read_text("utf-8")), "utf-8")
    cells(folder, library, torch)
    (folder / errors.FILE).write_text(errors.listed(explained), "utf-8")
    translated = json.dumps(summaries, ensure_ascii=False, separators=(",", ":"))
    (folder / "assets/summaries.json").write_text(translated, "utf-8")
    shutil.copytree(web, folder / "assets" / "run", dirs_exist_ok=True)
    if strict_origin:
        policy(folder)
    offline(folder)


# What nobody opens in the site itself.
NOT_KEPT = {".ipynb", ".whl", ".gz", ".xml", ".png"}


def offline(folder: Path) -> None:
    """Put the service worker at the root, which it serves, and list what it is to keep."""
    (folder / "assets/run/offline.js").replace(folder / "offline.js")
    files: dict[str, tuple[str, int]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in NOT_KEPT and path.name != "offline.js":
            content = path.read_bytes()
            name = path.relative_to(folder).as_posix()
            files[name] = hashlib.sha256(content).hexdigest()[:12], len(content)
    version = hashlib.sha256(json.dumps(files).encode()).hexdigest()[:12]
    listed = {"version": version, "bytes": sum(size for _, size in files.values()), "files": files}
    (folder / "offline.json").write_text(json.dumps(listed, separators=(",", ":")), "utf-8")


def bundle(folder: Path) -> None:
    """Mend the theme's scripts, and take out what they would fetch from elsewhere."""
    for path in (folder / "assets/javascripts").rglob("*.js"):
        text = path.read_text("utf-8")
        mends = {"bundle": BUNDLE, "search": WORKER}.get(path.name.partition(".")[0], ())
        for old, new in mends:
            text = once(text, old, new, path.name)
        path.write_text(re.sub(r"\n?//# sourceMappingURL=\S*\s*$", "\n", text), "utf-8")
    for path in (folder / "assets/stylesheets").glob("*.css"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"\s*/\*# sourceMappingURL=.*?\*/\s*$", "\n", text), "utf-8")


def search(folder: Path) -> None:
    """Give each language an index of its own, with addresses below its own root.

    Words are found by how they begin, in whatever language, so no scripts of languages are needed.
    """
    whole = folder / "search/search_index.json"
    index = json.loads(whole.read_text("utf-8"))
    index["config"]["lang"] = ["en"]
    prefix = f"{OTHER}/"
    parts = {
        DEFAULT: [d for d in index["docs"] if not d["location"].startswith(prefix)],
        OTHER: [
            {**d, "location": d["location"].removeprefix(prefix)}
            for d in index["docs"]
            if d["location"].startswith(prefix)
        ],
    }
    for language, docs in parts.items():
        path = whole if language == DEFAULT else folder / language / "search/search_index.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({**index, "docs": docs}, ensure_ascii=False, separators=(",", ":"))
        path.write_text(text, "utf-8")


def site_map(folder: Path) -> None:
    """Give English pages a site map below their own root, for instant navigation."""
    whole = folder / "sitemap.xml"
    text = whole.read_text("utf-8")
    head, *urls = re.split(r"(?=<url>)", text)
    last, _, tail = urls[-1].partition("</url>") if urls else ("", "", "</urlset>")
    urls[-1:] = [f"{last}</url>"] if urls else []
    english = [url for url in urls if re.search(rf"<loc>[^<]*/{OTHER}/[^<]*</loc>", url)]
    path = folder / OTHER / "sitemap.xml"
    path.write_text(head + "".join(english) + tail, "utf-8")
    for stale in folder.rglob("sitemap.xml.gz"):
        stale.unlink()


def lighter(sheet: str) -> str:
    """Return a style sheet without comments and needless white space; strings stay as they are."""
    pieces = re.split(r'("[^"]*")', re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    for number in range(0, len(pieces), 2):
        piece = re.sub(r"\s+", " ", pieces[number])
        piece = re.sub(r" ?([{};,]) ?", r"\1", piece)
        pieces[number] = re.sub(r": ", ":", piece).replace(";}", "}")
    return "".join(pieces).strip() + "\n"


def lighter_script(script: str) -> str:
    """Return a script without whole-line comments and indentation."""
    lines = (line.strip() for line in script.split("\n"))
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def cells(folder: Path, library: Library, torch: str) -> None:
    """Write what the browser runs: cells with what they must print, exercises with their checks."""
    for snippet in library.snippets.values():
        path = folder / "assets/cells" / Path(snippet.file).with_suffix(".json")
        path.parent.mkdir(parents=True, exist_ok=True)
        content: dict[str, Any] = {"torch": torch, "file": snippet.file}
        if snippet.is_exercise:
            content["exercises"] = [
                {
                    "name": exercise.name,
                    "labels": exercise.labels,
                    "fails": exercise.start.fails,
                    "start": render.bare(exercise.start.source),
                    "check": exercise.check.source,
                    "solution": render.bare(exercise.solution.source),
                }
                for exercise in library.exercises.values()
                if exercise.check.snippet == snippet.file
            ]
        else:
            content["cells"] = [
                {
                    "name": cell.name,
                    "source": render.bare(cell.source),
                    "printed": library.shown[cell.ref].printed,
                    "raises": cell.raises,
                    "torch_only": cell.torch_only,
                    "figure": library.shown[cell.ref].figure is not None,
                }
                for cell in snippet.cells
            ]
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        path.write_text(text, "utf-8")


def policy(folder: Path) -> None:
    """Write one Content-Security-Policy into every page.

    It is the same on all pages, so that a page that replaces another without a reload (instant
    navigation) may run its inline scripts too: their hashes are gathered from the whole site.
    """
    pages = {path: path.read_text("utf-8") for path in sorted(folder.rglob("*.html"))}
    hashes = sorted({h for html in pages.values() for h in _hashes(html)})
    rules = {
        "default-src": ["'self'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'", *hashes],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
    }
    content = "; ".join(" ".join([name, *values]) for name, values in rules.items())
    meta = f'<meta http-equiv="Content-Security-Policy" content="{content}">'
    for path, html in pages.items():
        path.write_text(once(html, CHARSET, f"{CHARSET}{meta}", path.name), "utf-8")


def _hashes(html: str) -> Iterable[str]:
    for script in INLINE.finditer(html):
        attributes = script["attributes"]
        if "src=" not in attributes and "json" not in attributes:
            digest = hashlib.sha256(script["code"].encode()).digest()
            yield f"'sha256-{base64.b64encode(digest).decode()}'"


def move(built: Path, site: Path) -> None:
    """Put a finished site in the place of the one before; hidden files there stay."""
    site.mkdir(parents=True, exist_ok=True)
    for old in site.iterdir():
        if old.name.startswith("."):
            continue
        if old.is_dir() and not old.is_symlink():
            shutil.rmtree(old)
        else:
            old.unlink()
    for new in built.iterdir():
        shutil.move(new, site / new.name)
    shutil.rmtree(built)
