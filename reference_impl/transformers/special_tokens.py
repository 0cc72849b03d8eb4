"""The tokens with a duty: begin, separate, pad, mask, and stand for what is unknown."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any, ClassVar

from ..torch.public import NotHere, Public
from .added_tokens import AddedToken
from .utils import logging

logger = logging.get_logger("transformers.tokenization_utils_base")

ENDLESS = int(1e30)  # the length of texts where none is set
LEFT_OUT = """
apply_chat_template backend_tokenizer decoder encode_message_with_chat_template
get_chat_template get_response_parser parse_response push_to_hub register_for_auto_class
save_chat_templates train_new_from_iterator update_post_processor
""".split()


def without_id(key: str) -> str:
    """Return the token's attribute of which a key names the id."""
    return key.removesuffix("_ids").removesuffix("_id")


class SpecialTokens(metaclass=Public):
    """What a tokenizer is set up with, and its special tokens under their names.

    `tokenizer.cls_token` is a token, `tokenizer.cls_token_id` its id; both can be set.
    """

    SPECIAL_TOKENS_ATTRIBUTES: ClassVar[list[str]] = [
        "bos_token",
        "eos_token",
        "unk_token",
        "sep_token",
        "pad_token",
        "cls_token",
        "mask_token",
    ]
    model_input_names: ClassVar[list[str]] = ["input_ids", "attention_mask"]
    padding_side = "right"
    truncation_side = "right"

    def __init__(self, **kwargs: Any) -> None:
        self.init_inputs = ()
        for key in kwargs:
            if hasattr(self, key) and callable(getattr(self, key)):
                name = type(self).__name__
                raise AttributeError(f"{key} conflicts with the method {key} in {name}")
        if "additional_special_tokens" in kwargs and "extra_special_tokens" not in kwargs:
            kwargs["extra_special_tokens"] = kwargs.pop("additional_special_tokens")
        self.init_kwargs = copy.deepcopy(kwargs)
        self.name_or_path = kwargs.pop("name_or_path", "")
        self.verbose = kwargs.pop("verbose", False)
        self._special_tokens_map = dict.fromkeys(self.SPECIAL_TOKENS_ATTRIBUTES)
        self._extra_special_tokens = []
        own = kwargs.pop("model_specific_special_tokens", None) or {}
        self._name_tokens(self._read_tokens(kwargs) | own)
        longest = kwargs.pop("model_max_length", kwargs.pop("max_len", None))
        self.model_max_length = ENDLESS if longest is None else longest
        for side in ("padding", "truncation"):
            chosen = kwargs.pop(f"{side}_side", getattr(self, f"{side}_side"))
            setattr(self, f"{side}_side", chosen)
            if chosen not in ("right", "left"):
                raise ValueError(
                    f"{side.capitalize()} side should be selected between 'right' and 'left', "
                    f"current value: {chosen}"
                )
        self.model_input_names = list(kwargs.pop("model_input_names", self.model_input_names))
        self.clean_up_tokenization_spaces = kwargs.pop("clean_up_tokenization_spaces", False)
        self.split_special_tokens = kwargs.pop("split_special_tokens", False)
        self.deprecation_warnings = {}
        self.backend = kwargs.pop("backend", None)
        self.files_loaded = kwargs.pop("files_loaded", [])

    def _read_tokens(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        """Take the special tokens out of arguments; return those with a name of their own."""
        named: dict[str, Any] = {}
        for key in list(kwargs):
            value = kwargs[key]
            is_token = isinstance(value, (str, AddedToken))
            if key in self.SPECIAL_TOKENS_ATTRIBUTES:
                del kwargs[key]
                if value is not None and not is_token:
                    raise TypeError(
                        f"Special token {key} has to be either str or AddedToken but got: "
                        f"{type(value)}"
                    )
                self._special_tokens_map[key] = value
            elif key == "extra_special_tokens":
                del kwargs[key]
                if isinstance(value, dict):
                    self._name_tokens(value)
                elif isinstance(value, (list, tuple)):
                    self._extra_special_tokens = list(value)
                elif value is not None:
                    raise TypeError(
                        "extra_special_tokens must be a list/tuple of tokens or a dict of named "
                        "tokens"
                    )
            elif key.endswith("_token") and is_token:
                named[key] = kwargs.pop(key)
        return named

    def _name_tokens(self, tokens: dict[str, Any]) -> None:
        """Give the tokenizer special tokens under further names."""
        if tokens:
            self.SPECIAL_TOKENS_ATTRIBUTES = [*self.SPECIAL_TOKENS_ATTRIBUTES, *tokens]
        for key, value in tokens.items():
            if not isinstance(value, (str, AddedToken)):
                raise TypeError(
                    f"Special token {key} has to be either str or AddedToken but got: {type(value)}"
                )
            self._special_tokens_map[key] = value

    def __setattr__(self, key: str, value: Any) -> None:
        name = without_id(key)
        if name in self.SPECIAL_TOKENS_ATTRIBUTES:
            if key != name and value is not None:
                value = self.convert_ids_to_tokens(value)
            if value is not None and not isinstance(value, (str, AddedToken)):
                raise ValueError(f"Cannot set a non-string value as the {name}")
            self._special_tokens_map[name] = value
        elif name == "extra_special_tokens":
            if key != name and isinstance(value, (list, tuple)):
                value = [self.convert_ids_to_tokens(index) for index in value]
            if value is not None and not isinstance(value, (list, tuple)):
                raise ValueError(f"extra_special_tokens must be a list or tuple, got {type(value)}")
            self._extra_special_tokens = list(value or [])
        else:
            super().__setattr__(key, value)

    def __getattr__(self, key: str) -> Any:
        name = without_id(key)
        if name in type(self).SPECIAL_TOKENS_ATTRIBUTES or name in self.__dict__.get(
            "_special_tokens_map", ()
        ):
            token = self.__dict__.get("_special_tokens_map", {}).get(name)
            if token is None:
                if self.verbose:
                    logger.error(f"Using {key}, but it is not set yet.")
                return None
            return str(token) if key == name else self.convert_tokens_to_ids(str(token))
        if name == "extra_special_tokens":
            tokens = [str(token) for token in self.__dict__.get("_extra_special_tokens", [])]
            return tokens if key == name else self.convert_tokens_to_ids(tokens)
        if key in LEFT_OUT:
            raise NotHere(f"{type(self).__name__}.{key} is not part of reference_impl")
        raise AttributeError(f"{type(self).__name__} has no attribute {key}")

    @property
    def pad_token_type_id(self) -> int:
        """The type of padding tokens."""
        return 0

    @property
    def special_tokens_map(self) -> dict[str, str]:
        """The special tokens by their names."""
        found = self._special_tokens_map
        names = self.SPECIAL_TOKENS_ATTRIBUTES
        return {name: str(found[name]) for name in names if found.get(name) is not None}

    @property
    def all_special_tokens(self) -> list[str]:
        """All special tokens, each once."""
        named = [self._special_tokens_map.get(name) for name in self.SPECIAL_TOKENS_ATTRIBUTES]
        kept = [str(token) for token in named if token is not None]
        return list(dict.fromkeys([*kept, *map(str, self._extra_special_tokens)]))

    @property
    def all_special_ids(self) -> list[int]:
        """The ids of all special tokens."""
        return self.convert_tokens_to_ids(self.all_special_tokens)

    def get_special_tokens_mask(
        self,
        token_ids_0: Sequence[int],
        token_ids_1: Sequence[int] | None = None,
        already_has_special_tokens: bool = False,
    ) -> list[int]:
        """Return 1 for each id of a special token, else 0.

        Raises:
            NotImplementedError: for ids without special tokens.
            ValueError: for a second list.
        """
        if not already_has_special_tokens:
            raise NotImplementedError(
                f"{type(self).__name__} does not implement get_special_tokens_mask for "
                "non-formatted sequences"
            )
        if token_ids_1 is not None:
            raise ValueError(
                "You should not supply a second sequence if the provided sequence of ids is "
                "already formatted with special tokens for the model."
            )
        special = set(self.all_special_ids)
        return [int(int(index) in special) for index in token_ids_0]

    def add_special_tokens(
        self,
        special_tokens_dict: dict[str, Any],
        replace_extra_special_tokens: bool = True,
    ) -> int:
        """Set special tokens by their names; those that are new get the next free ids.

        Returns:
            How many were added.

        Raises:
            ValueError: for another name, or what is no token.
        """
        given = dict(special_tokens_dict or {})
        if "additional_special_tokens" in given and not given.get("extra_special_tokens"):
            given["extra_special_tokens"] = given.pop("additional_special_tokens")
        allowed = {*self.SPECIAL_TOKENS_ATTRIBUTES, "extra_special_tokens"}
        added: list[AddedToken] = []
        for key, value in given.items():
            if key not in allowed:
                raise ValueError(
                    f"Key {key} is not a valid special token. Valid keys are: {allowed}"
                )
            if key == "extra_special_tokens":
                added += self._add_extra(value, replace_extra_special_tokens)
                continue
            if not isinstance(value, (str, AddedToken)):
                raise ValueError(
                    f"Token {value} for key {key} should be a str or an AddedToken instance"
                )
            setattr(self, key, special(value))
            added.append(self._special_tokens_map[key])
        return self.add_tokens(added, special_tokens=True)

    def _add_extra(self, value: Any, replace: bool) -> list[AddedToken]:
        """Set or extend the special tokens without a name; return the new ones."""
        is_list = isinstance(value, (list, tuple))
        if not is_list or not all(isinstance(token, (str, AddedToken)) for token in value):
            raise ValueError(
                f"Tokens {value} for key extra_special_tokens should all be str or AddedToken "
                "instances"
            )
        known = self.extra_special_tokens
        new = [special(token) for token in value if replace or str(token) not in known]
        if replace and new:
            self._extra_special_tokens = list(new)
        else:
            self._extra_special_tokens.extend(new)
        return new


def special(token: str | AddedToken) -> AddedToken:
    """Return a token that is special, unless it was made one otherwise."""
    if isinstance(token, str):
        return AddedToken(token, normalized=False, special=True)
    return token
