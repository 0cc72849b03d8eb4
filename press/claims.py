"""What was wrong in the notes: the page that gathers the verdicts of all lessons.

The handbook began with somebody's notes on PyTorch. They make 96 claims; each has its place in a
lesson, in a block `/// verdict` with the cell that proves it.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from press.blocks import VERDICTS, Written
from press.pages import EXTERNAL, LINK, Page
from press.words import SEALS, word

PAGE = "reference/notes.md"
TITLE = "notes-said"

# Every claim of the notes, by what came out when it was run.
CLAIMS: dict[str, str] = {
    claim: verdict
    for verdict, claims in {
        "wrong": "C18 C27 C46 C55 C78 C79 C84",
        "outdated": "C22 C32 C57 C93 C94",
        "imprecise": (
            "C03 C06 C07 C08 C14 C15 C16 C21 C23 C28 C29 C30 C35 C39 C40 C43 C44 C52 C53 C56 "
            "C61 C65 C71 C72 C73 C80 C83 C85 C89"
        ),
        "typo": "C20 C24 C45 C48 C96",
        "untested": "C95",
        "true": (
            "C01 C02 C04 C05 C09 C10 C11 C12 C13 C17 C19 C25 C26 C31 C33 C34 C36 C37 C38 C41 C42 "
            "C47 C49 C50 C51 C54 C58 C59 C60 C62 C63 C64 C66 C67 C68 C69 C70 C74 C75 C76 C77 C81 "
            "C82 C86 C87 C88 C90 C91 C92"
        ),
    }.items()
    for claim in claims.split()
}

FRONT = ("---", "template: notes.html", "search:", "  boost: 0.3", "---", "")


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim in its lesson.

    Attributes:
        page: The lesson.
        block: Its block there.
        said: What the notes said, as a quotation in Markdown.
        answer: What torch does, in Markdown.
    """

    page: Page
    block: Written
    said: str
    answer: str

    @property
    def claim(self) -> str:
        """The claim's number, such as `C35`."""
        return self.block.options["claim"]


def placed(pages: Mapping[str, Page]) -> list[Placed]:
    """Return the claims that lessons answer, in the order of the notes."""
    found = []
    for page in pages.values():
        lines = page.text.split("\n")
        for block in page.blocks:
            if block.name == "verdict":
                inside = lines[block.content - 1 : block.end - 1]
                said = [line for line in inside if line.startswith(">")]
                answer = [_moved(line, page.path) for line in inside if not line.startswith(">")]
                found.append(Placed(page, block, "\n".join(said), "\n".join(answer).strip("\n")))
    return sorted(found, key=lambda one: one.claim)


def _moved(line: str, path: str) -> str:
    """Return a line of a lesson with its links as this page has to write them."""

    def moved(target: str) -> str:
        if EXTERNAL.match(target):
            return target
        file, mark, anchor = target.partition("#")
        there = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
        return f"{posixpath.relpath(there, posixpath.dirname(PAGE))}{mark}{anchor}"

    return LINK.sub(lambda m: m[0].replace(f"]({m['target']}", f"]({moved(m['target'])}"), line)


def ids(pages: Mapping[str, Page]) -> dict[str, set[str]]:
    """Return the page, if any lesson answers a claim, with the ids that one may link to."""
    found = placed(pages)
    return {PAGE: {TITLE, *(one.block.id for one in found)}} if found else {}


def texts(pages: Mapping[str, Page], language: str, *, torch: str) -> dict[str, str]:
    """Return the page as Markdown, by path; nothing if no lesson answers a claim.

    Args:
        pages: The pages of one language, by path.
        language: `zh` or `en`.
        torch: The version that the claims were run on.
    """
    found = placed(pages)
    if not found:
        return {}
    lines = [*FRONT, f"# {word(language, 'notes said')} {{ #{TITLE} }}", ""]
    lines += [word(language, "notes said lead", version=torch), "", *_filter(found, language), ""]
    lines += ['<div class="hb-claims" markdown="1">', ""]
    for one in found:
        lines += [*_claim(one, language), ""]
    return {PAGE: "\n".join([*lines, "</div>", ""])}


def _filter(found: list[Placed], language: str) -> Iterator[str]:
    """Yield the choice of what is shown: all, or one verdict; with how many there are."""
    counts = Counter(one.block.options["verdict"] for one in found)
    choices = [("all", word(language, "all"), len(found))]
    choices += [(v, word(language, v), counts[v]) for v in VERDICTS if counts[v]]
    yield f'<fieldset class="hb-choose"><legend>{word(language, "show only")}</legend>'
    for name, label, count in choices:
        checked = " checked" if name == "all" else ""
        yield (
            f'<label><input type="radio" name="verdict" value="{name}"{checked}> '
            f"{label} <b>{count}</b></label>"
        )
    yield "</fieldset>"


def _claim(one: Placed, language: str) -> Iterator[str]:
    """Yield a claim as its lesson shows it, and the way there."""
    verdict, cell = (one.block.options[key] for key in ("verdict", "cell"))
    lesson = posixpath.relpath(one.page.path, posixpath.dirname(PAGE))
    proof = word(language, "proof", cell=cell.rpartition(":")[2])
    yield (
        f'<section class="hb-verdict" id="{one.block.id}" data-verdict="{verdict}" markdown="1">'
    )
    yield (
        f'<span class="hb-seal" aria-hidden="true" data-search-exclude="true">'
        f"{SEALS[language][verdict]}</span>"
    )
    yield (
        f'<p class="hb-verdict__head" markdown="1">{one.claim}\u00a0· '
        f"<b>{word(language, verdict)}</b>\u00a0· "
        f"[{one.page.title}]({lesson}#{one.block.id})\u00a0· [{proof}]({lesson}#{cell})</p>"
    )
    yield from ("", one.said, "", '<div markdown="1">', "", one.answer, "", "</div>", "</section>")
