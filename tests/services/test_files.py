"""What stands in the files: the start of the right group, and the answers as they are today."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.retention import TOKENS
from bot.services import conversation, erasing, intakes, outbox, registration, retention
from bot.services.confirmation import AT_MOST
from bot.services.files import FILES, FOR_EMPLOYER
from bot.services.records import Mail
from tests.services.test_registration import TOLD, candidate


class WrittenDown:
    """Documents that can be read back: what they were made of."""

    def __init__(self, real):
        self.calendar = real.calendar
        self.qr = real.qr

    async def page(self, title, lead, sections, foot, made_at):
        parts = [title, lead, *(f"{each.heading}\n{each.text}" for each in sections), foot]
        return "\n\n".join(parts).encode()


class Post:
    """A mail server that takes everything."""

    def __init__(self):
        self.mails: list[Mail] = []

    async def send(self, mail: Mail) -> None:
        self.mails.append(mail)


@pytest.fixture
def house(ports, clock):
    facts = FactsFromFiles.load()
    return replace(
        ports,
        facts=facts,
        texts=TextsFromFiles(facts, clock),
        documents=WrittenDown(ports.documents),
        mailer=Post(),
    )


async def events(house, known):
    file = await FILES["calendar"](house, known)
    assert (file.name, file.kind) == ("start-techniekopleider.ics", "text/calendar; charset=utf-8")
    return Calendar.from_ical(file.content).events


async def test_a_start_that_is_not_known_is_the_first_week_and_says_so(house):
    [start] = await events(house, (await conversation.start(house, "web")).conversation)
    assert (date(2027, 11, 1), date(2027, 11, 8)) == (start.DTSTART, start.DTEND)
    assert "nog niet bekend" in start.summary
    assert start.status == "TENTATIVE"


async def test_a_start_that_a_coordinator_set_is_that_day_with_the_last_day_to_join(house):
    days = {"starts_on": date(2027, 11, 3), "closes_on": date(2027, 10, 1)}
    await intakes.set_intake(house, "2027-11", **days)
    known = (await conversation.start(house, "web")).conversation
    start, closes = await events(house, known)
    assert (start.DTSTART, start.status) == (date(2027, 11, 3), "CONFIRMED")
    assert date(2027, 10, 1) == closes.DTSTART


async def test_who_is_registered_keeps_the_start_of_that_group_after_it_closed(house, clock):
    known = await candidate(house)
    await registration.register(house, known)
    clock.moment = datetime(2027, 11, 20, 12, 0, tzinfo=UTC)
    [start] = await events(house, known)
    assert start.DTSTART.year == 2027


async def test_nothing_personal_stands_in_either_file(house):
    known = await candidate(house)
    await registration.register(house, known)
    for name in ("calendar", "summary"):
        content = (await FILES[name](house, known)).content.decode()
        assert not any(str(TOLD[item]) in content for item in ("name", "email", "phone"))


async def test_the_page_for_an_employer_has_the_answers_of_today(house):
    content = (await FILES["summary"](house, "")).content.decode()
    for topic in FOR_EMPLOYER:
        assert house.texts.render(f"label_faq/{topic}").text in content
    assert "In 2020 duurde het traject een jaar." in content
    assert content.count("Een coördinator kan") == 1
    assert "23 november 2026" in content


async def test_the_page_for_an_employer_is_one_real_page(house, ports):
    real = replace(house, documents=ports.documents)
    file = await FILES["summary"](real, "")
    assert file.content.count(b"/Type /Page\n") == 1
    assert len(file.content) < 50_000


# ── The mail that confirms ──────────────────────────────────────────────────


async def test_who_registers_gets_one_mail_with_code_and_both_files(house):
    known = await candidate(house)
    done = await registration.register(house, known)
    await registration.register(house, known)
    await outbox.deliver(house)
    [mail] = house.mailer.mails
    assert mail.to == TOLD["email"]
    assert done.registration.code in mail.text
    assert "Beste Jan de Vries," in mail.text
    assert "Een coördinator bekijkt uw aanmelding." in mail.text
    kinds = [each.kind.partition(";")[0] for each in mail.attachments]
    assert kinds == ["text/calendar", "application/pdf"]


async def test_who_is_in_doubt_hears_that_a_coordinator_looks_first(house):
    await registration.register(house, await candidate(house, employment="self_employed"))
    await outbox.deliver(house)
    [mail] = house.mailer.mails
    assert "kijkt eerst of het traject bij u past" in mail.text


async def test_who_withdraws_before_the_mail_went_gets_none(house):
    known = await candidate(house)
    await registration.register(house, known)
    await registration.withdraw(house, known)
    await outbox.deliver(house)
    assert house.mailer.mails == []


async def test_without_a_mail_server_nothing_waits_for_one(house, ports):
    quiet = replace(house, mailer=None)
    await registration.register(quiet, await candidate(quiet))
    await outbox.deliver(house)
    assert house.mailer.mails == []


async def leave_by_withdrawing(house, known):
    await registration.withdraw(house, known)


async def leave_by_erasing(house, known):
    await erasing.erase(house, known)


@pytest.mark.parametrize("leave", [leave_by_withdrawing, leave_by_erasing])
async def test_nobodys_mailbox_is_filled_by_who_registers_with_his_address(house, clock, leave):
    told = []
    for number in range(5):
        known = await candidate(house, email="JAN@voorbeeld.nl" if number else "jan@voorbeeld.nl")
        done = await registration.register(house, known)
        assert done == await registration.register(house, known)
        told.append((done.registration.stands, done.is_mailed))
        await outbox.deliver(house)
        await leave(house, known)
    assert told == [(True, True)] * AT_MOST + [(True, False)] * 2
    assert [each.to.casefold() for each in house.mailer.mails] == ["jan@voorbeeld.nl"] * AT_MOST
    other = await registration.register(house, await candidate(house, email="piet@voorbeeld.nl"))
    assert other.is_mailed
    clock.moment += timedelta(days=1)
    assert (await registration.register(house, await candidate(house))).is_mailed


async def test_asking_again_who_stands_there_counts_as_a_mail_once(house, clock):
    await registration.register(house, await candidate(house))
    for _ in range(5):
        await registration.register(house, await candidate(house))
    await outbox.deliver(house)
    assert len(house.mailer.mails) == 2
    async with house.work() as work:
        assert await work.mails.count("jan@voorbeeld.nl", clock.now() - timedelta(days=1)) == 2


async def test_after_a_day_nothing_is_left_of_whom_was_mailed(house, clock):
    known = await candidate(house)
    await registration.register(house, known)
    await erasing.erase(house, known)
    long_ago = clock.now() - timedelta(days=1)
    clock.moment += TOKENS
    await retention.purge(house)
    async with house.work() as work:
        assert await work.mails.count("jan@voorbeeld.nl", long_ago) == 0
