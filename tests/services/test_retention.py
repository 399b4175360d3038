"""What was kept as long as was agreed is erased, to the second; what was not is left alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.content.facts import FactsFromFiles
from bot.core.callback import Callback, Way
from bot.core.errors import ConversationUnknown, DayUnlikely
from bot.core.intake import AMSTERDAM
from bot.core.registration import Decision
from bot.core.retention import (
    AHEAD,
    CALLBACK,
    CHAT,
    JUMP,
    LONGEST_OFF,
    MARKED,
    PACE,
    REGISTRATION,
    SOON,
    SOON_CALLBACK,
    TOKENS,
)
from bot.core.turn import Said
from bot.services import (
    callbacks,
    conversation,
    deciding,
    drafts,
    identity,
    intakes,
    passages,
    registration,
    retention,
)
from bot.services.retention import Held, Purged
from bot.storage.tables import CallbackRow, ConversationRow, ExchangeRow, RegistrationRow
from tests.services.test_registration import candidate
from tests.support.parts import NOW

SECOND = timedelta(seconds=1)
CLOSES = datetime(2027, 12, 4, 23, tzinfo=UTC)
"""Midnight in the Netherlands, four weeks after the seventh of November 2027."""


async def talked(ports) -> conversation.Started:
    started = await conversation.start(ports, "web")
    await conversation.take_turn(ports, started.conversation, Said(text="mijn kanarie"))
    return started


async def look(ports) -> Purged:
    """A round at a time that a person vouches for, however far it is from the last."""
    return await retention.purge(ports, is_sure=True)


async def wiped_at(ports, clock, moment: datetime) -> Purged:
    """What goes then, when the mark was given in time."""
    clock.moment = moment - MARKED
    await look(ports)
    clock.moment = moment - SECOND
    early = await look(ports)
    assert (early.conversations, early.registrations, early.callbacks) == (0, 0, 0)
    clock.moment = moment
    return await look(ports)


async def test_a_conversation_is_kept_for_its_term_and_not_a_second_longer(ports, clock):
    started, began = await talked(ports), clock.moment
    clock.moment = began + CHAT - AHEAD - SECOND
    assert await look(ports) == Purged()
    clock.moment += SECOND
    assert await look(ports) == Purged(marked=1)
    clock.moment = began + CHAT - SECOND
    assert await look(ports) == Purged()
    assert await conversation.find(ports, started.token)
    clock.moment += SECOND
    assert await look(ports) == Purged(conversations=1)
    with pytest.raises(ConversationUnknown):
        await conversation.find(ports, started.token)
    assert await conversation.history(ports, started.conversation) == []
    assert await look(ports) == Purged()


async def test_what_ended_long_ago_is_marked_first_and_wiped_a_day_later(ports, clock):
    """Bug: the first round after it ended took everybody along, and nobody could stop it."""
    await talked(ports)
    await registration.register(ports, await candidate(ports))
    clock.moment = CLOSES + timedelta(days=100)
    assert await look(ports) == Purged(marked=3)
    clock.moment += MARKED - SECOND
    assert await look(ports) == Purged()
    clock.moment += SECOND
    assert await look(ports) == Purged(conversations=2, registrations=1)


async def test_who_goes_on_begins_a_new_term(ports, clock):
    started = await talked(ports)
    clock.moment += CHAT - SECOND
    assert await look(ports) == Purged(marked=1)
    await conversation.take_turn(ports, started.conversation, Said(text="nog iets"))
    clock.moment += SECOND
    assert await look(ports) == Purged()
    async with ports.work() as work:
        assert await work.terms.marked_conversations() == {}


async def test_a_registration_is_kept_until_four_weeks_after_the_start(ports, clock):
    await registration.register(ports, await candidate(ports))
    assert await wiped_at(ports, clock, CLOSES) == Purged(conversations=1, registrations=1)
    assert await registration.list_leads(ports) == []


async def test_a_start_that_a_coordinator_set_counts(ports, clock):
    await registration.register(ports, await candidate(ports))
    await intakes.set_intake(ports, "2027-11", starts_on=date(2027, 11, 20))
    clock.moment = CLOSES
    assert await look(ports) == Purged()
    done = await wiped_at(ports, clock, CLOSES + timedelta(days=13))
    assert done.registrations == 1


async def test_who_withdrew_is_kept_for_the_term_since_then(ports, clock):
    known = await candidate(ports)
    await registration.register(ports, known)
    await registration.withdraw(ports, known)
    assert (await wiped_at(ports, clock, clock.moment + REGISTRATION)).registrations == 1


async def test_a_correction_begins_no_new_term_for_who_withdrew(ports, clock):
    """Bug: the term was counted from the last change."""
    known = await candidate(ports)
    lead = (await registration.register(ports, known)).registration
    await registration.withdraw(ports, known)
    ends = clock.moment + REGISTRATION
    clock.moment += timedelta(days=20)
    await deciding.correct(ports, lead.code, "phone", "06 87654321")
    assert await retention.ends(ports) == {lead.code: ends}
    assert (await wiped_at(ports, clock, ends)).registrations == 1


async def test_a_group_that_starts_later_keeps_everybody_until_then(ports, clock):
    """Bug: another month than November was refused, and all were erased while the group waited."""
    lead = (await registration.register(ports, await candidate(ports))).registration
    clock.moment = CLOSES - timedelta(hours=1)
    assert (await look(ports)).marked
    await intakes.set_intake(ports, "2027-11", starts_on=date(2028, 1, 17))
    clock.moment += timedelta(days=2)
    assert (await look(ports)).registrations == 0
    async with ports.work() as work:
        assert [each.marked_at for each in await work.terms.registrations()] == [None]
    ends = datetime(2028, 2, 13, 23, tzinfo=UTC)
    assert await retention.ends(ports) == {lead.code: ends}
    assert (await wiped_at(ports, clock, ends)).registrations == 1


async def test_a_registration_that_ended_leaves_a_newer_one_of_there_alone(ports, clock):
    name = await candidate(ports)
    await registration.register(ports, name)
    clock.moment = CLOSES - timedelta(days=3)
    newer = (await registration.register(ports, name)).registration
    assert await wiped_at(ports, clock, CLOSES) == Purged(registrations=1)
    assert await registration.list_leads(ports) == [newer]
    assert (await drafts.recall(ports, name))["name"] == newer.name


async def test_who_goes_on_where_he_registered_keeps_what_he_says_there(ports, clock):
    known = await candidate(ports)
    await registration.register(ports, known)
    clock.moment = CLOSES - timedelta(days=1)
    await conversation.take_turn(ports, known, Said(text="kunt u mij bellen?"))
    await callbacks.request(ports, known)
    asked = clock.moment
    await look(ports)
    clock.moment = CLOSES
    assert await look(ports) == Purged(registrations=1)
    assert await registration.list_leads(ports) == []
    [wish] = await callbacks.list_callbacks(ports)
    assert wish.address == "+31612345678"
    assert [each.said for each in await conversation.history(ports, known)][-1:] == [
        "kunt u mij bellen?"
    ]
    assert "confirm" not in await drafts.recall(ports, known)
    assert wish.created_at == asked
    assert await wiped_at(ports, clock, asked + CALLBACK) == Purged(conversations=1, callbacks=1)


async def test_a_slip_in_a_year_ends_nobody(ports):
    await registration.register(ports, await candidate(ports))
    with pytest.raises(DayUnlikely):
        await intakes.set_intake(ports, "2027-11", starts_on=date(2026, 10, 2))
    assert await look(ports) == Purged()
    assert len(await registration.list_leads(ports)) == 1


async def test_a_conversation_that_proved_a_registration_takes_it_not_along(ports, clock):
    await registration.register(ports, await candidate(ports))
    [lead] = await registration.list_leads(ports)
    elsewhere = (await talked(ports)).conversation
    async with ports.work() as work:
        await work.proofs.add(elsewhere, lead.code, "123456", clock.now())
        await work.commit()
    assert await identity.prove(ports, elsewhere, "123456")
    assert (await wiped_at(ports, clock, clock.moment + CHAT)).conversations == 1
    assert [each.code for each in await registration.list_leads(ports)] == [lead.code]


async def wants_a_call(ports, conversation: str, now: datetime) -> None:
    async with ports.work() as work:
        wish = Callback(None, conversation, Way.PHONE, "+31612345678", None, None, None, now, None)
        await work.callbacks.save(wish)
        await work.commit()


async def test_a_request_to_be_called_is_kept_for_the_thirty_days_that_we_promise(ports, clock):
    """Bug: an open one was never erased."""
    known = (await talked(ports)).conversation
    await wants_a_call(ports, known, clock.moment)
    done = await wiped_at(ports, clock, clock.moment + CALLBACK)
    assert done == Purged(conversations=1, callbacks=1)
    assert await callbacks.list_callbacks(ports) == []


async def test_a_request_where_somebody_registered_has_its_own_term(ports, clock):
    known = await candidate(ports)
    await registration.register(ports, known)
    await wants_a_call(ports, known, clock.moment)
    assert await wiped_at(ports, clock, clock.moment + CALLBACK) == Purged(callbacks=1)
    assert len(await registration.list_leads(ports)) == 1


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
    clock.moment += CHAT - MARKED
    await look(ports)
    clock.moment += MARKED

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
    done = await look(replace(ports, traces=SomebodyComesBack()))
    assert done == Purged(conversations=1)
    said = [each.said for each in await conversation.history(ports, back.conversation)]
    assert said == [None, "mijn kanarie", "ik ben er weer"]


# ── The clock ───────────────────────────────────────────────────────────────


async def people(ports) -> int:
    """How many registrations there are."""
    return len(await registration.list_leads(ports))


async def test_nothing_ends_while_the_clock_is_one_that_somebody_set(ports, clock):
    """Bug: INSTAP_NOW on a real data folder erased everybody, within the hour."""
    await registration.register(ports, await candidate(ports))
    played = replace(ports, may_end_terms=False)
    for years in range(1, 4):
        clock.moment += timedelta(days=365 * years)
        for is_sure in (False, True):
            done = await retention.purge(played, is_sure=is_sure)
            assert done == Purged(held=Held.CLOCK_IS_SET)
    assert await people(ports) == 1
    async with ports.work() as work:
        assert (await work.terms.seen()).newest == NOW  # such a time is no time that was seen


@pytest.mark.parametrize("days", [-400, -3, 3, 30, 400])
async def test_a_clock_that_jumps_ends_nothing(ports, clock, days):
    """Bug: the first round after a jump erased everybody."""
    await registration.register(ports, await candidate(ports))
    await retention.purge(ports)
    clock.moment += timedelta(days=days)
    for _ in range(24):
        assert await retention.purge(ports) == Purged(held=Held.CLOCK_JUMPED)
        clock.moment += timedelta(hours=1)
    assert await people(ports) == 1
    clock.moment -= timedelta(days=days)  # and it is mended
    assert (await retention.purge(ports)).held is None


async def hourly(ports, clock, long: timedelta) -> Purged:
    """Rounds of an hour for so long; what the last one did."""
    until = clock.moment + long
    while clock.moment < until:
        clock.moment += timedelta(hours=1)
        done = await retention.purge(ports)
    return done


async def test_a_machine_that_was_off_goes_on_after_two_days_of_rounds(ports, clock):
    await retention.purge(ports)
    clock.moment += timedelta(days=5)
    assert (await hourly(ports, clock, JUMP)).held is Held.CLOCK_JUMPED
    assert (await hourly(ports, clock, timedelta(hours=1))).held is None
    assert (await hourly(ports, clock, timedelta(days=4))).held is None


async def test_rounds_far_apart_show_no_time_that_goes_on(ports, clock):
    await retention.purge(ports)
    clock.moment += timedelta(days=5)
    for _ in range(9):
        assert (await retention.purge(ports)).held is Held.CLOCK_JUMPED
        clock.moment += PACE + SECOND


async def test_a_clock_months_ahead_is_never_believed_until_a_person_says_so(ports, clock):
    await registration.register(ports, await candidate(ports))
    await retention.purge(ports)
    clock.moment = CLOSES + LONGEST_OFF
    assert (await hourly(ports, clock, timedelta(days=5))).held is Held.CLOCK_JUMPED
    assert await people(ports) == 1
    done = await look(ports)
    assert done.held is None and await people(ports) == 1  # marked, and there for a day more
    assert (await hourly(ports, clock, MARKED)).registrations == 1


# ── Coordinators hear it ────────────────────────────────────────────────────


async def told(ports) -> list[str]:
    """The mails that wait for coordinators, by their names."""
    async with ports.work() as work:
        return [each.id for each in await work.mails.unsent()]


async def test_coordinators_hear_once_what_ends_soon(ports, clock):
    """Bug: a waiting list that nobody decided on was erased, and nobody was told."""
    known = await candidate(ports)
    await registration.register(ports, known)
    house = replace(ports, coordinators="coordinatie@voorbeeld.nl")
    clock.moment = CLOSES - SOON - SECOND
    await look(house)
    assert await told(ports) == []
    clock.moment += SECOND
    for _ in range(3):
        await look(house)
    assert await told(ports) == ["notice-ending-2027-12-05"]
    assert len(await retention.ends_soon(ports)) == 1


async def test_coordinators_hear_once_of_a_request_that_nobody_dealt_with(ports, clock):
    known = (await talked(ports)).conversation
    await wants_a_call(ports, known, clock.moment)
    house = replace(ports, coordinators="coordinatie@voorbeeld.nl")
    clock.moment += CALLBACK - SOON_CALLBACK - SECOND
    await look(house)
    assert await told(ports) == []
    clock.moment += SECOND
    for _ in range(3):
        await look(house)
    [wish] = await callbacks.list_callbacks(ports)
    assert await told(ports) == [f"notice-callback_ending-{wish.id}"]


async def test_coordinators_hear_that_nothing_is_erased_for_the_clock(ports, clock):
    house = replace(ports, coordinators="coordinatie@voorbeeld.nl")
    await retention.purge(house)
    clock.moment += timedelta(days=9)
    for _ in range(3):
        await retention.purge(house)
    assert await told(ports) == ["notice-clock-2026-12-02"]


# ── What cannot be read ─────────────────────────────────────────────────────


async def test_what_cannot_be_read_ends_as_well_and_holds_up_no_other(ports, clock, database):
    """Bug: one row by another key stopped all erasing, for good."""
    for email in ("een@voorbeeld.nl", "twee@voorbeeld.nl"):
        known = await candidate(ports, email=email)
        await registration.register(ports, known)
        await wants_a_call(ports, known, clock.moment)
    await talked(ports)
    rubbish = b"\x02k9rubbish"
    async with database.begin() as connection:
        await connection.execute(update(RegistrationRow).values(name=rubbish))
        await connection.execute(update(CallbackRow).values(address=rubbish))
        await connection.execute(update(ConversationRow).values(draft=rubbish))
        await connection.execute(update(ExchangeRow).values(said=rubbish))
    clock.moment = CLOSES
    assert (await look(ports)).marked == 7
    clock.moment += MARKED
    assert await look(ports) == Purged(conversations=3, registrations=2, callbacks=2)


@pytest.mark.parametrize(
    ("decision", "ends"),
    [(Decision.ACCEPTED, (2027, 12, 5)), (Decision.DECLINED, (2027, 4, 12))],
)
async def test_who_has_a_place_stays_until_after_the_start_who_has_none_does_not(
    ports, clock, decision: Decision, ends: tuple[int, int, int]
) -> None:
    """Bug: a place given in March would have ended in April, before the start was heard."""
    name = await candidate(ports)
    own = (await registration.register(ports, name)).registration
    clock.moment = datetime(2027, 3, 15, 12, tzinfo=UTC)
    await deciding.decide(ports, own.code, decision)
    assert (await retention.ends(ports))[own.code].astimezone(AMSTERDAM).date() == date(*ends)
