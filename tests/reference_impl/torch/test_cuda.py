"""torch.cuda, mps, xpu, accelerator, cpu and backends answer as a build for the CPU does."""

import inspect

import pytest
import torch
from oracle import same

import reference_impl.torch as ref

QUESTIONS = [
    "cuda.is_available", "cuda.device_count", "cuda.is_initialized",
    "backends.mps.is_available", "backends.mps.is_built",
    "accelerator.is_available", "accelerator.device_count", "accelerator.current_accelerator",
    "cuda.get_arch_list", "cuda.is_bf16_supported", "cuda.memory_allocated",
    "cuda.max_memory_allocated", "cuda.memory_reserved", "cuda.max_memory_reserved",
    "cuda.empty_cache", "cuda.memory_stats", "cuda.seed_all", "cuda.get_rng_state_all",
    "mps.is_available", "mps.device_count",
    "xpu.is_available", "xpu.device_count", "xpu.empty_cache", "xpu.memory_allocated",
    "cpu.is_available", "cpu.device_count", "cpu.synchronize", "cpu.current_device",
    "cpu.is_initialized",
    "backends.cudnn.is_available", "backends.cudnn.version", "backends.cuda.is_built",
    "backends.cuda.flash_sdp_enabled", "backends.mha.get_fastpath_enabled",
]  # fmt: skip
NO_GPU = torch.version.cuda is None and not torch.accelerator.is_available()


def reached(engine, path):
    """The object at a dotted path."""
    for name in path.split("."):
        engine = getattr(engine, name)
    return engine


@pytest.mark.skipif(not NO_GPU, reason="this torch was built for a GPU and may have one")
@pytest.mark.parametrize("path", QUESTIONS)
def test_the_answer_is_that_of_a_build_for_the_cpu(path):
    """Each question has torch's answer."""
    assert reached(ref, path)() == reached(torch, path)()


@pytest.mark.parametrize("path", QUESTIONS)
def test_the_question_is_asked_as_in_torch(path):
    """Each function has torch's arguments."""

    def arguments(engine):
        return [
            (p.name, p.kind, p.default)
            for p in inspect.signature(reached(engine, path)).parameters.values()
        ]

    assert arguments(ref) == arguments(torch)


@pytest.mark.parametrize(
    ("module", "name"),
    [("cuda", "Stream"), ("backends", "miopen"), ("accelerator", "Graph"), ("mps", "Event")],
)
def test_what_is_left_out_is_named(module, name):
    """A name that torch has is said to be missing, any other is unknown as in torch."""
    with pytest.raises(NotImplementedError, match=rf"^torch\.{module}\.{name} is not part of"):
        getattr(getattr(ref, module), name)
    for engine in ref, torch:
        with pytest.raises(AttributeError, match=rf"^module 'torch\.{module}' has no attribute"):
            getattr(getattr(engine, module), "nothing")  # noqa: B009


@pytest.mark.parametrize("module", ["cuda", "backends", "accelerator", "mps", "xpu", "cpu"])
def test_what_is_said_to_be_left_out_is_in_torch(module):
    """No name is invented."""
    assert all(hasattr(getattr(torch, module), name) for name in getattr(ref, module).OTHERS)


LINES = """
t.cuda.manual_seed(3)
t.cuda.manual_seed_all(3)
t.cuda.manual_seed("a")
t.cuda.current_device()
t.cuda.synchronize()
t.cuda.get_device_name(0)
t.cuda.get_device_properties(0)
t.cuda.get_device_capability()
t.cuda.mem_get_info()
t.cuda.init()
t.cuda.current_stream()
t.cuda.get_rng_state()
t.cuda.set_device(0)
t.cuda.set_device(-1)
t.cuda.set_device("cuda:1")
t.cuda.set_device("cpu")
t.cuda.set_device(t.device("cuda"))
t.cuda.set_device(None)
t.cuda.memory_summary()
t.cuda.reset_peak_memory_stats()
t.cuda.device(0).__enter__()
t.cuda.device(-1).__enter__()
t.cuda.stream(None).__enter__()
t.cuda.default_generators
t.cuda.OutOfMemoryError, t.OutOfMemoryError.__mro__, t.AcceleratorError
t.cuda.is_available(3)
t.zeros(1).cuda()
t.zeros(1, device="cuda")
t.mps.manual_seed(0)
t.mps.synchronize()
t.mps.empty_cache()
t.mps.current_allocated_memory()
t.mps.seed()
t.mps.recommended_max_memory()
t.xpu.manual_seed_all(0)
t.xpu.synchronize()
t.xpu.current_device()
t.accelerator.synchronize()
t.accelerator.current_device_index()
t.accelerator.memory_allocated()
t.backends.cudnn.enabled, t.backends.cudnn.benchmark, t.backends.cudnn.deterministic
t.backends.cudnn.benchmark_limit, t.backends.cudnn.allow_tf32
t.backends.cudnn.is_acceptable(t.zeros(1))
setattr(t.backends.cudnn, "benchmark", "yes")
setattr(t.backends.cudnn, "enabled", 3)
setattr(t.backends.cudnn, "deterministic", 1)
t.backends.cuda.matmul.allow_tf32
t.backends.cuda.matmul.allow_fp16_reduced_precision_reduction
t.backends.cuda.matmul.nothing
t.backends.mkldnn.enabled, t.backends.opt_einsum.enabled
t.set_num_threads(0)
t.set_num_threads("a")
t.set_num_threads(2.0)
t.set_num_threads(True)
t.set_deterministic_debug_mode(5)
t.set_deterministic_debug_mode("loud")
t.set_deterministic_debug_mode(1.5)
t.use_deterministic_algorithms(3)
t.use_deterministic_algorithms(True, warn_only=3)
t.set_float32_matmul_precision("low")
t.set_float32_matmul_precision(3)
t.set_flush_denormal(False)
t.set_flush_denormal(3)
t.set_warn_always(3)
t.get_default_device()
"""


@pytest.mark.skipif(not NO_GPU, reason="this torch was built for a GPU and may have one")
@pytest.mark.parametrize("line", LINES.strip().split("\n"))
def test_answers_and_errors(line):
    """A script that asks for what is not there hears what torch says."""
    same(lambda t: eval(line))


def test_switches_are_remembered():
    """What a script sets before training is there when asked for, and can be taken back."""

    def run(t):
        told = []
        t.use_deterministic_algorithms(True)
        told.append((t.are_deterministic_algorithms_enabled(), t.get_deterministic_debug_mode()))
        t.set_deterministic_debug_mode("warn")
        told.append(t.is_deterministic_algorithms_warn_only_enabled())
        t.use_deterministic_algorithms(False)
        told.append(t.get_deterministic_debug_mode())
        t.set_float32_matmul_precision("high")
        told.append((t.get_float32_matmul_precision(), t.backends.cuda.matmul.allow_tf32))
        t.set_float32_matmul_precision("highest")
        t.backends.cudnn.deterministic = True
        told.append(t.backends.cudnn.deterministic)
        with t.backends.cudnn.flags(enabled=False, benchmark=True):
            told.append((t.backends.cudnn.enabled, t.backends.cudnn.benchmark))
        t.backends.cudnn.deterministic = False
        told.append((t.backends.cudnn.enabled, t.backends.cudnn.benchmark))
        before = t.get_num_threads()
        t.set_num_threads(3)
        told.append(t.get_num_threads())
        t.set_num_threads(before)
        return told

    same(run)


def test_a_default_device():
    """New tensors are where the last word says."""

    def run(t):
        told = []
        t.set_default_device("meta")
        told.append((t.zeros(2), t.get_default_device()))
        t.set_default_device(None)
        with t.device("meta") as place:
            told.append((t.ones(2), t.tensor([1.0]), t.arange(3), place))
            with t.device("cpu"):
                told.append(t.ones(1))
        told.append((t.zeros(1), t.zeros(1, device="meta").device))
        return told

    same(run)
