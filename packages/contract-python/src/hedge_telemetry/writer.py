"""The executor's side: publish state documents, append ledger records. Nothing here raises."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .files import append_line, line_ended, replace_file, write_failed
from .finding import Finding, finding, has_errors, show
from .generated.names import LEDGER_NAMES, STATE_NAMES, LedgerName, StateName
from .prepare import Prepared, prepare
from .redact import Redactor
from .registry import entry_of


@dataclass(frozen=True)
class Result:
    """``ok``: it is in its file. Otherwise the file is as it was, and a finding with the level error says why."""

    ok: bool
    findings: list[Finding]


def system_clock() -> float:
    """The current time in seconds since 1970, to the millisecond."""
    return time.time_ns() // 1_000_000 / 1000


class Writer:
    """Writes the telemetry below a logs directory. Each call returns when the file is written."""

    def __init__(
        self,
        dir: str | os.PathLike[str],
        *,
        now: Callable[[], float] = system_clock,
        redactor: Redactor | None = None,
        sync: bool = False,
    ) -> None:
        """
        ``dir``: state/ and execution/ lie below it and are made on demand. ``now``: seconds since 1970. ``redactor``: what
        counts as a secret; by default the known formats and the sensitive variables of this process. ``sync``: state files
        also survive a power loss, whole, for an fsync per call.
        """
        self._dir = os.fspath(dir)
        self._now = now
        self._redactor = redactor
        self._sync = sync

    def publish(self, surface: StateName, document: Any) -> Result:
        """Checks a state document and replaces the file by it. One with an error is refused, and the file stays as it is."""
        if not _is_one_of(STATE_NAMES, surface):
            return _unknown(surface)
        prepared = self._prepared(surface, document)
        if prepared.data is None:
            return Result(False, prepared.findings)
        file = os.path.join(self._dir, entry_of(surface)["file"])
        error = replace_file(file, prepared.data, sync=self._sync)
        failed = [] if error is None else [write_failed(surface, file, error)]
        return _result([*prepared.findings, *failed])

    def append(self, ledger: LedgerName, record: Any) -> Result:
        """Checks a record and appends it as one line, with one write. One with an error is refused."""
        if not _is_one_of(LEDGER_NAMES, ledger):
            return _unknown(ledger)
        prepared = self._prepared(ledger, record)
        if prepared.data is None:
            return Result(False, prepared.findings)
        file = os.path.join(self._dir, entry_of(ledger)["file"])
        error, healed = append_line(file, prepared.data)
        said = [] if healed is None else [line_ended(ledger, file, healed)]
        failed = [] if error is None else [write_failed(ledger, file, error)]
        return _result([*prepared.findings, *said, *failed])

    def _prepared(self, name: str, document: Any) -> Prepared:
        return prepare(entry_of(name), document, self._now, self._redactor or _process_redactor(_environment()))


def publish(surface: StateName, document: Any, *, dir: str | os.PathLike[str] = "logs") -> Result:
    """Publishes a state document below a logs directory; see Writer.publish."""
    return Writer(dir).publish(surface, document)


def append(ledger: LedgerName, record: Any, *, dir: str | os.PathLike[str] = "logs") -> Result:
    """Appends a record to a ledger below a logs directory; see Writer.append."""
    return Writer(dir).append(ledger, record)


def _environment() -> tuple[tuple[str, str], ...]:
    return tuple(os.environ.items())


@lru_cache(maxsize=1)
def _process_redactor(environment: tuple[tuple[str, str], ...]) -> Redactor:
    """The environment may be set up late: a change of it makes a new redactor."""
    return Redactor(dict(environment))


def _result(findings: list[Finding]) -> Result:
    return Result(not has_errors(findings), findings)


def _is_one_of(names: tuple[str, ...], name: object) -> bool:
    return type(name) is str and name in names


def _unknown(name: object) -> Result:
    actual = show(name) if type(name) is str else f"a {type(name).__name__}"
    return Result(False, [finding("unknown-surface", expected="a name of the registry", actual=actual)])
