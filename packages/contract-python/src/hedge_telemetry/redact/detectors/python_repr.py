"""What Python's repr() gives for an object, where the value itself was meant."""

from __future__ import annotations

import re

from ...js.text import trim
from ..tables import pattern

_HINT = pattern("detectors/python-repr", "HINT")
_REPR = pattern("detectors/python-repr", "REPR")


def holds_python_repr(text: str) -> bool:
    """True where a text is, or holds, a repr()."""
    return _HINT.search(text) is not None and _REPR.search(text) is not None


def is_python_repr(text: str) -> bool:
    """True where a text is a repr() from end to end."""
    whole = trim(text)
    found = _REPR.search(whole) if _HINT.search(whole) else None
    if found is None or found.start() != 0:
        return False
    return len(found[0]) == len(whole) or re.search(r"[)>]\Z", whole) is not None
