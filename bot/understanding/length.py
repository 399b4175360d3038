"""How much of a message is read: what an encoder works on costs time for everybody who waits.

A question takes twenty pieces or so; the longest of our own sentences takes under sixty.
"""

import re

PIECE = re.compile(r"\w{1,4}|[^\w\s]")
"""About what an encoder takes for one token, which costs it a millisecond."""

LONG_WORD = re.compile(r"(\w{40})\w+")
FIRST, LAST = 60, 40
"""Pieces: a long story asks its question at the end, or at the start."""


def size(text: str) -> int:
    """The length of a text in pieces."""
    return len(PIECE.findall(text))


def shortened(text: str) -> str:
    """The text without its middle when it is longer than anybody's question."""
    text = LONG_WORD.sub(r"\1", text)
    pieces = list(PIECE.finditer(text))
    if len(pieces) <= FIRST + LAST:
        return text
    return f"{text[: pieces[FIRST].start()].rstrip()} {text[pieces[-LAST].start() :]}"
