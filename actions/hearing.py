"""Reads what the engine heard: the one module that knows how a tracker looks inside."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from rasa_sdk import Tracker

from bot.core.answers import answer_to, province_of, supposed_in
from bot.core.answers.clauses import clauses
from bot.core.answers.notes import read_note
from bot.core.answers.places import PROVINCES
from bot.core.answers.text import fold
from bot.core.eligibility import EMPLOYED
from bot.core.items import CALLBACK, ELIGIBILITY, GIVEN, ITEMS, PROOF, SKIPPED, is_valid

TOKENS: Final = {
    "person_name": "name",
    "email": "email",
    "phone": "phone",
    "company_name": "company",
}
WITHOUT_KNOWING: Final = {
    "school_type": "undecided",
    "employer_consent": "not_asked",
    "company": SKIPPED,
}
"""What "weet ik niet" is as an answer, where it is one."""

WRONG: Final = "onjuist]"
ADULT: Final = 18
ASIDE: Final = frozenset({"name", "email", "phone", *CALLBACK})
LONGEST_NOTE: Final = 500
A_QUESTION: Final = 4
"""Words; with fewer it asks whether the answer will do, and the next question shows that."""
NO_NOTE: Final = frozenset(
    {
        "ask_human",
        "bot_challenge",
        "cancel",
        "delete_my_data",
        "explain_question",
        "greet",
        "help",
        "insult",
        "repeat",
        "restart",
    }
)
"""What is no word to a coordinator when we ask for one, but a word to us."""

NOTHING_MORE: Final = frozenset({"deny", "dont_know", "goodbye", "thank"})
YES_NO: Final = frozenset({"employer_consent", "consent", "confirm"})
CORRECTS: Final = re.compile(
    r"^\W*(?:(?:nee|nou|oh?|eh+|sorry|oeps|wacht|even)\W+)*"
    r"(?:wacht|sorry|oeps|ik bedoel(?:de)?|bedoel|toch|correctie|foutje|verkeerd|trouwens)\b\W*",
    re.IGNORECASE,
)
"""How people take back what they said before: "nee wacht, 6", "ik bedoel 12 jaar"."""

SOMEBODY_ELSE: Final = re.compile(
    r"\b(?:hem|haar|iemand anders|(?:mijn|onze|een|m'n) (?:\w+ )?(?:medewerkers?|werknemers?|"
    r"collega'?s?|monteurs?|zoon|dochter|man|vrouw|broer|zus|vriend|vriendin|personeel|mensen))\b",
    re.IGNORECASE,
)
NO_BUT: Final = re.compile(
    r"^\W*nee\W+(?=.*(?:\d|[vm]bo\b|\b[hm]bo\b|\b[ml]ts\b|havo))", re.IGNORECASE
)
AT_WORK: Final = re.compile(r"\bik (?:werk|zit|ben werkzaam)\b", re.IGNORECASE)
NOT_BUT: Final = re.compile(r"^\W*niet\b.{1,30}\bmaar\b\W*", re.IGNORECASE)
AND_NOT: Final = re.compile(
    r"^\W*(?P<new>.{1,30}?)\W+(?:en )?niet\W+\w+(?:\W+\w+)?\W*$", re.IGNORECASE
)
"""The new first and then the old: "5 jaar, niet 4"."""

RATHER_NOT: Final = re.compile(r"\b(?:zeggen|vertellen|kwijt)\b", re.IGNORECASE)
SAYS_YES_NO: Final = re.compile(
    r"\W*(?:ja|jazeker|zeker|ok|oke|prima|akkoord|nee)\b", re.IGNORECASE
)
CHANGES: Final = re.compile(
    r"\b(?:klopt niet|niet goed|verkeerd|fout|moet|naam|mail|adres|nummer|telefoon|plaats|stad|"
    r"bedrijf|wijzig|aanpas|verander)",
    re.IGNORECASE,
)
"""A "nee" to the summary with one of these is no refusal but a wish to change something."""


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

    def entity(self, name: str) -> Any:
        """The first value of an entity, or None."""
        return next((value for entity, value in self.entities if entity == name), None)


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


def told(heard: Heard, today: date) -> dict[str, Any]:
    """Every item that this message gives a value for, as kept in the draft.

    Personal values are GIVEN: what they are only the gateway and the database know.
    """
    values = _facts(heard)
    if heard.asked == CALLBACK[1]:  # what he wants to say to a person tells us nothing else
        values = {item: value for item, value in values.items() if item in ASIDE}
    taken_back = CORRECTS.match(heard.rest)
    is_meant = heard.is_command or taken_back or AT_WORK.search(heard.text)
    if heard.asked == "education_level" and "sector" in heard.answered and not is_meant:
        values.pop("sector", None)  # a diploma in electronics is no other job
    if not heard.is_command:
        correction = taken_back or _no_but(heard)
        if correction and not values:
            values = _corrected(heard, heard.rest[correction.end() :], today)
        elif not values and (new := AND_NOT.match(heard.rest)):
            values = _corrected(heard, new["new"], today)
        aside = values and heard.asked in YES_NO and not SAYS_YES_NO.match(heard.text)
        if heard.asked and heard.asked not in values and not (values and (correction or aside)):
            answer = _answer(heard, today)
            if answer is not None:
                values[heard.asked] = answer
    values = {item: value for item, value in values.items() if is_valid(item, value)}
    return values | _consequences(values, heard)


def _facts(heard: Heard) -> dict[str, Any]:
    """What the entities say; consent and confirmation only by our own buttons."""
    values: dict[str, Any] = {}
    for entity, value in heard.entities:
        item = TOKENS.get(entity, entity)
        if entity in TOKENS:
            values[item] = GIVEN
        elif item in ("consent", "confirm", "company", "callback_note"):
            if heard.is_command and item in {"company", "callback_note", heard.asked}:
                values[item] = value  # an old button answers no other question
        elif item == "registration_code":
            values[PROOF[1] if heard.asked == PROOF[1] else PROOF[0]] = GIVEN
        elif item in ("city", "province"):
            values.setdefault("region", value)
        elif item in ITEMS:
            values[item] = value
    return values


def _no_but(heard: Heard) -> re.Match[str] | None:
    """ "nee, 12 jaar" and "niet hbo maar mbo 4" correct what was said before."""
    return NO_BUT.match(heard.text) or NOT_BUT.match(heard.text)


def _corrected(heard: Heard, text: str, today: date) -> dict[str, Any]:
    """The newest answer that "nee wacht, 6" corrects, unless it answers what is open."""
    open_one = heard.asked if heard.asked not in YES_NO else None
    if open_one and answer_to(open_one, text, today=today) not in (None, "other"):
        return {}
    for item in reversed(heard.answered):
        answer = answer_to(item, text, today=today)
        if answer not in (None, "other") and item not in YES_NO:
            return {item: answer}
    return {}


def _answer(heard: Heard, today: date) -> Any:
    """The text as an answer to the open question, or None."""
    item = heard.asked or ""
    if item in PROOF or (item in TOKENS.values() and item != "company"):
        return None
    if item in CALLBACK:
        return _callback_note(heard) if item == "callback_note" else None
    answer = answer_to(item, heard.rest, today=today)
    if answer is None and supposed_in(heard.text, today):
        return None  # "en als mijn baas het niet goed vindt?" refuses nothing
    if item == "confirm" and answer == "no" and CHANGES.search(heard.text):
        return None
    if item == "company":
        skips = answer == SKIPPED or heard.intent in ("dont_know", "deny")
        return SKIPPED if skips else None
    if answer is None and heard.intent == "dont_know":
        answer = WITHOUT_KNOWING.get(item)
    if answer is None and item in YES_NO and not RATHER_NOT.search(heard.text):
        answer = {"affirm": "yes", "deny": "no"}.get(heard.intent)
    return answer


def note_in(heard: Heard) -> str | None:
    """What a message says about when to call and why; a wish to be called alone says nothing."""
    if heard.is_command:
        return None
    note = read_note(heard.text)
    return heard.text[:LONGEST_NOTE] if note.moment or note.question else None


def _callback_note(heard: Heard) -> Any:
    """What a coordinator should know, in the visitor's own words; or that there is nothing."""
    if heard.intent in NO_NOTE or heard.is_command:
        return None
    note = note_in(heard)
    if note is not None:
        return note
    return SKIPPED if heard.intent in NOTHING_MORE else None


def _consequences(values: dict[str, Any], heard: Heard) -> dict[str, Any]:
    """What follows from what was told."""
    more: dict[str, Any] = {}
    if heard.asked == "callback" and {"phone", "email"} & set(values):
        more["callback"] = "known"
        note = note_in(heard)
        if note is not None:
            more["callback_note"] = note
    region = values.get("region")
    if isinstance(region, str):
        province = province_of(region)
        is_province = region in PROVINCES
        more["city"] = None if is_province else region
        more["province"] = province
    if "employment" in values and values["employment"] not in EMPLOYED:
        more["employer_consent"] = "not_applicable"
    age = heard.entity("age")
    if isinstance(age, int | float):
        more["adult"] = age >= ADULT
    return more


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


def is_failed_answer(heard: Heard) -> bool:
    """Whether the message was meant as an answer to the open question but is not one."""
    if heard.asked is None or heard.is_command or asks_something(heard.text):
        return False
    if WRONG in heard.text:
        return True
    return heard.intent in ("inform", "affirm", "greet", "nlu_fallback", "out_of_scope")
