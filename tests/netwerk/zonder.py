"""Runs a command where no network is: in a namespace of Linux with nothing but the loopback of this computer.

    python tests/netwerk/zonder.py python start.py --test
    python tests/netwerk/zonder.py --kan       exit code 0 where this can be done

Standard library alone. Linux is asked directly, and not by `unshare`, so that whoever runs it stays who they are.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import struct
import sys
from pathlib import Path

NEW_USER, NEW_NET = 0x10000000, 0x40000000
GET_FLAGS, SET_FLAGS, UP = 0x8913, 0x8914, 0x1
KAN_NIET = 3
ELSEWHERE = ("192.0.2.1", 9)  # an address for documentation (RFC 5737): nobody is there


def leave_network() -> None:
    """Leave every network but the loopback; raises OSError where that is not allowed."""
    if sys.platform != "linux":
        raise OSError("alleen op Linux")
    import fcntl

    try:
        _unshare(NEW_NET)
    except PermissionError:  # not root: as oneself in a namespace of users
        user, group = os.getuid(), os.getgid()
        _unshare(NEW_USER | NEW_NET)
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    with socket.socket() as any_one:
        asked = struct.pack("16sh14x", b"lo", 0)
        (flags,) = struct.unpack_from("16xh", fcntl.ioctl(any_one, GET_FLAGS, asked))
        fcntl.ioctl(any_one, SET_FLAGS, struct.pack("16sh14x", b"lo", flags | UP))
    check()


def _unshare(flags: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(flags):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def interfaces() -> list[str]:
    """The names of what leads out of this process."""
    return sorted(name for _, name in socket.if_nameindex())


def check() -> None:
    """Raises OSError when there is a way out after all."""
    if interfaces() != ["lo"]:
        raise OSError(f"er is nog een netwerk: {', '.join(interfaces())}")
    with socket.socket() as tried, contextlib.suppress(OSError):
        tried.settimeout(1)
        tried.connect(ELSEWHERE)
        raise SystemExit("zonder.py: er kwam een verbinding tot stand")


def main(command: list[str]) -> None:
    try:
        leave_network()
    except OSError as error:
        sys.stderr.write(f"zonder.py: hier kan het netwerk er niet af ({error})\n")
        raise SystemExit(KAN_NIET) from None
    if command != ["--kan"]:
        sys.stderr.write(f"Zonder netwerk, met alleen {', '.join(interfaces())}: {' '.join(command)}\n")
        os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
