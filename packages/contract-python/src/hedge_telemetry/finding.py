"""Findings: what any check of the contract has to say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from .js.numbers import number_text
from .js.text import joined, quote, units

Level = Literal["error", "warning", "info"]

_SHOWN_LENGTH = 80
_CONTROL = re.compile("[\x00-\x1f\x7f\u2028\u2029]")


@dataclass(frozen=True)
class Finding:
    """
    Where something is wrong, what was expected and found, and how to fix it.

    rule: id of the rule; stable. level: an error breaks the contract. pointer: RFC 6901, into the document.
    """

    rule: str
    level: Level
    message: str
    surface: str | None
    file: str | None
    line: int | None
    pointer: str | None
    expected: str | None
    actual: str | None
    fix: str

    def as_dict(self) -> dict[str, Any]:
        """The finding as the record that the TypeScript package gives."""
        return asdict(self)


@lru_cache(maxsize=None)
def rules() -> dict[str, dict[str, str]]:
    """The catalogue of rules: level, title and fix by id."""
    text = files(__package__).joinpath("generated/rules.json").read_text("utf-8")
    catalogue: dict[str, dict[str, str]] = {}
    for module, constants in json.loads(text).items():
        if not module.startswith("$"):
            for entries in constants.values():
                catalogue.update(entries)
    return catalogue


def finding(
    rule: str,
    *,
    message: str | None = None,
    surface: str | None = None,
    file: str | None = None,
    line: int | None = None,
    pointer: str | None = None,
    expected: str | None = None,
    actual: str | None = None,
    fix: str | None = None,
) -> Finding:
    """Makes a finding of a rule; what is not said comes from the rule."""
    said = rules()[rule]
    level: Any = said["level"]
    return Finding(
        rule, level, message or said["title"], surface, file, line, pointer, expected, actual, fix or said["fix"]
    )


def placed(findings: Iterable[Finding], **place: Any) -> list[Finding]:
    """The same findings, placed in a file, line or surface."""
    return [replace(each, **place) for each in findings]


def has_errors(findings: Iterable[Finding]) -> bool:
    """True when at least one finding breaks the contract."""
    return any(each.level == "error" for each in findings)


class Nothing:
    """Stands for a value that is not there, where None is one that may be."""


NOTHING = Nothing()


def show(value: object) -> str:
    """A value as a finding shows it: short, on one line, of any type."""
    text = units(_CONTROL.sub("\ufffd", _shown(value)))
    return joined(text) if len(text) <= _SHOWN_LENGTH else f"{joined(text[: _SHOWN_LENGTH - 1])}…"


def _shown(value: object) -> str:
    if value is NOTHING:
        return "nothing"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quote(joined(units(value)[:_SHOWN_LENGTH]))
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, list):
        return f"an array of {len(value)}"
    if isinstance(value, dict):
        return f"an object with {len(value)} keys"
    return f"a {type(value).__name__}"
