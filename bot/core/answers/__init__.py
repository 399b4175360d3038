"""What Dutch visitors write, read as values: facts told unasked, and answers to a question."""

from bot.core.answers.companies import read_company
from bot.core.answers.facts import facts_in
from bot.core.answers.found import Found
from bot.core.answers.names import name_in, read_name
from bot.core.answers.places import province_of
from bot.core.answers.reading import answer_to

__all__ = [
    "Found",
    "answer_to",
    "facts_in",
    "name_in",
    "province_of",
    "read_company",
    "read_name",
]
