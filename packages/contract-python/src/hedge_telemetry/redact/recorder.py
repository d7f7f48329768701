"""What was found where, and how often."""

from __future__ import annotations

from dataclasses import dataclass

from ..pointer import segment

_MOST_PLACES = 1000


@dataclass(frozen=True)
class Found:
    """A kind of secret or of form, the pointer into the redacted value, and how often. Holds nothing of the value."""

    kind: str
    pointer: str
    count: int


class Recorder:
    """Collects what is found, one entry for each kind and place; beyond 1,000 places by kind at the root."""

    def __init__(self) -> None:
        #: The walk keeps this up to date.
        self.path: list[str | int] = []
        self._counts: dict[tuple[str, str], int] = {}

    def record(self, kind: str, count: int = 1) -> None:
        full = len(self._counts) >= _MOST_PLACES
        pointer = "" if full else "".join(f"/{segment(key)}" for key in self.path)
        self._counts[kind, pointer] = self._counts.get((kind, pointer), 0) + count

    def found(self) -> list[Found]:
        return [Found(kind, pointer, count) for (kind, pointer), count in self._counts.items()]
