"""What of a text must not be written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..js.text import trim
from .detectors.assignments import detect_assignments
from .detectors.encoded import detect_encoded
from .detectors.formats import detect_formats
from .detectors.mnemonic import detect_mnemonics
from .detectors.neighbours import detect_neighbours
from .detectors.pem import detect_private_keys
from .detectors.public_parts import without_public_parts
from .detectors.python_repr import holds_python_repr
from .detectors.spoken_credentials import detect_spoken_credentials
from .detectors.urls import detect_url_passwords
from .known import KnownValues
from .names import NameClass
from .paths import detect_paths
from .secret_value import is_reference, may_secret
from .shape import is_opaque, is_unnamed_opaque
from .spans import Span, joined_spans
from .stacks import stack_spans
from .tables import pattern
from .views import View, views_of

_MARKER = pattern("scrub", "MARKER")
_SCHEME = pattern("scrub", "SCHEME")
_TOKEN = re.compile("[A-Za-z0-9_+/-]{16}")
_SPACE = re.compile("[ ,\n\t\r]")
#: A colon between digits, as in a time of day, gives no value to a name.
_SEPARATOR = re.compile(r"=|(?<![0-9]):|:(?![0-9])|(?<=[(\[])[\"']")
_ESCAPE = re.compile(r"[%\\]")
_BRACKET = re.compile("[(<]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORDS = 11


@dataclass(frozen=True)
class Scrubbed:
    """What was found in a text: spans in order and apart, and what else is worth a finding."""

    spans: list[Span]
    python_repr: bool
    surrogates: bool


def scrub(given: str, name: NameClass, known: KnownValues, paths: bool = False) -> Scrubbed:
    """Looks for secrets in a text of UTF-16 units. ``paths`` hides file paths as well."""
    text = _MARKER.sub(lambda match: " " * len(match[0]), given) if "[redacted:" in given else given
    whole = _secret_field(text, name) if name.role == "secret" else None
    spans = _scan(text, name, known, paths)
    return Scrubbed(
        spans if whole is None else [_with_kind(whole, spans)],
        (_BRACKET.search(text) is not None or 3 <= len(text) <= 4) and holds_python_repr(text),
        not text.isascii() and _SURROGATE.search(text) is not None,
    )


def _secret_field(text: str, name: NameClass) -> Span | None:
    """A field named for a secret is one from end to end, but for the scheme of a header."""
    value = trim(text)
    if not may_secret(value):
        return None
    scheme = _SCHEME.search(value)
    start = text.index(value)
    return Span(start + (0 if scheme is None else len(scheme[0])), start + len(value), name.kind)


def _with_kind(field: Span, spans: list[Span]) -> Span:
    """A format that fills the field tells more of it than its name."""
    for span in spans:
        if span.start <= field.start and span.end >= field.end:
            return replace(field, kind=span.kind)
    return field


def _scan(text: str, name: NameClass, known: KnownValues, paths: bool) -> list[Span]:
    found: list[Span] = []
    for view in views_of(text) if _ESCAPE.search(text) else [View(text, None)]:
        spans: list[Span] = []
        _detect(view.text, name, known, spans)
        found += [replace(span, start=view.original(span.start), end=view.original(span.end)) for span in spans]
        stack_spans(view, spans, found)
    if paths or any(span.kind == "stack" for span in found):
        detect_paths(text, found)
    return joined_spans(found)


def _detect(text: str, name: NameClass, known: KnownValues, spans: list[Span]) -> None:
    known.find(text, spans)
    has_token = _TOKEN.search(text) is not None
    has_separator = _SEPARATOR.search(text) is not None or _holds_tag(text)
    spaces = len(_SPACE.findall(text))
    if spaces >= _WORDS:
        detect_mnemonics(text, spans)
    if has_separator and not is_reference(text):
        detect_assignments(text, spans)
        detect_url_passwords(text, spans)
    if has_token or (has_separator and "://" in text):
        detect_formats(text, spans)
    if spaces > 0:
        detect_spoken_credentials(text, spans)
    if not has_token:
        return
    detect_private_keys(text, spans)
    judged = without_public_parts(text)
    detect_neighbours(judged, name.role == "identifier", spans)
    detect_encoded(judged, spans)
    _detect_field(judged, name, spans)


def _holds_tag(text: str) -> bool:
    start = text.find("<")
    return start >= 0 and text.find(">", start) >= 0


def _detect_field(text: str, name: NameClass, spans: list[Span]) -> None:
    """A field that hints at a secret, or the argument of a call, and holds one opaque token and nothing else."""
    value = trim(text)
    if is_opaque(value) if name.role == "hint" else name.role == "dump" and is_unnamed_opaque(value):
        start = text.index(value)
        spans.append(Span(start, start + len(value), name.kind))
