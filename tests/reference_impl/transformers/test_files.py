"""Folders: what is written is what transformers writes, and each reads the other's."""

from __future__ import annotations

import filecmp
import json
from pathlib import Path

import pytest
from pair_of_engines import ENGINES, VOCAB, both, ours, transformers

CHANGES = {
    "new": "pass",
    "cased": "tk = B(VOCAB, do_lower_case=False, strip_accents=True, model_max_length=9)",
    "added": "tk.add_tokens(['NewTok']); tk.add_special_tokens({'bos_token': '[BOS]'})",
    "used": "tk('a', padding='max_length', max_length=5, truncation='only_first')",
    "padded": "tk(['a', 'b c'], padding=True, padding_side='left', pad_to_multiple_of=4)",
    "extra": "tk = B(VOCAB, extra_special_tokens=['[E]'], foo=[1, 2])",
    "odd": "tk = B({'a': 3, '##b': 0, '[UNK]': 5, '\\u2028': 7, 'é': 9})",
}


def saved(engine, change: str, folder: Path):
    """A tokenizer, changed and written to a folder."""
    names = {"tk": engine.BertTokenizer(VOCAB), "B": engine.BertTokenizer, "VOCAB": VOCAB}
    exec(CHANGES[change], names)
    names["tk"].save_pretrained(folder)
    return names["tk"]


@pytest.mark.parametrize("change", CHANGES)
def test_saving_and_loading(change, tmp_path):
    """The files are the same to the byte, and lead to the same tokenizer in both."""
    folders = [tmp_path / "theirs", tmp_path / "ours"]
    for engine, folder in zip(ENGINES, folders, strict=True):
        saved(engine, change, folder)
    names = ["tokenizer.json", "tokenizer_config.json"]
    assert sorted(path.name for path in folders[1].iterdir()) == names
    assert filecmp.cmpfiles(*folders, names, shallow=False)[0] == names
    for again in ("again", "and again"):
        loaded = [engine.BertTokenizer.from_pretrained(folders[0]) for engine in ENGINES]
        assert repr(loaded[1]) == repr(loaded[0])
        assert repr(loaded[1].init_kwargs) == repr(loaded[0].init_kwargs)
        texts = ("A newtok é [BOS] [E] ab", "我")
        assert repr(loaded[1](*texts)) == repr(loaded[0](*texts))
        for tokenizer, name in zip(loaded, ("theirs", "ours"), strict=True):
            tokenizer.save_pretrained(tmp_path / again / name)
        written = [
            [(tmp_path / again / name / file).read_text("utf-8") for file in names]
            for name in ("theirs", "ours")
        ]
        assert written[1] == written[0]
        folders[0] = tmp_path / again / "ours"


@pytest.mark.parametrize(
    "name",
    """
    missing/model/name -a a--b a..b a.git 我 x/y bert-base-chinese ./nope . ..
    """.split(),
)
def test_what_is_no_folder(name, tmp_path, monkeypatch):
    """Without a network a name gives an empty shell, or the error of what can be no name."""
    monkeypatch.chdir(tmp_path)
    theirs, mine = both(lambda engine: repr(engine.BertTokenizer.from_pretrained(name)))
    assert mine == theirs


def test_folders_with_vocab_txt(tmp_path, monkeypatch):
    """A vocabulary alone, with settings, with files of older versions, or by its own path."""
    monkeypatch.chdir(tmp_path)
    Path("plain").mkdir()
    Path("plain/vocab.txt").write_bytes(Path(VOCAB).read_bytes())
    Path("set").mkdir()
    Path("set/vocab.txt").write_bytes(Path(VOCAB).read_bytes())
    settings = {"do_lower_case": False, "model_max_length": 7, "cls_token": {"content": "!"}}
    settings["cls_token"] |= {"__type": "AddedToken", "lstrip": True, "special": True}
    Path("set/tokenizer_config.json").write_text(json.dumps(settings), "utf-8")
    Path("set/special_tokens_map.json").write_text('{"bos_token": "[MASK]"}', "utf-8")
    Path("set/added_tokens.json").write_text('{"[NEW]": 254}', "utf-8")
    for path in ("plain", "set", "plain/vocab.txt"):
        for more in ({}, {"do_lower_case": True, "padding_side": "left"}):

            def run(engine, path=path, more=more):
                tokenizer = engine.BertTokenizer.from_pretrained(path, **more)
                return repr(tokenizer), tokenizer("A [NEW] b", "É !c"), tokenizer.init_kwargs

            theirs, mine = both(run)
            assert mine == theirs, (path, more)


def test_saving_the_vocabulary(tmp_path, capfd):
    """It needs a file to copy, and calls the copy tokenizer.model."""
    for engine in ENGINES:
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / "vocab.txt").write_bytes(Path(VOCAB).read_bytes())
        out = tmp_path / engine.__name__
        out.mkdir()
        tokenizer = engine.BertTokenizer.from_pretrained(tmp_path / "in")
        assert tokenizer.save_vocabulary(str(out)) == (str(out / "tokenizer.model"),)
        assert (out / "tokenizer.model").read_bytes() == Path(VOCAB).read_bytes()
    theirs, mine = both(lambda engine: engine.BertTokenizer(VOCAB).save_vocabulary(str(tmp_path)))
    assert mine == theirs


@pytest.mark.parametrize(
    "content", [b"", b"[PAD]\r\n[UNK]\r\n a \nb\nb\n\nc", b"\xff\xfe\n", b"\xef\xbb\xbfa"]
)
def test_odd_vocabularies(content, tmp_path):
    """Line ends, blanks, repeated lines, and what is no UTF-8."""
    file = tmp_path / "vocab.txt"
    file.write_bytes(content)

    def run(engine):
        tokenizer = engine.BertTokenizer(str(file))
        return sorted(tokenizer.get_vocab().items()), tokenizer.vocab_size, len(tokenizer)

    theirs, mine = both(run)
    assert mine == theirs


def test_messages(capfd):
    """What is said on the error stream, once, and without a traceback."""
    said = []
    for engine in (transformers, ours):
        engine.logging.set_verbosity_warning()
        tokenizer = engine.BertTokenizer(VOCAB, model_max_length=4, verbose=True)
        _ = tokenizer.bos_token
        for _ in range(2):
            tokenizer.encode("a b c d")
        tokenizer.save_vocabulary("no folder")
        tokenizer("a").to(3.5)
        said.append(capfd.readouterr().err)
    assert said[1].splitlines()[-6:] == said[0].splitlines()[-6:]
