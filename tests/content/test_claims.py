"""What a text says was done carries the name of its evidence, or stands here with the reason."""

import re
from typing import Final

import pytest

from tests.content.test_texts import VARIANTS

CLAIM: Final = re.compile(
    r"\b(?:gewist|teruggetrokken|aangemeld|ingeschreven|aangepast|veranderd|gewijzigd|doorgegeven|"
    r"genoteerd|gemaild|verstuurd|gestuurd|op de (?:wacht)?lijst|wachtlijst|e-mail met uw code|"
    r"is weg|zijn weg|afgezegd|ingetrokken|bevestigd|geregeld|afgehandeld)\b",
    re.IGNORECASE,
)
"""Words with which people are told that something was done."""

NO_CLAIM: Final = {
    "Ik heb nu niets aangemeld": "says that nothing was done; is said to nobody who is registered",
    "blijft die aanmelding staan": "says what is left alone",
    "Had u zich al aangemeld, dan": "a condition",
    "U bent nog niet aangemeld": "says that it is not done",
    "u bent niet aangemeld": "says that it is not done",
    "U bent pas aangemeld als u": "says when it will be done",
    "Hebt u zich ergens anders aangemeld, dan": "a condition",
    "Staat u al op de lijst, dan": "a condition",
    "Bestaat deze code, dan": "a condition; digits were made in the same step (actions/proof.py)",
    "de startdatum is gewijzigd": "is put there in the transaction that changes it",
    "U bent misschien nog niet aangemeld": "says that it is not known",
    "Genoteerd: {facts}": "is said of what the draft holds by then (actions/slot_mappings.py)",
    "uw eerdere antwoorden zijn weg": "the draft was emptied in the same action",
    "Of er nog plaats is of een wachtlijst, weet ik ook niet": "says that it is not known",
    "Een aangepast bericht lees ik niet": "is of a message of the visitor",
    "Ik heb daarom niets veranderd": "says that nothing was done",
    "Dan zet ik u op de lijst": "says what will be done",
    "Uw bericht is nog niet verstuurd": "says that it is not done",
    "niet bevestigd": "says that it is not sure",
}
"""The beginning of a sentence that holds such a word and claims nothing, and why."""

FILLED_FROM_ROWS: Final = ("label_", "status_", "mail_", "widget_", "telegram_", "problem_")
"""Kinds of text that no visitor is told as a reply: a label or a state is read from the row that
it is about, a mail goes into the outbox in the transaction of the row, the rest is of windows."""

REPLIES: Final = [
    (key, place, each)
    for key, variants in VARIANTS.items()
    if not key.startswith(FILLED_FROM_ROWS)
    for place, each in enumerate(variants)
]


def claiming(text: str) -> list[str]:
    """The sentences of a text that say that something was done."""
    sentences = re.split(r"(?<=[.!?])\s+|\n+", text)
    reviewed = tuple(each.casefold() for each in NO_CLAIM)
    return [
        each
        for each in sentences
        if CLAIM.search(each)
        and not each.endswith("?")
        and not any(start in each.casefold() for start in reviewed)
    ]


@pytest.mark.parametrize(
    ("key", "place", "variant"), REPLIES, ids=[f"{key}#{place}" for key, place, _ in REPLIES]
)
def test_a_reply_that_claims_something_names_its_evidence(key, place, variant):
    assert variant.claims or claiming(variant.text) == []


def test_every_reviewed_sentence_is_still_said():
    everything = "\n".join(each.text for _, _, each in REPLIES).casefold()
    said = everything + "\n".join(each.text for v in VARIANTS.values() for each in v).casefold()
    assert [each for each in NO_CLAIM if each.casefold() not in said] == []
