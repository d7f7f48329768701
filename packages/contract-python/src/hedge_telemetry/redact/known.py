"""Values of sensitive environment variables, in every form in which they may be written."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..js.regex import js_regex
from ..js.text import joined, trim, units, well_formed
from .detectors.assignments import percent_decoded
from .secret_value import is_placeholder
from .spans import Span
from .tables import pattern, words

_MODULE = "known/sensitive-env"
_ANYWHERE, _AS_WORD, _URL_NAME, _ABOUT, _TRIVIAL, _PATH, _PLAIN_URL, _HOST = (
    pattern(_MODULE, name)
    for name in ("ANYWHERE", "AS_WORD", "URL_NAME", "ABOUT", "TRIVIAL", "PATH", "PLAIN_URL", "HOST")
)
_NOT_SECRET = words(_MODULE, "NOT_SECRET")
_SHORTEST = 6
#: Values of variables that are named as sensitive, and those that are given, count from so many characters on.
SHORTEST_LISTED = 4
_SHORTEST_LINE = 20
_SHORTEST_FORM = 4
#: What is searched for of a form; the rest is compared where that much was found.
_PREFIX = 48
_URL_PASSWORD = js_regex(r":\/\/[^\s:@/]{0,128}:([^\s@]{1,512})@")
_URL_KEY = js_regex(r"[?&][^=]*(?:key|token|secret|sig|auth)[^=]*=", "i")
_URL_HOOK = js_regex(r"hooks?[./]|webhook", "i")
_TOKEN_PATH = re.compile(r"[\\/][A-Za-z0-9+/]{30,}={0,2}\Z")


def secret_values(env: Mapping[str, str], sensitive: Iterable[str], harmless: Iterable[str]) -> set[str]:
    """The secret values of an environment: those of sensitive names unless trivial, and passwords within addresses."""
    listed, excluded = frozenset(sensitive), frozenset(harmless)
    values: set[str] = set()
    for name, raw in env.items():
        if name in excluded:
            continue
        value = trim(raw)
        if len(value) >= SHORTEST_LISTED if name in listed else _is_secret(name, value):
            _add_whole(value, values)
        if _URL_NAME.search(name) or "://" in value:
            _add_passwords(value, values)
    return values


class KnownValues:
    """Finds the secret values that are known in a text of UTF-16 units."""

    def __init__(self, values: Iterable[str]) -> None:
        forms = [form for value in sorted(values) for form in _forms_of(value)]
        self._forms: dict[str, list[_Form]] = {}
        for form in forms:
            self._forms.setdefault(form.text[:_PREFIX], []).append(form)
        self.shortest = min((len(prefix) for prefix in self._forms), default=None)
        self._any = re.compile("|".join(map(re.escape, self._forms))) if self._forms else None

    def find(self, text: str, spans: list[Span]) -> None:
        if self._any is None or self._any.search(text) is None:
            return
        for prefix, forms in self._forms.items():
            at = text.find(prefix)
            while at >= 0:
                for form in forms:
                    end = at + _common(text, at, form.text)
                    spans.append(Span(max(0, at - form.before), min(len(text), end + form.after), "env-value"))
                at = text.find(prefix, at + 1)


@dataclass(frozen=True)
class _Form:
    """One way in which a value may be written, and how many characters on each side share bits with it."""

    text: str
    before: int
    after: int


def _is_secret(name: str, value: str) -> bool:
    if name in _NOT_SECRET or _ABOUT.search(name) or not (_ANYWHERE.search(name) or _AS_WORD.search(name)):
        return False
    return not _is_trivial(value) and not (name.upper().endswith("SEED") and re.fullmatch("[0-9]+", value))


def _is_trivial(value: str) -> bool:
    if len(value) < _SHORTEST or _TRIVIAL.search(value) or is_placeholder(value):
        return True
    if _PLAIN_URL.search(value):
        return not _URL_KEY.search(value) and not _URL_HOOK.search(value)
    return _HOST.search(value) is not None or (_PATH.search(value) is not None and not _TOKEN_PATH.match(value))


def _add_whole(value: str, values: set[str]) -> None:
    """The value, and each long line of one that spans several, so that a part printed alone is known too."""
    values.add(value)
    lines = re.split(r"\r?\n|\\n", value)
    if len(lines) > 1:
        long = (line for line in lines if len(line) >= _SHORTEST_LINE and not line.startswith("-----"))
        values.update(map(trim, long))


def _add_passwords(value: str, values: set[str]) -> None:
    for match in _URL_PASSWORD.finditer(value):
        if not _is_trivial(match[1]):
            values.update((match[1], percent_decoded(match[1])))


def _forms_of(value: str) -> list[_Form]:
    """As it is, with ``+`` for spaces, in hex of either case, and in base64 at each alignment and in both alphabets."""
    data = well_formed(joined(value)).encode("utf-8")
    plain = [value, value.replace(" ", "+"), data.hex(), data.hex().upper()]
    forms = [_Form(units(text), 0, 0) for text in plain]
    forms += [form for shift in range(3) for form in _base64_forms(data, shift)]
    return [form for form in {each.text: each for each in forms}.values() if len(form.text) >= _SHORTEST_FORM]


def _base64_forms(data: bytes, shift: int) -> list[_Form]:
    """The characters of base64 that depend on the value alone when ``shift`` bytes stand before it."""
    whole = base64.b64encode(bytes(shift) + data).decode("ascii").rstrip("=")
    shared = 0 if (shift + len(data)) * 8 % 6 == 0 else 1
    first = -(-shift * 8 // 6)
    text = whole[first : len(whole) - shared]
    before = 0 if shift == 0 else 1
    return [
        _Form(text, before, shared),
        _Form(text.replace("+", "-").replace("/", "_"), before, shared),
    ]


def _common(text: str, at: int, form: str) -> int:
    """How far a text goes on as the form does: a value that was cut is hidden as far as it goes."""
    count = min(len(form), _PREFIX)
    while count < len(form) and at + count < len(text) and text[at + count] == form[count]:
        count += 1
    return count
