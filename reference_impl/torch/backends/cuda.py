"""How products of matrices and attention are computed on Nvidia's GPUs: switches alone."""

from __future__ import annotations

from ..settings import Settings

__all__ = [
    "cudnn_sdp_enabled",
    "enable_cudnn_sdp",
    "enable_flash_sdp",
    "enable_math_sdp",
    "enable_mem_efficient_sdp",
    "flash_sdp_enabled",
    "is_built",
    "math_sdp_enabled",
    "matmul",
    "mem_efficient_sdp_enabled",
]


class Matmul:
    """`torch.backends.cuda.matmul`: how exact products of matrices are."""

    allow_fp16_reduced_precision_reduction = True
    allow_bf16_reduced_precision_reduction = True
    allow_fp16_accumulation = False

    @property
    def allow_tf32(self) -> bool:
        """Whether float32 may lose its last digits, which `set_float32_matmul_precision` says."""
        return Settings.precision != "highest"

    @allow_tf32.setter
    def allow_tf32(self, allow: bool) -> None:
        Settings.precision = "high" if allow else "highest"

    def __getattr__(self, name: str) -> object:
        raise AttributeError(f"Unknown attribute {name}")


class Attention:
    """Which ways of computing attention are allowed."""

    flash = mem_efficient = math = cudnn = True


matmul = Matmul()


def is_built() -> bool:
    """Tell whether this torch was built for CUDA."""
    return False


def flash_sdp_enabled() -> bool:
    """Tell whether FlashAttention is allowed."""
    return Attention.flash


def enable_flash_sdp(enabled: bool) -> None:
    """Allow FlashAttention, or not."""
    Attention.flash = enabled


def mem_efficient_sdp_enabled() -> bool:
    """Tell whether memory-efficient attention is allowed."""
    return Attention.mem_efficient


def enable_mem_efficient_sdp(enabled: bool) -> None:
    """Allow memory-efficient attention, or not."""
    Attention.mem_efficient = enabled


def math_sdp_enabled() -> bool:
    """Tell whether attention by its formula is allowed."""
    return Attention.math


def enable_math_sdp(enabled: bool) -> None:
    """Allow attention by its formula, or not."""
    Attention.math = enabled


def cudnn_sdp_enabled() -> bool:
    """Tell whether cuDNN's attention is allowed."""
    return Attention.cudnn


def enable_cudnn_sdp(enabled: bool) -> None:
    """Allow cuDNN's attention, or not."""
    Attention.cudnn = enabled
