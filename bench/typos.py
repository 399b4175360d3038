"""Typing errors as thumbs make them, the same ones at every run."""

import random

NEIGHBOURS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok",
    "o": "ipl", "p": "ol", "a": "qsz", "s": "awdx", "d": "sefc", "f": "drgv", "g": "fthb",
    "h": "gyjn", "j": "hukm", "k": "jil", "l": "ko", "z": "asx", "x": "zsdc", "c": "xdfv",
    "v": "cfgb", "b": "vghn", "n": "bhjm", "m": "njk",
}  # fmt: skip


def mistype(text: str, rate: float, chance: random.Random) -> str:
    """A text with letters swapped, dropped, doubled or a key beside them, each at `rate`."""
    typed: list[str] = []
    at = 0
    while at < len(text):
        letter = text[at]
        at += 1
        if not letter.isalpha() or chance.random() >= rate:
            typed.append(letter)
            continue
        slip = chance.choice(("swap", "drop", "double", "neighbour"))
        if slip == "swap" and at < len(text) and text[at].isalpha():
            typed += [text[at], letter]
            at += 1
        elif slip == "double":
            typed += [letter, letter]
        elif slip != "drop":
            typed.append(chance.choice(NEIGHBOURS.get(letter.lower(), letter)))
    return "".join(typed)


def mistyped(texts: list[str], rate: float, seed: int = 1) -> list[str]:
    """The texts with typing errors."""
    chance = random.Random(seed)
    return [mistype(text, rate, chance) for text in texts]
