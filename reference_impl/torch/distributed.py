"""Several processes that train together: torch's way to use more than one GPU, or machine.

reference_impl has one process and says so; ask `is_available()` before anything else.
"""

from __future__ import annotations

from .public import not_here

__all__ = ["is_available", "is_initialized"]

OTHERS = (
    "Backend DeviceMesh DistBackendError DistError FileStore GroupMember HashStore P2POp "
    "PrefixStore ProcessGroup ReduceOp Store TCPStore Work algorithms all_gather "
    "all_gather_into_tensor all_gather_object all_reduce all_to_all all_to_all_single autograd "
    "barrier batch_isend_irecv broadcast broadcast_object_list checkpoint destroy_process_group "
    "device_mesh distributed_c10d elastic fsdp gather gather_object get_backend get_global_rank "
    "get_group_rank get_process_group_ranks get_rank get_world_size group init_device_mesh "
    "init_process_group irecv is_backend_available is_gloo_available is_mpi_available "
    "is_nccl_available is_torchelastic_launched isend launch monitored_barrier new_group "
    "new_subgroups nn optim pipelining recv recv_object_list reduce reduce_op reduce_scatter "
    "reduce_scatter_tensor rendezvous rpc run scatter scatter_object_list send send_object_list "
    "tensor tensor_parallel utils"
).split()


def is_available() -> bool:
    """Tell whether this torch can connect processes.

    Torch as it is installed can: there it answers True.

    Returns:
        False: reference_impl has one process.
    """
    return False


def is_initialized() -> bool:
    """Tell whether this process belongs to a group, which it never does here."""
    return False


def __getattr__(name: str) -> object:
    raise not_here("torch.distributed", name, OTHERS)
