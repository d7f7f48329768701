"""JSON pointers (RFC 6901)."""

from __future__ import annotations

from .finding import NOTHING
from .js.text import is_index


def segment(key: str | int) -> str:
    """A key as a segment of a pointer."""
    return str(key).replace("~", "~0").replace("/", "~1")


def segments(pointer: str) -> list[str]:
    """The keys that a pointer names."""
    return [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:]]


def child(value: object, key: str) -> object:
    """The value of a key or index of plain data; NOTHING where there is none."""
    if isinstance(value, dict):
        return value.get(key, NOTHING)
    if isinstance(value, list) and is_index(key) and int(key) < len(value):
        return value[int(key)]
    return NOTHING


def value_at(document: object, pointer: str) -> object:
    """The value at a pointer; NOTHING where there is none."""
    value = document
    for key in segments(pointer):
        value = child(value, key)
    return value


def values_at(document: object, pointer: str) -> list[object]:
    """Every value at a pointer in which ``*`` stands for each item of an array."""
    head, *rest = pointer.split("/*")
    value = value_at(document, head)
    if not rest:
        return [] if value is NOTHING else [value]
    if not isinstance(value, list):
        return []
    return [found for each in value for found in values_at(each, "/*".join(rest))]
