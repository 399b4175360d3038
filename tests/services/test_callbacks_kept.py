"""A call-back request is a kept promise: with the words, corrected, taken back, erased."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.callback import CallbackStatus, Way
from bot.core.dialogue import policy
from bot.core.dialogue.message import Meaning
from bot.core.errors import CallbackUnknown, ConversationUnknown, ValueUnclear
from bot.core.turn import Said
from bot.services import (
    callbacks,
    conversation,
    drafts,
    erasing,
    evidence,
    outbox,
    registration,
)
from bot.services.records import Spoken
from tests.services.test_registration import candidate

UNKNOWN = (Spoken("Daar heb ik geen antwoord op."), Spoken(signs={"topics": ["out_of_scope"]}))
PERSON = (Spoken("Een mens helpt u."), Spoken(signs={"topics": ["ask_human"]}))
ANSWER = (Spoken("Dat kost niets."), Spoken(signs={"topics": ["faq/cost"]}))
CONTACT = (Spoken("Mailen kan."), Spoken(signs={"topics": ["faq/contact"]}))
COORDINATOR = "coordinatie@voorbeeld.nl"


@pytest.fixture
def house(ports, clock):
    facts = FactsFromFiles.load()
    return replace(ports, facts=facts, texts=TextsFromFiles(facts, clock), coordinators=COORDINATOR)


@pytest.fixture
def talk(house, engine):
    """Says something in a conversation, to which the engine answers what it is given."""

    async def say(name, text, *spoken):
        engine.says = spoken or (Spoken("Goed.", key="utter_thank"),)
        return await conversation.take_turn(house, name, Said(text=text))

    return say


async def begin(house):
    return (await conversation.start(house, "web")).conversation


class AtOnce:
    """An engine that does something while it is asked, as the action server does."""

    def __init__(self, act, says=(Spoken("Goed.", key="utter_thank"),)):
        self.act, self.says = act, says

    async def read(self, _conversation, _text):
        return Meaning("chitchat", 1.0, ("chitchat",))

    async def take_turn(self, asked):
        await self.act()
        return self.says


async def asked(house, name, text):
    """Ask for a call in these words, as the action does while the turn is taken."""

    async def act():
        await callbacks.request(house, name, await callbacks.words(house, name))

    await conversation.take_turn(replace(house, engine=AtOnce(act, PERSON)), name, Said(text=text))


async def given(house, name, text, asks=None):
    """Give a number or an address, and what becomes of it."""
    found = []

    async def act():
        draft = await drafts.recall(house, name)
        items = {item for item in ("name", "phone", "email") if item in draft}
        found.append(await callbacks.given(house, name, asks, items))

    await conversation.take_turn(replace(house, engine=AtOnce(act)), name, Said(text=text))
    return found[0]


async def only(house):
    [one] = await callbacks.list_callbacks(house)
    return one


async def test_the_question_that_had_no_answer_goes_along(house, talk):
    name = await begin(house)
    await talk(name, "mag mijn hond mee naar de les?", *UNKNOWN)
    await asked(house, name, "mens")
    assert await callbacks.list_callbacks(house) == []
    kept = await given(house, name, "0612345678")
    assert kept is not None and kept.is_new
    assert (await only(house)).question == "mag mijn hond mee naar de les?"


async def test_without_one_the_last_question_goes_along(house, talk):
    name = await begin(house)
    await talk(name, "wat kost het voor een zzp'er?", *ANSWER)
    await asked(house, name, "bel me op 0612345678")
    assert (await only(house)).question == "wat kost het voor een zzp'er?"


async def test_a_question_that_stands_on_a_button_of_ours_goes_along(house, talk):
    name = await begin(house)
    await talk(name, "wat kost het", *ANSWER)  # the first words have a button with that title
    await asked(house, name, "bel me op 0612345678")
    assert (await only(house)).question == "Wat kost het?"


async def test_questions_without_an_answer_and_only_since_the_request_before(house, talk, clock):
    name = await begin(house)
    await talk(name, "mag mijn hond mee naar de les?", *UNKNOWN)
    await asked(house, name, "bel me op 0612345678")
    clock.moment += timedelta(minutes=1)
    await callbacks.withdraw(house, name)
    clock.moment += timedelta(minutes=1)
    await talk(name, "krijg ik ook een uniform?", *UNKNOWN)
    await talk(name, "kom ik in aanmerking?", Spoken("Ja."), Spoken(signs={"topics": ["register"]}))
    await talk(name, "en schoenen?", *UNKNOWN)
    await asked(house, name, "mens")
    _, new = await callbacks.list_callbacks(house)
    assert new.question == "krijg ik ook een uniform?; en schoenen?"


async def test_what_was_said_with_the_wish_is_not_lost_while_the_number_is_asked(house):
    name = await begin(house)
    await asked(house, name, "kan iemand me bellen over mijn havo, vrijdagochtend")
    await given(house, name, "0612345678")
    one = await only(house)
    assert one.moment == "vrijdagochtend" and "havo" in str(one.question)


async def test_number_moment_and_question_in_one_message_stand_whole(house):
    name = await begin(house)
    await asked(house, name, "bel me")
    await given(house, name, "0612345692, vrijdagochtend, over mijn mbo 3 diploma", "sector")
    one = await only(house)
    assert (one.way, one.address) == (Way.PHONE, "+31612345692")
    assert one.moment == "vrijdagochtend" and "mbo 3 diploma" in str(one.question)


async def test_a_number_after_any_invitation_is_a_request(house, talk):
    name = await begin(house)
    assert await given(house, name, "mijn mail is jan@voorbeeld.nl") is None
    await talk(name, "met wie kan ik hierover bellen?", *CONTACT)
    await talk(name, "ja graag")
    kept = await given(house, name, "0229 212121")
    assert kept is not None and kept.callback.address == "+31229212121"


async def test_an_invitation_lapses(house, talk):
    name = await begin(house)
    await talk(name, "met wie kan ik hierover bellen?", *CONTACT)
    for _ in range(4):
        await talk(name, "wat kost het?", *ANSWER)
    assert await given(house, name, "0612345678") is None


async def test_the_answer_to_a_question_of_registering_is_for_that_alone(house, talk):
    name = await begin(house)
    await talk(name, "met wie kan ik hierover bellen?", *CONTACT)
    assert await given(house, name, "0612345678", "phone") is None
    await callbacks.request(house, name)
    await given(house, name, "0687654321", "phone")
    assert (await only(house)).address == "+31612345678"


async def test_another_number_corrects_the_request_and_is_told_to_coordinators(house, clock):
    name = await begin(house)
    await asked(house, name, "bel me op 0612345690, morgen")
    await outbox.deliver(replace(house, mailer=Post()))
    clock.moment += timedelta(minutes=3)
    kept = await given(house, name, "ik heb me vergist het is 0612345691")
    assert kept is not None and not kept.is_new
    one = await only(house)
    assert (one.address, one.moment, one.question) == ("+31612345691", "morgen", None)
    assert one.updated_at == clock.now() != one.created_at
    [mail] = await outbox.unsent(house)
    assert mail.id.startswith(f"notice-callback_changed-{one.id}-")


class Post:
    """A mailer that takes everything."""

    async def send(self, mail):
        assert mail.to == COORDINATOR


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("0614725899 over mijn nieuwe nummer en mail", Way.PHONE),
        ("mail me liever: jan@voorbeeld.nl", Way.EMAIL),
        ("jan@voorbeeld.nl", Way.EMAIL),
    ],
)
async def test_what_was_just_given_is_the_way_whatever_the_words_are_about(house, text, way):
    name = await begin(house)
    await asked(house, name, "mens")
    await given(house, name, text, "callback")
    assert (await only(house)).way is way


async def test_a_later_note_about_mail_leaves_the_number(house):
    name = await begin(house)
    await drafts.remember(house, name, {"email": "jan@voorbeeld.nl"})
    await asked(house, name, "bel me op 0612345678")
    await callbacks.request(house, name, "over mijn nieuwe nummer en mail")
    assert (await only(house)).way is Way.PHONE


async def test_name_and_role_stand_with_it(house):
    name = await begin(house)
    await asked(house, name, "ik ben hr-manager, bel me op 0612345678")
    await given(house, name, "mijn naam is Ingrid Bakker")
    one = await only(house)
    assert (one.name, one.role) == ("Ingrid Bakker", "employer")


async def test_a_registered_visitor_may_give_another_number_to_be_called(house):
    name = await candidate(house)
    await registration.register(house, name)
    await asked(house, name, "bel me op 0687654321")
    assert (await only(house)).address == "+31687654321"
    [lead] = await registration.list_leads(house)
    assert lead.phone == "+31612345678"


async def test_what_is_taken_back_leaves_the_list_and_coordinators_hear_it(house):
    name = await begin(house)
    await asked(house, name, "bel me op 0612345678")
    assert evidence.CALLBACK in await evidence.held(house, name)
    gone = await callbacks.withdraw(house, name)
    assert gone is not None and gone.status is CallbackStatus.WITHDRAWN
    assert await callbacks.withdraw(house, name) is None
    assert await evidence.held(house, name) == {evidence.CALLBACK_WITHDRAWN}
    assert [each.id for each in await outbox.unsent(house)] == [
        f"notice-callback_withdrawn-{gone.id}"
    ]
    await asked(house, name, "bel me toch wel")
    assert [each.is_open for each in await callbacks.list_callbacks(house)] == [False, True]


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("laat maar, hoeft niet meer", policy.TAKE_BACK_CALL),
        ("bel me toch maar niet", policy.TAKE_BACK_CALL),
        ("wanneer bellen jullie", policy.TELL_WHEN),
        ("hoe snel hoor ik iets", policy.TELL_WHEN),
        ("vrijdagochtend, over mijn diploma", policy.ADD_NOTE),
        ("skip", policy.TELL_WHEN),
        ("welke vakken krijg ik", None),
    ],
)
async def test_with_an_open_request_these_words_are_about_it(house, engine, talk, text, command):
    name = await begin(house)
    await talk(name, text)
    assert engine.heard[-1]["command"] is None
    await asked(house, name, "bel me op 0612345678")
    await talk(name, text)
    assert engine.heard[-1]["command"] == command


@pytest.mark.parametrize("text", ["skip", "overslaan", "nee", "hoeft niet"])
async def test_the_note_can_be_skipped_in_words(house, engine, talk, text):
    name = await begin(house)
    note = Spoken("Wanneer en waarover?", key="utter_ask_callback_note", signs={"claims": []})
    await talk(name, "0612345678", note)
    await callbacks.request(house, name)
    await talk(name, text)
    assert engine.heard[-1]["command"] == policy.SKIP_NOTE


async def test_staff_take_off_correct_and_erase(house):
    name = await begin(house)
    await asked(house, name, "bel me op 0612345678")
    number = (await only(house)).id
    await callbacks.correct(house, number, "06 87654321")
    assert (await only(house)).address == "+31687654321"
    with pytest.raises(ValueUnclear):
        await callbacks.correct(house, number, "zes zeven")
    for _ in range(2):
        assert not (await callbacks.withdraw_by(house, number)).is_open
    with pytest.raises(CallbackUnknown):
        await callbacks.correct(house, number, "06 87654321")
    await erasing.erase_callback(house, number)
    assert await callbacks.list_callbacks(house) == []
    assert await drafts.recall(house, name) == {}


async def test_to_erase_a_request_leaves_a_registration(house):
    name = await candidate(house)
    await registration.register(house, name)
    await asked(house, name, "bel me")
    await erasing.erase_callback(house, (await only(house)).id)
    assert await callbacks.list_callbacks(house) == []
    assert len(await registration.list_leads(house)) == 1


@pytest.mark.parametrize("by", ["number", "conversation"])
async def test_who_only_asked_for_a_call_or_only_chatted_can_be_erased(house, talk, by):
    name = await begin(house)
    await talk(name, "mijn naam is Bram Wissen")
    await asked(house, name, "bel me op 0612345678")
    found = await erasing.look(house, str((await only(house)).id) if by == "number" else name)
    assert found.names == ("Bram Wissen",)
    assert (len(found.registrations), len(found.callbacks), found.messages) == (0, 1, 3)
    await erasing.erase_found(house, found)
    assert await callbacks.list_callbacks(house) == []
    assert await drafts.recall(house, name) == {}


async def test_what_is_not_there_is_said_to_be_so(house):
    with pytest.raises(CallbackUnknown):
        await erasing.look(house, "99")
    with pytest.raises(ConversationUnknown):
        await erasing.look(house, "niemand")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ik heb een klacht over de planning", "ik heb een klacht over de planning"),
        ("ik wil mijn telefoonnummer wijzigen", "ik wil mijn telefoonnummer wijzigen"),
    ],
)
async def test_what_only_a_person_can_take_up_stands_with_the_request(house, talk, text, words):
    name = await begin(house)
    change = (Spoken("U bent al aangemeld."), Spoken(signs={"topics": ["change_registration"]}))
    await talk(name, text, *change)
    await drafts.remember(house, name, {"phone": "+31612345678"})
    await asked(house, name, "mens")
    assert (await callbacks.newest(house, name)).question == words
