"""From a ranking to what we do: answer, ask what was meant, or say that we do not know.

The thresholds are fitted on sentences that the model had not seen: answer where at least
`RIGHT` of such answers would be right, refuse where an answer would nearly always be wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable, List, Sequence, Tuple

Ranking = Sequence[Tuple[str, float]]

RIGHT = 0.9
OPTIONS = 3
FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
TASKS = frozenset(
    {
        "ask_human",
        "check_eligibility",
        "register",
        "registration_status",
        "change_registration",
        "withdraw_registration",
        "export_my_data",
        "delete_my_data",
    }
)
CLAUSE = re.compile(
    r"[?.!;\n]+|,?\s+\ben\b\s+(?=(?:ook\s+)?(?:wat|hoe|wie|waar|wanneer|welke?|waarom|is|zijn|kan|"
    r"mag|moet|krijg|heb|hoeveel|k|ik|kun|wordt|word|verdien|doe|geldt|t|het|de)\b)|,\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Thresholds:
    """Least probability to answer, and least probability to offer options."""

    answer: float = 0.5
    clarify: float = 0.2


@dataclass(frozen=True)
class Decision:
    """What a message means to us."""

    intent: str
    confidence: float
    topics: Tuple[str, ...] = ()
    clarify: Tuple[str, ...] = ()


def can_offer(name: str) -> bool:
    """Whether a name makes sense as an option in "bedoelde u ...?"."""
    return name.startswith("faq/") or name in TASKS


def options(ranking: Ranking) -> Tuple[str, ...]:
    """The likeliest names to offer when in doubt."""
    return tuple(name for name, _ in ranking if can_offer(name))[:OPTIONS]


def clauses_of(text: str) -> List[str]:
    """The parts of a message that could each be a question."""
    return [part.strip() for part in CLAUSE.split(text) if len(part.split()) >= 2]


def several(text: str, thresholds: Thresholds, rank: Callable[[str], Ranking]) -> Tuple[str, ...]:
    """The names asked about when a message clearly asks more than one thing, else nothing."""
    clauses = clauses_of(text)
    if len(clauses) < 2:
        return ()
    named: List[str] = []
    for clause in clauses:
        name, chance = rank(clause)[0]
        if chance >= thresholds.answer and can_offer(name) and name not in named:
            named.append(name)
    return tuple(named) if len(named) > 1 else ()


def decide(
    text: str,
    ranking: Ranking,
    thresholds: Thresholds,
    rank: Callable[[str], Ranking],
) -> Decision:
    """Answer, offer options, or refuse."""
    name, chance = ranking[0]
    topics = several(text, thresholds, rank)
    if topics:
        questions = [topic for topic in topics if topic.startswith("faq/")]
        return Decision(questions[0] if questions else topics[0], chance, topics)
    if name == OUT_OF_SCOPE and chance >= thresholds.clarify:
        return Decision(OUT_OF_SCOPE, chance, (OUT_OF_SCOPE,))
    if chance >= thresholds.answer:
        return Decision(name, chance, (name,))
    if chance >= thresholds.clarify and len(options(ranking)) > 1:
        return Decision(FALLBACK, chance, (), options(ranking))
    return Decision(OUT_OF_SCOPE, chance, (OUT_OF_SCOPE,))


def fit_thresholds(rankings: Sequence[Ranking], truth: Sequence[str]) -> Thresholds:
    """Find the thresholds on guesses about unseen sentences."""
    tops = sorted(
        (
            (ranking[0][1], ranking[0][0] == name)
            for ranking, name in zip(rankings, truth, strict=True)
        ),
        reverse=True,
    )
    answer, right = 1.0, 0
    for count, (chance, is_right) in enumerate(tops, start=1):
        right += is_right
        if right / count >= RIGHT:
            answer = chance
    offered = [
        (ranking[0][1], name in options(ranking))
        for ranking, name in zip(rankings, truth, strict=True)
        if ranking[0][1] < answer
    ]
    clarify = answer
    for least in [step / 100 for step in range(2, int(answer * 100))]:
        kept = [helped for chance, helped in offered if chance >= least]
        if kept and sum(kept) / len(kept) >= 0.5:
            clarify = least
            break
    return Thresholds(answer, min(clarify, answer))
