"""Seed phrases of BIP-39."""

from __future__ import annotations

import re

from ...js.regex import js_regex
from ..spans import Span
from ..tables import constant

#: Every word that an English seed phrase is made of.
_WORDS: frozenset[str] = frozenset(constant("detectors/bip39-english", "LIST").split())
_SHORTEST_PHRASE = 12
_LONGEST_LIST = 24
_LONGEST_WORD = 8
#: One word again and again is no phrase.
_DISTINCT = 2
_WORD = re.compile("[A-Za-z]+")
_SEPARATOR = js_regex(r"""^[\s,;|+_-]*(?:["'][,\s]*["'])?(?:\d{1,2}[.):]?\s?)?$""")
_LONGEST_SEPARATOR = 8


def detect_mnemonics(text: str, spans: list[Span]) -> None:
    """Finds runs of twelve or more words of the list, whatever single separator stands between them."""
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        known = len(match[0]) <= _LONGEST_WORD and match[0].lower() in _WORDS
        if not known or (run and not _is_separator(text[run[-1].end() : match.start()])):
            _close(run, spans)
            run = []
        if known:
            run.append(match)
    _close(run, spans)


def is_phrase(items: list[object]) -> bool:
    """True for the items of a list that spells a seed phrase word by word."""
    return (
        _SHORTEST_PHRASE <= len(items) <= _LONGEST_LIST
        and all(isinstance(item, str) and item.lower() in _WORDS for item in items)
        and len(set(items)) >= _DISTINCT
    )


def _close(run: list[re.Match[str]], spans: list[Span]) -> None:
    distinct = {match[0].lower() for match in run}
    if len(run) >= _SHORTEST_PHRASE and len(distinct) >= _DISTINCT:
        spans.append(Span(run[0].start(), run[-1].end(), "mnemonic"))


def _is_separator(between: str) -> bool:
    return len(between) <= _LONGEST_SEPARATOR and _SEPARATOR.search(between) is not None
