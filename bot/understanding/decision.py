"""From a ranking to what we do: answer, ask what was meant, or say that we do not know.

The thresholds are fitted on sentences that the model had not seen, by what each outcome is worth
to a visitor: a right answer most, a right option less, a wrong answer costs as much as a right
one gains, and so does sending away somebody with a question of ours; options that do not help
cost a little patience.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.core.dialogue.moves import FALLBACK, FOR_A_PERSON, MOODS, STORY
from bot.understanding.several import Part, Ranking
from bot.understanding.steady import smooth, steadiest

RIGHT, WRONG = 1.0, -1.0
OFFERED, OFFERED_WRONG = 0.6, -0.3
REFUSED = -1.0
OPTIONS = 3
OUT_OF_SCOPE = "out_of_scope"
HELP = "help"
CLEAR = 0.8
"""How sure we must be of a mood beside what else is said, and of what is asked beside a story."""
SEVERAL = 0.1
"""The share of messages that ask several things, as far as we know; the validation set has more."""

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


@dataclass(frozen=True)
class Thresholds:
    """Least probability to answer, to offer options, and to answer a part on its own."""

    answer: float = 0.5
    clarify: float = 0.2
    asks: float = 0.5


@dataclass(frozen=True)
class Decision:
    """What a message means to us."""

    intent: str
    confidence: float
    topics: tuple[str, ...] = ()
    clarify: tuple[str, ...] = ()
    mood: str | None = None
    facets: tuple[str, ...] = ()
    """The side of each topic that is asked about, if that is the topic."""


TELLING = MOODS | {STORY}
"""What asks nothing."""


def gathered(ranking: Ranking) -> Ranking:
    """The likeliest of what asks nothing, with the chance of all of it together.

    Between worry, doubt and a story words are often torn; that nothing was asked is what counts.
    """
    telling = [(name, chance) for name, chance in ranking if name in TELLING]
    if len(telling) < len(TELLING):
        return ranking
    first = (telling[0][0], sum(chance for _, chance in telling))
    rest = [each for each in ranking if each[0] not in TELLING]
    last = [(name, 0.0) for name, _ in telling[1:]]
    return [*sorted([first, *rest], key=lambda each: -each[1]), *last]


def can_offer(name: str) -> bool:
    """Whether a name makes sense as an option in "bedoelde u ...?"."""
    return name.startswith("faq/") or name in TASKS or name in FOR_A_PERSON


def can_stand_beside(name: str) -> bool:
    """Whether a name can be one of several things asked; "wat kunt u" is a whole message."""
    return can_offer(name) and name != HELP


def options(ranking: Ranking) -> tuple[str, ...]:
    """The likeliest names to offer when in doubt."""
    return tuple(name for name, _ in ranking if can_offer(name))[:OPTIONS]


def several(parts: Sequence[tuple[Part, float]], asks: float) -> tuple[str, ...]:
    """The names asked about when more than one part asks something of its own, else nothing."""
    named: list[str] = []
    for part, chance in parts:
        if chance >= asks and can_stand_beside(part.name) and part.name not in named:
            named.append(part.name)
    return tuple(named) if len(named) > 1 else ()


def action_for(ranking: Ranking, thresholds: Thresholds) -> str:
    """What to do with a message that asks one thing."""
    name, chance = ranking[0]
    if name == OUT_OF_SCOPE:
        return "refuse"
    if chance >= thresholds.answer:
        return "answer"
    return "clarify" if chance >= thresholds.clarify else "refuse"


def decide(
    ranking: Ranking, parts: Sequence[tuple[Part, float]], thresholds: Thresholds
) -> Decision:
    """Answer, offer options, or refuse; `parts` with the chance that each asks on its own."""
    chance = ranking[0][1]
    topics = several(parts, thresholds.asks)
    if topics:
        questions = [topic for topic in topics if topic.startswith("faq/")]
        found = Decision(questions[0] if questions else topics[0], chance, topics)
    else:
        ranking = asked_beside(parts, thresholds.asks) or ranking
        found = _of_one(action_for(ranking, thresholds), ranking)
    mood = mood_of([part for part, _ in parts])
    if mood is not None and (found.intent == OUT_OF_SCOPE or _only_tells(found, ranking)):
        return Decision(mood, chance, (mood,))
    return replace(found, mood=None if found.intent in MOODS else mood)


def _of_one(action: str, ranking: Ranking) -> Decision:
    name, chance = ranking[0]
    if action == "answer":
        return Decision(name, chance, (name,))
    if action == "clarify":
        return Decision(FALLBACK, chance, (), options(ranking))
    return Decision(OUT_OF_SCOPE, chance, (OUT_OF_SCOPE,))


def _only_tells(found: Decision, ranking: Ranking) -> bool:
    return found.intent == FALLBACK and ranking[0][0] in TELLING


def asked_beside(parts: Sequence[tuple[Part, float]], asks: float) -> Ranking | None:
    """What the one part means that asks something, where another only tells."""
    tells = any(part.name in TELLING for part, _ in parts)
    asking = [
        part.ranking
        for part, chance in parts
        if can_stand_beside(part.name) and (chance >= asks or part.ranking[0][1] >= CLEAR)
    ]
    return asking[0] if tells and len(asking) == 1 else None


def mood_of(parts: Sequence[Part]) -> str | None:
    """The first mood that a part of a message clearly shows."""
    shown = (part.name for part in parts if part.name in MOODS and part.ranking[0][1] >= CLEAR)
    return next(shown, None)


def worth_of(action: str, ranking: Ranking, truth: str) -> float:
    """What doing this would have been worth to somebody who meant `truth`."""
    if action == "answer":
        return RIGHT if ranking[0][0] == truth else WRONG
    if action == "clarify":
        return OFFERED if truth in options(ranking) else OFFERED_WRONG
    return RIGHT if truth == OUT_OF_SCOPE else REFUSED


def fit_thresholds(rankings: Sequence[Ranking], truth: Sequence[str]) -> tuple[float, float]:
    """`answer` and `clarify` that would have been worth most on unseen sentences."""
    inside = [each for each in zip(rankings, truth, strict=True) if each[0][0][0] != OUT_OF_SCOPE]
    chances = np.array([ranking[0][1] for ranking, _ in inside])
    answered, clarified, refused = (
        np.array([worth_of(action, *each) for each in inside])
        for action in ("answer", "clarify", "refuse")
    )

    def total(answer: float, clarify: float) -> float:
        unsure = np.where(chances >= clarify, clarified, refused)
        return float(np.where(chances >= answer, answered, unsure).sum())

    steps = np.arange(0.02, 1.0, 0.02)
    totals = [[total(answer, min(answer, clarify)) for clarify in steps] for answer in steps]
    steady = smooth(np.array(totals))
    best, doubt = np.unravel_index(np.argmax(steady), steady.shape)
    return float(steps[best]), float(min(steps[best], steps[doubt]))


Message = tuple[Sequence[tuple[Part, float]], bool, Sequence[str]]
"""Its parts and how likely each asks, whether it is right when taken for one, and what it asks."""


def fit_asks(messages: Sequence[Message]) -> float:
    """The threshold at which most messages are taken for exactly what they ask."""
    many = sum(len(asked) > 1 for _, _, asked in messages)
    weight = SEVERAL / (1 - SEVERAL) * (len(messages) - many) / max(many, 1)

    def right(asks: float) -> float:
        return sum(
            (weight if len(asked) > 1 else 1)
            * (list(found) == list(asked) if (found := several(parts, asks)) else as_one)
            for parts, as_one, asked in messages
        )

    steps = np.arange(0.3, 0.95, 0.025)
    return steadiest(steps, [right(asks) for asks in steps])
