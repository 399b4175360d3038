"""Going on at another door: one link, one time, a quarter of an hour, and nobody else's."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.answers.elsewhere import channel_in
from bot.core.errors import ConversationUnknown, PassageUnknown
from bot.core.turn import Said
from bot.services import callbacks, conversation, drafts, erasing, passages, registration
from bot.services.ports import Doors
from bot.services.records import Spoken
from tests.services.test_registration import candidate


@pytest.fixture
def house(ports, engine):
    engine.says = (Spoken("En uw werk?", key="utter_ask_employment"),)
    return replace(ports, doors=Doors("instap_bot", "https://www.voorbeeld.nl"))


async def link(house, known: str, words: str = "verder op Telegram") -> str:
    """The token in the link that somebody gets who says so."""
    turn = await conversation.take_turn(house, known, Said(text=words))
    [offered] = turn.links
    return offered.url.rpartition("=")[2]


@pytest.mark.parametrize(
    ("text", "door"),
    [
        ("verder op Telegram", "telegram"),
        ("Telegram", "telegram"),
        ("ik wil graag op telegram verder", "telegram"),
        ("kan ik via telegram verder praten?", "telegram"),
        ("liever verder op de computer", "website"),
        ("liever op de computer", None),
        ("computer", None),
        ("mijn site", None),
        ("verder op de website", "website"),
        ("telegram of website", None),
        ("is er een telegram groep van de opleiding", None),
        ("wat staat er op de website over de kosten", None),
        ("verder", None),
        ("", None),
    ],
)
def test_who_wants_to_go_on_elsewhere_is_understood(text: str, door: str | None):
    assert channel_in(text) == door


async def test_the_link_to_telegram_can_be_read_from_another_screen(house):
    started = await conversation.start(house, "web")
    said = Said(text="verder op telegram")
    turn = await conversation.take_turn(house, started.conversation, said)
    [offered] = turn.links
    assert offered.url.startswith("https://t.me/instap_bot?start=v-")
    assert len(offered.url.rpartition("=")[2]) <= 64  # the most that Telegram passes on
    assert offered.qr is not None and offered.qr.size >= 25
    assert turn == (await conversation.history(house, started.conversation))[-1].reply


async def test_asking_for_a_link_leaves_the_open_question_open(house):
    started = await conversation.start(house, "web")
    await conversation.take_turn(house, started.conversation, Said(text="hallo"))
    said = Said(text="verder op telegram")
    turn = await conversation.take_turn(house, started.conversation, said)
    assert turn.asks == "employment"


async def test_a_company_and_a_wish_to_be_called_are_no_wish_for_a_link(house, engine):
    engine.says = (Spoken("Bij welk bedrijf?", key="utter_ask_company"),)
    started = await conversation.start(house, "web")
    await conversation.take_turn(house, started.conversation, Said(text="hallo"))
    turn = await conversation.take_turn(house, started.conversation, Said(text="Telegram"))
    assert turn.links == () and engine.heard[-1]["text"] == "Telegram"


async def test_the_conversation_goes_on_in_the_chat_with_the_question_that_was_open(house):
    started = await conversation.start(house, "web")
    token = await link(house, started.conversation)
    known = await passages.enter_chat(house, token, "telegram", "77")
    turn = await conversation.go_on(house, known)
    assert known == started.conversation
    assert [each.text for each in turn.messages] == [
        "utter_passage_arrived",
        "label_progress\nEn uw werk?",
    ]
    async with house.work() as work:
        assert (await work.conversations.by_address("telegram", "77")).id == known


async def test_who_sent_the_link_of_his_conversation_to_another_reads_nothing_more_there(house):
    started = await conversation.start(house, "web")
    await passages.enter_chat(house, await link(house, started.conversation), "telegram", "77")
    with pytest.raises(ConversationUnknown):
        await conversation.find(house, started.token)


async def test_who_sent_the_link_of_his_chat_to_another_talks_there_no_more(house):
    started = await conversation.start(house, "telegram", "77")
    token = await link(house, started.conversation, "verder op de website")
    known, _ = await passages.enter_website(house, token)
    async with house.work() as work:
        assert await work.conversations.by_address("telegram", "77") is None
    brought = replace(house, is_brought=True)
    await conversation.take_turn(brought, known, Said(text="ik heet Jan"))
    async with house.work() as work:
        now = house.clock.now() + timedelta(hours=1)
        assert await work.deliveries.claim(now, now) is None


async def test_from_the_chat_it_goes_back_to_a_browser(house):
    started = await conversation.start(house, "telegram", "77")
    said = Said(text="verder op de website")
    [offered] = (await conversation.take_turn(house, started.conversation, said)).links
    assert offered.url.startswith("https://www.voorbeeld.nl/#instap=v-")
    known, token = await passages.enter_website(house, offered.url.rpartition("=")[2])
    assert known == started.conversation == await conversation.find(house, token)


async def test_a_browser_that_came_later_takes_over_from_the_one_before(house):
    started = await conversation.start(house, "web")
    token = await link(house, started.conversation, "website")
    await passages.enter_website(house, token)
    with pytest.raises(ConversationUnknown):
        await conversation.find(house, started.token)


async def test_a_link_works_once(house):
    started = await conversation.start(house, "web")
    token = await link(house, started.conversation)
    await passages.enter_chat(house, token, "telegram", "77")
    with pytest.raises(PassageUnknown):
        await passages.enter_chat(house, token, "telegram", "78")


async def test_a_new_link_ends_the_one_before(house):
    started = await conversation.start(house, "web")
    first = await link(house, started.conversation)
    second = await link(house, started.conversation)
    with pytest.raises(PassageUnknown):
        await passages.enter_website(house, first)
    assert await passages.enter_website(house, second)


async def test_a_link_is_valid_for_a_quarter_of_an_hour(house, clock):
    started = await conversation.start(house, "web")
    first = await link(house, started.conversation)
    clock.moment += passages.VALID - timedelta(seconds=1)
    assert await passages.enter_website(house, first)
    second = await link(house, started.conversation)
    clock.moment += passages.VALID
    with pytest.raises(PassageUnknown):
        await passages.enter_website(house, second)


@pytest.mark.parametrize("token", ["", "v-", "v-" + "a" * 32, "'; DROP TABLE passages;"])
async def test_a_guess_opens_nothing(house, token):
    await link(house, (await conversation.start(house, "web")).conversation)
    with pytest.raises(PassageUnknown):
        await passages.enter_website(house, token)


async def test_a_chat_that_talked_before_goes_on_with_what_came_in(house):
    before = await conversation.start(house, "telegram", "77")
    token = await link(house, (await conversation.start(house, "web")).conversation)
    known = await passages.enter_chat(house, token, "telegram", "77")
    async with house.work() as work:
        assert (await work.conversations.by_address("telegram", "77")).id == known
    assert known != before.conversation
    assert await conversation.history(house, before.conversation) == []


async def test_what_was_told_in_a_chat_before_is_erased_when_another_conversation_comes_in(house):
    before = await conversation.start(house, "telegram", "77")
    await drafts.remember(house, before.conversation, {"phone": "+31612345678"})
    await callbacks.request(house, before.conversation)
    [wish] = await callbacks.list_callbacks(house)
    await callbacks.done(house, wish.id)
    token = await link(house, (await conversation.start(house, "web")).conversation)
    await passages.enter_chat(house, token, "telegram", "77")
    assert await drafts.recall(house, before.conversation) == {}
    assert await callbacks.list_callbacks(house) == []


async def test_a_chat_in_which_somebody_waits_to_be_called_keeps_its_own(house):
    own = (await conversation.start(house, "telegram", "77")).conversation
    await drafts.remember(house, own, {"phone": "+31612345678"})
    await callbacks.request(house, own)
    token = await link(house, (await conversation.start(house, "web")).conversation)
    with pytest.raises(PassageUnknown):
        await passages.enter_chat(house, token, "telegram", "77")
    async with house.work() as work:
        assert (await work.conversations.by_address("telegram", "77")).id == own
        assert len(await work.callbacks.all()) == 1


async def test_a_chat_with_somebody_who_withdrew_keeps_what_he_can_erase(house):
    own = await candidate(house)
    async with house.work() as work:
        await work.conversations.move_to(own, "telegram", "77")
        await work.commit()
    await registration.register(house, own)
    await registration.withdraw(house, own)
    token = await link(house, (await conversation.start(house, "web")).conversation)
    with pytest.raises(PassageUnknown):
        await passages.enter_chat(house, token, "telegram", "77")


async def test_a_chat_with_somebody_on_the_list_keeps_its_own(house):
    own = await candidate(house)
    async with house.work() as work:
        await work.conversations.move_to(own, "telegram", "77")
        await work.commit()
    await registration.register(house, own)
    token = await link(house, (await conversation.start(house, "web")).conversation)
    with pytest.raises(PassageUnknown):
        await passages.enter_chat(house, token, "telegram", "77")
    async with house.work() as work:
        assert (await work.conversations.by_address("telegram", "77")).id == own


async def test_after_erasing_no_link_opens_the_conversation(house):
    known = (await conversation.start(house, "web")).conversation
    token = await link(house, known)
    await erasing.erase(house, known)
    with pytest.raises(PassageUnknown):
        await passages.enter_website(house, token)


async def test_where_telegram_is_not_there_that_is_said(house):
    away = replace(house, doors=Doors())
    started = await conversation.start(away, "web")
    said = Said(text="verder op telegram")
    turn = await conversation.take_turn(away, started.conversation, said)
    assert turn.links == ()
    assert turn.messages[0].text == "utter_passage_none"
