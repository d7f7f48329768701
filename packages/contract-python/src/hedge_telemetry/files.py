"""State files, replaced as a whole, and ledgers, appended to line by line. POSIX; on other systems without locks."""

from __future__ import annotations

import itertools
import os
import secrets
import time

from .finding import Finding, finding
from .regular_file import error_name

try:
    import fcntl
except ImportError:  # pragma: no cover
    fcntl = None  # type: ignore[assignment]

#: Readable by the dashboard and the mirror, which may run as other users.
_MODE = 0o644
_GUARDED = (
    getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
)
_COUNTER = itertools.count(1)
_LOCK_ATTEMPTS = 2000
_LOCK_PAUSE_S = 0.001
_FRAGMENT_LOOK = 65_536


#: What the system says of a file, and what Python says of a name that no file can have.
_FileError = (OSError, ValueError)


def replace_file(path: str, data: bytes, *, sync: bool) -> OSError | ValueError | None:
    """
    Replaces a file as a whole: the bytes go to a temporary file beside it, which takes its name. Readers see the old bytes
    or the new ones. An error leaves the old file as it was.
    """
    directory, base = os.path.split(path)
    temporary = os.path.join(directory, f".{base}.{os.getpid()}.{next(_COUNTER)}.{secrets.token_hex(6)}.tmp")
    try:
        os.makedirs(directory or ".", exist_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _GUARDED, _MODE)
    except _FileError as error:
        return error
    try:
        try:
            _write_all(descriptor, data)
            if sync:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(temporary, path)
        return None
    except _FileError as error:
        _remove(temporary)
        return error


class LedgerBusy(OSError):
    """Another process held the ledger for longer than one waits."""


def append_line(path: str, line: bytes) -> tuple[OSError | ValueError | None, int | None]:
    """
    Appends a line with one write. Where the file ended in an unfinished line, that is ended first, and its offset is
    given. Processes that append through this function take turns, so that a line that a full disk cut is ended by the next.
    """
    healed: int | None = None
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _GUARDED, _MODE)
    except _FileError as error:
        return error, healed
    try:
        _lock(descriptor)
        size = os.fstat(descriptor).st_size
        if size > 0 and os.pread(descriptor, 1, size - 1) != b"\n":
            healed = _line_start(descriptor, size)
            _write_all(descriptor, b"\n" + line)
        else:
            _write_all(descriptor, line)
        return None, healed
    except _FileError as error:
        return error, healed
    finally:
        os.close(descriptor)


def write_failed(surface: str, file: str, error: OSError | ValueError) -> Finding:
    """The finding on a file that could not be written."""
    if isinstance(error, LedgerBusy):
        return finding("ledger-locked", surface=surface, file=file, expected="one writer", actual="another process")
    actual = error_name(error)
    message = f"{file} could not be written: {actual}"
    expected = "a writable regular file"
    return finding("write-failed", surface=surface, file=file, message=message, expected=expected, actual=actual)


def line_ended(surface: str, file: str, offset: int) -> Finding:
    """The finding on an unfinished line that was ended."""
    message = f"{file} ended in the beginning of a record; a newline was put behind it"
    return finding("ledger-line-ended", surface=surface, file=file, message=message, actual=f"offset {offset}")


def _write_all(descriptor: int, data: bytes) -> None:
    """One write; a second one only where the system took a part, as a disk that is nearly full does."""
    written = os.write(descriptor, data)
    while written < len(data):
        written += os.write(descriptor, data[written:])


def _lock(descriptor: int) -> None:
    """The lock ends with the descriptor. It is held for the time of one write, and not waited for for ever."""
    if fcntl is None:
        return
    for _ in range(_LOCK_ATTEMPTS):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            time.sleep(_LOCK_PAUSE_S)
    raise LedgerBusy("the ledger is locked")


def _line_start(descriptor: int, size: int) -> int:
    start = max(0, size - _FRAGMENT_LOOK)
    found = os.pread(descriptor, size - start, start).rfind(b"\n")
    return start if found < 0 else start + found + 1


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass  # The TypeScript writer sweeps it at its next start.
