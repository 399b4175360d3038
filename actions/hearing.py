"""Reads what the engine heard: the one module that knows how a tracker looks inside."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from rasa_sdk import Tracker

from bot.core.answers.clauses import clauses
from bot.core.answers.text import fold
from bot.core.answers.years import is_of_child
from bot.core.questions import ELIGIBILITY, ITEMS

WRONG: Final = "onjuist]"
CERTAIN: Final = 0.9
"""How sure we are that somebody asks for something, before it goes before the open question."""
A_QUESTION: Final = 4
"""Words; with fewer it asks whether the answer will do, and the next question shows that."""

SOMEBODY_ELSE: Final = re.compile(
    r"\b(?:hem|haar|iemand anders|"
    r"(?:mijn|onze|een|m'n|alle|enkele|een paar|twee|drie|vier|vijf|\d+) (?:\w+ )?"
    r"(?:medewerkers?|werknemers?|collega'?s?|monteurs?|zoon|dochter|kind|man|vrouw|"
    r"broer(?:tje)?|zus(?:je)?|neefje?|nichtje?|zwager|vriend|vriendin|personeel|mensen))\b",
    re.IGNORECASE,
)
JOINING: Final = re.compile(
    r"\b(?:mee ?doen|mee ?doet|aan ?melden|aangemeld|inschrijven|opgeven|deelnemen|opleiding|"
    r"traject|les ?geven|leraar|docent|techniekopleider|interesse)\b|"
    r"\biets voor (?:hem|haar|mijn)\b",
    re.IGNORECASE,
)
"""What somebody may want for another."""

REGISTERING: Final = frozenset({"register", "faq/registration_process"})


@dataclass(frozen=True)
class Heard:
    """One message as the engine understood it, and the question it may be an answer to.

    `rest` is the text without the facts that were found in it; `answered` are the questions of
    eligibility that have an answer already.
    """

    text: str
    intent: str
    topics: tuple[str, ...]
    clarify: tuple[str, ...]
    entities: tuple[tuple[str, Any], ...] = field(repr=False)
    rest: str
    asked: str | None
    answered: tuple[str, ...]
    is_command: bool
    confidence: float = 1.0

    def entity(self, name: str) -> Any:
        """The first value of an entity, or None."""
        return next((value for entity, value in self.entities if entity == name), None)

    @property
    def is_guess(self) -> bool:
        """Whether we only think that this was meant, while a question of ours is open."""
        return self.asked is not None and not self.is_command and self.confidence < CERTAIN


def hear(tracker: Tracker) -> Heard:
    """The latest message."""
    message = tracker.latest_message
    text = str(message.get("text") or "")
    intent = str((message.get("intent") or {}).get("name") or "")
    found = [(str(each["entity"]), each["value"]) for each in message.get("entities") or ()]
    is_command = text.startswith("/")
    topic = next((value for name, value in found if name == "topic"), None)
    topics = [str(each) for each in message.get("topics") or ()]
    if is_command:
        topics = [f"faq/{topic}" if intent == "faq" and topic else intent]
    asked = tracker.get_slot("requested_slot") if loop_of(tracker) else None
    return Heard(
        text=text,
        intent=intent,
        topics=tuple(topics),
        clarify=tuple(str(each) for each in message.get("clarify") or ()),
        entities=tuple(found),
        rest=_without(text, message.get("entities") or ()),
        asked=asked if asked in ITEMS else None,
        answered=tuple(item for item in ELIGIBILITY if tracker.get_slot(item) is not None),
        is_command=is_command,
        confidence=float((message.get("intent") or {}).get("confidence") or 1.0),
    )


def _without(text: str, entities: Iterable[Mapping[str, Any]]) -> str:
    """The text with every fact that was found in it blanked out."""
    letters = list(text)
    for each in entities:
        for place in range(each.get("start", 0), min(each.get("end", 0), len(letters))):
            letters[place] = " "
    return "".join(letters)


def loop_of(tracker: Tracker) -> str | None:
    """The form that is open."""
    name = tracker.active_loop.get("name")
    return name if isinstance(name, str) else None


def was_answered(tracker: Tracker) -> bool:
    """Whether we said anything yet since the latest message."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "bot" and event.get("text"):
            return True
    return False


def was_told(tracker: Tracker) -> bool:
    """Whether our last reply answered a question about the course."""
    is_before = False
    for event in reversed(tracker.events):
        if event["event"] == "user":
            if is_before:
                return False
            is_before = True
        elif is_before and event["event"] == "bot":
            custom = (event.get("data") or {}).get("custom") or {}
            if any(str(topic).startswith("faq/") for topic in custom.get("topics") or ()):
                return True
    return False


def asks_something(text: str) -> bool:
    """Whether a message, also one that holds an answer, asks something ("mbo 4. hoe lang?")."""
    return any(clause.is_question for clause in clauses(fold(text)))


def asks_at_length(heard: Heard) -> bool:
    """Whether what is asked is more than an answer with a question mark ("12 jaar, telt dat?")."""
    if heard.is_command or heard.topics:
        return False
    asked = (clause for clause in clauses(fold(heard.rest)) if clause.is_question)
    return any(len(clause.text.split()) >= A_QUESTION for clause in asked)


def is_for_somebody_else(heard: Heard) -> bool:
    """Whether somebody wants something for another ("kan ik hem aanmelden?")."""
    return not heard.is_command and bool(SOMEBODY_ELSE.search(heard.text))


def wants_for_somebody_else(heard: Heard) -> bool:
    """Whether that is all that a message tells us, which we know no answer to."""
    return heard.asked is None and is_for_somebody_else(heard) and bool(JOINING.search(heard.text))


def asks_for_somebody_else(heard: Heard) -> bool:
    """Whether somebody asks if it is something for another, and not how to register that one."""
    if heard.asked is not None or not is_for_somebody_else(heard) or is_for_child(heard):
        return False
    return asks_something(heard.text) and not REGISTERING & {*heard.topics, *heard.clarify}


def is_for_child(heard: Heard) -> bool:
    """Whether that other is somebody under age."""
    return not heard.is_command and is_of_child(fold(heard.text))


def is_failed_answer(heard: Heard) -> bool:
    """Whether the message was meant as an answer to the open question but is not one."""
    if heard.asked is None or heard.is_command or asks_something(heard.text):
        return False
    if WRONG in heard.text:
        return True
    return heard.intent in ("inform", "affirm", "greet", "nlu_fallback", "out_of_scope")
