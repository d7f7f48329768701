"""The state and telemetry contract of a crypto-futures trading system, for executors and readers written in Python."""

from __future__ import annotations

from .finding import Finding
from .generated.names import LEDGER_NAMES, STATE_NAMES, LedgerName, StateName
from .percent import Percentage, fraction, percent_points
from .reader import Reader, SurfaceReading, read
from .readings import Reading, ReadingState
from .redact import Redactor
from .validate import validate_reader_view, validate_writer_view
from .writer import Result, Writer, append, publish

__all__ = [
    "LEDGER_NAMES",
    "STATE_NAMES",
    "Finding",
    "LedgerName",
    "Percentage",
    "Reader",
    "Reading",
    "ReadingState",
    "Redactor",
    "Result",
    "StateName",
    "SurfaceReading",
    "Writer",
    "append",
    "fraction",
    "percent_points",
    "publish",
    "read",
    "validate_reader_view",
    "validate_writer_view",
]
