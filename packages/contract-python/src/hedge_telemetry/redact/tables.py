"""The tables and expressions of the redaction, which the TypeScript sources hold."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ..js.regex import js_regex


def words(module: str, name: str) -> frozenset[str]:
    """A set of words."""
    return frozenset(constant(module, name))


def pattern(module: str, name: str) -> re.Pattern[str]:
    """A regular expression."""
    return compiled(constant(module, name))


def compiled(said: dict[str, str]) -> re.Pattern[str]:
    """The expression of a source and its flags."""
    return js_regex(said["source"], said["flags"])


def constant(module: str, name: str) -> Any:
    """A constant of a module of the TypeScript redaction."""
    return _tables()[module][name]


@lru_cache(maxsize=None)
def _tables() -> dict[str, dict[str, Any]]:
    text = files("hedge_telemetry").joinpath("generated/redaction.json").read_text("utf-8")
    tables: dict[str, dict[str, Any]] = json.loads(text)
    return tables
