"""The reader's side: the current document of a state surface, and how far each of its fields can be trusted."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .age import companion_time, document_time, judge_age
from .finding import Finding, placed, show
from .generated.names import STATE_NAMES, StateName
from .interpret import Interpretation, interpret
from .parse import parse_json
from .readings import Reading, ReadingState, Readings, document_readings, uniform_readings
from .registry import entry_of
from .regular_file import read_regular


@dataclass(frozen=True)
class SurfaceReading:
    """What a reader knows of a state surface."""

    surface: str
    #: Path of the file, as the reader was given its directory.
    file: str
    #: How far the document as a whole can be trusted.
    state: ReadingState
    #: The document; None where it is not wholly understood.
    value: Any
    #: Every field as a Reading. Where the document is invalid, fields that no finding points at can still be read.
    readings: Readings
    #: Reader's clock minus the document's timestamp, in seconds; None where the document tells no time.
    age_s: float | None
    #: The document's own timestamp, in seconds since 1970; None where it tells no time.
    timestamp: float | None
    #: Version of the contract that the document is in; None where it is not understood.
    version: str | None
    #: "canonical", the name of the form that the document is in, or None where the shape is not known.
    dialect: str | None
    findings: list[Finding]


class Reader:
    """Reads a logs directory, or its mirror. Nothing that a file holds, or that is wrong with a file, makes it raise."""

    def __init__(self, dir: str | os.PathLike[str], *, now: Callable[[], float] = time.time) -> None:
        """``dir``: state/ and execution/ lie below it. ``now``: the reader's clock, in seconds since 1970."""
        self._dir = os.fspath(dir)
        self._now = now

    def read(self, surface: StateName) -> SurfaceReading:
        """The current document of a state surface. Raises ValueError for a name that is none of a state surface."""
        if surface not in STATE_NAMES:
            raise ValueError(f"{show(surface)} is no state surface; expected one of {', '.join(STATE_NAMES)}")
        entry = entry_of(surface)
        file = os.path.join(self._dir, entry["file"])
        contents = read_regular(file, self._dir)
        if contents.finding is not None:
            return _unknown(surface, file, "never" if contents.missing else "unreadable", contents.finding)
        interpreted = _interpret_bytes(surface, contents.data)
        if isinstance(interpreted, Finding):
            return _unknown(surface, file, "unreadable", interpreted)
        return _reading(interpreted, self._time_of(interpreted), self._now(), file)

    def read_all(self) -> list[SurfaceReading]:
        """Every state surface, in the order of the registry."""
        return [self.read(surface) for surface in STATE_NAMES]

    def _time_of(self, interpreted: Interpretation) -> float | None:
        entry = entry_of(interpreted.surface)
        found = document_time(entry, interpreted.candidate)
        source = entry["age"].get("companion")
        if found is not None or source is None or interpreted.candidate is None:
            return found
        contents = read_regular(os.path.join(self._dir, entry_of(source["surface"])["file"]), self._dir)
        if contents.finding is not None:
            return None
        companion = _interpret_bytes(source["surface"], contents.data)
        if isinstance(companion, Finding):
            return None
        return companion_time(source, interpreted.candidate, companion.document)


def read(surface: StateName, dir: str | os.PathLike[str], *, now: Callable[[], float] = time.time) -> SurfaceReading:
    """The current document of a state surface below a logs directory."""
    return Reader(dir, now=now).read(surface)


def _interpret_bytes(surface: str, data: bytes) -> Interpretation | Finding:
    parsed = parse_json(data)
    return interpret(surface, parsed.value) if parsed.finding is None else parsed.finding


def _unknown(surface: str, file: str, state: ReadingState, reason: Finding) -> SurfaceReading:
    readings = uniform_readings(entry_of(surface)["root"], Reading(state, None, None))
    findings = placed([reason], file=file, surface=surface)
    return SurfaceReading(surface, file, state, None, readings, None, None, None, None, findings)


def _reading(found: Interpretation, timestamp: float | None, now: float, file: str) -> SurfaceReading:
    surface, entry = found.surface, entry_of(found.surface)
    if found.candidate is None:
        readings = uniform_readings(entry["root"], Reading("invalid", None, None))
        reasons = placed(found.findings, file=file, surface=surface)
        return SurfaceReading(
            surface, file, "invalid", None, readings, None, None, found.version, found.dialect, reasons
        )
    judged = judge_age(entry, found.candidate, timestamp, now)
    readings, undeclared = document_readings(entry["root"], found.candidate, judged, found.findings)
    own = [] if judged.finding is None else [judged.finding]
    return SurfaceReading(
        surface,
        file,
        "invalid" if found.document is None else judged.state,
        found.document,
        readings,
        judged.age_s,
        timestamp,
        found.version,
        found.dialect,
        placed([*found.findings, *own, *undeclared], file=file, surface=surface),
    )
