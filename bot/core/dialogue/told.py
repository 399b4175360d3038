"""What a message tells: every item that it gives a value for, also where it takes one back."""

import re
from collections.abc import Mapping
from typing import Any, Final

from bot.core.answers import located, supposed_in
from bot.core.answers.clauses import clauses
from bot.core.answers.codes import asks_anew
from bot.core.answers.employment import find_employment
from bot.core.answers.exact import is_unknown
from bot.core.answers.notes import read_note
from bot.core.answers.reading import answer_to
from bot.core.answers.text import fold, plain_words
from bot.core.answers.years import bare_years
from bot.core.answers.yes_no import read_yes_no
from bot.core.dialogue.likely import is_meant
from bot.core.dialogue.message import Message
from bot.core.dialogue.moves import CHANGE
from bot.core.questions import (
    AGAIN,
    BINDING,
    BY_ITEM,
    CALLBACK,
    ELIGIBILITY,
    EMPLOYED,
    GIVEN,
    ITEMS,
    NOT_ASKED,
    PERSONAL,
    PROOF,
    QUESTIONS,
    SKIPPABLE,
    SKIPPED,
    YES_OR_NO,
    is_valid,
    not_asked,
)

CODE, DIGITS = PROOF
ITEM_OF: Final = {each.entity: each.item for each in QUESTIONS if each.entity}
"""The item that a masked personal value is of."""

ADULT: Final = 18
ASIDE: Final = frozenset({"name", "email", "phone", *CALLBACK})
LONGEST_NOTE: Final = BY_ITEM["callback_note"].longest
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
CORRECTS: Final = re.compile(
    r"^\W*(?:(?:nee|nou|oh?|eh+|sorry|oeps|wacht|even)\W+)*"
    r"(?:wacht|sorry|oeps|ik bedoel(?:de)?|bedoel|toch|correctie|foutje|verkeerd|trouwens)\b\W*",
    re.IGNORECASE,
)
"""How people take back what they said before: "nee wacht, 6", "ik bedoel 12 jaar"."""

NO_BUT: Final = re.compile(
    r"^\W*nee\W{1,5}(?=.*(?:\d|[vm]bo\b|\b[hm]bo\b|\b[ml]ts\b|havo))", re.IGNORECASE
)
AT_WORK: Final = re.compile(r"\bik (?:werk|zit|ben werkzaam)\b", re.IGNORECASE)
NOT_BUT: Final = re.compile(r"^\W*niet\b.{1,30}\bmaar\b\W*", re.IGNORECASE)
LETTER: Final = re.compile(r"[^\W\d_]")
OUT_OF_TURN: Final = tuple(item for item in ELIGIBILITY if item not in YES_OR_NO)
"""What a word alone may tell; a yes or a no may be to anything."""

DENIALS: Final = ("other", "none", "not_technical", "undecided")
"""What is read from a no, or from anything that is nothing else: not from a word out of turn."""

FEW: Final = 5
"""Words: what is longer says more than an answer."""

RIVALS: Final = {"school_type": "education_level", "education_level": "school_type"}
"""What the same words may tell as well: "vmbo kader" where we ask at which school to teach."""

AND_NOT: Final = re.compile(
    r"^\W{0,5}(?P<new>.{1,30}?)\W{1,5}(?:en )?niet\W{1,5}\w+(?:\W{1,5}\w+)?\W{0,5}$",
    re.IGNORECASE,
)
"""The new first and then the old: "5 jaar, niet 4"."""


def told(message: Message) -> dict[str, Any]:
    """Every item that this message surely gives a value for, as kept in the draft."""
    return sure_and_likely(message)[0]


def sure_and_likely(message: Message) -> tuple[dict[str, Any], dict[str, Any]]:
    """What this message tells, as kept in the draft, and what it only likely tells.

    Personal values are GIVEN: what they are only the gateway and the database know.
    """
    values = _values(message)
    doubted = {item for item in values if _is_doubted(message, item, values[item])}
    sure = {item: value for item, value in values.items() if item not in doubted}
    return sure | _consequences(sure, message), {item: values[item] for item in doubted}


def _is_doubted(message: Message, item: str, value: object) -> bool:
    """Whether a value has to be said back first; who says it again after that, means it."""
    if item in message.unsure:
        return True
    if message.is_command or is_meant(message.answers, item, value):
        return False
    if item != message.asks:
        return _contradicts(message, item, value)
    likely = message.likely_answer
    return likely is not None and bool(value == likely)


def _contradicts(message: Message, item: str, value: object) -> bool:
    """Whether another value was told before, and nothing shows that this one is put in its place.

    Who takes something back, answers the last question once more, was asked what is not right, or
    tells why the open question is none for them, means the new one.
    """
    before, asked = message.answers.get(item), BY_ITEM.get(message.asks or "")
    if item not in ELIGIBILITY or before in (None, value, NOT_ASKED, *DENIALS):
        return False
    if message.stands or message.intent == CHANGE or message.asks == "confirm":
        return False
    if before == BY_ITEM[item].unknown or (
        asked and asked.asked_of and asked.asked_of.item == item
    ):
        return False
    if message.answered[-1:] == (item,) and not LETTER.search(message.rest):
        return False
    is_put_right = CORRECTS.match(message.rest) or _no_but(message) or AND_NOT.match(message.rest)
    return not is_put_right


def _values(message: Message) -> dict[str, Any]:
    """Every item that this message gives a value for."""
    values = _facts(message)
    if message.asked == "region" and not message.is_command:  # of an answer, the whole is read
        place = answer_to("region", message.text, today=message.today, for_other=message.for_other)
        values |= {} if place is None else {"region": place}
    if message.asked == CALLBACK[1]:  # what he wants to say to a person tells us nothing else
        values = {item: value for item, value in values.items() if item in ASIDE}
    taken_back = CORRECTS.match(message.rest)
    is_meant = message.is_command or taken_back or AT_WORK.search(message.text)
    if message.asked == "education_level" and "sector" in message.answered and not is_meant:
        values.pop("sector", None)  # a diploma in electronics is no other job
    if not message.is_command:
        correction = taken_back or _no_but(message)
        if correction and not values:
            values = _corrected(message, message.rest[correction.end() :])
        elif not values and (new := AND_NOT.match(message.rest)):
            values = _corrected(message, new["new"])
        if message.asked in ELIGIBILITY and (not correction or message.asked in values):
            values = _with_the_answer(values, message)
        elif message.asked and message.asked not in values and not (values and correction):
            answer = _answer(message)
            if answer is not None:
                values[message.asked] = answer
    values = values or _out_of_turn(message)
    return {item: value for item, value in values.items() if is_valid(item, value)}


def _facts(message: Message) -> dict[str, Any]:
    """What the entities say; consent and confirmation only by our own buttons."""
    values: dict[str, Any] = {}
    for entity, value in message.entities:
        item = ITEM_OF.get(entity, entity)
        if entity in ITEM_OF and item in PERSONAL:
            values[item] = GIVEN
        elif item in BINDING or item in SKIPPABLE:
            if message.is_command and item in {*SKIPPABLE, message.asked}:
                values[item] = value  # an old button answers no other question
        elif item == CODE:
            values[DIGITS if message.asked == DIGITS else CODE] = GIVEN
        elif item in ("city", "province"):
            values.setdefault("region", value)
        elif item in ITEMS:
            values[item] = value
    return values


def _no_but(message: Message) -> re.Match[str] | None:
    """ "nee, 12 jaar" and "niet hbo maar mbo 4" correct what was said before."""
    return NO_BUT.match(message.text) or NOT_BUT.match(message.text)


def _corrected(message: Message, text: str) -> dict[str, Any]:
    """The newest answer that "nee wacht, 6" corrects, unless it answers what is open."""
    open_one = message.asked if message.asked not in YES_OR_NO else None
    if open_one and answer_to(
        open_one, text, today=message.today, for_other=message.for_other
    ) not in (None, "other"):
        return {}
    for item in reversed(message.answered):
        answer = answer_to(item, text, today=message.today, for_other=message.for_other)
        if answer not in (None, "other") and item not in YES_OR_NO:
            return {item: answer}
    return {}


def _with_the_answer(values: dict[str, Any], message: Message) -> dict[str, Any]:
    """The reader of the open question goes before what may be said in passing."""
    item = message.asked or ""
    answer = _answer(message)
    others = {name: value for name, value in values.items() if name != item}
    if answer is None:
        return others
    rival = RIVALS.get(item)
    if rival in message.answered:
        others.pop(rival, None)
    return others | {item: answer}


def _out_of_turn(message: Message) -> dict[str, Any]:
    """A short answer to another question of ours than the open one, where only one reads it."""
    is_told = message.asked in ELIGIBILITY or (message.asked is None and message.intent == "inform")
    is_short = LETTER.search(message.text) and len(message.text.split()) <= FEW
    is_open = bare_years(message.text) or read_yes_no(fold(message.text))
    if message.is_command or not (is_told and is_short) or is_open:
        return {}  # a bare number may be one of a row of buttons, and "16 jaar" an age
    found = {}
    for item in {*OUT_OF_TURN} - {message.asked, *message.answered}:
        value = answer_to(item, message.text, today=message.today, for_other=message.for_other)
        if value not in (None, *DENIALS):
            found[item] = value
    if "employment" in found and not any(find_employment(fold(message.text))):
        del found["employment"]  # "komt vast goed": only where one asks is "vast" a contract
    return found if len(found) == 1 else {}


def _answer(message: Message) -> Any:
    """The text as an answer to the open question, or None; what binds is never read here."""
    item = message.asked or ""
    if item in BINDING:
        return None
    if item in PROOF or (item in PERSONAL and item != "company"):
        is_lost = item == DIGITS and not message.is_command and asks_anew(message.text)
        return AGAIN if is_lost else None
    if item in CALLBACK:
        return _callback_note(message) if item == "callback_note" else None
    said = message.text if item in (*ELIGIBILITY, "company") else message.rest
    answer = answer_to(item, said, today=message.today, for_other=message.for_other)
    if answer is None and supposed_in(message.text, message.today):
        return None  # "en als mijn baas het niet goed vindt?" refuses nothing
    if answer is None and item != "company":
        answer = message.likely_answer
    if item == "company":
        skips = answer == SKIPPED or message.intent in ("dont_know", "deny")
        return SKIPPED if skips else None
    if answer is None and _does_not_know(message):
        answer = BY_ITEM[item].unknown
    return answer


def _does_not_know(message: Message) -> bool:
    """By what was written where the outcome rests on it: there the model has no say."""
    if message.asked in ELIGIBILITY:
        parts = clauses(plain_words(fold(message.text)))
        return any(is_unknown(part.text) for part in parts)
    return message.intent == "dont_know"


def is_contradicted(message: Message, values: Mapping[str, Any]) -> bool:
    """Whether somebody who told of an employer says now that there is none."""
    has_none = values.get("employer_consent") == NOT_ASKED and "employment" not in values
    return has_none and message.answers.get("employment") in EMPLOYED


def note_in(message: Message) -> str | None:
    """What a message says about when to call and why; a wish to be called alone says nothing."""
    if message.is_command:
        return None
    note = read_note(message.text)
    return message.text[:LONGEST_NOTE] if note.moment or note.question else None


def _callback_note(message: Message) -> Any:
    """What a coordinator should know, in the visitor's own words; or that there is nothing.

    What is nothing but a moment is one, whatever the model takes it for ("morgenmiddag").
    """
    said = read_note(message.text)
    is_moment = said.moment is not None and said.question is None
    if message.is_command or (message.intent in NO_NOTE and not is_moment):
        return None
    note = note_in(message)
    if note is not None:
        return note
    return SKIPPED if message.intent in NOTHING_MORE else None


def _consequences(values: dict[str, Any], message: Message) -> dict[str, Any]:
    """What follows from what was told."""
    more: dict[str, Any] = {}
    if message.asked == "callback" and {"phone", "email"} & set(values):
        more["callback"] = "known"
        note = note_in(message)
        if note is not None:
            more["callback_note"] = note
    region = values.get("region")
    if isinstance(region, str) and region != GIVEN:  # else it was kept as it was typed
        more |= located(region)
        if message.entity("province") == region:  # "provincie Utrecht" is no town
            more["city"] = None
    more |= not_asked(values)
    if is_contradicted(message, values):  # of an employer, and then of none: asked anew
        more |= {"employment": None, "employer_consent": None}
    age = message.entity("age")
    if isinstance(age, int | float):
        more["adult"] = age >= ADULT
    return more
