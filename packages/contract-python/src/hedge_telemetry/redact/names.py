"""What a field's, header's, parameter's or variable's name says of the value under it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from .tables import constant, pattern, words

_LONGEST = 160


@dataclass(frozen=True)
class NameClass:
    """
    secret: whatever stands there is one. hint: it is one if it looks like one. dump: arguments of a call, where an opaque
    token is taken for a credential. identifier: an opaque token is expected. ``several``: the name of a collection.
    """

    role: str
    kind: str
    several: bool = False


PLAIN = NameClass("plain", "opaque-token")
_IDENTIFIER = NameClass("identifier", "opaque-token")
_DUMP = NameClass("dump", "opaque-token")

_MODULE = "names/classify"
_STATES = words(_MODULE, "STATES")
_ABOUT = words(_MODULE, "ABOUT")
_SEVERAL = pattern(_MODULE, "SEVERAL")
_PASSWORDS = words(_MODULE, "PASSWORDS")
_KEY_OWNERS = words(_MODULE, "KEY_OWNERS") | words(_MODULE, "VENDORS")
_TOKEN_OWNERS = words(_MODULE, "TOKEN_OWNERS") | words(_MODULE, "VENDORS")
_KEY_IS_BENIGN = words(_MODULE, "KEY_IS_BENIGN")
_TOKEN_IS_BENIGN = words(_MODULE, "TOKEN_IS_BENIGN")
_WEAK = words(_MODULE, "HINTS") | words(_MODULE, "VENDORS")
_IDENTIFIERS = words(_MODULE, "IDENTIFIERS")
_DUMPS = words(_MODULE, "DUMPS")
_STANDS_FOR_ALL = words("names/inherit", "STANDS_FOR_ALL")
_COMPOUNDS: dict[str, list[str]] = constant("names/words", "COMPOUNDS")
_COUNTED = pattern("names/words", "COUNTED")
_JOINED = pattern("names/words", "JOINED")


@lru_cache(maxsize=4096)
def classify_name(name: str) -> NameClass:
    """Judges a name by the words in it."""
    return _classify(words_of(name))


def inherited_name(key: str, own: NameClass, container: NameClass) -> NameClass:
    """What a key says of its value inside of something that has a name itself."""
    if container.role not in ("secret", "hint"):
        return own
    if key in _STANDS_FOR_ALL:
        return container
    if own.role != "plain":
        return own
    return container if container.several else NameClass("hint", container.kind)


def words_of(name: str) -> list[str]:
    """The words of a name, in lower case: ``apiKey``, ``API_KEY``, ``X-MBX-APIKEY`` all end in api, key."""
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name[-_LONGEST:])
    spaced = re.sub(r"([A-Z])([A-Z][a-z])", r"\1 \2", spaced).lower()
    return [part for word in re.split(r"[^a-z0-9]+", spaced) if word for part in _parts(word)]


def _parts(word: str) -> list[str]:
    known = _COMPOUNDS.get(word)
    if known is not None:
        return known
    plain = re.sub(r"[0-9]+\Z", "", word) if _COUNTED.search(word) else word
    found = _JOINED.search(plain)
    return [plain] if found is None else [found[1], *_COMPOUNDS.get(found[2], [found[2]])]


def _classify(parts: list[str]) -> NameClass:
    if not parts:
        return PLAIN
    last = parts[-1]
    before = parts[-2] if len(parts) > 1 else ""
    if parts[0] in _STATES and len(parts) > 1:
        return _IDENTIFIER
    if last == "id" and before == "key":
        return NameClass("hint", "api-key")
    if len(parts) > 1 and (last in _ABOUT or "public" in parts):
        return _IDENTIFIER
    secret = _secret_name(parts, last, before)
    if secret is None:
        return _weak_name(parts, last)
    return replace(secret, several=True) if _SEVERAL.search(last) else secret


def _secret_name(parts: list[str], last: str, before: str) -> NameClass | None:
    kind = None
    if not _PASSWORDS.isdisjoint(parts) or (last == "pass" and len(parts) > 1):
        kind = "password"
    elif "mnemonic" in parts or (last in ("phrase", "words") and re.search("seed|recovery|backup|secret", before)):
        kind = "mnemonic"
    elif "authorization" in parts:
        kind = "authorization"
    elif before == "private" and last == "key":
        kind = "private-key"
    elif before == "listen" and last == "key":
        kind = "listen-key"
    elif "secret" in parts or last == "secrets":
        kind = "api-secret"
    elif last in ("key", "keys") and before in _KEY_OWNERS:
        kind = "api-key"
    elif last in ("token", "tokens") and before in _TOKEN_OWNERS:
        kind = "token"
    return None if kind is None else NameClass("secret", kind)


def _weak_name(parts: list[str], last: str) -> NameClass:
    if last in ("key", "keys") and not _KEY_IS_BENIGN.isdisjoint(parts):
        return _IDENTIFIER
    if last in ("token", "tokens") and not _TOKEN_IS_BENIGN.isdisjoint(parts):
        return _IDENTIFIER
    if last in _WEAK or "credential" in parts or "credentials" in parts:
        return NameClass("hint", _hint_kind(last))
    if not _IDENTIFIERS.isdisjoint(parts):
        return _IDENTIFIER
    return _DUMP if last in _DUMPS else PLAIN


def _hint_kind(last: str) -> str:
    if last.startswith(("sig", "sign", "hmac")):
        return "signature"
    return "token" if last.startswith(("token", "jwt", "bearer", "cookie", "session", "auth")) else "api-key"
