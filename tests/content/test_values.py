"""What is filled into a sentence stays what it is: no value makes the text say something else."""

import string
from typing import Final

import pytest

from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.services import evidence, reply
from bot.services.records import Spoken
from tests.content.test_texts import ARGUMENTS
from tests.support.parts import NOW, StandingClock

TEXTS = TextsFromFiles(FactsFromFiles(), StandingClock(NOW))
WITH_ARGUMENTS = sorted(
    key
    for key, variants in TEXTS
    if any(each.placeholders() & ARGUMENTS.keys() for each in variants)
)
VALUES = [
    *(
        "{geheim}",
        "{name}",
        "{0}",
        "{}",
        "{{x}}",
        "{0[",
        "0[",
        "%s",
        "%(name)s",
        "$name",
        "${HOME}",
    ),
    *("{name.__class__}", "{name!r}", "None", "null", "⟦email⟧", "⟦code⟧", "\\1", "\\g<0>"),
    *("<b>vet</b>", "&lt;", "'; DROP TABLE x; --", "=1+1", "é" * 3, "😀", "\u202egnp.exe"),
]
PERSON = {"name": "{email}", "email": "⟦phone⟧", "phone": "0[", "company": "⟦code⟧ None"}


@pytest.mark.parametrize("key", WITH_ARGUMENTS)
def test_a_value_stands_in_the_sentence_as_it_was_given(key: str) -> None:
    plain = TEXTS.render(key, **dict.fromkeys(ARGUMENTS, "WAARDE")).text
    for value in VALUES:
        words = TEXTS.render(key, **dict.fromkeys(ARGUMENTS, value))
        assert words.text == plain.replace("WAARDE", value)


def test_there_are_such_sentences() -> None:
    assert len(WITH_ARGUMENTS) > 15


@pytest.mark.parametrize("item", PERSON)
def test_what_the_gateway_fills_in_last_is_not_read_again(item: str) -> None:
    """A company that calls itself `⟦code⟧` shows nobody's code."""
    spoken = [Spoken(f"U gaf: ⟦{item}⟧.", key="utter_x")]
    turn, _ = reply.compose(TEXTS, spoken, PERSON, None)
    assert turn.messages[0].text == f"U gaf: {PERSON[item]}."


@pytest.mark.parametrize(
    "text", ["Dank u, {name}.", "Dank u, {}.", "Dank u, None.", "None", "", "{0}"]
)
def test_a_sentence_with_a_hole_in_it_is_not_told(text: str) -> None:
    assert not reply.can_be_told(TEXTS, [Spoken(text, key="utter_x")], ())


CLAIMING: Final = sorted(key for key, _ in TEXTS if TEXTS.claims(key))


@pytest.mark.parametrize("key", CLAIMING)
def test_no_sentence_claims_what_nothing_shows(key: str) -> None:
    words = TEXTS.render(key, **ARGUMENTS)
    said = [Spoken(words.text, key=key)]
    claims = reply.claims_in(TEXTS, said)
    assert claims and not reply.can_be_told(TEXTS, said, ())
    assert reply.can_be_told(TEXTS, said, claims)


def test_a_claim_is_a_name_for_which_there_is_evidence() -> None:
    assert {claim for key in CLAIMING for claim in TEXTS.claims(key)} <= evidence.CLAIMS


def test_a_placeholder_is_only_a_name() -> None:
    """No index, attribute or format: `str.format_map` could otherwise be led astray."""
    for key, variants in TEXTS:
        for each in variants:
            for _, name, form, conversion in string.Formatter().parse(each.text):
                assert name is None or (name.isidentifier() and not form and not conversion), key
