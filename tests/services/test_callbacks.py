"""Who wants a person is on the list, once, with all he said."""

import pytest

from bot.core.callback import Way
from bot.core.errors import CallbackUnknown
from bot.services import callbacks, conversation, drafts, erasing


async def visitor(ports, **told):
    started = await conversation.start(ports, "web")
    await drafts.remember(ports, started.conversation, told)
    return started.conversation


async def test_who_cannot_be_reached_is_remembered_and_not_listed(ports):
    name = await visitor(ports)
    assert await callbacks.request(ports, name) is None
    assert await callbacks.list_callbacks(ports) == []
    assert (await drafts.recall(ports, name))[callbacks.WANTED] == "yes"


async def test_a_request_says_how_when_and_what(ports, clock):
    name = await visitor(ports, name="Jan de Vries", phone="+31612345678", email="jan@voorbeeld.nl")
    await callbacks.request(ports, name, "morgen na vier uur, over mijn diploma")
    [one] = await callbacks.list_callbacks(ports)
    assert (one.way, one.address, one.name) == (Way.PHONE, "+31612345678", "Jan de Vries")
    assert one.moment == "morgen, na vier uur"
    assert one.question == "morgen na vier uur, over mijn diploma"
    assert one.created_at == clock.now()


async def test_asking_twice_is_one_request_with_both_questions(ports):
    name = await visitor(ports, phone="+31612345678")
    await callbacks.request(ports, name, "over de kosten")
    await callbacks.request(ports, name)
    await callbacks.request(ports, name, "en over mijn mts diploma")
    [one] = await callbacks.list_callbacks(ports)
    assert one.question == "over de kosten; en over mijn mts diploma"


async def test_who_asks_for_a_mail_gets_one_when_we_have_the_address(ports):
    name = await visitor(ports, phone="+31612345678", email="jan@voorbeeld.nl")
    one = await callbacks.request(ports, name, "mail mij over de kosten")
    assert (one.way, one.address) == (Way.EMAIL, "jan@voorbeeld.nl")


async def test_what_is_dealt_with_leaves_the_list_and_a_new_wish_is_a_new_request(ports):
    name = await visitor(ports, phone="+31612345678")
    first = await callbacks.request(ports, name)
    assert first is not None
    [kept] = await callbacks.list_callbacks(ports)
    await callbacks.done(ports, kept.id)
    await callbacks.done(ports, kept.id)
    await callbacks.request(ports, name)
    done, new = await callbacks.list_callbacks(ports)
    assert done.done_at is not None and new.done_at is None


async def test_a_number_that_is_no_request_is_said_to_be_so(ports):
    with pytest.raises(CallbackUnknown):
        await callbacks.done(ports, 99)


async def test_erasing_takes_the_request_along(ports):
    name = await visitor(ports, phone="+31612345678")
    await callbacks.request(ports, name)
    await erasing.erase(ports, name)
    assert await callbacks.list_callbacks(ports) == []
