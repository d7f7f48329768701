"""Absolute paths of a file system."""

from __future__ import annotations

import re

from .spans import Span
from .tables import pattern

_PATH = pattern("paths", "PATH")


def detect_paths(text: str, spans: list[Span]) -> None:
    """Finds absolute paths; those of a web address and relative ones are left."""
    if "/" not in text and "\\" not in text:
        return
    for match in _PATH.finditer(text):
        end = match.start() + len(re.sub(r"[.:]+\Z", "", match[0]))
        spans.append(Span(match.start(), end, "path"))


def file_name(path: str) -> str:
    """The last part of a path."""
    return path.replace("\\", "/").rpartition("/")[2]
