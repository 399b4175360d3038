"""The file with everything stored: all of one conversation, and nothing of another."""

import json
from dataclasses import asdict, fields, replace
from datetime import timedelta

import pytest

from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.callback import Callback
from bot.core.eligibility import Outcome
from bot.core.errors import ConversationUnknown
from bot.core.registration import Decision, Registration
from bot.core.turn import Message, Said, Turn
from bot.services import (
    callbacks,
    conversation,
    deciding,
    drafts,
    erasing,
    identity,
    registration,
)
from bot.services.my_data import NAMES, OUTCOMES, file_of
from bot.services.records import Spoken
from bot.storage.conversations import read_turn
from tests.services.test_identity import waiting
from tests.services.test_registration import TOLD, candidate


@pytest.fixture
def ports(ports, clock):
    facts = FactsFromFiles.load()
    return replace(ports, facts=facts, texts=TextsFromFiles(facts, clock))


async def content_of(ports, name):
    return (await file_of(ports, name)).content.decode()


def part(content, heading):
    """What stands under a heading."""
    line = f"{heading}\n{'=' * len(heading)}\n"
    assert content.count(line) == 1
    return content.split(line)[1].split("\n\n")[0]


async def test_a_new_conversation_has_a_file_that_says_what_there_is_not(ports):
    name = (await conversation.start(ports, "web")).conversation
    file = await file_of(ports, name)
    assert (file.name, file.kind) == ("mijn-gegevens.txt", "text/plain; charset=utf-8")
    for heading in ("Wat u in dit gesprek vertelde", "Uw aanmelding"):
        assert part(file.content.decode(), heading) == "niets bewaard"
    assert "digitale assistent" in file.content.decode()
    assert "[Wat kost het?]" in file.content.decode()


async def test_answers_stand_there_in_words(ports):
    name = (await conversation.start(ports, "web")).conversation
    told = {"sector": "bouw", "years_experience": 7.5, "employment": "employee", "adult": True}
    await drafts.remember(ports, name, {**told, "consent": "yes", "company": "skip"})
    content = await content_of(ports, name)
    assert part(content, "Wat u in dit gesprek vertelde").splitlines()[:-1] == [
        "Uw tak van de techniek: bouw",
        "Uw werksituatie: in loondienst",
        "Uw jaren ervaring: 7,5",
        "Uw leeftijd: 18 jaar of ouder",
        "Uw bedrijf: niet ingevuld",
        "Toestemming om gegevens te bewaren: Ja",
        "Toestemming gegeven op: maandag 23 november 2026, 13:00",
    ]
    assert ports.texts.version("utter_ask_consent") in content


async def test_a_value_that_has_no_name_yet_is_not_left_out(ports):
    name = (await conversation.start(ports, "web")).conversation
    await drafts.remember(ports, name, {"shoe_size": 43})
    assert "shoe_size: 43" in await content_of(ports, name)


async def test_a_registration_is_there_with_every_field(ports):
    name = await candidate(ports, sector="other", company="Jansen Techniek")
    lead = (await registration.register(ports, name)).registration
    written = part(await content_of(ports, name), "Uw aanmelding")
    for told in (
        lead.code,
        "de groep van november 2027",
        "aangemeld, een coördinator kijkt eerst mee",
        "Jan de Vries",
        "jan@voorbeeld.nl",
        "+31612345678",
        "Zwolle",
        "Overijssel",
        "Jansen Techniek",
        "andere techniek",
        "Voorlopige uitkomst: een coördinator kijkt eerst mee",
        "- Uw tak van de techniek: een coördinator gaat na of die meedoet.",
        "- Uw werkgever vindt het goed.",
        f"Versie van de regels: {lead.verdict.rules}",
        f"Tekst van de toestemming: {lead.consent.text_version}",
        "Toestemming gegeven op: maandag 23 november 2026, 13:00",
        "Gesprek via: de website",
    ):
        assert told in written
    shown = {"code", "intake", "status", "name", "email", "phone", "city", "province", "company"}
    shown |= {"answers", "verdict", "consent", "channel", "created_at", "updated_at"}
    shown |= {"double", "needs_proof", "proven_at", "vouched_at"}
    shown |= {"decision", "decision_reason", "decided_at"}  # in the next test
    shown |= {"withdrawn_at"}  # in the test after that
    assert {each.name for each in fields(Registration)} - shown == {"conversation"}


async def test_what_a_person_decided_and_why_is_there(ports):
    lead = (await registration.register(ports, await candidate(ports))).registration
    name = await candidate(ports, email="elders@voorbeeld.nl", phone=TOLD["phone"])
    own = (await registration.register(ports, name)).registration
    await deciding.place(ports, own.code, is_another=True)
    await deciding.decide(ports, own.code, Decision.DECLINED, "De groep is te ver weg.")
    written = part(await content_of(ports, name), "Uw aanmelding")
    for told in (
        "Lijkt op een andere aanmelding",
        "E-mailadres bevestigd op: maandag 23 november 2026, 13:00",
        "Besluit van een coördinator: geen plaats in de groep",
        "Reden van het besluit: De groep is te ver weg.",
        "Besloten op: maandag 23 november 2026, 13:00",
    ):
        assert told in written
    assert lead.code not in written


async def test_when_somebody_took_it_back_is_there(ports):
    name = await candidate(ports)
    await registration.register(ports, name)
    await registration.withdraw(ports, name)

    assert "Ingetrokken op: maandag 23 november 2026, 13:00" in await content_of(ports, name)


async def test_every_call_back_request_is_there_also_one_that_is_done(ports, clock):
    name = (await conversation.start(ports, "web")).conversation
    await drafts.remember(ports, name, {"phone": "+31612345678", "name": "Jan de Vries"})
    await callbacks.request(ports, name, "morgen na vier uur, over mijn diploma")
    [first] = await callbacks.list_callbacks(ports)
    clock.moment += timedelta(days=1)
    await callbacks.done(ports, first.id)
    await drafts.remember(ports, name, {"sector": "bouw"})
    await callbacks.request(ports, name, "over de kosten")
    await callbacks.withdraw(ports, name)
    content = await content_of(ports, name)
    for told in (
        "Contact via: de telefoon",
        "Nummer of adres: +31612345678",
        "Wanneer: morgen, na vier uur",
        "Waarover: morgen na vier uur, over mijn diploma",
        "Klaar op: dinsdag 24 november 2026, 13:00",
        "Waarover: over de kosten",
        "Klaar op: nog niet klaar",
        "Wie u bent: kandidaat",
        "Ingetrokken op: dinsdag 24 november 2026, 13:00",
    ):
        assert told in content
    shown = {"way", "address", "name", "moment", "question", "created_at", "done_at"}
    shown |= {"role", "updated_at", "withdrawn_at"}
    assert {each.name for each in fields(Callback)} - shown == {"id", "conversation"}


async def test_both_sides_are_there_in_order_and_no_message_looks_like_a_heading(ports, engine):
    name = (await conversation.start(ports, "web")).conversation
    engine.says = (Spoken("Dat weet ik niet.\n\nVraag het.", (("Ja", "/affirm"),)),)
    await conversation.take_turn(ports, name, Said(text="Uw aanmelding\n=============\nbel 0612"))
    assert (await content_of(ports, name)).endswith(
        "U zei:\n  Uw aanmelding\n  =============\n  bel 0612\n"
        "Assistent:\n  Dat weet ik niet.\n\n  Vraag het.\n  [Ja]\n"
    )


async def test_of_another_conversation_nothing_is_there(ports, engine):
    theirs = await candidate(ports, name="Piet Kanarie", email="kanarie@voorbeeld.nl")
    engine.says = (Spoken("Kanarievogel.", key="utter_faq/cost"),)
    await conversation.take_turn(ports, theirs, Said(text="mijn kanarie zingt"))
    lead = (await registration.register(ports, theirs)).registration
    await callbacks.request(ports, theirs, "over mijn kanarie")
    mine = (await conversation.start(ports, "web")).conversation
    content = await content_of(ports, mine)
    assert "kanarie" not in content.casefold()
    for secret in (lead.code, lead.phone, theirs, mine):
        assert secret not in content
    assert "kanarie" in (await content_of(ports, theirs)).casefold()


async def test_a_proven_registration_is_there_and_the_messages_it_came_from_are_not(ports, engine):
    first = await candidate(ports)
    await conversation.take_turn(ports, first, Said(text="ik hou van duiven"))
    lead = (await registration.register(ports, first)).registration
    name = (await conversation.start(ports, "web")).conversation
    await identity.ask(ports, name, lead.code)
    assert lead.email not in await content_of(ports, name)
    [mail] = await waiting(ports)
    digits = next(word for word in mail.text.replace(".", " ").split() if word.isdigit())
    assert await identity.prove(ports, name, digits)
    content = await content_of(ports, name)
    assert lead.email in content and lead.code in content
    assert "duiven" not in content


async def test_after_erasing_nothing_is_left(ports, engine):
    name = await candidate(ports)
    await conversation.take_turn(ports, name, Said(text="ik hou van duiven"))
    await registration.register(ports, name)
    await callbacks.request(ports, name)
    await erasing.erase(ports, name)
    content = await content_of(ports, name)
    assert content.count("niets bewaard") == 4
    assert "duiven" not in content and "Jan" not in content


async def test_an_unknown_conversation_has_no_file(ports):
    with pytest.raises(ConversationUnknown):
        await file_of(ports, "verzonnen")


def test_a_turn_that_was_kept_before_there_were_files_offers_none():
    turn = Turn((Message("Goed."),), files=("my_data",))
    kept = asdict(turn)
    assert read_turn(json.dumps(kept)) == turn
    del kept["files"]
    assert read_turn(json.dumps(kept)) == replace(turn, files=())


def test_every_outcome_and_every_item_of_a_candidate_has_its_words():
    assert set(OUTCOMES) == set(Outcome)
    assert {*TOLD, "consent_at", "consent_version", callbacks.WANTED} <= NAMES.keys()
