"""What a text means as an answer to the question that is open now.

Only what is stated counts: a question, a condition and what was heard of somebody else are no
answer. Of what is taken back, or was so before, what is so now counts.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.core.answers.clauses import Clause, clauses
from bot.core.answers.doubts import is_divided, is_in_doubt
from bot.core.answers.schools import WHEREVER
from bot.core.answers.settled import settled
from bot.core.answers.spelling import corrected
from bot.core.answers.text import Folded, plain_words
from bot.core.questions import BY_ITEM, Question, Value

LONGEST: Final = 2000
DOTTED: Final = re.compile(r"(?<=\b[a-z])[. ](?=[a-z]\b)|(?<=\.[a-z])\.")
"""The dots in "v.m.b.o." and "z.z.p."."""
WISHED: Final = re.compile(r"\b(?:wil|wou|zou)\b.*\b(?:worden|willen|gaan)\b")
"""What somebody wants to be is not what they are: "ik wil docent worden"."""


def answer_to(item: str, text: str, today: date | None = None, *, for_other: bool = False) -> Value:
    """The value that a text gives to the open question `item`; None when it is no answer.

    `for_other`: the conversation is for another, of whom it may then tell.
    """
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
        if (value := _told(question, told, today)) is not None:
            return value
        if any(is_in_doubt(item, clause) for clause in told):
            return None
    return None


def _told(question: Question, told: Sequence[str], today: date | None) -> Value:
    """The value of the first of these clauses that has one; a guess beside it is left out."""
    doubted = [clause for clause in told if is_in_doubt(question.item, clause)]
    if any(_read(question, clause, today) is None for clause in doubted):
        return None  # a doubt of what the others say
    sure = [clause for clause in told if clause not in doubted]
    if question.is_joined:
        sure = [". ".join(sure)]
    values = [value for each in sure if (value := _read(question, each, today)) is not None]
    if values and values[0] == question.yields:  # "ja ze weten het, maar zijn er niet blij mee"
        return next((value for value in values if value != values[0]), values[0])
    return values[0] if values else None


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
