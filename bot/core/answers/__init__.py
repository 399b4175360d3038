"""What Dutch visitors write, read as values; `reading` reads it as the answer to a question."""

from bot.core.answers.as_typed import as_typed, as_written, name_as_typed
from bot.core.answers.companies import read_company
from bot.core.answers.emails import email_suggestion
from bot.core.answers.facts import facts_in
from bot.core.answers.found import Found
from bot.core.answers.names import read_name
from bot.core.answers.names_answer import name_answer
from bot.core.answers.names_halves import (
    both_halves,
    half_at_start,
    half_before,
    with_half,
)
from bot.core.answers.names_told import is_sure, name_in
from bot.core.answers.places import located, province_of
from bot.core.answers.supposed import supposed_in

__all__ = [
    "Found",
    "as_typed",
    "as_written",
    "both_halves",
    "email_suggestion",
    "facts_in",
    "half_at_start",
    "half_before",
    "is_sure",
    "located",
    "name_answer",
    "name_as_typed",
    "name_in",
    "province_of",
    "read_company",
    "read_name",
    "supposed_in",
    "with_half",
]
