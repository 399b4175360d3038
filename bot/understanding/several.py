"""Finds the questions of a message that asks more than one thing.

A message is cut wherever a new question could begin. Neighbouring pieces are put together again
where that reads better, so that each part is understood with most certainty. Then each part is
judged: does it ask something of its own, or is it the story, the reason or the repetition around
a question? That judgement is learned from messages that neither train nor score.
"""

import math
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, Self

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.core.answers.clauses import clauses
from bot.core.answers.text import fold
from bot.understanding.length import size

Ranking = Sequence[tuple[str, float]]
Span = tuple[int, int]

CUT = re.compile(
    r"(?:[?.!;\n]+|,|\s[/-]\s)\s*(?:(?:en|of|maar|want|dus)\s+)?"
    r"|\s+(?:en|of|maar|want|dus|plus|oh ja|o ja|trouwens|verder)\s+"
    r"|(?<=\w)\s+(?=(?:hoe ?lang|hoe ?veel|hoe vaak|wat kost|waar is)\b)"
    r"|(?<=\w)\s+(?=wanneer (?:is|start|begint)\b)",
    re.IGNORECASE,
)
MOST_PIECES = 7
LONGEST = 3
"""A part is put together from this many pieces at most."""

MOST_READ = 280
"""What all possible parts together may be long; of a longer message fewer are tried."""

COST = 0.8
"""What a part has to be worth in certainty before one part becomes two."""

LITTLE = 1e-5
AGAIN = re.compile(r"\bof\b")
SHORT = 4


class Part(NamedTuple):
    """A part of a message, what stands before it, and what it is taken for."""

    text: str
    before: str
    asked: bool
    ranking: Ranking

    @property
    def name(self) -> str:
        """The likeliest name."""
        return self.ranking[0][0]


def pieces_of(text: str) -> list[Span]:
    """Where a message could fall apart: the places of its pieces."""
    pieces, start = [], 0
    for cut in CUT.finditer(text):
        if text[start : cut.start()].strip():
            pieces.append((start, cut.start()))
        start = cut.end()
    if text[start:].strip():
        pieces.append((start, len(text)))
    if len(pieces) > MOST_PIECES:
        pieces[MOST_PIECES - 1 :] = [(pieces[MOST_PIECES - 1][0], pieces[-1][1])]
    return pieces


def spans_of(text: str, pieces: Sequence[Span]) -> list[Span]:
    """Every run of neighbouring pieces that could be a part, but for all of them together."""
    sizes = [size(text[start:end]) for start, end in pieces]
    for longest in range(LONGEST, 0, -1):
        spans = [
            (first, last)
            for first in range(len(pieces))
            for last in range(first + 1, min(first + longest, len(pieces)) + 1)
            if last - first < len(pieces)
        ]
        if sum(sum(sizes[first:last]) for first, last in spans) <= MOST_READ:
            break
    return spans


def best_cover(count: int, certainty: dict[Span, float]) -> list[Span]:
    """The runs that together hold all pieces and are understood with most certainty."""
    worth, came_from = [0.0], [0]
    for last in range(1, count + 1):
        worth_here, first = max(
            (worth[first] + certainty[first, last] - COST, first)
            for first in range(max(0, last - LONGEST), last)
            if (first, last) in certainty
        )
        worth.append(worth_here)
        came_from.append(first)
    cover, last = [], count
    while last:
        cover.append((came_from[last], last))
        last = came_from[last]
    return cover[::-1]


def texts_of(text: str) -> list[str]:
    """Every text that could be a part of a message."""
    pieces = pieces_of(text)
    return [text[pieces[first][0] : pieces[last - 1][1]] for first, last in spans_of(text, pieces)]


def parts_of(
    text: str, whole: Ranking, rank: Callable[[Sequence[str]], Sequence[Ranking]]
) -> list[Part]:
    """The parts of a message that is taken for `whole`; none when it cannot be two questions."""
    pieces = pieces_of(text)
    if len(pieces) < 2:
        return []
    ranked = dict(zip(spans_of(text, pieces), rank(texts_of(text)), strict=True))
    ranked[0, len(pieces)] = whole
    certainty = {span: ranking[0][1] for span, ranking in ranked.items()}
    parts = []
    for first, last in best_cover(len(pieces), certainty):
        start, end = pieces[first][0], pieces[last - 1][1]
        before = text[pieces[first - 1][1] : start] if first else ""
        asked = "?" in text[end : end + 2]
        parts.append(Part(text[start:end], before, asked, ranked[first, last]))
    return parts


def signs_of(part: Part, whole: Ranking) -> list[float]:
    """What tells that a part asks something of its own; every value lies around 0 to 1."""
    words = len(part.text.split())
    certainty = dict(whole).get(part.name, 0.0)
    is_question = any(clause.is_question for clause in clauses(fold(part.text)))
    return [
        part.ranking[0][1],
        float(part.asked),
        float(is_question),
        float(words <= SHORT),
        min(words, 20) / 20,
        float(not part.before),
        float("," in part.before),
        float(any(mark in part.before for mark in "?.!;\n")),
        float(bool(AGAIN.search(part.before.lower()))),
        math.log(certainty + LITTLE) / 10,
        float(whole[0][0] == part.name),
    ]


class Judge:
    """Says how likely a part asks something of its own."""

    def __init__(self, weights: Sequence[float], bias: float) -> None:
        self.weights = list(weights)
        self.bias = bias

    @classmethod
    def fit(cls, signs: Sequence[Sequence[float]], asks: Sequence[bool]) -> Self:
        """Learn from the parts of messages of which is known what they ask."""
        learned = LogisticRegression(C=5.0, max_iter=500).fit(np.array(signs), np.array(asks))
        return cls(learned.coef_[0].tolist(), float(learned.intercept_[0]))

    def chance(self, part: Part, whole: Ranking) -> float:
        """The probability for one part of a message, given what the whole is taken for."""
        total = float(np.dot(self.weights, signs_of(part, whole))) + self.bias
        return 1 / (1 + math.exp(-total))
