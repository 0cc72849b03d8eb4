"""What a tokenizer is kept in: vocab.txt, tokenizer.json and tokenizer_config.json."""

from __future__ import annotations

import copy
import json
import os
import re
from typing import Any

from .added_tokens import FLAGS, AddedToken
from .characters import SPACES
from .encoding import unsigned
from .pipeline import Pipeline
from .shaping import Padding, Truncation
from .wordpiece import CONTINUES, LONGEST

FILES = {
    "vocab_file": "vocab.txt",
    "tokenizer_file": "tokenizer.json",
    "added_tokens_file": "added_tokens.json",
    "special_tokens_map_file": "special_tokens_map.json",
    "tokenizer_config_file": "tokenizer_config.json",
}
SYSTEM_ERRORS = {
    FileNotFoundError: "No such file or directory (os error 2)",
    IsADirectoryError: "Is a directory (os error 21)",
    PermissionError: "Permission denied (os error 13)",
    UnicodeDecodeError: "stream did not contain valid UTF-8",
}
MODEL_NAME = re.compile(r"(\b[\w\-.]{1,96}\b/)?\b[\w\-.]{1,96}\b", re.ASCII)
SPELLED = {  # as tokenizer.json has them
    "longest_first": "LongestFirst",
    "only_first": "OnlyFirst",
    "only_second": "OnlySecond",
    "left": "Left",
    "right": "Right",
}
READ = {spelled: word for word, spelled in SPELLED.items()}


def vocabulary(vocab: Any) -> dict[str, int]:
    """Return the vocabulary that a dict holds, or the file of a name: one token a line.

    Raises:
        TypeError: for anything else.
        Exception: the file cannot be read.
    """
    if isinstance(vocab, dict):
        wrong = next((token for token in vocab if not isinstance(token, str)), None)
        if wrong is not None:
            raise not_vocabulary(vocab, f"TypeError: {of_type(wrong, 'str')}")
        try:
            return {token: unsigned(index, 32) for token, index in vocab.items()}
        except (TypeError, OverflowError) as error:
            raise not_vocabulary(vocab, f"{type(error).__name__}: {error}") from None
    if not isinstance(vocab, str):
        raise not_vocabulary(vocab, f"TypeError: {of_type(vocab, 'dict')}")
    try:
        with open(vocab, encoding="utf-8", newline="") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        said = SYSTEM_ERRORS.get(type(error), str(error))
        raise Exception(f"Error while initializing WordPiece: {said}") from None
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return {line.rstrip("".join(SPACES)): at for at, line in enumerate(lines)}


def of_type(value: Any, wanted: str) -> str:
    """Return what is said of a value of the wrong type."""
    return f"'{type(value).__name__}' object is not an instance of '{wanted}'"


def not_vocabulary(value: Any, cause: str) -> TypeError:
    """Return the error for what is no vocabulary."""
    parts = (
        "failed to extract enum PyVocab ('Vocab | Filename')",
        "- variant Vocab (Vocab): TypeError: failed to extract field PyVocab::Vocab.0, caused by "
        f"{cause}",
        "- variant Filename (Filename): TypeError: failed to extract field PyVocab::Filename.0, "
        f"caused by TypeError: {of_type(value, 'str')}",
    )
    return TypeError("\n".join(parts))


def prefixed(name: str, prefix: str | None) -> str:
    """Return a file's name behind a prefix."""
    return f"{prefix}-{name}" if prefix else name


def restore(line: Pipeline, kwargs: dict[str, Any]) -> None:
    """Take up the truncation and padding that were saved, and note them in the arguments."""
    if cut := kwargs.pop("tokenizer_truncation", None):
        kept = Truncation(
            cut["max_length"], cut["stride"], READ[cut["strategy"]], READ[cut["direction"]]
        )
        line.truncation = kept.checked(special=0)
        kwargs.setdefault("max_length", kept.max_length)
        kwargs.setdefault("truncation_side", kept.direction)
        kwargs.setdefault("stride", kept.stride)
        kwargs.setdefault("truncation_strategy", kept.strategy)
    if pad := kwargs.pop("tokenizer_padding", None):
        length = None if pad["strategy"] == "BatchLongest" else pad["strategy"]["Fixed"]
        blank = (pad["pad_id"], pad["pad_token"], pad["pad_type_id"])
        line.padding = Padding(
            length, READ[pad["direction"]], *blank, pad["pad_to_multiple_of"]
        ).checked()
        kwargs.setdefault("pad_token", pad["pad_token"])
        kwargs.setdefault("pad_token_type_id", pad["pad_type_id"])
        kwargs.setdefault("padding_side", READ[pad["direction"]])
        kwargs.setdefault("max_length", length)
        kwargs.setdefault("pad_to_multiple_of", pad["pad_to_multiple_of"])


def as_json(line: Pipeline) -> dict[str, Any]:
    """Return all of a pipeline, as tokenizer.json has it."""
    cut, pad, ends = line.truncation, line.padding, line.ends
    (cls, _), (sep, _) = ends

    def special(token: str, type_id: int) -> dict[str, Any]:
        return {"SpecialToken": {"id": token, "type_id": type_id}}

    def text(name: str, type_id: int) -> dict[str, Any]:
        return {"Sequence": {"id": name, "type_id": type_id}}

    single = [special(cls, 0), text("A", 0), special(sep, 0)]
    return {
        "version": "1.0",
        "truncation": cut
        and {
            "direction": SPELLED[cut.direction],
            "max_length": cut.max_length,
            "strategy": SPELLED[cut.strategy],
            "stride": cut.stride,
        },
        "padding": pad
        and {
            "strategy": "BatchLongest" if pad.length is None else {"Fixed": pad.length},
            "direction": SPELLED[pad.direction],
            "pad_to_multiple_of": pad.pad_to_multiple_of,
            "pad_id": pad.pad_id,
            "pad_type_id": pad.pad_type_id,
            "pad_token": pad.pad_token,
        },
        "added_tokens": [
            {"id": index, **token.__getstate__()}
            for index, token in sorted(line.added.tokens.items())
        ],
        "normalizer": {
            "type": "BertNormalizer",
            "clean_text": True,
            "handle_chinese_chars": line.normalizer.handle_chinese_chars,
            "strip_accents": line.normalizer.strip_accents,
            "lowercase": line.normalizer.lowercase,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": single,
            "pair": [*single, text("B", 1), special(sep, 1)],
            "special_tokens": {
                token: {"id": token, "ids": [index], "tokens": [token]}
                for token, index in sorted(ends)
            },
        },
        "decoder": {"type": "WordPiece", "prefix": CONTINUES, "cleanup": True},
        "model": {
            "type": "WordPiece",
            "unk_token": line.model.unk_token,
            "continuing_subword_prefix": CONTINUES,
            "max_input_chars_per_word": LONGEST,
            "vocab": dict(sorted(line.model.vocab.items(), key=lambda item: item[1])),
        },
    }


def save(tokenizer: Any, folder: str, prefix: str | None) -> tuple[str, ...]:
    """Write a tokenizer's two files to a folder; return their paths."""
    os.makedirs(folder, exist_ok=True)
    config = copy.deepcopy(tokenizer.init_kwargs)
    for key in (*tokenizer.init_kwargs, "model_max_length"):
        if hasattr(tokenizer, key):
            config[key] = getattr(tokenizer, key)
    config |= tokenizer.special_tokens_map
    if tokenizer.extra_special_tokens:
        config["extra_special_tokens"] = tokenizer.extra_special_tokens
    left_out = ("add_bos_token", "add_eos_token", "added_tokens_decoder", "files_loaded")
    if "name_or_path" in config:
        left_out += ("name_or_path", "special_tokens_map_file")
    for key in (*left_out, "vocab_file", "tokenizer_file", "additional_special_tokens"):
        config.pop(key, None)
    config["tokenizer_class"] = type(tokenizer).__name__.removesuffix("Fast")
    config_file = os.path.join(folder, prefixed("tokenizer_config.json", prefix))
    with open(config_file, "w", encoding="utf-8") as file:
        kept = written(config)
        file.write(json.dumps(kept, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
    tokenizer_file = os.path.join(folder, prefixed("tokenizer.json", prefix))
    with open(tokenizer_file, "w", encoding="utf-8") as file:
        json.dump(as_json(tokenizer._pipeline), file, indent=2, ensure_ascii=False)
    return config_file, tokenizer_file


def written(value: Any) -> Any:
    """Return a value as JSON can hold it: added tokens as dicts that say so."""
    if isinstance(value, AddedToken):
        return {"__type": "AddedToken", **value.__getstate__()}
    if isinstance(value, (list, tuple)):
        return [written(part) for part in value]
    if isinstance(value, dict):
        return {key: written(part) for key, part in value.items()}
    return value


def read_back(value: Any) -> Any:
    """Return what `written` made JSON of."""
    if isinstance(value, dict) and value.get("__type") == "AddedToken":
        return AddedToken(**{key: part for key, part in value.items() if key != "__type"})
    if isinstance(value, (list, tuple)):
        return [read_back(part) for part in value]
    if isinstance(value, dict):
        return {key: read_back(part) for key, part in value.items()}
    return value


def check_name(name: str) -> None:
    """Raise what transformers raises for a name that no model can have.

    Raises:
        OSError: it cannot.
    """
    if name.count("/") > 1:
        said = (
            f"Repo id must be in the form 'repo_name' or 'namespace/repo_name': '{name}'. Use "
            "`repo_type` argument if needed."
        )
    elif not MODEL_NAME.fullmatch(name):
        said = (
            "Repo id must use alphanumeric chars, '-', '_' or '.'. The name cannot start or end "
            f"with '-' or '.' and the maximum length is 96: '{name}'."
        )
    elif "--" in name or ".." in name:
        said = f"Cannot have -- or .. in repo_id: '{name}'."
    elif name.endswith(".git"):
        said = f"Repo_id cannot end by '.git': '{name}'."
    else:
        return
    raise OSError(said)


def located(path: str, subfolder: str) -> dict[str, str | None]:
    """Return where the files of a tokenizer are; None of each that is not there."""
    if os.path.isfile(path):
        kind = "tokenizer_file" if path.endswith("tokenizer.json") else "vocab_file"
        return {kind: path}
    if not os.path.isdir(path):
        check_name(path)
    found = {}
    for kind, name in FILES.items():
        file = os.path.join(path, subfolder, name)
        found[kind] = file if os.path.isfile(file) else None
    return found


def loaded(file: str | None) -> Any:
    """Return what a JSON file holds; an empty dict if there is no file."""
    if file is None:
        return {}
    with open(file, encoding="utf-8") as opened:
        return json.load(opened)


def load(cls: type, path: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of a tokenizer that a folder or file holds.

    Args:
        cls: the class.
        path: the folder or file.
        given: arguments that go before what is saved.
    """
    where = located(path, given.pop("subfolder", None) or "")
    made = loaded(where.pop("tokenizer_config_file", None))
    made.pop("tokenizer_class", None)
    made |= given
    if "additional_special_tokens" in made and not made.get("extra_special_tokens"):
        made["extra_special_tokens"] = made.pop("additional_special_tokens")
    named = cls.SPECIAL_TOKENS_ATTRIBUTES
    own = {
        key: made.pop(key)
        for key in list(made)
        if key.endswith("_token") and key not in named and isinstance(made[key], (str, AddedToken))
    }
    if isinstance(made.get("extra_special_tokens"), dict):
        own |= made.pop("extra_special_tokens")
    if own:
        made["model_specific_special_tokens"] = own
    older = where.pop("added_tokens_file", None), where.pop("special_tokens_map_file", None)
    for key, file in where.items():
        if given.get(key) is None:
            made[key] = file
    made |= {"name_or_path": path, "is_local": os.path.isdir(path), "local_files_only": True}
    saved = loaded(where.get("tokenizer_file"))
    made["added_tokens_decoder"] = added_tokens(made, given, saved, older, named)
    by_name = {str(token): token for token in made["added_tokens_decoder"].values()}
    made = read_back(made)
    for key in named:
        if made.get(key) is not None:
            made[key] = by_name.get(str(made[key]), made[key])
    if saved:
        made.pop("tokenizer_file", None)
        made["tokenizer_truncation"] = saved.get("truncation")
        made["tokenizer_padding"] = saved.get("padding")
        made["vocab"] = saved.get("model", {}).get("vocab")
    elif made.get("vocab") is None and os.path.isfile(made.get("vocab_file") or ""):
        made["vocab"] = made["vocab_file"]
    return made


def added_tokens(
    made: dict[str, Any],
    given: dict[str, Any],
    saved: dict[str, Any],
    older: tuple[str | None, str | None],
    named: list[str],
) -> dict[int, AddedToken]:
    """Return the added tokens by their ids, from the newest file that has them."""
    if "added_tokens_decoder" in made:
        found = {}
        for index, token in made["added_tokens_decoder"].items():
            if not isinstance(token, (dict, AddedToken)):
                raise TypeError(
                    f"Found a {token.__class__} in the saved `added_tokens_decoder`, should be a "
                    "dictionary or an AddedToken instance"
                )
            found[int(index)] = AddedToken(**token) if isinstance(token, dict) else token
        return found
    added_file, special_file = older
    for key, value in loaded(special_file).items():
        if not given.get(key):
            if isinstance(value, dict) and key != "extra_special_tokens":
                flags = {name: value.get(name, False) for name in FLAGS[:3]}
                normalized = value.get("normalized")
                value = AddedToken(value["content"], **flags, normalized=normalized, special=True)
            made[key] = value
    special = {str(made[key]) for key in named if made.get(key)}
    special |= set(map(str, made.get("extra_special_tokens") or []))
    found = {
        index: AddedToken(token, normalized=token not in special, special=token in special)
        for token, index in loaded(added_file).items()
    }
    for token in saved.get("added_tokens", []):
        found[token["id"]] = AddedToken(**{k: v for k, v in token.items() if k != "id"})
    return found
