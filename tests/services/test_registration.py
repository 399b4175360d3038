"""Registering: exactly once, for the right intake, only when everything was given."""

import asyncio
import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.errors import (
    ConversationUnknown,
    IntakeClosed,
    RegistrationIncomplete,
    RegistrationUnknown,
    UnderAge,
)
from bot.core.registration import CROWD, Double, Likeness, Status
from bot.services import conversation, drafts, erasing, intakes, my_data, registration
from bot.services.ports import Ports

TOLD = {
    "sector": "installatietechniek",
    "employment": "employee",
    "education_level": "mbo4",
    "years_experience": 12,
    "employer_consent": "yes",
    "school_type": "mbo",
    "consent": "yes",
    "name": "Jan de Vries",
    "email": "jan@voorbeeld.nl",
    "phone": "+31612345678",
    "region": "Zwolle",
    "city": "Zwolle",
    "province": "Overijssel",
    "company": "skip",
    "confirm": "yes",
}


async def candidate(ports: Ports, **other: object) -> str:
    """A conversation in which everything was told; another address is another person."""
    started = await conversation.start(ports, "web")
    told = {**TOLD, **person(str(other.get("email") or TOLD["email"])), **other}
    await drafts.remember(ports, started.conversation, told)
    return started.conversation


def person(email: str) -> dict[str, object]:
    """The name and the number of whom an address is."""
    if email.casefold() == TOLD["email"]:
        return {}
    number = int(hashlib.sha256(email.casefold().encode()).hexdigest(), 16)
    word = "".join(chr(97 + number // 26**place % 26) for place in range(12))
    return {"name": f"{word[:5]} {word[5:]}".title(), "phone": f"+316{number % 10**8:08}"}


async def test_a_complete_candidate_is_registered_for_the_next_november(ports):
    done = await registration.register(ports, await candidate(ports))
    [lead] = await registration.list_leads(ports)
    assert lead == done.registration
    assert (lead.intake, lead.status) == ("2027-11", Status.REGISTERED)
    assert (lead.name, lead.email, lead.phone) == (
        "Jan de Vries",
        "jan@voorbeeld.nl",
        "+31612345678",
    )
    assert (lead.city, lead.province, lead.company) == ("Zwolle", "Overijssel", None)
    assert lead.answers["years_experience"] == 12
    assert lead.consent.text_version == "utter_ask_consent@test"
    assert lead.consent.at == ports.clock.now()


async def test_a_yes_to_one_group_registers_for_no_other(ports):
    name = await candidate(ports, intake="2026-11")
    with pytest.raises(IntakeClosed, match="2026-11"):
        await registration.register(ports, name)
    assert await registration.list_leads(ports) == []
    await drafts.remember(ports, name, {"intake": "2027-11"})
    assert (await registration.register(ports, name)).intake == "2027-11"


async def test_registering_twice_is_the_same_as_once(ports):
    name = await candidate(ports)
    first = await registration.register(ports, name)
    second = await registration.register(ports, name)
    assert first.registration == second.registration
    assert len(await registration.list_leads(ports)) == 1


async def test_many_confirmations_at_once_make_one_lead(ports):
    name = await candidate(ports)
    done = await asyncio.gather(*(registration.register(ports, name) for _ in range(8)))
    assert len(await registration.list_leads(ports)) == 1
    assert {each.registration.code for each in done} == {
        (await registration.list_leads(ports))[0].code
    }


async def test_the_same_address_elsewhere_makes_no_second_lead(ports):
    first = await registration.register(ports, await candidate(ports))
    for name in ("Jan de Vries", "JAN DE VRIES", "Ján  de Vries"):
        again = await registration.register(
            ports, await candidate(ports, email="Jan@Voorbeeld.NL", name=name)
        )
        assert again.registration is None and again.elsewhere
    assert await registration.list_leads(ports) == [first.registration]


async def test_a_doubt_is_registered_for_a_person_to_look_at(ports):
    done = await registration.register(ports, await candidate(ports, education_level="mbo2"))
    assert done.registration.status is Status.REVIEW
    assert done.registration.verdict.outcome.value == "review"


@pytest.mark.parametrize("item", ["name", "email", "phone", "region", "consent", "confirm"])
async def test_nothing_is_kept_when_something_is_missing(ports, item):
    name = await candidate(ports, **{item: None})
    with pytest.raises(RegistrationIncomplete):
        await registration.register(ports, name)
    assert await registration.list_leads(ports) == []


async def test_an_unknown_conversation_registers_nothing(ports):
    with pytest.raises(ConversationUnknown):
        await registration.register(ports, "nobody-nobody-nobody")


async def test_withdrawing_twice_is_the_same_as_once_and_makes_room(ports):
    name = await candidate(ports)
    await registration.register(ports, name)
    one = await registration.withdraw(ports, name)
    two = await registration.withdraw(ports, name)
    assert one == two and one.status is Status.WITHDRAWN
    other = await registration.register(ports, await candidate(ports))
    assert other.registration.status is Status.REGISTERED
    assert len(await registration.list_leads(ports)) == 1


async def test_withdrawing_nothing_is_said_to_be_so(ports):
    with pytest.raises(RegistrationUnknown):
        await registration.withdraw(ports, await candidate(ports))


async def test_erasing_leaves_nothing_of_a_person(ports):
    name = await candidate(ports)
    done = await registration.register(ports, name)
    await erasing.erase_by_code(ports, done.registration.code)
    assert await registration.list_leads(ports) == []
    assert await drafts.recall(ports, name) == {}
    assert await conversation.history(ports, name) == []


async def test_a_year_later_one_can_register_again(ports, clock):
    await registration.register(ports, await candidate(ports))
    clock.moment = datetime(2027, 12, 1, tzinfo=UTC)
    done = await registration.register(ports, await candidate(ports))
    assert done.registration.intake == "2028-11"
    assert len(await registration.list_leads(ports)) == 2


async def test_who_withdrew_last_year_and_registers_here_again_stands_once(ports, clock):
    name = await candidate(ports)
    await registration.register(ports, name)
    await registration.withdraw(ports, name)
    await drafts.remember(ports, name, {"confirm": "yes"})
    clock.moment = datetime(2027, 12, 1, tzinfo=UTC)
    done = await registration.register(ports, name)
    assert await registration.list_leads(ports) == [done.registration]


async def test_erasing_takes_all_years_along(ports, clock):
    name = await candidate(ports)
    await registration.register(ports, name)
    clock.moment = datetime(2027, 12, 1, tzinfo=UTC)
    await registration.register(ports, name)
    codes = [lead.code for lead in await registration.list_leads(ports)]
    assert len(codes) == 2
    shown = (await my_data.file_of(ports, name)).content.decode()
    assert all(code in shown for code in codes)
    await erasing.erase(ports, name)
    assert await registration.list_leads(ports) == []


async def test_what_was_erased_does_not_come_back_by_being_changed(ports):
    name = await candidate(ports)
    lead = (await registration.register(ports, name)).registration
    await erasing.erase(ports, name)
    async with ports.work() as work:
        await work.registrations.save(lead)
        await work.commit()
    assert await registration.list_leads(ports) == []


async def test_a_lead_comes_back_from_the_database_as_it_went_in(ports):
    done = await registration.register(ports, await candidate(ports, company="Jansen BV"))
    assert replace(done.registration) == (await registration.list_leads(ports))[0]
    assert done.registration.company == "Jansen BV"


# ── A group that is full ────────────────────────────────────────────────────


async def many(ports: Ports, count: int) -> list[registration.Registered]:
    """As many people as that, all at once."""
    names = [await candidate(ports, email=f"{number}@voorbeeld.nl") for number in range(count)]
    return list(await asyncio.gather(*(registration.register(ports, name) for name in names)))


@pytest.mark.parametrize("capacity", [0, 1, 3])
async def test_no_more_get_a_place_than_there_are_however_many_come_at_once(ports, capacity):
    await intakes.set_intake(ports, "2027-11", capacity=capacity)
    done = await many(ports, 12)
    found = [each.registration.status for each in done if each.registration]
    assert found.count(Status.REGISTERED) == capacity
    assert found.count(Status.WAITING_LIST) == 12 - capacity
    assert len(await registration.list_leads(ports)) == 12


async def test_who_withdraws_makes_room(ports):
    await intakes.set_intake(ports, "2027-11", capacity=1)
    first = await candidate(ports, email="een@voorbeeld.nl")
    await registration.register(ports, first)
    await registration.withdraw(ports, first)
    done = await registration.register(ports, await candidate(ports, email="twee@voorbeeld.nl"))
    assert done.registration.status is Status.REGISTERED


async def test_who_is_looked_at_first_has_a_place_as_well(ports):
    await intakes.set_intake(ports, "2027-11", capacity=1)
    await registration.register(
        ports, await candidate(ports, email="een@voorbeeld.nl", employment="self_employed")
    )
    done = await registration.register(ports, await candidate(ports, email="twee@voorbeeld.nl"))
    assert done.registration.status is Status.WAITING_LIST


async def test_without_a_number_of_places_nobody_waits(ports):
    assert {each.registration.status for each in await many(ports, 5)} == {Status.REGISTERED}


# ── Who may register, and whom a person looks at ────────────────────────────


@pytest.mark.parametrize("name", ["Petra de Vries", "J. de Vries", "Afdeling Personeel", "李"])
async def test_somebody_else_on_one_address_is_kept_for_a_coordinator_to_look_at(ports, name):
    first = (await registration.register(ports, await candidate(ports))).registration
    other = await candidate(ports, name=name, phone="+31687654321")
    done = await asyncio.gather(*(registration.register(ports, other) for _ in range(4)))
    [second] = {each.registration.code for each in done}
    kept = {lead.code: lead for lead in await registration.list_leads(ports)}
    assert kept.keys() == {first.code, second}
    assert kept[second].status is Status.REVIEW
    assert kept[second].double == Double(first.code, Likeness.ADDRESS)
    again = await candidate(ports, name=name.upper())
    assert (await registration.register(ports, again)).elsewhere


@pytest.mark.parametrize(
    ("told", "likeness"),
    [
        ({"phone": TOLD["phone"], "name": "Ans Bos"}, Likeness.PHONE),
        ({"name": "jan  DE vries"}, Likeness.NAME),
        ({"name": "J. de Vries"}, Likeness.NAME),
        ({"name": "Jan de Vires"}, Likeness.NAME),
        ({"name": "J. de Vries", "city": "Assen"}, None),
        ({"name": "Kees de Vries"}, None),
        ({"name": "Jan Bakker"}, None),
    ],
)
async def test_who_is_like_another_is_marked_and_takes_no_second_place(ports, told, likeness):
    await intakes.set_intake(ports, "2027-11", capacity=2)
    first = (await registration.register(ports, await candidate(ports))).registration
    other = await candidate(ports, email="elders@voorbeeld.nl", **told)
    second = (await registration.register(ports, other)).registration
    assert second.status is Status.REGISTERED
    assert second.double == (likeness and Double(first.code, likeness))
    third = await candidate(ports, email="derde@voorbeeld.nl")
    is_room = (await registration.register(ports, third)).registration.status is Status.REGISTERED
    assert is_room == (likeness is not None)


async def test_nobody_under_age_is_registered(ports):
    name = await candidate(ports, adult=False)
    with pytest.raises(UnderAge):
        await registration.register(ports, name)
    assert await registration.list_leads(ports) == []
    await drafts.remember(ports, name, {"adult": True})
    assert (await registration.register(ports, name)).registration is not None


async def test_another_route_takes_no_place_until_a_coordinator_says_so(ports):
    await intakes.set_intake(ports, "2027-11", capacity=1)
    other = await candidate(ports, email="een@voorbeeld.nl", sector="not_technical")
    elsewhere = (await registration.register(ports, other)).registration
    assert elsewhere.status is Status.REVIEW
    done = await registration.register(ports, await candidate(ports))
    assert done.registration.status is Status.REGISTERED


async def test_who_was_on_last_years_list_registers_for_the_next_group(ports, clock):
    name = await candidate(ports)
    old = (await registration.register(ports, name)).registration
    clock.moment = datetime(2027, 11, 29, tzinfo=UTC)
    new = (await registration.register(ports, name)).registration
    assert (old.intake, new.intake) == ("2027-11", "2028-11")
    assert (await registration.of_conversation(ports, name)) == new
    assert (await registration.register(ports, name)).registration == new


async def test_a_stranger_with_many_names_takes_no_more_than_ten_places(ports, clock):
    await intakes.set_intake(ports, "2027-11", capacity=15)
    kept = [await registered(ports, f"nr{number}@voorbeeld.nl") for number in range(16)]
    assert [each.takes_place for each in kept] == [True] * CROWD + [False] * (16 - CROWD)
    assert {each.status for each in kept} == {Status.REGISTERED}  # nobody waits for that stranger
    clock.moment += timedelta(days=1, minutes=1)
    assert (await registered(ports, "laat@voorbeeld.nl")).takes_place


async def registered(ports, email):
    name = await candidate(ports, email=email)
    return (await registration.register(ports, name)).registration
