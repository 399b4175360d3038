"""What was kept as long as was agreed is erased, to the second; what was not is left alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.content.facts import FactsFromFiles
from bot.core.callback import Callback, Way
from bot.core.errors import ConversationUnknown, DayUnlikely
from bot.core.retention import CHAT, REGISTRATION, TOKENS
from bot.core.turn import Said
from bot.services import (
    callbacks,
    conversation,
    drafts,
    identity,
    intakes,
    passages,
    registration,
    retention,
)
from bot.services.retention import Purged
from tests.services.test_registration import candidate

SECOND = timedelta(seconds=1)
CLOSES = datetime(2027, 12, 4, 23, tzinfo=UTC)
"""Midnight in the Netherlands, four weeks after the seventh of November 2027."""


async def talked(ports) -> conversation.Started:
    started = await conversation.start(ports, "web")
    await conversation.take_turn(ports, started.conversation, Said(text="mijn kanarie"))
    return started


async def test_a_conversation_is_kept_for_its_term_and_not_a_second_longer(ports, clock):
    started = await talked(ports)
    clock.moment += CHAT - SECOND
    assert await retention.purge(ports) == Purged()
    assert await conversation.find(ports, started.token)
    clock.moment += SECOND
    assert await retention.purge(ports) == Purged(conversations=1)
    with pytest.raises(ConversationUnknown):
        await conversation.find(ports, started.token)
    assert await conversation.history(ports, started.conversation) == []
    assert await retention.purge(ports) == Purged()


async def test_who_goes_on_begins_a_new_term(ports, clock):
    started = await talked(ports)
    clock.moment += CHAT - SECOND
    await conversation.take_turn(ports, started.conversation, Said(text="nog iets"))
    clock.moment += SECOND
    assert await retention.purge(ports) == Purged()


async def test_a_registration_is_kept_until_four_weeks_after_the_start(ports, clock):
    await registration.register(ports, await candidate(ports))
    clock.moment = CLOSES - SECOND
    assert await retention.purge(ports) == Purged()
    clock.moment = CLOSES
    assert await retention.purge(ports) == Purged(conversations=1, registrations=1)
    assert await registration.list_leads(ports) == []


async def test_a_start_that_a_coordinator_set_counts(ports, clock):
    await registration.register(ports, await candidate(ports))
    await intakes.set_intake(ports, "2027-11", starts_on=date(2027, 11, 20))
    clock.moment = CLOSES
    assert await retention.purge(ports) == Purged()
    clock.moment += timedelta(days=13)
    assert (await retention.purge(ports)).registrations == 1


async def test_who_withdrew_is_kept_for_the_term_since_then(ports, clock):
    known = await candidate(ports)
    await registration.register(ports, known)
    await registration.withdraw(ports, known)
    clock.moment += REGISTRATION - SECOND
    assert await retention.purge(ports) == Purged()
    clock.moment += SECOND
    assert (await retention.purge(ports)).registrations == 1


async def test_a_registration_that_ended_leaves_a_newer_one_of_there_alone(ports, clock):
    name = await candidate(ports)
    await registration.register(ports, name)
    clock.moment = CLOSES - timedelta(days=3)
    newer = (await registration.register(ports, name)).registration
    clock.moment = CLOSES
    assert await retention.purge(ports) == Purged(registrations=1)
    assert await registration.list_leads(ports) == [newer]
    assert (await drafts.recall(ports, name))["name"] == newer.name


async def test_who_goes_on_where_he_registered_keeps_what_he_says_there(ports, clock):
    known = await candidate(ports)
    await registration.register(ports, known)
    clock.moment = CLOSES - timedelta(days=1)
    await conversation.take_turn(ports, known, Said(text="kunt u mij bellen?"))
    await callbacks.request(ports, known)
    clock.moment = CLOSES
    assert await retention.purge(ports) == Purged(registrations=1)
    assert await registration.list_leads(ports) == []
    [wish] = await callbacks.list_callbacks(ports)
    assert wish.address == "+31612345678"
    assert [each.said for each in await conversation.history(ports, known)][-1:] == [
        "kunt u mij bellen?"
    ]
    assert "confirm" not in await drafts.recall(ports, known)
    clock.moment += CHAT
    assert await retention.purge(ports) == Purged(waiting=1)
    await callbacks.done(ports, wish.id)
    assert (await retention.purge(ports)).conversations == 1


async def test_a_slip_in_a_year_ends_nobody(ports):
    await registration.register(ports, await candidate(ports))
    with pytest.raises(DayUnlikely):
        await intakes.set_intake(ports, "2027-11", starts_on=date(2026, 10, 2))
    assert await retention.purge(ports) == Purged()
    assert len(await registration.list_leads(ports)) == 1


async def test_a_conversation_that_proved_a_registration_takes_it_not_along(ports, clock):
    await registration.register(ports, await candidate(ports))
    [lead] = await registration.list_leads(ports)
    elsewhere = (await talked(ports)).conversation
    async with ports.work() as work:
        await work.proofs.add(elsewhere, lead.code, "123456", clock.now())
        await work.commit()
    assert await identity.prove(ports, elsewhere, "123456")
    clock.moment += CHAT
    assert (await retention.purge(ports)).conversations == 1
    assert [each.code for each in await registration.list_leads(ports)] == [lead.code]


async def test_who_must_still_be_called_is_not_erased_before_that(ports, clock):
    known = (await talked(ports)).conversation
    async with ports.work() as work:
        wish = Callback(None, known, Way.PHONE, "+31612345678", None, None, None, clock.now(), None)
        await work.callbacks.save(wish)
        await work.commit()
    clock.moment += CHAT
    assert await retention.purge(ports) == Purged(waiting=1)


async def test_a_link_and_digits_that_no_longer_work_are_forgotten(ports, clock):
    known = (await talked(ports)).conversation
    async with ports.work() as work:
        await work.passages.add(known, "v-iets", clock.now())
        await work.proofs.add(known, None, "123456", clock.now())
        await work.commit()
    clock.moment += TOKENS - SECOND
    assert await retention.purge(ports) == Purged()
    clock.moment += SECOND
    assert await retention.purge(ports) == Purged(tokens=2)
    assert passages.VALID < TOKENS and identity.VALID < TOKENS


def test_the_texts_name_the_terms_that_we_keep():
    facts = FactsFromFiles.load()
    day = date(2026, 11, 24)
    assert facts.value("retention_chat", day) == f"{CHAT.days} dagen"
    assert facts.value("retention_registration", day) == f"{REGISTRATION.days // 7} weken"


@pytest.mark.parametrize("is_answered", [True, False])
async def test_who_comes_back_while_a_round_is_on_keeps_his_conversation(ports, clock, is_answered):
    first, back = (await talked(ports)).conversation, await talked(ports)
    clock.moment += CHAT

    async def come_back() -> None:
        async with ports.work() as work:
            await work.conversations.begin(back.conversation, None, "ik ben er weer", clock.now())
            if is_answered:
                await work.conversations.set_asks(back.conversation, "name", clock.now())
            await work.commit()

    class SomebodyComesBack:
        """Whose return falls between looking for what is old and erasing it."""

        async def forget(self, conversation: str) -> None:
            if conversation == first:
                await come_back()

    async with ports.work() as work:  # the first is looked at before the one who comes back
        idle, _ = await work.conversations.idle_since(clock.now() - CHAT)
    if idle[0] != first:
        first, back = back.conversation, replace(back, conversation=first)
    done = await retention.purge(replace(ports, traces=SomebodyComesBack()))
    assert done == Purged(conversations=1)
    said = [each.said for each in await conversation.history(ports, back.conversation)]
    assert said == [None, "mijn kanarie", "ik ben er weer"]
