"""Passwords in web addresses."""

from __future__ import annotations

from ...js.regex import js_regex
from ..secret_value import is_stand_in
from ..shape import is_opaque
from ..spans import Span

_LONGEST_AUTHORITY = 1024
_END = js_regex(r"[\s\"'`<>]")
_PATH = js_regex("[/?#]")
_HAS_PASSWORD = js_regex(r"^[^:]*:(?!\d{1,5}$).")
_HOST_AFTER = js_regex(r"@(?=[\w.-]+(?::\d{1,5})?(?:[/?#]|$))")


def detect_url_passwords(text: str, spans: list[Span]) -> None:
    """Finds the password of ``scheme://user:password@host``, and a token that stands as the user alone."""
    at = text.find("://")
    while at >= 0:
        start = at + 3
        userinfo = _userinfo(text[start : start + _LONGEST_AUTHORITY])
        at = text.find("://", at + 3)
        if userinfo is None:
            continue
        _, colon, password = userinfo.partition(":")
        secret = password if colon else userinfo
        if secret == "" or is_stand_in(secret) or (not colon and not is_opaque(secret)):
            continue
        end = start + len(userinfo)
        spans.append(Span(end - len(secret), end, "url-password"))


def _userinfo(rest: str) -> str | None:
    """What stands before the last ``@`` of the authority; a password may hold a slash that nobody encoded."""
    whole = _END.split(rest, maxsplit=1)[0]
    authority = _PATH.split(whole, maxsplit=1)[0]
    if "@" in authority:
        return authority.rpartition("@")[0]
    if not _HAS_PASSWORD.search(authority):
        return None
    odd = _HOST_AFTER.search(whole)
    return None if odd is None else whole[: odd.start()]
