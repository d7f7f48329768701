"""The walk over one value of plain JSON data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..js.numbers import is_number
from ..js.text import in_order, joined, units, well_formed
from .detectors.mnemonic import is_phrase
from .known import KnownValues
from .names import PLAIN, NameClass, classify_name, inherited_name
from .recorder import Recorder
from .scrub import scrub
from .spans import Span, marker, replaced
from .tables import pattern

#: How much is looked at and kept; what lies beyond is cut, marked and reported. In UTF-16 units, levels and values.
_LONGEST_STRING = 16_384
_LONGEST_KEY = 256
_DEEPEST = 64
_MOST_NODES = 200_000
_MOST_TEXT = 4_194_304
#: What is scanned beyond the limit of a string, so that a secret across the cut is seen whole.
_MARGIN = 8192

_CUT = "…[cut]"
_MARKER = pattern("keys", "MARKER")
_LEAST_PASSWORD = 1000
_LONGEST_LABEL = 100


@dataclass(frozen=True)
class KnownKey:
    """How a key is written, what it says of its value, whether it is an index, and what was found in it."""

    text: str
    name: NameClass
    indexed: bool
    found: tuple[str, ...]


#: Judges a key.
KeyJudge = Callable[[str], KnownKey]


def judge_key(key: str, known: KnownValues) -> KnownKey:
    """What is known of a key of a map."""
    given = units(key)
    scrubbed = scrub(given[: _LONGEST_KEY + _MARGIN], PLAIN, known)
    short = joined(_bounded(given, scrubbed.spans, _LONGEST_KEY))
    text = well_formed(short) if scrubbed.surrogates or short != key else key
    found = [span.kind for span in scrubbed.spans]
    if len(given) > _LONGEST_KEY:
        found.append("cut-key")
    if text != short:
        found.append("lone-surrogate")
    if key == "__proto__":
        found.append("proto-key")
    indexed = key.isascii() and key.isdigit() and len(key) <= 9
    return KnownKey(text, classify_name(_MARKER.sub(" ", text)), indexed, tuple(found))


class Walk:
    """Redacts a value. Gives the same value where nothing had to change."""

    def __init__(self, known: KnownValues, keys: KeyJudge) -> None:
        self._known = known
        self._keys = keys
        self.recorder = Recorder()
        self._nodes = 0
        self._size = 0

    def visit(self, value: object, name: NameClass = PLAIN, depth: int = 0) -> object:
        """Redacts a value that stands under a name."""
        if isinstance(value, str):
            return self.clean(value, name)
        if is_number(value):
            return self._number(value, name)
        if not isinstance(value, (dict, list)):
            return value
        if depth >= _DEEPEST:
            self.recorder.record("cut-depth")
            return "[cut]"
        return self._array(value, name, depth) if isinstance(value, list) else self._record(value, name, depth)

    def clean(self, value: str, name: NameClass, paths: bool = False) -> str:
        """A string without its secrets, cut at the limit, without lone surrogates."""
        given = units(value)
        self._size += len(given)
        if self._size > _MOST_TEXT:
            self.recorder.record("cut-size")
            return "[cut]"
        is_long = len(given) > _LONGEST_STRING
        scrubbed = scrub(given[: _LONGEST_STRING + _MARGIN] if is_long else given, name, self._known, paths)
        for span in scrubbed.spans:
            self.recorder.record(span.kind)
        if scrubbed.python_repr:
            self.recorder.record("python-repr")
        if not scrubbed.spans and not scrubbed.surrogates and not is_long:
            return value
        if is_long:
            self.recorder.record("cut-string")
        short = joined(_bounded(given, scrubbed.spans, _LONGEST_STRING))
        formed = well_formed(short) if scrubbed.surrogates or short.endswith(_CUT) else short
        if formed != short:
            self.recorder.record("lone-surrogate")
        return value if formed == value else formed

    def _number(self, value: object, name: NameClass) -> object:
        number: float = value  # type: ignore[assignment]
        is_password = name.role == "secret" and name.kind == "password"
        if not is_password or number % 1 != 0 or abs(number) < _LEAST_PASSWORD:
            return value
        self.recorder.record(name.kind)
        return marker(name.kind)

    def _array(self, items: list[object], name: NameClass, depth: int) -> object:
        recorder = self.recorder
        if is_phrase(items):
            recorder.record("mnemonic")
            return [marker("mnemonic") for _ in items]
        out: list[object] = []
        for index, item in enumerate(items):
            self._nodes += 1
            if self._nodes > _MOST_NODES:
                recorder.record("cut-nodes", len(items) - index)
                return out
            recorder.path.append(index)
            out.append(self.visit(item, name, depth + 1))
            recorder.path.pop()
        return items if all(new is old for new, old in zip(out, items)) else out

    def _record(self, value: dict[str, object], inherited: NameClass, depth: int) -> object:
        recorder = self.recorder
        out: dict[str, object] = {}
        same = True
        for index, (key, child) in enumerate(in_order(value)):
            self._nodes += 1
            if self._nodes > _MOST_NODES:
                recorder.record("cut-nodes", len(value) - index)
                return out
            known = self._keys(key)
            recorder.path.append(known.text)
            for kind in known.found:
                recorder.record(kind)
            name = inherited if known.indexed else self._name_of(value, key, known.name, inherited)
            new = self.visit(child, name, depth + 1)
            recorder.path.pop()
            same = same and new is child and known.text == key
            _define(out, known.text, new)
        return value if same else out

    def _name_of(self, value: dict[str, object], key: str, own: NameClass, inherited: NameClass) -> NameClass:
        """A name that says nothing takes that of what it belongs to: ``{ name: 'API_SECRET', value }``."""
        if key == "value":
            label = value.get("name")
            label = value.get("key") if label is None else label
            if isinstance(label, str) and len(units(label)) <= _LONGEST_LABEL:
                return self._keys(label).name
        return inherited_name(key, own, inherited)


def _define(out: dict[str, object], key: str, value: object) -> None:
    """Of two keys that became the same, the later one is numbered."""
    free = key
    number = 2
    while free in out:
        free = f"{key}~{number}"
        number += 1
    out[free] = value


def _bounded(text: str, spans: list[Span], limit: int) -> str:
    """The text with its spans replaced and, where it is longer than the limit, cut to it with a mark; never within a secret."""
    if len(text) <= limit:
        return replaced(text, spans) if spans else text
    kept = [span for span in spans if span.start < limit]
    end = max(limit, kept[-1].end if kept else 0)
    return replaced(text[:end], kept)[: max(0, limit - len(_CUT))] + _CUT
