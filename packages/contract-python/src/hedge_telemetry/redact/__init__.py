"""Takes out of a value what must never be in telemetry: keys, credentials, values of sensitive variables, stack traces."""

from __future__ import annotations

from .recorder import Found
from .redactor import Redactor, Redacted

__all__ = ["Found", "Redacted", "Redactor"]
