"""Reads a text as the answer to the question that is open."""

import re
from datetime import date
from typing import Final

from bot.core.answers.clauses import Clause, clauses
from bot.core.answers.text import Folded
from bot.core.questions import BY_ITEM, Question, Value

LONGEST: Final = 2000
DOTTED: Final = re.compile(r"(?<=\b[a-z])\.(?=[a-z]\b)|(?<=\.[a-z])\.")
"""The dots in "v.m.b.o." and "z.z.p."."""


def answer_to(item: str, text: str, today: date | None = None) -> Value:
    """The value that a text gives to the open question `item`; None when it is no answer."""
    question, text = BY_ITEM.get(item), text[:LONGEST]
    if question is None:
        return None
    if question.whole is not None:
        return question.whole(text)
    if question.reader is None:
        return None
    told = [clause for clause in clauses(Folded.of(text).text) if _counts(question, clause)]
    values = (question.reader(_plain(clause.text), today) for clause in told)
    return next((value for value in values if value is not None), None)


def _counts(question: Question, clause: Clause) -> bool:
    """Whether a clause can hold the answer; about an employer, others may be the subject."""
    if clause.is_question or clause.is_supposed:
        return False
    return question.of_others or not clause.is_of_others


def _plain(clause: str) -> str:
    return DOTTED.sub("", " ".join(clause.split())).strip(" .,:!\"'()*-")
