"""Redaction of plain JSON data, and of exceptions."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .known import SHORTEST_LISTED, KnownValues, secret_values
from .names import PLAIN
from .recorder import Found
from .stacks import Frame, fingerprint
from .walk import KnownKey, Walk, judge_key

_MOST_KEYS = 4096


@dataclass(frozen=True)
class Redacted:
    """A value without its secrets, and what was found; the same value where nothing had to change."""

    value: object
    found: list[Found]


class Redactor:
    """Takes secrets out of plain JSON data. The known values are read once."""

    def __init__(
        self,
        env: Mapping[str, str] | None = None,
        *,
        sensitive: Iterable[str] = (),
        harmless: Iterable[str] = (),
        values: Iterable[str] = (),
    ) -> None:
        """
        ``env``: the environment whose sensitive values are looked for; that of the process by default. ``sensitive`` and
        ``harmless``: names of variables that are so whatever the rule by name says. ``values``: further secret values.
        """
        secrets = secret_values(os.environ if env is None else env, sensitive, harmless)
        secrets.update(each for each in values if len(each) >= SHORTEST_LISTED)
        known = KnownValues(secrets)

        @lru_cache(maxsize=_MOST_KEYS)
        def keys(key: str) -> KnownKey:
            return judge_key(key, known)

        self._known = known
        self._keys = keys

    def redact(self, value: object) -> Redacted:
        """Redacts plain JSON data: dicts with keys of text, lists, texts, finite numbers, booleans and None."""
        walk = Walk(self._known, self._keys)
        return Redacted(walk.visit(value), walk.recorder.found())

    def redact_error(self, name: str, code: str | int | None, message: str, frames: list[Frame]) -> Redacted:
        """What an exception becomes: its name, code and message without secrets and paths, and a fingerprint. No trace."""
        walk = Walk(self._known, self._keys)
        walk.recorder.record("error")
        parts: dict[str, str] = {}
        for key, text in (("name", name), ("message", message)):
            walk.recorder.path.append(key)
            parts[key] = walk.clean(text, PLAIN, paths=True)
            walk.recorder.path.pop()
        record = {
            "name": parts["name"],
            "code": walk.clean(code, PLAIN, paths=True) if isinstance(code, str) else code,
            "message": parts["message"],
            "fingerprint": fingerprint(parts["name"], parts["message"], frames),
        }
        return Redacted(record, walk.recorder.found())
