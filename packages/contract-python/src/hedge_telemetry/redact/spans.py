"""Parts of a text that must not be written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Span:
    """A part of a text, in UTF-16 units; ``replacement`` stands in its place, else ``[redacted:<kind>]``."""

    start: int
    end: int
    kind: str
    replacement: str | None = None


def marker(kind: str) -> str:
    """What stands where a secret stood."""
    return f"[redacted:{kind}]"


def joined_spans(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, overlapping ones joined; a joined span takes the kind of the longest, and the earlier one on a tie."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        last = result[-1] if result else None
        if last is None or span.start >= last.end:
            result.append(span)
        elif span.end > last.end or span.end - span.start > last.end - last.start:
            result[-1] = _union(last, span)
    return result


def replaced(text: str, spans: Iterable[Span]) -> str:
    """The text with each of the (joined) spans replaced."""
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += [text[at : span.start], span.replacement or marker(span.kind)]
        at = span.end
    return "".join([*parts, text[at:]])


def _union(first: Span, second: Span) -> Span:
    longer = second if second.end - second.start > first.end - first.start else first
    return replace(longer, start=min(first.start, second.start), end=max(first.end, second.end))
