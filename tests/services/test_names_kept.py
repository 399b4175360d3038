"""A name comes back as somebody wrote it, and what no keyboard types is taken out of it."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.turn import Said
from bot.services import conversation, drafts, erasing, registration
from bot.services.records import Spoken
from bot.services.typed import clean
from tests.services.test_registration import TOLD
from tests.support.corpus import NAMES

LATIN = [name for name in NAMES if name.isascii() or unicodedata.name(name[0]).startswith("LATIN")]
HIDDEN = "\u202e\u2066\u200b\ufeff\x00\x1b\ud800\u00ad"
"""Bidirectional overrides, invisible spaces, controls, a lone surrogate, a soft hyphen."""


async def registered_as(ports, typed: str) -> str:
    """The name on the list of somebody who types this when asked."""
    started = await conversation.start(ports, "web")
    await drafts.remember(ports, started.conversation, {**TOLD, "name": None})
    ports.engine.says = (Spoken("Uw naam?", key="utter_ask_name"),)
    await conversation.take_turn(ports, started.conversation, Said(text="verder"))
    await conversation.take_turn(ports, started.conversation, Said(text=typed))
    done = await registration.register(ports, started.conversation)
    await erasing.erase(ports, started.conversation)
    return done.registration.name


@pytest.mark.parametrize("name", NAMES)
async def test_a_name_comes_back_letter_for_letter(ports, name):
    assert await registered_as(ports, name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize("name", LATIN)
async def test_however_its_accents_were_typed_it_is_the_same_name(ports, name):
    loose = unicodedata.normalize("NFD", name)
    assert await registered_as(ports, loose) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize("name", LATIN[:4])
async def test_what_cannot_be_seen_is_not_kept(ports, name):
    hidden = "".join(letter + HIDDEN for letter in name)
    assert await registered_as(ports, hidden) == unicodedata.normalize("NFC", name)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters() | st.sampled_from(HIDDEN)))
def test_cleaning_keeps_letters_and_is_done_once(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert cleaned.encode() is not None and "\x00" not in cleaned
    assert not any(letter in cleaned for letter in HIDDEN)


@given(st.text(st.characters(categories=("L", "N")), min_size=1))
def test_letters_and_digits_are_never_lost(text):
    assert clean(text) == unicodedata.normalize("NFC", text)
