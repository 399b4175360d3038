"""What a text means as an answer to the question that is open now.

Only what is stated counts: a question, a condition and what was heard of somebody else are no
answer. Of what is taken back, or was so before, what is so now counts.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.core.answers.certainty import is_uncertain
from bot.core.answers.clauses import Clause, clauses
from bot.core.answers.doubts import is_divided, is_in_doubt
from bot.core.answers.schools import WHEREVER
from bot.core.answers.settled import settled
from bot.core.answers.spelling import corrected, has_slip
from bot.core.answers.text import Folded, plain_words
from bot.core.answers.yes_no import START_NO, START_YES
from bot.core.questions import BY_ITEM, Question, Value

LONGEST: Final = 2000
DOTTED: Final = re.compile(r"(?<=\b[a-z])[. ](?=[a-z]\b)|(?<=\.[a-z])\.")
"""The dots in "v.m.b.o." and "z.z.p."."""
PIECES: Final = re.compile(r"[,.;:!?()\n]+|\s(?:maar|en|of)\s")
FEW: Final = 3
"""Spaces; so many words after a yes or a no may say another thing."""
ENDS: Final = frozenset({"sector", "employment", "education_level"})
"""Where one thing is so; what is said last of years, towns and wishes may be beside the answer."""
WISHED: Final = re.compile(r"\b(?:wil|wou|zou)\b.*\b(?:worden|willen|gaan)\b")
"""What somebody wants to be is not what they are: "ik wil docent worden"."""


def answer_to(item: str, text: str, today: date | None = None, *, for_other: bool = False) -> Value:
    """The value that a text gives to the open question `item`; None when it is no answer.

    `for_other`: the conversation is for another, of whom it may then tell.
    """
    return _read_whole(item, text, today, for_other=for_other, takes_doubt=False)


def likely_answer(
    item: str, text: str, today: date | None = None, *, for_other: bool = False
) -> Value:
    """The value that a text likely gives to the open question, which has to be said back.

    None where the value is sure, or where there is none.
    """
    question = BY_ITEM.get(item)
    value = _read_whole(item, text, today, for_other=for_other, takes_doubt=True)
    if question is None or question.reader is None or value in (None, question.unknown):
        return None
    if value in question.said_back:
        return value
    said = plain_words(Folded.of(text[:LONGEST]).text)
    stated = ". ".join(each.text for each in clauses(said) if not each.is_question)
    is_unsure = (
        answer_to(item, text, today, for_other=for_other) is None
        or is_uncertain(item, stated, value)
        or _is_slip(question, said, value, today)
        or _goes_on_otherwise(question, said, value, today)
    )
    return value if is_unsure else None


def _read_whole(
    item: str, text: str, today: date | None, *, for_other: bool, takes_doubt: bool
) -> Value:
    question, text = BY_ITEM.get(item), text[:LONGEST]
    if question is None:
        return None
    if question.whole is not None:
        return question.whole(text)
    said = Folded.of(text).text
    said = said if item == "region" else plain_words(said)
    if question.reader is None or is_divided(item, said):
        return None
    for part in settled(item, said):
        told = [clause.text for clause in clauses(part) if _counts(question, clause, for_other)]
        if (value := _told(question, told, today, takes_doubt=takes_doubt)) is not None:
            return value
        if any(is_in_doubt(item, clause) for clause in told):
            return None
    return None


def _told(
    question: Question, told: Sequence[str], today: date | None, *, takes_doubt: bool
) -> Value:
    """The value of the first of these clauses that has one; a guess beside it is left out."""
    doubted = [clause for clause in told if is_in_doubt(question.item, clause)]
    if takes_doubt:
        doubted = []
    if any(_read(question, clause, today) is None for clause in doubted):
        return None  # a doubt of what the others say
    sure = [clause for clause in told if clause not in doubted]
    if question.is_joined:
        sure = [". ".join(sure)]
    values = [value for each in sure if (value := _read(question, each, today)) is not None]
    if values and values[0] == question.yields:  # "ja ze weten het, maar zijn er niet blij mee"
        return next((value for value in values if value != values[0]), values[0])
    return values[0] if values else None


def _is_slip(question: Question, said: str, value: Value, today: date | None) -> bool:
    """Whether the value is there only by a word that was put right, and sounds otherwise."""
    return has_slip(said, question.spelled) and value not in (
        question.reader and question.reader(part.text, today) for part in clauses(said)
    )


def _goes_on_otherwise(question: Question, said: str, value: Value, today: date | None) -> bool:
    """Whether the last words by themselves are another answer: "in de bouw, ik doe de elektra".

    Of a yes or a no, all that comes after it: "nee joh, hij staat te springen".
    """
    if question.is_yes_no:
        first = START_YES.match(said) or START_NO.match(said)
        rest = said[first.end() :].strip(" ,.!") if first else ""
        is_more = rest.count(" ") >= FEW
        return is_more and answer_to(question.item, rest, today) not in (None, value)
    if question.item not in ENDS:
        return False
    now = next(settled(question.item, said), said)
    said = ". ".join(each.text for each in clauses(now) if _counts(question, each, False))
    read = (_read(question, part, today) for part in reversed(PIECES.split(said)) if part.strip())
    return next((each for each in read if each is not None), value) != value


def _counts(question: Question, clause: Clause, for_other: bool) -> bool:
    """Whether a clause can hold the answer; about an employer, others may be the subject."""
    if question.item == "school_type" and not clause.asked and WHEREVER.match(clause.text):
        return True
    if clause.is_question or clause.is_supposed:
        return False
    if question.item == "sector" and WISHED.search(clause.text):
        return False
    return for_other or not (clause.is_of_relatives if question.of_others else clause.is_of_others)


def _read(question: Question, clause: str, today: date | None) -> Value:
    if question.reader is None:
        return None
    plain = DOTTED.sub("", " ".join(clause.split())).strip(" .,:!\"'()*-")
    value = question.reader(plain, today)
    if value is not None or not question.spelled:
        return value
    meant = corrected(plain, question.spelled)
    return question.reader(meant, today) if meant != plain else None
