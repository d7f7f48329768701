"""Tells the versions and legacy dialects of a surface apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .registry import Entry

_MAJOR = re.compile(r"[1-9][0-9]{0,3}\Z")
_LEGACY_MAJOR = 1


@dataclass(frozen=True)
class Form:
    """What a document may be read as: "canonical", "v<major>" for an older version, or the name of a legacy dialect."""

    dialect: str
    major: int
    is_legacy: bool


@dataclass(frozen=True)
class Recognised:
    """The forms of which the first counts whose reader view accepts the document, and the version that it names."""

    forms: list[Form]
    named: int | None


def recognise(entry: Entry, document: object) -> Recognised:
    """Recognises a parsed document by its schema tag, else by its root keys, newest version first."""
    named = _named_major(entry, document)
    return Recognised(_by_shape(entry, document) if named is None else [_form_named(entry, named)], named)


def working_major(entry: Entry) -> int:
    """Major version of the canonical schema."""
    return int(entry["version"].split(".")[0])


def _form_named(entry: Entry, named: int) -> Form:
    known = any(each["major"] == named for each in entry["majors"])
    return _older(named) if known else _canonical(entry)


def _by_shape(entry: Entry, document: object) -> list[Form]:
    forms = [_canonical(entry)] if _matches(entry["shape"], document) else []
    forms += [_older(each["major"]) for each in entry["majors"] if _matches(each["shape"], document)]
    if forms:
        return forms
    for dialect in entry["dialects"]:
        if _matches(dialect, document):
            return [Form(dialect["name"], _LEGACY_MAJOR, True)]
    return [_canonical(entry)] if _resembles_canonical(entry, document) else []


def _canonical(entry: Entry) -> Form:
    return Form("canonical", working_major(entry), False)


def _older(major: int) -> Form:
    return Form(f"v{major}", major, False)


def _named_major(entry: Entry, document: object) -> int | None:
    tag = document.get("schema") if isinstance(document, dict) else None
    prefix = f"{entry['name']}_v"
    if not isinstance(tag, str) or not tag.startswith(prefix):
        return None
    major = tag[len(prefix) :]
    return int(major) if _MAJOR.match(major) else None


def _matches(shape: dict[str, Any], document: object) -> bool:
    if shape["root"] == "array":
        return isinstance(document, list)
    if not isinstance(document, dict):
        return False
    has_any = shape["hasAny"]
    return (
        all(key in document for key in shape["has"])
        and (not has_any or any(key in document for key in has_any))
        and not any(key in document for key in shape["lacks"])
        and all(document.get(key) == value for key, value in shape["equals"].items())
    )


def _resembles_canonical(entry: Entry, document: object) -> bool:
    """A canonical document with a part missing is still read as one: at least half of the required keys are there."""
    if not isinstance(document, dict):
        return False
    root = entry["root"]
    required = [root["tag"]] if root["kind"] == "union" else root.get("required", [])
    present = [key for key in required if key in document]
    return len(required) > 0 and len(present) * 2 >= len(required)
