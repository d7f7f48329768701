"""Reading a whole regular file without hanging, and without leaving its directory."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass

from .finding import Finding, finding
from .parse import MAX_DOCUMENT_BYTES

_FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Contents:
    """The bytes of a file, or why they could not be read; ``missing`` where there is nothing at the path at all."""

    data: bytes
    missing: bool
    finding: Finding | None


def read_regular(path: str, root: str) -> Contents:
    """Reads a regular file of at most MAX_DOCUMENT_BYTES. A link is followed only to what lies below ``root``. Never raises."""
    try:
        descriptor = os.open(path, _FLAGS | _NOFOLLOW)
    except FileNotFoundError:
        return Contents(b"", True, finding("file-missing", expected="a file", actual="nothing"))
    except (OSError, ValueError) as error:
        code = error_name(error)
        return _read_link(path, root) if code in ("ELOOP", "EMLINK") else _trouble(code)
    return _read_open(descriptor)


def error_name(error: BaseException) -> str:
    """Name of a system error, for example ENOSPC."""
    number = getattr(error, "errno", None)
    return errno.errorcode.get(number, type(error).__name__) if isinstance(number, int) else type(error).__name__


def too_large(size: int) -> Finding:
    """What is said of a document of too many bytes."""
    return finding("file-too-large", expected=f"at most {MAX_DOCUMENT_BYTES} bytes", actual=f"{size} bytes")


def _read_link(path: str, root: str) -> Contents:
    try:
        target = os.path.realpath(path, strict=True)
        below = os.path.realpath(root, strict=True)
        if os.path.commonpath([target, below]) != below:
            message = "the file is a symbolic link out of its directory"
            return _refused(message, "a symbolic link out of the directory")
        return _read_open(os.open(target, _FLAGS | _NOFOLLOW))
    except (OSError, ValueError) as error:
        code = error_name(error)
        actual = "a symbolic link to nothing" if code == "ENOENT" else code
        return _refused(f"the file is a symbolic link that cannot be followed: {actual}", actual)


def _read_open(descriptor: int) -> Contents:
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            actual = _kind(status.st_mode)
            return _refused(f"the path is {actual}, expected a regular file", actual)
        if status.st_size > MAX_DOCUMENT_BYTES:
            return Contents(b"", False, too_large(status.st_size))
        return _read_to_end(descriptor)
    except OSError as error:
        return _trouble(error_name(error))
    finally:
        os.close(descriptor)


def _read_to_end(descriptor: int) -> Contents:
    parts: list[bytes] = []
    size = 0
    while part := os.read(descriptor, _CHUNK):
        parts.append(part)
        size += len(part)
        if size > MAX_DOCUMENT_BYTES:
            return Contents(b"", False, too_large(size))
    return Contents(b"".join(parts), False, None)


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a directory"
    return "a FIFO" if stat.S_ISFIFO(mode) else "a special file"


def _trouble(code: str) -> Contents:
    return _refused(f"the file cannot be read: {code}", code)


def _refused(message: str, actual: str) -> Contents:
    said = finding("file-unreadable", message=message, expected="a readable regular file", actual=actual)
    return Contents(b"", False, said)
