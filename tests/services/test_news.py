"""What becomes known after registering is told once, to everybody whom it is for."""

from dataclasses import replace
from datetime import date

import pytest
from icalendar import Calendar

from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.errors import IntakeFull, MailRefused, SomebodyElse, Withdrawn
from bot.core.registration import Decision, Status
from bot.services import conversation, deciding, erasing, identity, intakes, outbox, registration
from tests.services.test_files import Post
from tests.services.test_registration import candidate

DAY, OTHER = date(2027, 11, 8), date(2027, 11, 15)


@pytest.fixture
def house(ports, clock):
    facts = FactsFromFiles.load()
    return replace(ports, facts=facts, texts=TextsFromFiles(facts, clock), mailer=Post())


async def lead(house, email="jan@voorbeeld.nl", **other):
    name = await candidate(house, email=email, **other)
    return (await registration.register(house, name)).registration


async def mails(house, start):
    """The mails of a kind that went, by the address they went to."""
    await outbox.deliver(house)
    return [each for each in house.mailer.mails if each.id.startswith(start)]


def appointment(mail):
    [file] = [each for each in mail.attachments if each.kind.startswith("text/calendar")]
    [event] = Calendar.from_ical(file.content).events
    return event


async def test_who_stands_on_the_list_hears_the_start_once_and_each_change_of_it(house):
    kept = [await lead(house), await lead(house, "piet@voorbeeld.nl", education_level="mbo2")]
    gone = await lead(house, "weg@voorbeeld.nl")
    await deciding.withdraw(house, gone.code)
    erased = await lead(house, "gewist@voorbeeld.nl")
    await erasing.erase_by_code(house, erased.code)
    for _ in range(2):
        done = await intakes.set_intake(house, "2027-11", starts_on=DAY)
    assert done.told.count == 0 and done.intake.sequence == 1
    first = await mails(house, "start-")
    assert {each.to for each in first} == {each.email for each in kept} and len(first) == 2
    assert all("maandag 8 november 2027" in each.text for each in first)
    assert (await intakes.set_intake(house, "2027-11", starts_on=OTHER)).told.count == 2
    second = (await mails(house, "start-"))[2:]
    assert len(second) == 2 and all("gewijzigd" in each.subject for each in second)
    assert (await intakes.set_intake(house, "2027-11", starts_on=DAY)).told.count == 2
    assert len(await mails(house, "start-")) == 6


async def test_each_calendar_file_replaces_the_one_of_before(house, clock):
    known = await candidate(house)
    await registration.register(house, known)
    [confirmed] = await mails(house, "registered-")
    await intakes.set_intake(house, "2027-11", starts_on=DAY)
    await intakes.set_intake(house, "2027-11", starts_on=OTHER)
    files = [appointment(each) for each in (confirmed, *await mails(house, "start-"))]
    assert len({each.uid for each in files}) == 1
    assert [each.sequence for each in files] == [0, 1, 2]
    assert all("LAST-MODIFIED" in each for each in files)


async def test_who_is_not_reached_is_named(house):
    quiet = replace(house, mailer=None)
    own = await lead(quiet)
    done = await intakes.set_intake(quiet, "2027-11", starts_on=DAY)
    assert (done.told.count, done.told.unreached) == (0, (own.code,))
    said = (await conversation.history(quiet, own.conversation))[-1].reply
    assert "maandag 8 november 2027" in said.messages[0].text


async def test_a_place_is_told_once(house):
    own = await lead(house, education_level="mbo2")
    for _ in range(2):
        await deciding.place(house, own.code)
    [mail] = await mails(house, "accepted-")
    assert mail.to == own.email and "u hebt een plaats in de groep van november 2027" in mail.text
    [kept] = await registration.list_leads(house)
    assert (kept.decision, kept.decided_at) == (Decision.ACCEPTED, house.clock.now())
    assert kept.standing == "accepted"


async def test_who_has_a_place_is_not_told_that_it_is_still_looked_at(house):
    own = await lead(house)
    await deciding.place(house, own.code)
    await intakes.set_intake(house, "2027-11", starts_on=DAY)
    [start] = await mails(house, "start-")

    assert "8 november 2027" in start.text and "bekijkt uw aanmelding" not in start.text


async def test_a_no_is_told_kindly_by_a_person_and_frees_the_place(house):
    await intakes.set_intake(house, "2027-11", capacity=1)
    own = await lead(house)
    await deciding.place(house, own.code)
    for _ in range(2):
        await deciding.decide(house, own.code, Decision.DECLINED, "De groep past niet bij u.")
    [mail] = await mails(house, "declined-")
    assert "een mens, geen computer" in mail.text and "De groep past niet bij u." in mail.text
    [kept] = await registration.list_leads(house)
    assert (kept.status, kept.takes_place) == (Status.DECLINED, False)
    assert (await lead(house, "twee@voorbeeld.nl")).status is Status.REGISTERED
    assert (await intakes.set_intake(house, "2027-11", starts_on=DAY)).told.count == 1


async def test_of_who_withdrew_nothing_is_decided(house):
    own = await lead(house)
    await deciding.withdraw(house, own.code)
    with pytest.raises(Withdrawn):
        await deciding.place(house, own.code)
    with pytest.raises(Withdrawn):
        await deciding.decide(house, own.code, Decision.ACCEPTED)


async def test_who_waited_and_is_in_doubt_gets_the_place_before_the_look(house):
    await intakes.set_intake(house, "2027-11", capacity=1)
    first = await lead(house)
    await deciding.place(house, first.code)
    own = await lead(house, "twee@voorbeeld.nl", education_level="mbo2")
    assert own.status is Status.WAITING_LIST
    with pytest.raises(IntakeFull):
        await deciding.place(house, own.code)
    await deciding.withdraw(house, first.code)
    looked = (await deciding.place(house, own.code)).registration
    assert (looked.status, looked.takes_place) == (Status.REVIEW, True)
    assert (await deciding.place(house, own.code)).registration.status is Status.REGISTERED


async def test_one_person_gets_one_place_until_somebody_says_that_they_are_two(house):
    first = await lead(house)
    await deciding.place(house, first.code)
    second = await lead(house, "elders@voorbeeld.nl", name=first.name, phone=first.phone)
    with pytest.raises(SomebodyElse, match=first.code):
        await deciding.place(house, second.code)
    done = await deciding.place(house, second.code, is_another=True)
    assert done.registration.takes_place


# ── A place is for whose address is proven ──────────────────────────────────


def digits_in(mail):
    [line] = [each for each in mail.text.splitlines() if "zes cijfers" in each]
    return "".join(filter(str.isdigit, line))


async def test_a_crowd_that_nobody_can_reach_takes_no_place(house):
    await intakes.set_intake(house, "2027-11", capacity=1)
    crowd = [await lead(house, f"{number}@voorbeeld.nl") for number in range(5)]
    assert all(each.is_unconfirmed and not each.takes_place for each in crowd)
    own = await lead(house)
    [mail] = [each for each in await mails(house, "registered-") if each.to == own.email]
    assert await identity.confirm(house, own.conversation, "000000") is None
    proven = await identity.confirm(house, own.conversation, digits_in(mail))
    assert (proven.status, proven.takes_place) == (Status.REGISTERED, True)
    [late] = [each for each in await mails(house, "registered-") if each.to == crowd[0].email]
    waits = await identity.confirm(house, crowd[0].conversation, digits_in(late))
    assert waits.status is Status.WAITING_LIST


async def test_digits_that_got_lost_are_mailed_anew_and_only_the_newest_count(house):
    own = await lead(house)
    [old] = await mails(house, "registered-")
    assert await identity.mail_again(house, own.conversation)
    [new] = await mails(house, "confirm-")
    assert await identity.confirm(house, own.conversation, digits_in(old)) is None
    assert (await identity.confirm(house, own.conversation, digits_in(new))).proven_at
    assert await identity.mail_again(house, own.conversation)
    assert not await identity.mail_again(house, own.conversation)


async def test_the_digits_of_the_confirmation_show_elsewhere_as_well_who_one_is(house):
    own = await lead(house)
    [mail] = await mails(house, "registered-")
    elsewhere = (await conversation.start(house, "web")).conversation
    assert not await identity.prove(house, elsewhere, digits_in(mail))  # for no code
    await identity.ask(house, elsewhere, own.code)
    assert await identity.prove(house, elsewhere, digits_in(mail))
    assert (await registration.of_conversation(house, elsewhere)).proven_at


async def test_guessing_the_digits_ends_after_five_tries(house):
    own = await lead(house)
    [mail] = await mails(house, "registered-")
    right = digits_in(mail)
    for _ in range(5):
        wrong = f"{(int(right) + 1) % 10**6:06}"
        assert await identity.confirm(house, own.conversation, wrong) is None
    assert await identity.confirm(house, own.conversation, right) is None


# ── What is known of the places ─────────────────────────────────────────────


async def test_how_many_places_there_are_is_known_once_their_number_is(house):
    async def room():
        return await intakes.room(house, await intakes.next_intake(house))

    assert await room() == intakes.Room()
    await intakes.set_intake(house, "2027-11", capacity=1)
    assert await room() == intakes.Room(places_left=1)
    first = await lead(house)
    await deciding.place(house, first.code)
    await lead(house, "twee@voorbeeld.nl")
    assert await room() == intakes.Room(waiting=1)


async def test_the_coordinator_hears_whom_no_mail_reaches(house):
    class Refusing:
        async def send(self, mail):
            if mail.to != "c@voorbeeld.nl":
                raise MailRefused("SMTPNotSupported")

    house = replace(house, mailer=Refusing(), coordinators="c@voorbeeld.nl")
    own = await lead(house, "jörg@voorbeeld.nl")
    await outbox.deliver(house)
    async with house.work() as work:
        assert await work.mails.is_there(f"notice-undelivered-{own.code}")
