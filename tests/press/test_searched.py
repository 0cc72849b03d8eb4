"""The entries of search, remembered page by page."""

from press import searched

ENTRIES = [{"location": "a/#b", "title": "拼接", "text": "\u200b梯度\u200b"}]


def test_entries_hold_as_long_as_their_page(tmp_path):
    """Another content has another key."""
    one, other = searched.key("<p>1</p>", "a/"), searched.key("<p>2</p>", "a/")
    assert searched.recall(tmp_path, "zh/a.md", one) is None
    searched.keep(tmp_path, "zh/a.md", one, ENTRIES)
    assert searched.recall(tmp_path, "zh/a.md", one) == ENTRIES
    assert searched.recall(tmp_path, "zh/a.md", other) is None
    assert searched.recall(tmp_path, "en/a.md", one) is None


def test_what_was_kept_and_is_broken_is_made_anew(tmp_path):
    """It is a cache, not a source."""
    searched.keep(tmp_path, "a.md", "key", ENTRIES)
    (tmp_path / searched.FOLDER / "a.md.json").write_text("{", "utf-8")
    assert searched.recall(tmp_path, "a.md", "key") is None
