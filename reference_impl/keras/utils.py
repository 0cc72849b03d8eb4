"""Sequences of different lengths, made one array."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from ..torch.public import not_here

__all__ = ["pad_sequences"]

OTHERS = """
Config CustomObjectScope FeatureSpace Progbar PyDataset Sequence array_to_img
audio_dataset_from_directory bounding_boxes clear_session custom_object_scope
deserialize_keras_object disable_interactive_logging enable_interactive_logging
get_custom_objects get_file get_registered_name get_registered_object get_source_inputs
image_dataset_from_directory img_to_array is_interactive_logging_enabled is_keras_tensor legacy
load_img model_to_dot normalize pack_x_y_sample_weight plot_model register_keras_serializable
save_img serialize_keras_object set_random_seed split_dataset standardize_dtype
text_dataset_from_directory timeseries_dataset_from_array to_categorical
unpack_x_y_sample_weight
""".split()


def arrays() -> ModuleType:
    """Return NumPy where it is installed, else what stands in for it."""
    try:
        return importlib.import_module("numpy")
    except ImportError:
        return importlib.import_module("reference_impl.numpy")


def pad_sequences(
    sequences: Sequence[Any],
    maxlen: int | None = None,
    dtype: Any = "int32",
    padding: str = "pre",
    truncating: str = "pre",
    value: float | str = 0.0,
) -> Any:
    """Return sequences as the rows of one array, made equally long by padding and cutting.

    Both happen in front unless told otherwise: a recurrent network then reads the end of a
    sequence last. torch's `pad_sequence` pads behind, and cuts nothing.

    >>> import keras
    >>> keras.utils.pad_sequences([[1, 2, 3], [4]])
    array([[1, 2, 3],
           [0, 0, 4]], dtype=int32)
    >>> keras.utils.pad_sequences([[1, 2, 3], [4]], maxlen=2, padding="post").tolist()
    [[2, 3], [4, 0]]

    Args:
        sequences: lists or arrays, each of the shape `(length, *)`.
        maxlen: how long the rows shall be; by default as long as the longest sequence.
        dtype: of the array; `object` for strings. `"int32"` drops fractions.
        padding: `"pre"` or `"post"`, where a short sequence is filled up.
        truncating: `"pre"` or `"post"`, where a long one is cut.
        value: what fills up.

    Returns:
        An array of NumPy, of the shape `(len(sequences), maxlen, *)`.

    Raises:
        ValueError: for what is no sequence, steps of different shapes, or another word.
    """
    np = arrays()
    if not hasattr(sequences, "__len__"):
        raise ValueError("`sequences` must be iterable.")
    lengths, step = measured(np, sequences)
    width = np.max(lengths) if maxlen is None else maxlen
    is_text = np.dtype(dtype).kind in "SU"
    if isinstance(value, str) and dtype is not object and not is_text:
        raise ValueError(
            f"`dtype` {dtype} is not compatible with `value`'s type: {type(value)}\n"
            "You should set `dtype=object` for variable length strings."
        )
    rows = np.full((len(sequences), width, *step), value, dtype=dtype)
    for at, sequence in enumerate(sequences):
        if not len(sequence):
            continue
        if truncating not in ("pre", "post"):
            raise ValueError(f'Truncating type "{truncating}" not understood')
        kept = np.asarray(sequence[-width:] if truncating == "pre" else sequence[:width], dtype)
        if kept.shape[1:] != step:
            raise ValueError(
                f"Shape of sample {kept.shape[1:]} of sequence at position {at} is different "
                f"from expected shape {step}"
            )
        if padding not in ("pre", "post"):
            raise ValueError(f'Padding type "{padding}" not understood')
        if padding == "pre":
            rows[at, -len(kept) :] = kept
        else:
            rows[at, : len(kept)] = kept
    return rows


def measured(np: ModuleType, sequences: Sequence[Any]) -> tuple[list[int], tuple[int, ...]]:
    """Return the length of each sequence, and the shape of a step of the first that has one.

    Raises:
        ValueError: for a sequence without a length.
    """
    lengths: list[int] = []
    step = None
    for sequence in sequences:
        try:
            lengths.append(len(sequence))
            if step is None and len(sequence):
                step = tuple(np.shape(sequence))[1:]
        except TypeError as error:
            raise ValueError(
                f"`sequences` must be a list of iterables. Found non-iterable: {sequence}"
            ) from error
    return lengths, step or ()


def __getattr__(name: str) -> object:
    raise not_here("keras.utils", name, OTHERS)
