"""Python objects that are no plain data, and the form that each of them gets. The table is in the README."""

from __future__ import annotations

import array
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import pathlib
import types
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .js.numbers import number_text

_BINARY = "[binary]"
_BYTES = (bytes, bytearray, memoryview)
_TEXTS = (uuid.UUID, pathlib.PurePath)
_CODES_OF_BYTES = "bBu"


@dataclass(frozen=True)
class Converted:
    """What an object becomes, and the kind of finding that says so; None where there is nothing to be said."""

    value: object
    kind: str | None = "converted"


@dataclass(frozen=True)
class LeftOut:
    """An object that is left out, and what it is."""

    what: str


@dataclass(frozen=True)
class Instant:
    """A point in time, in whole milliseconds since 1970."""

    milliseconds: int


_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
_MILLISECOND = datetime.timedelta(milliseconds=1)


def converted(value: object) -> Converted | LeftOut | Instant:
    """
    The form of an object that is no dict, list, text, number, bool or None. Types are told by what they are, not by what
    an object says of itself. May raise what the object's own code raises.
    """
    kind = type(value)
    if issubclass(kind, enum.Enum):
        return Converted(_of(value).value)
    if issubclass(kind, datetime.datetime):
        return _instant(_of(value))
    if issubclass(kind, datetime.date):
        return Converted(datetime.date.isoformat(_of(value)))
    if issubclass(kind, decimal.Decimal):
        return _decimal(_of(value))
    if issubclass(kind, fractions.Fraction):
        return Converted(number_text(_of(value).numerator / _of(value).denominator))
    if issubclass(kind, (set, frozenset)):
        return Converted(_ordered(list(_of(value))))
    if issubclass(kind, _BYTES):
        return Converted(_BINARY, "binary")
    if issubclass(kind, array.array):
        numbers = _of(value)
        return Converted(_BINARY, "binary") if numbers.typecode in _CODES_OF_BYTES else Converted(numbers.tolist())
    if issubclass(kind, collections.deque):
        return Converted(list(_of(value)))
    if issubclass(kind, _TEXTS):
        return Converted(str(value))
    if dataclasses.is_dataclass(kind):
        return Converted({field.name: getattr(value, field.name) for field in dataclasses.fields(kind)})
    if issubclass(kind, (types.FunctionType, types.BuiltinFunctionType, types.MethodType, type)):
        return LeftOut("a function or a class")
    if issubclass(kind, Mapping):
        return Converted(dict(_of(value).items()))
    for method in ("tolist", "item"):
        if callable(getattr(kind, method, None)):
            return Converted(getattr(value, method)())
    return LeftOut(f"an object of the class {kind.__name__}")


def key_text(key: object) -> str:
    """A key of a dict as a text; objects as the name of their class in brackets."""
    kind = type(key)
    if key is None:
        return "null"
    if issubclass(kind, bool):
        return "true" if key else "false"
    if issubclass(kind, str):
        return str.__str__(_of(key))
    if issubclass(kind, int):
        return str(int.__index__(_of(key)))
    return number_text(_of(key)) if kind is float else f"[{kind.__name__}]"


def _of(value: object) -> Any:
    return value


def _instant(value: datetime.datetime) -> Instant | LeftOut:
    """A time without a zone may be any of several, and none of them is guessed."""
    if value.utcoffset() is None:
        return LeftOut("a datetime without a time zone")
    return Instant((value - _EPOCH) // _MILLISECOND)


def _decimal(value: decimal.Decimal) -> Converted:
    """Kept as its text, since a double may not hold it."""
    if not decimal.Decimal.is_finite(value):
        return Converted(float("nan"), None)
    return Converted(decimal.Decimal.__str__(value))


def _ordered(items: list[Any]) -> list[Any]:
    """The order of a set differs from run to run: texts, and numbers, are sorted."""
    if all(type(item) is str for item in items) or all(type(item) in (int, float) for item in items):
        return sorted(items)
    return items
