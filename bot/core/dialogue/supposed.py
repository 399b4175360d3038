"""What a message supposes: "en als ik volgend jaar mijn mbo-4 heb?". Nothing of it is kept."""

from typing import Final

from bot.core.answers import Found, supposed_in
from bot.core.dialogue.message import Message
from bot.core.dialogue.told import ADULT as FULL_AGE
from bot.core.questions import ELIGIBILITY, is_valid
from bot.core.whatif import ADULT

ABOUT: Final = frozenset(
    {
        "check_eligibility",
        "inform",
        "affirm",
        "deny",
        "dont_know",
        "out_of_scope",
        "faq/audience",
        "faq/requirements",
        "faq/sectors",
        "faq/self_employed",
        "faq/other_situations",
        "faq/employer_role",
    }
)
"""What a what-if question is taken for; with any other topic the message asks something else."""


def supposed(message: Message) -> dict[str, object]:
    """What it supposes, when it asks what that would do for the outcome; else nothing."""
    topics = set(message.topics)
    in_place = message.answered or message.asked in ELIGIBILITY or "check_eligibility" in topics
    if message.is_command or not in_place or topics - ABOUT:
        return {}
    found = supposed_in(message.beside or message.text, message.today)
    return dict(_kept_as(each) for each in found if _counts(each))


def _counts(found: Found) -> bool:
    return found.entity == "age" or is_valid(found.entity, found.value)


def _kept_as(found: Found) -> tuple[str, object]:
    """A supposed value as it would stand in the draft."""
    if found.entity == "age":
        return ADULT, float(found.value) >= FULL_AGE
    return found.entity, found.value
