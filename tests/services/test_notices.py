"""Coordinators get one mail of everything that waits for them, and nobody's name is in it."""

import asyncio
from dataclasses import replace

import pytest

from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.errors import StorageUnavailable
from bot.services import callbacks, conversation, drafts, erasing, intakes, outbox, registration
from tests.services.test_registration import TOLD, candidate

ADDRESS = "coordinatie@voorbeeld.nl"


class Postbox:
    """A mailer that keeps what it is given."""

    def __init__(self):
        self.mails = []

    async def send(self, mail):
        self.mails.append(mail)


@pytest.fixture
def house(ports, clock):
    facts = FactsFromFiles.load()
    texts = TextsFromFiles(facts, clock)
    return replace(ports, facts=facts, texts=texts, mailer=Postbox(), coordinators=ADDRESS)


async def notices(house):
    """The mails to coordinators, which are sent for it."""
    await outbox.deliver(house)
    return [each for each in house.mailer.mails if each.to == ADDRESS]


async def waiting(ports):
    return [each.id for each in await outbox.unsent(ports)]


@pytest.mark.parametrize(
    ("other", "capacity", "kind"),
    [
        ({}, None, "registered"),
        ({"education_level": "mbo2"}, None, "review"),
        ({}, 0, "waiting_list"),
    ],
)
async def test_every_registration_is_told_once_with_its_code_only(house, other, capacity, kind):
    await intakes.set_intake(house, "2027-11", capacity=capacity)
    name = await candidate(house, company="Kanarie Techniek", **other)
    done = await asyncio.gather(*(registration.register(house, name) for _ in range(4)))
    [code] = {each.registration.code for each in done}
    [mail] = await notices(house)
    assert mail.id == f"notice-{kind}-{code}" and code in mail.subject
    assert f"instap leads show {code}" in mail.text and mail.attachments == ()
    words = f"{mail.subject} {mail.text}".casefold()
    for value in (TOLD["name"], "vries", TOLD["email"], "612345678", "zwolle", "kanarie"):
        assert value.casefold() not in words


async def test_who_stands_on_the_list_gets_one_mail_however_often_somebody_wants_on_it(house):
    name = await candidate(house)
    first = (await registration.register(house, name)).registration
    for _ in range(3):
        stranger = await candidate(house, name="JAN DE VRIES", phone="+31698765432")
        assert (await registration.register(house, stranger)).elsewhere
    await outbox.deliver(house)
    [confirmed, reminder] = [each for each in house.mailer.mails if each.to == TOLD["email"]]
    assert (confirmed.id, reminder.id) == (f"registered-{first.code}", f"reminder-{first.code}")
    assert first.code in reminder.text and TOLD["name"] in reminder.text
    assert "JAN" not in reminder.text and "698765432" not in reminder.text


async def test_many_at_once_on_one_address_hear_the_same_and_mail_once(house):
    await registration.register(house, await candidate(house))
    names = [await candidate(house, phone=f"+3161234567{number}") for number in range(6)]
    done = await asyncio.gather(*(registration.register(house, name) for name in names))
    assert all(each.elsewhere for each in done)
    assert len([each for each in await waiting(house) if "reminder" in each]) == 1


async def test_a_reminder_that_still_waits_goes_with_the_registration(house):
    name = await candidate(house)
    await registration.register(house, name)
    await registration.register(house, await candidate(house))
    await registration.withdraw(house, name)
    assert [each for each in await waiting(house) if "reminder" in each] == []


async def test_a_withdrawal_is_told_once_and_also_by_who_proved_to_be_it(house):
    name = await candidate(house)
    code = (await registration.register(house, name)).registration.code
    assert len(await notices(house)) == 1
    for _ in range(2):
        await registration.withdraw(house, name)
    [_, mail] = await notices(house)
    assert mail.id == f"notice-withdrawn-{code}" and code in mail.text


async def test_who_withdraws_at_once_is_told_as_withdrawn_only(house):
    name = await candidate(house)
    code = (await registration.register(house, name)).registration.code
    await registration.withdraw(house, name)
    assert await waiting(house) == [f"notice-withdrawn-{code}"]


async def test_withdrawing_leaves_the_wish_to_be_called(house):
    name = await candidate(house)
    await registration.register(house, name)
    await callbacks.request(house, name, "over mijn diploma")
    await registration.withdraw(house, name)
    assert len([each for each in await waiting(house) if "callback" in each]) == 1


async def test_who_registers_anew_is_told_anew_and_the_old_code_no_more(house):
    name = await candidate(house)
    old = (await registration.register(house, name)).registration.code
    await registration.withdraw(house, name)
    new = (await registration.register(house, await candidate(house))).registration.code
    assert {f"notice-registered-{new}", f"registered-{new}"} == set(await waiting(house))
    assert old != new


async def test_a_callback_request_is_told_once_however_often_it_is_asked_for(house):
    started = await conversation.start(house, "web")
    told = {"name": "Kanarie de Vries", "phone": "+31612345678"}
    await drafts.remember(house, started.conversation, told)
    await callbacks.request(house, started.conversation, "na vier uur, over Kanariegeel")
    await callbacks.request(house, started.conversation, "en over de kosten")
    [number] = [each.id for each in await callbacks.list_callbacks(house)]
    [mail] = await notices(house)
    assert mail.id == f"notice-callback-{number}"
    assert "instap callbacks list" in mail.text and str(number) in mail.subject
    words = f"{mail.subject} {mail.text}".casefold()
    assert "kanarie" not in words and "vier uur" not in words and "612345678" not in words
    await callbacks.done(house, number)
    await callbacks.request(house, started.conversation)
    assert len(await notices(house)) == 2


async def test_who_cannot_be_reached_yet_is_not_told(house):
    started = await conversation.start(house, "web")
    await callbacks.request(house, started.conversation)
    assert await waiting(house) == []


async def test_without_a_mail_server_it_waits_where_it_is_seen(house):
    house = replace(house, mailer=None)
    await registration.register(house, await candidate(house))
    [mail] = await outbox.unsent(house)
    assert mail.kind == "notice" and mail.next_try is not None


async def test_without_an_address_of_coordinators_nothing_is_put_there(ports):
    name = await candidate(ports)
    await registration.register(ports, name)
    await callbacks.request(ports, name)
    await registration.withdraw(ports, name)
    assert await waiting(ports) == []


async def test_erasing_takes_what_was_not_sent_along(house):
    name = await candidate(house)
    code = (await registration.register(house, name)).registration.code
    await callbacks.request(house, name)
    assert len(await waiting(house)) == 3
    await erasing.erase_by_code(house, code)
    assert await waiting(house) == [] == await notices(house)


async def test_a_registration_that_is_not_kept_is_not_told(house):
    """The mail and the row are one transaction: neither is there without the other."""
    name, work = await candidate(house), house.work

    def never_commits():
        unit = work()

        async def fails():
            raise StorageUnavailable("full")

        unit.commit = fails
        return unit

    with pytest.raises(StorageUnavailable):
        await registration.register(replace(house, work=never_commits), name)
    assert await waiting(house) == [] == list(await registration.list_leads(house))
