"""Consent is to the words that were shown, whatever the texts say when the yes comes."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.services import consent, conversation, drafts, erasing, my_data, registration
from bot.services.records import Words
from tests.services.test_registration import TOLD, candidate

FIRST = Words("utter_ask_consent", "Mogen wij uw gegevens bewaren?\n\nU kunt ze laten wissen.")
EDITED = Words("utter_ask_consent", "Mogen wij alles voor altijd bewaren?")
WITHOUT = {item: value for item, value in TOLD.items() if item != "consent"}


class Edited:
    """Texts that are other words by now."""

    def version(self, key: str) -> str:
        return f"{key}@edited"


@pytest.fixture
async def asked(ports):
    """A conversation in which the question was shown a minute ago."""
    name = (await conversation.start(ports, "web")).conversation
    await drafts.remember(ports, name, WITHOUT)
    await consent.show(ports, name, "2027-11", FIRST)
    ports.clock.moment += timedelta(minutes=1)
    return name


async def test_what_was_shown_is_recorded_although_it_was_edited_since(ports, asked):
    shown = ports.clock.now() - timedelta(minutes=1)
    await drafts.remember(replace(ports, texts=Edited()), asked, {"consent": "yes"})
    lead = (await registration.register(ports, asked)).registration
    assert lead.consent.text_version == consent.version_of(FIRST)
    assert (lead.consent.shown_at, lead.consent.at) == (shown, ports.clock.now())
    assert await consent.text_of(ports, lead.consent.text_version) == FIRST.text


async def test_of_two_questions_the_newest_counts(ports, asked):
    await consent.show(ports, asked, "2027-11", EDITED)
    await drafts.remember(ports, asked, {"consent": "yes"})
    lead = (await registration.register(ports, asked)).registration
    assert lead.consent.text_version == consent.version_of(EDITED)
    assert lead.consent.shown_at == ports.clock.now()


async def test_a_question_after_the_yes_does_not_change_what_was_agreed(ports, asked):
    await drafts.remember(ports, asked, {"consent": "yes"})
    await consent.show(ports, asked, "2027-11", EDITED)
    lead = (await registration.register(ports, asked)).registration
    assert lead.consent.text_version == consent.version_of(FIRST)
    assert lead.consent.shown_at is not None


async def test_the_name_of_a_version_is_the_hash_of_its_words():
    digest = hashlib.sha256(FIRST.text.encode()).hexdigest()
    assert consent.version_of(FIRST) == f"utter_ask_consent@{digest[:12]}"


async def test_the_same_words_are_kept_once_for_everybody(ports, asked):
    await consent.show(ports, await candidate(ports), "2027-11", FIRST)
    assert await consent.text_of(ports, consent.version_of(FIRST)) == FIRST.text


async def test_the_words_are_in_the_file_of_who_agreed_and_stay_when_he_is_erased(ports, asked):
    await drafts.remember(ports, asked, {"consent": "yes"})
    await registration.register(ports, asked)
    assert FIRST.text in (await my_data.file_of(ports, asked)).content.decode()
    await erasing.erase(ports, asked)
    assert await consent.text_of(ports, consent.version_of(FIRST)) == FIRST.text
