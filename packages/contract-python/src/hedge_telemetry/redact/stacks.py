"""Stack traces in a text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from ..js.regex import js_regex
from ..js.text import SPACE, trim, well_formed
from .paths import file_name
from .spans import Span, joined_spans, replaced
from .tables import compiled, constant, pattern
from .views import View

_HINT, _V8, _FILE, _V8_BARE, _LIKE_FRAME, _PYTHON, _HEADER, _INLINE = (
    pattern("stacks", name)
    for name in ("HINT", "V8", "FILE", "V8_BARE", "LIKE_FRAME", "PYTHON", "HEADER", "INLINE")
)
_OTHERS = [compiled(said) for said in constant("stacks", "OTHERS")]
_IDENTITY = pattern("stack-spans", "IDENTITY")
_AROUND = 2048
_FRAMES = 3
_LONGEST_MESSAGE = 1024
_LONGEST_LINE = 1100
_TEMPLATE = (
    js_regex(r"\[redacted:[a-z-]+\]"),
    js_regex(r"""\"[^\"\n]*\"|'[^'\n]*'|`[^`\n]*`"""),
    js_regex(r"[a-z][a-z0-9+.-]{1,20}:\/\/\S+", "i"),
    js_regex(r"(?:[A-Za-z]:)?[\w.-]*[\\/][\w.\\/-]*"),
    js_regex(r"\b\d[\w.:-]*|\b0x[0-9a-f]+\b|\b[0-9a-f]{8,}\b", "i"),
    js_regex(r"\b[A-Z0-9]{2,12}(?:USDT|USDC|BUSD|USD|PERP|BTC|ETH|BNB)\b"),
    js_regex(r"\b(?=\w*\d)\w{12,}\b"),
    js_regex(r"[-+]?<v>(?:[\s,.:;/-]*[-+]?<v>)*"),
)


@dataclass(frozen=True)
class Frame:
    """The function and the file of a frame, as the trace gave them."""

    name: str
    path: str


@dataclass
class _Part:
    """A stretch of stack frames, in UTF-16 units."""

    start: int
    end: int
    frames: list[Frame] = field(default_factory=list)


def fingerprint(name: str, message: str, frames: list[Frame]) -> str:
    """16 hex digits that are equal for the same error whatever values and paths it carries. The message must be scrubbed."""
    parts = [name, _template(message), *(_signature(frame) for frame in frames[:_FRAMES])]
    return hashlib.sha256(well_formed("\n".join(parts)).encode("utf-8")).hexdigest()[:16]


def stack_spans(view: View, secrets: list[Span], spans: list[Span]) -> None:
    """Finds the stack traces in a text; a marker and a fingerprint stand in their place."""
    parts = _find_stacks(view.text)
    if not parts:
        return
    name, message = _identity(view.text, parts, secrets)
    mark = f"[redacted:stack] [fp:{fingerprint(name, message, [frame for part in parts for frame in part.frames])}]"
    for part in parts:
        spans.append(Span(view.original(part.start), view.original(part.end), "stack", mark))


def _template(message: str) -> str:
    text = message[:_LONGEST_MESSAGE]
    for expression in _TEMPLATE:
        text = expression.sub("<v>", text)
    return trim(text)


def _signature(frame: Frame) -> str:
    return f"{frame.name}@{frame.path if frame.path.startswith('node:') else file_name(frame.path)}"


def _find_stacks(text: str) -> list[_Part]:
    if not _HINT.search(text):
        return []
    return (_line_parts(text) if "\n" in text else []) or _inline_parts(text)


def _line_parts(text: str) -> list[_Part]:
    parts: list[_Part] = []
    code = -1
    at = 0
    while at <= len(text):
        stop = text.find("\n", at)
        end = len(text) if stop < 0 else stop
        line = text[at : min(end, at + _LONGEST_LINE)]
        python = _PYTHON.search(line)
        indent = len(line) - len(line.lstrip(SPACE))
        frame = _frame_of(line) if python is None else Frame(python[4] or "", python[2])
        of_code = code >= 0 and indent > code and trim(line) != ""
        if python is not None:
            code = len(python[1])
        elif not of_code:
            code = -1
        follows = bool(parts) and parts[-1].end + 1 >= at
        told = _HEADER.search(line) or _V8_BARE.search(line) or (follows and _LIKE_FRAME.search(line))
        if frame is not None or of_code or told:
            if not follows:
                parts.append(_Part(at, end))
            parts[-1].end = end
            if frame is not None:
                parts[-1].frames.append(frame)
        at = end + 1
    return [part for part in parts if part.frames or _HEADER.search(text[part.start : part.start + 64])]


def _frame_of(line: str) -> Frame | None:
    """A time of day after ``at`` is no frame: the path must look like one."""
    for expression in _OTHERS:
        match = expression.search(line)
        if match is not None:
            return Frame(match.groupdict().get("name") or "", match["path"])
    match = _V8.search(line)
    if match is None or not _FILE.search(match[3]):
        return None
    return Frame(match[2] or "", match[3])


def _inline_parts(text: str) -> list[_Part]:
    parts: list[_Part] = []
    for match in _INLINE.finditer(text):
        if not parts or match.start() > parts[-1].end:
            parts.append(_Part(match.start() + (1 if match[0][0] in SPACE else 0), match.end()))
        parts[-1].end = match.end()
        parts[-1].frames.append(Frame("", match[1]))
    return parts


def _identity(text: str, parts: list[_Part], secrets: list[Span]) -> tuple[str, str]:
    """The name and the message of the error that a trace belongs to: before V8's frames, after Python's."""
    first, last = parts[0].start, parts[-1].end
    before = _without(text, max(0, first - _AROUND), first, secrets)
    after = _without(text, last, min(len(text), last + _AROUND), secrets)
    match = _IDENTITY.search(before) or _IDENTITY.search(after)
    return ("", "") if match is None else (match[1], match[2])


def _without(text: str, start: int, end: int, secrets: list[Span]) -> str:
    """A part of a text with the secrets in it replaced."""
    inside = [
        Span(max(span.start, start) - start, min(span.end, end) - start, span.kind, span.replacement)
        for span in secrets
        if span.start < end and span.end > start
    ]
    return replaced(text[start:end], joined_spans(inside))
