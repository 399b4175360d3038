"""What Dutch visitors write, read as values: facts told unasked, and answers to a question."""

from bot.core.answers.companies import read_company
from bot.core.answers.emails import email_suggestion
from bot.core.answers.facts import facts_in
from bot.core.answers.found import Found
from bot.core.answers.mentions import items_in
from bot.core.answers.names import name_in, read_name
from bot.core.answers.places import located, province_of
from bot.core.answers.reading import answer_to
from bot.core.answers.supposed import supposed_in

__all__ = [
    "Found",
    "answer_to",
    "email_suggestion",
    "facts_in",
    "items_in",
    "located",
    "name_in",
    "province_of",
    "read_company",
    "read_name",
    "supposed_in",
]
