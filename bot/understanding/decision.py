"""From a ranking to what we do: answer, ask what was meant, or say that we do not know.

The thresholds are fitted on sentences that the model had not seen, by what each outcome is worth
to a visitor: a right answer most, a right option less, a wrong answer costs as much as a right
one gains, and so does sending away somebody with a question of ours; options that do not help
cost a little patience.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable, List, Sequence, Tuple

import numpy as np

Ranking = Sequence[Tuple[str, float]]

RIGHT, WRONG = 1.0, -1.0
OFFERED, OFFERED_WRONG = 0.6, -0.3
REFUSED = -1.0
OPTIONS = 3
FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
TASKS = frozenset(
    {
        "ask_human",
        "check_eligibility",
        "help",
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


def worth_of(action: str, ranking: Ranking, truth: str) -> float:
    """What doing this would have been worth to somebody who meant `truth`."""
    if action == "answer":
        return RIGHT if ranking[0][0] == truth else WRONG
    if action == "clarify":
        return OFFERED if truth in options(ranking) else OFFERED_WRONG
    return RIGHT if truth == OUT_OF_SCOPE else REFUSED


def fit_thresholds(rankings: Sequence[Ranking], truth: Sequence[str]) -> Thresholds:
    """The thresholds that would have been worth most on guesses about unseen sentences."""
    chances = np.array([ranking[0][1] for ranking in rankings])
    worth = {
        action: np.array(
            [worth_of(action, ranking, name) for ranking, name in zip(rankings, truth, strict=True)]
        )
        for action in ("answer", "clarify", "refuse")
    }
    steps = np.arange(0.02, 0.98, 0.02)

    def total(answer: float, clarify: float) -> float:
        done = np.where(
            chances >= answer,
            worth["answer"],
            np.where(chances >= clarify, worth["clarify"], worth["refuse"]),
        )
        return float(done.sum())

    pairs = [(answer, clarify) for answer in steps for clarify in steps if clarify <= answer]
    answer, clarify = max(pairs, key=lambda pair: total(*pair))
    return Thresholds(float(answer), float(clarify))
