"""A coordinator gives a place or takes somebody off the list; twice is the same as once."""

import asyncio
from dataclasses import replace

import pytest

from bot.core.errors import (
    AddressTaken,
    IntakeFull,
    RegistrationIncomplete,
    RegistrationUnknown,
    ValueUnclear,
)
from bot.core.registration import Status
from bot.services import callbacks, conversation, deciding, erasing, identity, intakes, registration
from tests.services.test_registration import candidate


async def lead(ports, **other):
    return (await registration.register(ports, await candidate(ports, **other))).registration


async def found(ports, name):
    async with ports.work() as work:
        return await work.conversations.by_id(name)


async def test_who_was_looked_at_gets_the_place_that_was_kept_for_him(ports):
    await intakes.set_intake(ports, "2027-11", capacity=1)
    own = await lead(ports, education_level="mbo2")
    assert own.status is Status.REVIEW
    placed = (await deciding.place(ports, own.code)).registration
    assert placed.status is Status.REGISTERED
    assert (await deciding.place(ports, own.code)).registration == placed
    assert await registration.list_leads(ports) == [placed]


async def test_who_waits_gets_a_place_as_soon_as_there_is_one(ports):
    await intakes.set_intake(ports, "2027-11", capacity=1)
    first = await lead(ports, email="een@voorbeeld.nl")
    waiting = await lead(ports, email="twee@voorbeeld.nl")
    with pytest.raises(IntakeFull):
        await deciding.place(ports, waiting.code)
    await deciding.withdraw(ports, first.code)
    assert (await deciding.place(ports, waiting.code)).registration.status is Status.REGISTERED


async def test_nobody_new_passes_who_waits_already(ports):
    await intakes.set_intake(ports, "2027-11", capacity=1)
    first = await lead(ports, email="een@voorbeeld.nl")
    waiting = await lead(ports, email="twee@voorbeeld.nl")
    await deciding.withdraw(ports, first.code)
    assert (await lead(ports, email="drie@voorbeeld.nl")).status is Status.WAITING_LIST
    assert (await deciding.place(ports, waiting.code)).registration.status is Status.REGISTERED


async def test_one_place_is_given_once_however_many_give_it(ports):
    await intakes.set_intake(ports, "2027-11", capacity=0)
    codes = [(await lead(ports, email=f"{number}@voorbeeld.nl")).code for number in range(4)]
    await intakes.set_intake(ports, "2027-11", capacity=1)
    done = await asyncio.gather(
        *(deciding.place(ports, code) for code in codes), return_exceptions=True
    )
    assert sum(isinstance(each, IntakeFull) for each in done) == 3
    placed = [each.status for each in await registration.list_leads(ports)]
    assert placed.count(Status.REGISTERED) == 1


@pytest.mark.parametrize("decide", [deciding.place, deciding.withdraw])
async def test_of_who_is_not_there_nothing_is_decided(ports, decide):
    with pytest.raises(RegistrationUnknown):
        await decide(ports, "HT-NIEMAND0")
    own = await lead(ports)
    await erasing.erase_by_code(ports, own.code)
    with pytest.raises(RegistrationUnknown):
        await decide(ports, own.code)


@pytest.mark.parametrize(
    ("item", "text", "found"),
    [
        ("name", "Jan van der Berg", {"name": "Jan van der Berg"}),
        ("email", "Nieuw@Voorbeeld.nl", {"email": "nieuw@voorbeeld.nl"}),
        ("phone", "06 - 87 65 43 21", {"phone": "+31687654321"}),
        ("company", "Bakker Techniek", {"company": "Bakker Techniek"}),
        ("region", "almelo", {"city": "Almelo", "province": "Overijssel"}),
        ("region", "Drenthe", {"city": None, "province": "Drenthe"}),
        ("region", "Straatsburg", {"city": "Straatsburg", "province": None}),
        ("name", "Weet Niet", {"name": "Weet Niet"}),
        ("name", "o", {"name": "o"}),
        ("company", "weet ik veel bv", {"company": "weet ik veel bv"}),
        ("phone", "010-1234567 toestel 12", {"phone": "+31101234567 tst 12"}),
        ("email", "sam@gmial.com", {"email": "sam@gmial.com"}),
    ],
)
async def test_a_value_is_corrected_as_a_visitor_would_say_it(ports, item, text, found):
    own = await lead(ports)
    new = await deciding.correct(ports, own.code, item, text)
    assert {name: getattr(new, name) for name in found} == found
    assert await registration.list_leads(ports) == [new]


@pytest.mark.parametrize(
    ("item", "text"), [("email", "geen idee"), ("phone", "12"), ("region", "?"), ("name", "12")]
)
async def test_what_is_no_value_changes_nothing(ports, item, text):
    own = await lead(ports)
    with pytest.raises(ValueUnclear):
        await deciding.correct(ports, own.code, item, text)
    assert await registration.list_leads(ports) == [own]


async def test_the_address_of_somebody_else_is_not_taken(ports):
    await lead(ports)
    own = await lead(ports, email="twee@voorbeeld.nl")
    with pytest.raises(AddressTaken):
        await deciding.correct(ports, own.code, "email", "jan@voorbeeld.nl")


async def test_who_withdrew_gets_no_place(ports):
    own = await lead(ports)
    assert (await deciding.withdraw(ports, own.code)).status is Status.WITHDRAWN
    assert (await deciding.withdraw(ports, own.code)).status is Status.WITHDRAWN
    with pytest.raises(RegistrationUnknown):
        await deciding.place(ports, own.code)


async def test_who_withdraws_elsewhere_waits_for_what_a_coordinator_decides(ports, clock):
    own = await lead(ports, education_level="mbo2")
    elsewhere = (await conversation.start(ports, "web")).conversation
    async with ports.work() as work:
        await work.proofs.add(elsewhere, own.code, "123456", clock.now())
        await work.commit()
    assert await identity.prove(ports, elsewhere, "123456")
    async with ports.work() as work:
        await work.conversations.hold(own.conversation)  # as `place` does
        placed = replace(own, status=Status.REGISTERED)
        withdrawing = asyncio.create_task(registration.withdraw(ports, elsewhere))
        await asyncio.wait([withdrawing], timeout=0.3)
        await work.registrations.save(placed)
        await work.commit()
    await withdrawing
    assert [each.status for each in await registration.list_leads(ports)] == [Status.WITHDRAWN]


async def test_after_a_withdrawal_by_whomever_nothing_is_registered_without_a_new_yes(ports):
    own = await lead(ports)
    before = (await found(ports, own.conversation)).updated_at
    await deciding.withdraw(ports, own.code)
    after = await found(ports, own.conversation)
    assert "confirm" not in after.draft
    assert after.updated_at == before  # what a coordinator does is no sign of life of a visitor
    with pytest.raises(RegistrationIncomplete):
        await registration.register(ports, own.conversation)


async def test_what_is_corrected_is_so_in_the_conversation_as_well(ports):
    own = await lead(ports)
    await deciding.correct(ports, own.code, "phone", "06 87 65 43 21")
    await deciding.correct(ports, own.code, "region", "almelo")
    draft = (await found(ports, own.conversation)).draft
    assert (draft["phone"], draft["city"]) == ("+31687654321", "Almelo")
    assert (await callbacks.request(ports, own.conversation)).address == "+31687654321"


async def test_what_was_erased_of_a_conversation_does_not_come_back_by_a_correction(ports):
    own = await lead(ports)
    await erasing.erase_conversation(ports, own.conversation)
    await deciding.correct(ports, own.code, "phone", "06 87 65 43 21")
    assert (await found(ports, own.conversation)).draft == {}
