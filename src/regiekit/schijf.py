"""Giving a finished file its name, and what the system says when there is no room for it; nothing of regiekit below it,
so that every layer that writes may use it."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EXDEV, errno.EINVAL)


def put_new(scratch: Path, path: Path) -> None:
    """Give a file its name if that is free, else FileExistsError; a link decides that in one step, but not every disk
    has links. Raises OSError."""
    try:
        path.hardlink_to(scratch)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if path.exists():
            raise FileExistsError(errno.EEXIST, "", str(path)) from None
        scratch.rename(path)
