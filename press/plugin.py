"""The MkDocs plugin: the one module that knows MkDocs.

It only ties events to the rest of the press. A build goes like this: everything is checked first,
and whatever is wrong is told in one list; both languages are built into a folder of the press's
own; only a build without a warning takes the place of the site before it.
"""

from __future__ import annotations

import logging
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache
from markdown.extensions.toc import nest_toc_tokens
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url
from mkdocs.utils.meta import get_data

from press import (
    Problem,
    assets,
    claims,
    docstrings,
    errors,
    fences,
    furniture,
    notebooks,
    notes,
    objects,
    pages,
    preview,
    publish,
    reference,
    render,
    review,
    searched,
    tags,
    terms,
    warned,
    wheel,
    workers,
)
from press.beside import Beside
from press.blocks import PageBlocks
from press.fences import Fence
from press.words import LANGUAGES, word

DEFAULT = LANGUAGES[0]
TORCH = version("torch").partition("+")[0]
VERSION = f"torch {TORCH}, pytorch-proven {version('pytorch-proven')}"

# Said by static-i18n of every theme with instant navigation; frame.js does what it warns about.
SWITCHER = "mkdocs_static_i18n: mkdocs-material language switcher contextual link is not compatible"


class Notebook(File):
    """A notebook, which MkDocs is to take for a page."""

    def is_documentation_page(self) -> bool:
        """Say that it is one, as a Markdown file is."""
        return True


class Listener(logging.Handler):
    """Gathers warnings, so that they can be told once, with file and line."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the text of a warning."""
        message = record.getMessage()
        if not message.startswith(SWITCHER) and message not in self.heard:
            self.heard.append(message)

    def mute(self, record: logging.LogRecord) -> bool:
        """Keep what is gathered here from other handlers (a filter for them)."""
        return record.levelno < logging.WARNING


class PressPlugin(BasePlugin):
    """Runs the snippets, checks and renders the pages, finishes the site."""

    def __init__(self) -> None:
        self.serving = False
        self.staging: Path | None = None
        self.listener = Listener()
        self.level = logging.NOTSET
        self.unsearched: tuple[str, str, int] | None = None
        # What a preview keeps from one build to the next, and the keys of what is made anew.
        self.contents: preview.Kept[preview.Content] = preview.Kept()
        self.wholes: preview.Kept[str] = preview.Kept()
        self.keys: dict[str, str] = {}

    # a build begins ------------------------------------------------------------------------

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether this is a preview."""
        del dirty
        self.serving = command == "serve"
        logging.getLogger("jieba").setLevel(logging.WARNING)

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> None:
        """Set everything up for the language that is built next."""
        self.root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        self.i18n = config.plugins["i18n"]
        self.language: str = self.i18n.current_language or self.i18n.default_language
        if not self.i18n.building:
            self._stage(config)
        self._listen()
        config.plugins["mkdocstrings"].config.locale = self.language
        config.edit_uri = config.edit_uri if config.repo_url else None  # it is below the address
        # Each language would evict the other's notebooks from the one folder.
        cache = f".cache/mkdocs-jupyter/{self.language}"
        config.plugins["mkdocs-jupyter"].config["cache_dir"] = cache
        superfences = config.mdx_configs.setdefault("pymdownx.superfences", {})
        custom = superfences.setdefault("custom_fences", [])
        custom[:] = [fence for fence in custom if fence["name"] not in ("python", "console")]
        custom.append({"name": "python", "class": "", "format": self._python})
        console = {"format": self._console, "validator": _take_reason}
        custom.append({"name": "console", "class": "", **console})
        ours = (PageBlocks, Beside)
        extensions: list[Any] = config.markdown_extensions
        extensions[:] = [e for e in extensions if not isinstance(e, ours)]
        extensions += [PageBlocks(self.language, self._picture, self._exercise), Beside()]

    def _stage(self, config: MkDocsConfig) -> None:
        """Build beside the site, so that a build that fails leaves it as it was."""
        self.site = Path(config.site_dir)
        cache = self.root / ".cache"
        cache.mkdir(exist_ok=True)
        self.staging = Path(tempfile.mkdtemp(prefix="site-", dir=cache))
        config.site_dir = str(self.staging)
        self.config_staged = config
        self.listener = Listener()

    def _listen(self) -> None:
        """Hear every warning, also those that the build of a second language counts anew."""
        logger = logging.getLogger("mkdocs")
        for handler in logger.handlers:
            if handler is not self.listener and self.listener.mute not in handler.filters:
                handler.addFilter(self.listener.mute)
        if self.listener not in logger.handlers:
            logger.addHandler(self.listener)
            self.level = logger.level
        logger.setLevel(min(logger.level, logging.WARNING))  # `--quiet` would silence warnings

    def _settle(self) -> None:
        """Undo what `on_config` did to MkDocs, and leave nothing of a failed build behind."""
        if self.staging is None:
            return
        logger = logging.getLogger("mkdocs")
        logger.removeHandler(self.listener)
        logger.setLevel(self.level)
        for handler in logger.handlers:
            handler.removeFilter(self.listener.mute)
        shutil.rmtree(self.staging, ignore_errors=True)
        self.config_staged.site_dir, self.staging = str(self.site), None

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Run what is stale, and check every page before any is built."""
        autorefs = config.plugins["autorefs"]
        autorefs._primary_url_map.clear()  # the other language's, built in the same process
        autorefs._secondary_url_map.clear()
        if not self.i18n.building:
            self._review()
        # The engine has been read: mkdocstrings need not read it anew for each language.
        handler = config.plugins["mkdocstrings"].get_handler("python")
        handler._modules_collection = objects.Objects(self.engine)
        handler._lines_collection = self.engine.lines_collection
        notes.offer(self.engine, self.language, self.root)

    def _review(self) -> None:
        self.shared = preview.shared(self.root)
        found = review.review(self.root)
        self._refuse(found.problems)
        with self._telling():
            self.web = assets.build(self.root)
        self.library, self.pages, self.engine = found.library, found.pages, found.engine
        self.snippets = preview.snippets(found.library)

    def _refuse(self, problems: list[Problem]) -> None:
        if problems:
            raise Abort("\n".join(dict.fromkeys(str(problem) for problem in problems)))

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Tell a Problem that comes up as those are told that a review finds."""
        try:
            yield
        except Problem as problem:
            self._refuse([problem])

    def _lessons(self) -> list[pages.Page]:
        """Return the pages of this language that have a snippet file of their own."""
        own = self.library.snippets
        listed = self.pages[self.language].values()
        return [p for p in listed if f"{p.path.removesuffix('.md')}.py" in own]

    def _lesson(self, file: File) -> pages.Page | None:
        """Return the page that a notebook is made from; None if a file is no notebook."""
        return self.lessons.get(file.src_uri)

    # files and pages -----------------------------------------------------------------------

    @event_priority(-200)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that the press makes, after static-i18n has sorted the written ones."""
        made = self._reference(config)
        self.lessons: dict[str, pages.Page] = {}
        for page in self._lessons():
            if page.path.startswith(pages.TUTORIALS):
                # Its own page: linked, translated and listed as the Markdown it is written in.
                file = files.src_uris[f"{self.language}/{page.path}"]
            else:
                file = self._place(Notebook, _notebook(page.path), self.language, config)
                made[_notebook(page.path)] = file
            self._write_notebook(page, file, config)
        for path, file in made.items():
            file.alternates = {
                language: self._place(type(file), path, language, config) for language in LANGUAGES
            }
            file.alternates[self.language] = file
            files.append(file)
        self.i18n.i18n_files_per_language[self.language] = files.documentation_pages()
        return files

    def _place(self, kind: type[File], path: str, language: str, config: MkDocsConfig) -> File:
        file = kind(f"{language}/{path}", None, config.site_dir, config.use_directory_urls)
        file.generated_by = "press"
        if language == DEFAULT:
            file.dest_uri = file.dest_uri.removeprefix(f"{language}/")
        file.locale = file.localization = file.locale_alternate_of = language
        file.norm_src_uri = path
        return file

    def _reference(self, config: MkDocsConfig) -> dict[str, File]:
        texts = reference.texts(self.engine, self.language, self.root, slim=self.serving)
        texts |= claims.texts(self.pages[self.language], self.language, torch=TORCH)
        texts |= terms.texts(self.root, self.pages[self.language], self.language)
        texts |= tags.texts(self.pages[self.language], self.language, _listed(config.nav))
        made = {path: self._place(File, path, self.language, config) for path in texts}
        for path, file in made.items():
            file._content = texts[path]
            file.abs_src_path = None
        return made

    def _address(self, config: MkDocsConfig) -> str:
        """Return where this language begins on the published site."""
        site = config.site_url or "/"
        return site if self.language == DEFAULT else f"{site}{self.language}/"

    def _write_notebook(self, page: pages.Page, file: File, config: MkDocsConfig) -> None:
        """Write the notebook of a page, from which mkdocs-jupyter makes the page of a file."""
        self.lessons[file.src_uri] = page
        text = (
            notebooks.left_out(page)
            if self.serving and isinstance(file, Notebook)
            else notebooks.notebook(
                page,
                self.library.shown,
                self.library.exercises,
                source=lambda named: fences.read_source(self.root, (page.file, 1), named),
                torch=TORCH,
                address=self._address(config),
                wheel=f"{config.site_url or '/'}{wheel.ADDRESS}",
            )
        )
        path = self.root / ".cache/notebooks" / Path(file.src_uri).with_suffix(".ipynb")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        file.abs_src_path = str(path)

    def _python(self, source: str, *rest: Any, noted: bool = True, **named: Any) -> str:
        """Render a python fence (a formatter of superfences), with or without its marks."""
        included = fences.include(Fence("", 0, "python", "python", source, 0))
        if included.is_source:
            listing = fences.read_source(self.root, ("", 0), included)
            return render.source(listing, self.language)
        shown = self.library.shown[included.ref]
        if not noted:
            bare = render.bare(shown.cell.source)
            shown = replace(shown, cell=replace(shown.cell, source=bare))
        digest = self.library.snippets[included.file].digest
        return render.cell(shown, self.language, digest=digest, torch=TORCH)

    def _console(
        self,
        source: str,
        language: str,
        kind: str,
        options: dict[str, str],
        *rest: Any,
        **named: Any,
    ) -> str:
        """Render a console fence (a formatter of superfences)."""
        return render.console(source, self.language, reason=options.get("reason", ""))

    def _picture(self, ref: str) -> str:
        return render.figure(self.library.shown[ref].figure or "", ref, self.language)

    def _exercise(self, ref: str) -> tuple[str, str]:
        """Render start and solution of an exercise."""
        exercise = self.library.exercises[ref]
        digest = self.library.snippets[exercise.check.snippet].digest
        shown = self.library.shown[exercise.start.ref]
        start = render.start(exercise, shown, self.language, digest=digest)
        return start, render.solution(exercise, self.language)

    @event_priority(-200)
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """In a preview, make no page anew that is made from the same as before."""
        place = page.file.src_uri
        self.keys.pop(place, None)
        if not self.serving or self._lesson(page.file):
            return
        others = sorted(files.src_uris)
        named = preview.named(markdown, self.snippets)
        key = preview.digest(self.shared, others, page.url, markdown, named)
        known = self.contents.recall(place, key)
        if known is not None:
            preview.give(known, page, files, config.plugins["autorefs"])
        else:
            self.keys[place] = key
            self.warned = len(self.listener.heard)

    @event_priority(200)
    def _keep_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Keep what Markdown made for a preview; a page with a warning must warn again."""
        key = self.keys.pop(page.file.src_uri, None)
        if key is not None and len(self.listener.heard) == self.warned:
            content = preview.taken(page, html, config.plugins["autorefs"])
            self.contents.keep(page.file.src_uri, key, content)

    def _link(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Link a lesson to its notebook; leave of a notebook what is content."""
        if lesson := self._lesson(page.file):
            html = self._notebook_page(html, lesson, page, config)
            if isinstance(page.file, Notebook):
                return html
            return self._furnished(html, lesson.path, page, config, files)
        # MkDocs checks anchors against what Markdown made; cells and notes are HTML of ours.
        present = page.present_anchor_ids or set()
        present |= set(re.findall(r'\sid="([^"]+)"', html))
        path = page.file.src_uri.partition("/")[2]
        if self.serving and path.startswith("reference/"):
            # The preview leaves out the objects that a link may lead to; the review knows them.
            present |= reference.ids(self.engine).get(path, set())
        page.present_anchor_ids = present
        if path in self.pages[self.language]:
            with self._telling():
                html = render.counted(html, self._counts(), self.pages[self.language][path])
        return self._furnished(html, path, page, config, files)

    def _furnished(
        self, html: str, path: str, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Add to a page its facts and the ways on from its end; the home page has neither."""
        page.meta.pop("tags", None)  # search would show them, and find them before all else
        if path == "index.md":
            return html
        written, language = self.pages[self.language].get(path), self.language
        tutorial = page.file.src_uri in self.lessons
        if written is not None:
            cells = [self.library.shown[ref].cell for ref in written.cells]
            listed = files.src_uris.get(f"{language}/{tags.PAGE}")
            below = listed.url_relative_to(page.file) if listed else ""
            shown = tags.shown(written, language)
            facts = furniture.facts(
                language,
                torch=TORCH,
                day=min((self.library.days[cell.snippet] for cell in cells), default=""),
                minutes=furniture.minutes(written, cells) if written in self._lessons() else 0,
                tags=[(tag, f"{below}#{id}") for tag, id in shown],
            )
            html = furniture.placed(html, facts)
        notebook = files.src_uris.get(f"{language}/{_notebook(path)}")
        address = notebook.url_relative_to(page.file) if notebook else ""
        name = Path((notebook or page.file).src_uri).stem
        pattern = config.extra["feedback"]
        if config.repo_url and not pattern:
            pattern = f"{config.repo_url.rstrip('/')}/issues/new?title={{title}}&body={{body}}"
        where = page.canonical_url or page.url
        report = {"page": where, "title": written.title if written else path, "version": VERSION}
        return html + furniture.foot(
            language,
            notebook=(address, f"{address}{name}.ipynb") if notebook or tutorial else None,
            edit=(page.edit_url or "") if written else "",
            report=furniture.report(language, pattern, **report) if pattern else "",
        )

    on_page_content = CombinedEvent(_keep_content, _link)

    def _notebook_page(
        self, html: str, lesson: pages.Page, page: Page, config: MkDocsConfig
    ) -> str:
        """Leave of a notebook's page what is content; let the cells of a tutorial run."""
        address = self._address(config)
        below = page.url if self.language == DEFAULT else page.url.partition("/")[2]
        html = notebooks.at_home(notebooks.as_page(html, lesson), address, below)
        titles = lesson.titles
        if not isinstance(page.file, Notebook):
            page.title, page.meta = lesson.title, get_data(lesson.text)[1]
            cells = {
                ref.rpartition(":")[2]: self._python(f'--8<-- "{ref}"', noted=False)
                for ref in lesson.cells
            }
            html = notebooks.running(html, cells)
            page.present_anchor_ids = set(re.findall(r'\sid="([^"]+)"', html))
        else:
            page.meta["search"] = {"exclude": True}  # the lesson itself is what one looks for
            titles = titles[:1] if self.serving else titles
        tokens = [{"level": h.level, "id": h.id, "name": h.text, "children": []} for h in titles]
        page.toc = get_toc(nest_toc_tokens(tokens))
        return html

    def _counts(self) -> dict[str, int]:
        """Return the figures of this build that a page may show."""
        browser = 1
        return {"cells": len(self.library.shown), "engines": len(workers.ENGINES) + browser}

    def _register(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Let objects be linked by the engine's name too; keep templates compiled."""
        cache = self.root / ".cache/templates"
        cache.mkdir(exist_ok=True)
        env.bytecode_cache = FileSystemBytecodeCache(str(cache))
        autorefs = config.plugins["autorefs"]
        for path, page in self.pages[self.language].items():
            file = files.src_uris[f"{self.language}/{path}"]
            for named in page.objects:
                shown = named.name.removeprefix("reference_impl.")
                autorefs.register_anchor(file.page, named.name, shown, primary=True)

    @event_priority(-200)
    def _recall_wholes(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """In a preview, take pages as they were whose content and surroundings are the same."""
        if not self.serving:
            return
        titles = [(page.url, str(page.title)) for page in self.nav.pages]
        for page in self.nav.pages:
            key = preview.digest(self.shared, titles, page.url, page.content, page.meta)
            known = self.wholes.recall(page.file.src_uri, key)
            if known is None:
                self.keys[page.file.src_uri] = key
            else:
                page.meta |= {"template": "kept.html", "kept": known}

    on_env = CombinedEvent(_register, _recall_wholes)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Remember the navigation of this language."""
        self.nav = nav

    @event_priority(40)
    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Any) -> None:
        """Point the language switcher at this page's twin (after static-i18n did so for some)."""
        for alternate in config.extra["alternate"]:
            alternate["link"] = page.file.alternates[alternate["lang"]].url
        self._recall_search(page, config)

    def _recall_search(self, page: Page, config: MkDocsConfig) -> None:
        """Give search what it found on this page before, and let it pass over the page then."""
        index = config.plugins["material/search"].search_index
        settings = repr([config.plugins["material/search"].config.data, page.meta.get("search")])
        wanted = searched.key(page.content or "", page.url, str(page.title), settings)
        self.unsearched = None
        entries = searched.recall(self.root, page.file.src_uri, wanted)
        if entries is None:
            self.unsearched = (page.file.src_uri, wanted, len(index.entries))
        else:
            index.entries += entries
            page.meta["search"] = {"exclude": True}

    def _keep_search(self, config: MkDocsConfig) -> None:
        """Remember what search has found on a page that was new to it."""
        if self.unsearched is not None:
            path, wanted, before = self.unsearched
            index = config.plugins["material/search"].search_index
            searched.keep(self.root, path, wanted, index.entries[before:])

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Mend what the theme made."""
        self._keep_search(config)
        if "kept" in page.meta:
            return output
        html = self._mend(output, page.url, page.file.src_uri)
        if self._lesson(page.file):
            sheet = get_relative_url("assets/look-notebook.css", page.url)
            html = html.replace("</head>", f'<link rel="stylesheet" href="{sheet}"></head>', 1)
        html = publish.absolute_alternates(html, page.canonical_url or "")
        if page.file.src_uri in self.keys:
            self.wholes.keep(page.file.src_uri, self.keys.pop(page.file.src_uri), html)
        return html

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Keep the 404 page of the language at the root: a host knows only one."""
        if template_name != "404.html":
            return output
        if self.i18n.building:
            return ""
        return self._mend(output, None, template_name)

    def _mend(self, output: str, url: str | None, place: str) -> str:
        script = f"assets/run/cells.js?{assets.version(self.web)}"
        with self._telling():
            return publish.mend_page(
                output,
                self.language,
                label=word(self.language, "search"),
                script=get_relative_url(script, url) if url is not None else None,
                place=place,
            )

    # a build ends --------------------------------------------------------------------------

    @event_priority(-200)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """After the last language: finish the site, and put it in its place if all is well."""
        if self.i18n.building:
            return
        assert self.staging is not None
        texts = {
            f"{language}/{path}": page.text
            for language in LANGUAGES
            for path, page in self.pages[language].items()
        }
        settings = (self.root / warned.SETTINGS).read_text("utf-8")
        self._refuse(warned.problems(self.listener.heard, texts, settings))
        if not self.serving:
            wheel.write(self.root, self.staging / "assets")
        with self._telling():
            publish.finish(
                self.staging,
                self.library,
                errors.explained(self.pages[DEFAULT].get(errors.PAGE), self.library.shown),
                docstrings.read_catalog(self.root).summaries(),
                torch=TORCH,
                web=self.web,
                strict_origin=not self.serving,
            )
        publish.move(self.staging, self.site)
        self._settle()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing behind of a build that failed."""
        del error
        self._settle()

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> None:
        """Watch what the pages are made of, besides `docs/`; have torch at hand for an edit."""
        workers.warm()
        for folder in ("snippets", "reference_impl", "overrides", "press/templates"):
            if (self.root / folder).is_dir():
                server.watch(str(self.root / folder))


def _listed(nav: Any) -> Iterator[str]:
    """Yield the paths of pages in the order of the contents."""
    for entry in nav or ():
        inside = next(iter(entry.values())) if isinstance(entry, dict) else entry
        yield from [inside] if isinstance(inside, str) else _listed(inside)


def _take_reason(
    language: str, inputs: dict[str, str], options: dict[str, str], *rest: Any
) -> bool:
    """Accept `reason="…"` in the head of a console fence (a validator of superfences)."""
    if "reason" in inputs:
        options["reason"] = inputs["reason"]
    return True


def _notebook(path: str) -> str:
    """Return the path of a lesson's notebook: `notebooks/shapes/cat.ipynb`."""
    return f"notebooks/{path.removesuffix('.md')}.ipynb"
