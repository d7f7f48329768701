"""Values that say something about a secret instead of being one."""

from __future__ import annotations

from ..js.regex import js_regex
from ..js.text import trim
from .tables import pattern, words

_MODULE = "names/secret-value"
_STATUS = words(_MODULE, "STATUS")
_MASKED = pattern(_MODULE, "MASKED")
_REFERENCE = pattern(_MODULE, "REFERENCE")
_TEMPLATE = pattern(_MODULE, "TEMPLATE")
_ONE_CHARACTER = pattern(_MODULE, "ONE_CHARACTER")
_NO_WORD = js_regex(r"^[\W_]*$")
_BEFORE_STATUS = js_regex(r"^[(<[{]+|[)>\]}.!]+$")
_SAID = js_regex(r"^(?:not?|un|is|was|in|by|from|via|has) ?[a-z]+$")
_MASKS = js_regex(r"\*{2,}|•{2,}|…|\.{3}|x{6,}|[[<(](?:redacted|filtered|masked|unset|hidden)[^\])>]*[\])>]", "i")
_LONGEST = 200
_LONGEST_STATUS = 24
_SHOWN = 8


def may_secret(value: str) -> bool:
    """False for what is empty, masked, a status, a placeholder or a reference to where the secret is kept."""
    text = trim(value)
    if len(text) <= 1 or _ONE_CHARACTER.search(text) or _NO_WORD.search(text[:_LONGEST]):
        return False
    return not is_stand_in(text) and not _is_status(text)


def is_stand_in(text: str) -> bool:
    """True for a mask, a placeholder or a reference such as ``${NAME}``."""
    if len(text) > _LONGEST:
        return False
    return _MASKED.search(text) is not None or is_reference(text) or text.endswith("EXAMPLE")


def is_reference(text: str) -> bool:
    """True where a text as a whole says where a secret is kept, or what to put in."""
    return len(text) <= _LONGEST and (_REFERENCE.search(text) is not None or _TEMPLATE.search(text) is not None)


def is_placeholder(text: str) -> bool:
    """True for a placeholder or a reference, and for a mask that shows no more than eight characters."""
    if not is_stand_in(text):
        return False
    return is_reference(text) or text.endswith("EXAMPLE") or len(_MASKS.sub("", text)) <= _SHOWN


def _is_status(text: str) -> bool:
    if len(text) > _LONGEST_STATUS:
        return False
    word = _BEFORE_STATUS.sub("", text).lower()
    return word in _STATUS or _SAID.search(word) is not None
