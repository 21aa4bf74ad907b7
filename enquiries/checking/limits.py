"""What a check process gives up before it looks at its first file: memory, time, network."""

import contextlib
import ctypes
import os
import platform
import resource
import struct
import sys
from typing import Final

MEMORY: Final = 512 * 1024 * 1024  # bytes of addresses
CPU_SECONDS = 5  # a file
LARGEST_FILE: Final = 8 * 1024 * 1024  # bytes that could be written, were there a place
OPEN_FILES: Final = 32

# Linux: numbers that each processor's own table gives to a few system calls.
NO_NEW_PRIVILEGES: Final = 38
SET_FILTER: Final = 22
FILTER: Final = 2
PROCESSORS: Final[dict[str, tuple[int, int, dict[str, int]]]] = {  # its name, clone, the others
    "x86_64": (
        0xC000003E,
        56,
        {
            "socket": 41, "connect": 42, "accept": 43, "bind": 49, "listen": 50,
            "socketpair": 53, "fork": 57, "vfork": 58, "execve": 59, "kill": 62,
            "ptrace": 101, "accept4": 288, "process_vm_writev": 311, "execveat": 322,
            "bpf": 321, "io_uring_setup": 425, "pidfd_open": 434, "clone3": 435,
        },
    ),
    "aarch64": (
        0xC00000B7,
        220,
        {
            "ptrace": 117, "kill": 129, "socket": 198, "socketpair": 199, "bind": 200,
            "listen": 201, "accept": 202, "connect": 203, "execve": 221, "accept4": 242,
            "process_vm_writev": 271, "bpf": 280, "execveat": 281, "io_uring_setup": 425,
            "pidfd_open": 434, "clone3": 435,
        },
    ),
}  # fmt: skip
OTHER_TABLE: Final = 0x40000000  # the numbers of x32, another name for the same calls
LOAD: Final = 0x20
IF_EQUAL: Final = 0x15
IF_AT_LEAST: Final = 0x35
IF_ANY_BIT: Final = 0x45
A_THREAD: Final = 0x00010000
RETURN: Final = 0x06
ALLOW: Final = 0x7FFF0000
REFUSE: Final = 0x00050001  # EPERM
NO_SUCH_CALL: Final = 0x00050026  # ENOSYS: a library then tries the older call


def give_up_rights() -> bool:
    """Limit this process for good, and say whether the kernel keeps it from every network."""
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, LARGEST_FILE)
    _limit(resource.RLIMIT_NOFILE, OPEN_FILES)
    in_own_network = _leave_network()
    return _filter_calls() or in_own_network


def allow_seconds_for_a_file() -> None:
    """Let the kernel end this process once the next file has used up its seconds of CPU."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS, hard))


def _limit(what: int, amount: int) -> None:
    with contextlib.suppress(ValueError, OSError):  # macOS knows some of them by name only
        resource.setrlimit(what, (amount, amount))


def _leave_network() -> bool:
    """Move into a network with nothing in it, where an ordinary user may make one."""
    if not hasattr(os, "unshare"):
        return False
    with contextlib.suppress(OSError):
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
        return True
    return False


def _filter_calls() -> bool:
    """Have the kernel refuse calls that open a line, start a program or reach another process."""
    if sys.platform != "linux" or platform.machine() not in PROCESSORS:
        return False
    library = ctypes.CDLL(None, use_errno=True)
    program = _program(*PROCESSORS[platform.machine()])
    steps = ctypes.create_string_buffer(program)

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_void_p)]

    filled = Program(len(program) // 8, ctypes.addressof(steps))
    for option in ((NO_NEW_PRIVILEGES, 1, 0), (SET_FILTER, FILTER, ctypes.byref(filled))):
        if library.prctl(*option, 0, 0) != 0:
            return False
    return True


def _program(architecture: int, clone: int, refused: dict[str, int]) -> bytes:
    """Write the filter: each step is (code, jump if true, jump if false, value)."""
    steps = [
        (LOAD, 0, 0, 4),  # the architecture
        (IF_EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, REFUSE),
        (LOAD, 0, 0, 0),  # the number of the call
        (IF_AT_LEAST, 0, 1, OTHER_TABLE),
        (RETURN, 0, 0, REFUSE),
    ]
    for name, number in refused.items():
        steps.append((IF_EQUAL, 0, 1, number))
        steps.append((RETURN, 0, 0, NO_SUCH_CALL if name == "clone3" else REFUSE))
    steps += [
        (IF_EQUAL, 0, 3, clone),
        (LOAD, 0, 0, 16),  # what is to be shared
        (IF_ANY_BIT, 1, 0, A_THREAD),
        (RETURN, 0, 0, REFUSE),  # a process of its own
        (RETURN, 0, 0, ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
