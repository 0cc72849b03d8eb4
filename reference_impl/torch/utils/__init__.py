"""`torch.utils`: what goes with tensors and modules; here, `data`, which feeds them."""

from __future__ import annotations

from ..public import not_here as _not_here
from . import data as data
from . import hooks as hooks

OTHERS = (
    "ThroughputBenchmark backcompat benchmark bottleneck bundled_inputs checkpoint collect_env "
    "cpp_backtrace cpp_extension deterministic dlpack file_baton flop_counter generate_methods_for_"
    "privateuse1_backend get_cpp_backtrace hipify mkldnn mobile_optimizer model_dump "
    "model_zoo module_tracker rename_privateuse1_backend serialization set_module show_pickle "
    "swap_tensors tensorboard throughput_benchmark viz weak"
).split()


def __getattr__(name: str) -> object:
    raise _not_here("torch.utils", name, OTHERS)
