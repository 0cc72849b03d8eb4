"""The claims of the notes: each has its place, its verdict and its proof, in both languages."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from press import claims, pages
from press.words import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]

COUNTS = {"true": 49, "outdated": 5, "imprecise": 29, "wrong": 7, "typo": 5, "untested": 1}


@pytest.fixture(scope="module")
def read() -> dict[str, dict[str, pages.Page]]:
    """The handbook's pages."""
    return pages.read_all(ROOT)


def test_the_notes_make_96_claims():
    """Numbered without a gap, and counted by verdict."""
    assert sorted(claims.CLAIMS) == [f"C{number:02}" for number in range(1, 97)]
    assert Counter(claims.CLAIMS.values()) == COUNTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claim_has_one_place_and_the_verdict_of_the_table(read, language):
    """Its cell stands on the same page, and prints something."""
    placed = claims.placed(read[language])
    assert [c for c, times in Counter(one.claim for one in placed).items() if times > 1] == []
    for one in placed:
        options = one.block.options
        assert options["verdict"] == claims.CLAIMS[one.claim], one.page.file
        assert options["cell"] in one.page.cells
        assert one.said
        assert one.answer


def test_both_languages_answer_the_same_claims_in_the_same_places(read):
    """Page and cell."""
    places = [
        {one.claim: (one.page.path, one.block.options["cell"]) for one in claims.placed(read[lang])}
        for lang in LANGUAGES
    ]
    assert places[0] == places[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_lists_every_claim(read, language):
    """With its verdict, and how many have the same."""
    (text,) = claims.texts(read[language], language, torch="2.13.0").values()
    shown = re.findall(r'id="(c\d\d)" data-verdict="(\w+)"', text)
    assert [claim.upper() for claim, _ in shown] == sorted(claims.CLAIMS)
    counts = dict(re.findall(r'value="(\w+)".*<b>(\d+)</b>', text))
    assert counts == {"all": "96"} | {verdict: str(n) for verdict, n in COUNTS.items()}
    assert claims.ids(read[language])[claims.PAGE] == {"notes-said", *(c for c, _ in shown)}


LESSON = """\
# Joining { #cat }

/// verdict | cat
    claim: C35
    verdict: imprecise
    cell: shapes/cat.py:dims

> The column counts must match.

Only for `dim=0`; see [sizes](#sizes), [views](view.md#view), [data](../data/a.md) and
[torch](https://pytorch.org/).
///
"""


def test_a_claim_is_quoted_with_links_that_lead_where_they_led():
    """The page is in another folder than the lesson."""
    page = pages.read("docs/en/shapes/cat.md", LESSON)
    text = claims.texts({page.path: page}, "en", torch="2.13.0")[claims.PAGE]
    assert "> The column counts must match.\n" in text
    for link in (
        "[Joining](../shapes/cat.md#c35)",
        "[Proof: dims](../shapes/cat.md#shapes/cat.py:dims)",
        "[sizes](../shapes/cat.md#sizes)",
        "[views](../shapes/view.md#view)",
        "[data](../data/a.md)",
        "[torch](https://pytorch.org/)",
    ):
        assert link in text


def test_a_handbook_without_verdicts_has_no_such_page():
    """Nor anything that one could link to."""
    assert claims.texts({}, "en", torch="2.13.0") == claims.ids({}) == {}
