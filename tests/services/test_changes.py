"""Somebody on the list changes what stands there: after a yes, once, and coordinators hear."""

import pytest

from bot.core.callback import Way
from bot.services import callbacks, changes, conversation, deciding, drafts, evidence, identity
from bot.services import registration as registrations
from tests.services.test_notices import house, notices
from tests.services.test_registration import candidate

__all__ = ["house"]


async def on_list(ports, **other):
    name = await candidate(ports, **other)
    own = (await registrations.register(ports, name)).registration
    assert own is not None
    return own


async def wants(ports, name, **new):
    await drafts.remember(ports, name, changes.as_new(new))


async def stored(ports, own):
    return await registrations.by_code(ports, own.code)


async def draft_of(ports, name):
    return await drafts.recall(ports, name)


@pytest.mark.parametrize(
    ("new", "found"),
    [
        ({"phone": "+31687654321"}, {"phone": "+31687654321"}),
        ({"company": "Hofstra Techniek"}, {"company": "Hofstra Techniek"}),
        (
            {"region": "Almelo", "city": "Almelo", "province": "Overijssel"},
            {"city": "Almelo", "province": "Overijssel"},
        ),
        (
            {"region": "Drenthe", "city": None, "province": "Drenthe"},
            {"city": None, "province": "Drenthe"},
        ),
    ],
)
async def test_what_waits_is_kept_once_and_known_in_the_conversation(ports, clock, new, found):
    own = await on_list(ports)
    await wants(ports, own.conversation, **new)
    items = await changes.settle(ports, own.conversation)
    after = await stored(ports, own)
    assert {name: getattr(after, name) for name in found} == found
    draft = await draft_of(ports, own.conversation)
    assert not changes.waiting(draft)
    assert {name: draft.get(name) for name in found} == found
    assert await changes.settle(ports, own.conversation) == items
    assert await stored(ports, own) == after


async def test_without_a_change_nothing_is_claimed_to_be_changed(ports):
    own = await on_list(ports)
    assert await changes.settle(ports, own.conversation) == ()
    assert evidence.CHANGED not in await evidence.held(ports, own.conversation)
    await wants(ports, own.conversation, phone="+31687654321")
    assert evidence.CHANGED not in await evidence.held(ports, own.conversation)
    await changes.settle(ports, own.conversation)
    assert evidence.CHANGED in await evidence.held(ports, own.conversation)
    await deciding.correct(ports, own.code, "phone", "06 11 22 33 44")
    await drafts.remember(ports, own.conversation, {"phone": "+31687654321"})
    assert evidence.CHANGED not in await evidence.held(ports, own.conversation)


async def test_who_withdrew_changes_nothing(ports):
    own = await on_list(ports)
    await wants(ports, own.conversation, phone="+31687654321")
    await registrations.withdraw(ports, own.conversation)
    assert await changes.settle(ports, own.conversation) == ()
    assert (await stored(ports, own)).phone == own.phone


async def test_a_stranger_changes_nothing_until_digits_show_who_they_are(ports, clock):
    own = await on_list(ports)
    elsewhere = (await conversation.start(ports, "web")).conversation
    await wants(ports, elsewhere, phone="+31687654321")
    assert await changes.settle(ports, elsewhere) == ()
    async with ports.work() as work:
        await work.proofs.add(elsewhere, own.code, "123456", clock.now())
        await work.commit()
    assert await identity.prove(ports, elsewhere, "123456")
    assert await changes.settle(ports, elsewhere) == ("phone",)
    assert (await stored(ports, own)).phone == "+31687654321"
    assert (await draft_of(ports, own.conversation))["phone"] == "+31687654321"


async def test_coordinators_hear_what_was_changed_and_not_into_what(house):
    own = await on_list(house)
    await wants(house, own.conversation, phone="+31687654321", company="Hofstra Techniek")
    await changes.settle(house, own.conversation)
    await changes.settle(house, own.conversation)
    [told] = [each for each in await notices(house) if each.id.startswith("notice-changed-")]
    assert own.code in told.text and "telefoonnummer, het bedrijf" in told.text
    assert "87654321" not in told.text and "Hofstra" not in told.text


async def test_an_open_request_goes_by_the_new_number(ports):
    own = await on_list(ports)
    await callbacks.request(ports, own.conversation, "over mijn diploma")
    await wants(ports, own.conversation, phone="+31687654321")
    await changes.settle(ports, own.conversation)
    kept = await callbacks.newest(ports, own.conversation)
    assert (kept.way, kept.address) == (Way.PHONE, "+31687654321")


async def test_a_number_of_somebody_else_is_kept_and_costs_no_place(ports):
    other = await on_list(
        ports, email="een@voorbeeld.nl", name="Kees Boersma", phone="+31611111111"
    )
    own = await on_list(ports)
    await wants(ports, own.conversation, phone=other.phone)
    await changes.settle(ports, own.conversation)
    after = await stored(ports, own)
    assert (after.phone, after.takes_place) == (other.phone, own.takes_place)
