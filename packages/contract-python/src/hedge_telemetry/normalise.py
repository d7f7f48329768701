"""Plain JSON data of what a caller gave, guided by the field tree."""

from __future__ import annotations

import math
import traceback
from collections.abc import Callable
from typing import Any, TypeVar

from .exotic import Converted, Instant, LeftOut, converted, key_text
from .finding import NOTHING, Finding, finding, show
from .instants import iso_text
from .js.numbers import is_safe_integer, number_text, parse_number
from .js.regex import js_regex
from .js.text import in_order, joined, trim
from .parse import MAX_DEPTH
from .percent import Percentage, to_fraction, to_percent_points
from .pointer import segment
from .redact import Found, Redactor
from .redact.stacks import Frame
from .registry import Node, fields_of

Result = TypeVar("Result")

_LINE_ENDS = js_regex(r"[\r\n]+\s*")

#: Python prints no more than some thousand digits in one go.
_LARGEST = 10**4000


class Normalised:
    """Plain data, with what had to be said of it, what had to be converted, and how many numbers became None."""

    def __init__(self, given: object, root: Node, redactor: Redactor) -> None:
        """Reads ``given`` once. Whatever an object does when it is read costs that object alone."""
        self.findings: list[Finding] = []
        self.conversions: list[Found] = []
        self.non_finite = 0
        self._redactor = redactor
        self._path: list[object] = []
        value = self._plain(given, root, "")
        self.value: object = None if value is NOTHING else value

    def _plain(self, value: object, node: Node | None, pointer: str) -> object:
        kind = type(value)
        if value is None or kind is bool:
            return value
        if issubclass(kind, str):
            return joined(str.__str__(value))  # type: ignore[arg-type]
        if issubclass(kind, int):
            return self._integer(int.__index__(value), node, pointer)  # type: ignore[arg-type]
        if issubclass(kind, float):
            return self._real(float.__float__(value), node, pointer)  # type: ignore[arg-type]
        return self._guarded(value, node, pointer)

    def _integer(self, value: int, node: Node | None, pointer: str) -> object:
        """An integer is exact: in a field of ids, and where no double holds it, it is written as its digits."""
        if is_safe_integer(value):
            return str(value) if _is_digits(node) else value
        if abs(value) >= _LARGEST:
            return self._left_out(pointer, "an integer of more than 4,000 digits")
        return str(value)

    def _real(self, value: float, node: Node | None, pointer: str) -> object:
        if not math.isfinite(value):
            self.non_finite += 1
            expected = "a finite number or null"
            self.findings.append(
                finding("non-finite-number", pointer=pointer, expected=expected, actual=number_text(value))
            )
            return None
        if not value.is_integer() or not _is_digits(node):
            return value
        if is_safe_integer(int(value)):
            return number_text(value)
        expected = "a string or a bigint"
        self.findings.append(finding("unsafe-integer", pointer=pointer, expected=expected, actual=number_text(value)))
        return value

    def _guarded(self, value: object, node: Node | None, pointer: str) -> object:
        levels = len(self._path)
        try:
            return self._object(value, node, pointer)
        except KeyboardInterrupt:
            raise
        except BaseException:
            del self._path[levels:]
            return self._left_out(pointer, "a value that throws when it is read")

    def _object(self, value: object, node: Node | None, pointer: str) -> object:
        percentage = _percentage(value)
        if percentage is not None:
            points = node is not None and node.get("unit") == "percent"
            return self._plain(to_percent_points(percentage) if points else to_fraction(percentage), node, pointer)
        if any(each is value for each in self._path):
            return self._left_out(pointer, "a cycle")
        if len(self._path) >= MAX_DEPTH:
            return self._left_out(pointer, f"data nested deeper than {MAX_DEPTH} levels")
        self._path.append(value)
        result = self._contents(value, node, pointer)
        self._path.pop()
        return result

    def _contents(self, value: object, node: Node | None, pointer: str) -> object:
        kind = type(value)
        if issubclass(kind, dict):
            return self._record(list(dict.items(value)), node, pointer)  # type: ignore[call-overload]
        if issubclass(kind, (list, tuple)):
            items = list.__iter__(value) if issubclass(kind, list) else tuple.__iter__(value)  # type: ignore[arg-type, type-var]
            return self._array(list(items), node, pointer)
        if issubclass(kind, BaseException):
            return self._error(value, node, pointer)  # type: ignore[arg-type]
        other = converted(value)
        if isinstance(other, LeftOut):
            return self._left_out(pointer, other.what)
        if isinstance(other, Instant):
            return self._instant(other, node, pointer)
        return self._converted(other, node, pointer)

    def _converted(self, other: Converted, node: Node | None, pointer: str) -> object:
        if other.kind is not None:
            self.conversions.append(Found(other.kind, pointer, 1))
        value = other.value
        if node is not None and node.get("type") in ("number", "integer") and type(value) is str:
            value = _numeric(value)
        return self._plain(value, node, pointer)

    def _instant(self, instant: Instant, node: Node | None, pointer: str) -> object:
        seconds = instant.milliseconds / 1000
        return self._real(seconds, node, pointer) if _unit(node) == "epoch_s" else iso_text(seconds)

    def _error(self, error: BaseException, node: Node | None, pointer: str) -> object:
        """In a field for a text an exception becomes one line of it, elsewhere a record without its trace."""
        redacted = self._redactor.redact_error(
            type(error).__name__, _code(error), _quietly(lambda: str(error), ""), _frames(error)
        )
        self.conversions += [Found(each.kind, pointer + each.pointer, each.count) for each in redacted.found]
        record: Any = redacted.value
        if node is None or node["kind"] != "scalar" or node.get("type") in ("number", "integer"):
            return self._plain(record, node, pointer)
        return _LINE_ENDS.sub(" ", f"{record['name']}: {record['message']}")

    def _array(self, items: list[object], node: Node | None, pointer: str) -> list[object]:
        of = None if node is None else node.get("items")
        plain = [self._plain(each, of, f"{pointer}/{index}") for index, each in enumerate(items)]
        return [None if each is NOTHING else each for each in plain]

    def _record(self, entries: list[tuple[object, object]], node: Node | None, pointer: str) -> dict[str, object]:
        given = {key if type(key) is str else key_text(key): each for key, each in entries}
        if any(not issubclass(type(key), str) for key, _ in entries):
            self.conversions.append(Found("converted", pointer, 1))
        fields = {} if node is None else fields_of(_with_plain_tag(given, node), node)
        values = None if node is None else node.get("values")
        record: dict[str, object] = {}
        for key, each in in_order(given):
            child = self._plain(each, fields.get(key, values), f"{pointer}/{segment(key)}")
            if child is not NOTHING:
                record[joined(key)] = child
        return record

    def _left_out(self, pointer: str, actual: str) -> object:
        self.findings.append(
            finding("unsupported-value", pointer=pointer, expected="plain data", actual=show(actual))
        )
        return NOTHING


def _with_plain_tag(given: dict[str, object], node: Node) -> dict[str, object]:
    """A member of an enumeration of texts has a hash of its own, by which no branch would be found."""
    tag = given.get(node.get("tag", ""))
    return {node["tag"]: str.__str__(tag)} if issubclass(type(tag), str) else given  # type: ignore[arg-type]


def _is_digits(node: Node | None) -> bool:
    return node is not None and node["kind"] == "scalar" and node.get("typeName") == "OrderId"


def _unit(node: Node | None) -> str | None:
    return None if node is None else node.get("unit")


def _percentage(value: object) -> Percentage | None:
    """What ``percent_points`` and ``fraction`` give, also as a dict."""
    if type(value) is Percentage:
        return value
    if type(value) is not dict:
        return None
    said, amount = value.get("percentage"), value.get("value")
    if said not in ("percentPoints", "fraction") or type(amount) not in (int, float):
        return None
    return Percentage(said, amount)


def _numeric(text: str) -> object:
    try:
        return text if trim(text) == "" else parse_number(text)
    except (ValueError, OverflowError):
        return text


def _code(error: BaseException) -> str | int | None:
    code = _quietly(lambda: getattr(error, "code", None), None)
    if type(code) is str or type(code) is int:
        return code
    number = error.errno if isinstance(error, OSError) else None
    return number if type(number) is int else None


def _frames(error: BaseException) -> list[Frame]:
    frames = [
        Frame(frame.f_code.co_name, frame.f_code.co_filename)
        for frame, _ in traceback.walk_tb(error.__traceback__)
    ]
    return frames[::-1]


def _quietly(read: Callable[[], Result], otherwise: Result) -> Result:
    try:
        return read()
    except KeyboardInterrupt:
        raise
    except BaseException:
        return otherwise
