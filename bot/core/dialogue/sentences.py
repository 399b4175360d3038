"""A message of several sentences of which one asks: what that one asks is what is meant."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.core.dialogue.message import Meaning
from bot.core.dialogue.moves import DOUBT, FOR_A_PERSON, MOODS, STORY

END: Final = re.compile(r"(?<=[.!?\n])\s+|,?\s+(?=ik bedoel\b)")
MOST: Final = 4
SURE: Final = 0.8
"""How sure the model must be of a sentence to follow it where it is not of the whole."""
TELLS: Final = DOUBT | MOODS | {STORY, "explain_question"}
"""What a message is taken for as a whole of which one sentence may ask something."""
ASKS: Final = FOR_A_PERSON | {
    "ask_human",
    "change_registration",
    "check_eligibility",
    "delete_my_data",
    "export_my_data",
    "register",
    "registration_status",
    "withdraw_registration",
}
"""What a sentence can ask for, beside a topic."""


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text that has several; nothing of one that has too many to read apart."""
    found = tuple(each.strip() for each in END.split(text) if re.search(r"\w", each))
    return found if 1 < len(found) <= MOST else ()


def spoken(text: str) -> str:
    """The text in the letters that the model knows: who shouts says the same."""
    letters = [each for each in text if each.isalpha()]
    shouts = sum(each.isupper() for each in letters) > len(letters) / 2
    return text.lower() if shouts and len(text.split()) > 1 else text


def is_unsure(meaning: Meaning) -> bool:
    """Say whether the model does not know what is asked in the whole of a message."""
    return meaning.intent in TELLS


def of_sentences(whole: Meaning, parts: Sequence[Meaning]) -> Meaning:
    """What is surely asked in one sentence or more; what the whole was, where nothing is."""
    sure = [each for each in parts if each.confidence >= SURE]
    topics = tuple(
        dict.fromkeys(
            name for each in sure for name in each.topics if name.startswith("faq/") or name in ASKS
        )
    )
    if not topics:
        return whole
    is_faq = any(name.startswith("faq/") for name in topics)
    return replace(
        whole,
        intent="faq" if is_faq else topics[0],
        confidence=min(each.confidence for each in sure if set(each.topics) & set(topics)),
        topics=topics,
        clarify=(),
        mood=whole.intent if whole.intent in MOODS else whole.mood,
        facets=tuple(dict.fromkeys(name for each in sure for name in each.facets)),
    )
