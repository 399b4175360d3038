"""Who asks to be erased hears what was erased, and never of more than that."""

from dataclasses import replace

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.registration import DeleteMyData, WithdrawRegistration
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.services import callbacks, conversation, drafts, evidence, outbox, registration
from tests.services.test_files import Post
from tests.services.test_registration import candidate

COORDINATOR = "coordinatie@voorbeeld.nl"


@pytest.fixture
def house(ports, clock):
    """A house with its own texts, and coordinators with an address."""
    facts = FactsFromFiles.load()
    texts = TextsFromFiles(facts, clock)
    return replace(ports, facts=facts, texts=texts, coordinators=COORDINATOR)


async def said(ports, name: str, kind=DeleteMyData, *, sure: bool = True) -> list[str]:
    """The names of the texts that somebody hears who taps yes, or only asks."""
    intent = {DeleteMyData: "delete_my_data", WithdrawRegistration: "withdraw_registration"}[kind]
    entities = [{"entity": "sure", "value": "yes"}] if sure else []
    text = f'/{intent}{{"sure": "yes"}}' if sure else f"/{intent}"
    message = {"text": text, "intent": {"name": intent}, "entities": entities}
    slots = {"offer": intent if sure else None}
    tracker = Tracker(name, slots, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    await kind(ports).act(dispatcher, tracker)
    return [each["response"] for each in dispatcher.messages if each.get("response")]


async def fresh(ports, **told) -> str:
    """A conversation without a registration."""
    name = (await conversation.start(ports, "web")).conversation
    await drafts.remember(ports, name, told)
    return name


async def test_who_registered_elsewhere_hears_that_only_this_conversation_is_erased(house):
    await registration.register(house, await candidate(house))
    name = await fresh(house, code="HT-H7ZTDYB1", sector="bouw")
    assert await said(house, name, sure=False) == ["utter_delete_confirm_here"]
    assert await said(house, name) == ["utter_deleted_here", "utter_deleted_person"]
    assert len(await registration.list_leads(house)) == 1
    assert await drafts.recall(house, name) == {}
    assert evidence.ERASED_REGISTRATION not in await evidence.held(house, name)


async def test_with_mail_he_is_offered_to_prove_it_by_his_code(house):
    house = replace(house, mailer=Post())
    assert await said(house, await fresh(house)) == [
        "utter_deleted_here",
        "utter_deleted_elsewhere",
    ]


async def test_who_registered_here_hears_that_all_of_it_is_gone(house):
    name = await candidate(house)
    await registration.register(house, name)
    assert await said(house, name, sure=False) == ["utter_delete_confirm"]
    assert await said(house, name) == ["utter_deleted"]
    assert await registration.list_leads(house) == []
    held = await evidence.held(house, name)
    assert {evidence.ERASED, evidence.ERASED_REGISTRATION} <= held
    assert await said(house, name) == ["utter_deleted_here", "utter_deleted_person"]


async def test_an_erased_call_back_is_told_as_well(house):
    name = await fresh(house, phone="+31612345678")
    await callbacks.request(house, name)
    words = house.texts.render("utter_deleted_here", day="2026-11-24", proof="W-1", callbacks=1)
    assert "verzoek om contact" in words.text
    await said(house, name)
    assert await callbacks.list_callbacks(house) == []


async def test_coordinators_hear_by_number_who_erased_himself(house):
    name = await candidate(house)
    code = (await registration.register(house, name)).registration.code
    await said(house, name)
    assert [each.id for each in await outbox.unsent(house)] == [f"notice-erased-{code}"]
    await said(house, name)
    assert [each.id for each in await outbox.unsent(house)] == [f"notice-erased-{code}"]


async def test_to_withdraw_what_is_not_here_leads_to_a_code_or_a_person(house):
    await registration.register(house, await candidate(house))
    name = await fresh(house)
    assert await said(house, name, WithdrawRegistration) == ["utter_registration_none"]
    mailing = replace(house, mailer=Post())
    assert await said(mailing, name, WithdrawRegistration) == ["utter_registration_none_here"]
    words = house.texts.render("utter_registration_none_here")
    assert [title for title, _ in words.buttons][0] == "Ik heb een code"


async def test_to_withdraw_twice_is_answered_with_what_is_so(house):
    name = await candidate(house)
    await registration.register(house, name)
    assert await said(house, name, WithdrawRegistration) == ["utter_withdrawn"]
    assert await said(house, name, WithdrawRegistration) == ["utter_withdrawn"]
    assert evidence.WITHDRAWN in await evidence.held(house, name)
