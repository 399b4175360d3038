"""Mail goes out once, later when the server is away, and is kept as failed when it never will."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot import bootstrap
from bot.channels.mail import SmtpMailer
from bot.core.errors import MailUnavailable, StorageUnavailable
from bot.log import ALLOWED
from bot.services import outbox
from bot.services.records import File, Mail
from bot.settings import Settings
from tests.support.fake_smtp import running_fake_smtp
from tests.support.patience import PATIENCE

MAIL = Mail(
    "test-1",
    "kanarie@voorbeeld.nl",
    "Uw cijfers",
    "Kanarie: 048151",
    (File("les.ics", "text/calendar", b"BEGIN:VCALENDAR"),),
)


MINUTE = timedelta(minutes=1)


class FewWords:
    """A mailer that fails in the given ways, then takes everything."""

    def __init__(self, *problems):
        self.problems = list(problems)

    async def send(self, mail):
        if self.problems:
            raise self.problems.pop(0)


class Endless:
    """A mailer that begins and never ends."""

    def __init__(self):
        self.began = asyncio.Event()

    async def send(self, mail):
        self.began.set()
        await asyncio.Event().wait()


async def keep(ports, mail=MAIL):
    async with ports.work() as work:
        await work.mails.add(mail, "a-conversation", ports.clock.now())
        await work.commit()


def with_mailer(ports, server):
    return replace(ports, mailer=SmtpMailer(server.url(), ports.clock))


async def row(database):
    async with database.connect() as connection:
        return (
            await connection.execute(text("select content, due_at, sent_at, problem from mails"))
        ).one()


async def test_a_mail_goes_once_and_nothing_of_it_stays(ports, database):
    with running_fake_smtp() as server:
        ports = with_mailer(ports, server)
        await keep(ports)
        await keep(ports)
        done = await asyncio.gather(outbox.deliver(ports), outbox.deliver(ports))
        assert sum(done) == 1 and await outbox.deliver(ports) == 0
        assert len(server.received) == 1
    content, due_at, sent_at, problem = await row(database)
    assert content is None and due_at is None and sent_at and problem is None


async def test_a_server_that_is_away_is_tried_again_later_and_not_for_ever(ports, clock, database):
    with running_fake_smtp() as server:
        pass  # its port is free again: nobody listens
    ports = with_mailer(ports, server)
    await keep(ports)
    times = []
    while (await row(database)).due_at:
        times.append(clock.moment)
        assert await outbox.deliver(ports) == 0
        clock.moment += timedelta(minutes=30)
    assert len(times) > 10
    assert times[-1] - times[0] < outbox.GIVE_UP <= clock.moment - times[0] + outbox.LONGEST_PAUSE
    content, _, sent_at, problem = await row(database)
    assert content and sent_at is None and problem


async def test_what_is_worth_nothing_any_more_is_not_sent(ports, clock, database):
    with running_fake_smtp() as server:
        ports = with_mailer(ports, server)
        async with ports.work() as work:
            await work.mails.add(replace(MAIL, minutes=15), "gesprek", clock.now())
            await work.commit()
        clock.moment += timedelta(minutes=15)
        assert await outbox.deliver(ports) == 0 == len(server.received)
    content, due_at, sent_at, problem = await row(database)
    assert content is None and due_at is None and sent_at is None and problem == "too late"


async def given_up(ports, server):
    server.replies["RCPT"] = "550 kanarie@voorbeeld.nl does not live here"
    await keep(ports)
    assert await outbox.deliver(ports) == 0
    server.replies.clear()


async def test_what_failed_is_seen_without_a_person_and_goes_when_it_is_tried_again(ports, clock):
    with running_fake_smtp() as server:
        ports = with_mailer(ports, server)
        await given_up(ports, server)
        clock.moment += outbox.GIVE_UP
        [failed] = await outbox.unsent(ports)
        assert failed.next_try is None and failed.can_be_retried
        assert "anarie" not in repr(failed) and "048151" not in repr(failed)
        assert await outbox.deliver(ports) == 0
        assert await outbox.retry(ports, failed.id, "unknown") == 1
        assert await outbox.retry(ports, failed.id) == 0
        [waiting] = await outbox.unsent(ports)
        assert waiting.next_try == clock.now() and not waiting.can_be_retried
        assert await outbox.deliver(ports) == 1 == len(server.received)
    assert await outbox.unsent(ports) == []
    assert await outbox.retry(ports, failed.id) == 0


async def test_what_was_only_worth_sending_in_time_cannot_be_tried_again(ports, database):
    with running_fake_smtp() as server:
        ports = with_mailer(ports, server)
        server.replies["RCPT"] = "550 no"
        await keep(ports, replace(MAIL, minutes=15))
        assert await outbox.deliver(ports) == 0
    [failed] = await outbox.unsent(ports)
    assert not failed.can_be_retried and await outbox.retry(ports, failed.id) == 0
    assert (await row(database)).content is None


async def test_a_mail_that_no_key_opens_holds_up_no_other(ports, clock, database):
    with running_fake_smtp() as server:
        ports = with_mailer(ports, server)
        await keep(ports)
        async with database.begin() as connection:
            await connection.execute(text("update mails set content = :odd"), {"odd": b"\1" * 40})
        async with ports.work() as work:
            await work.mails.add(replace(MAIL, id="later"), "gesprek", clock.now())
            await work.commit()
        assert await outbox.deliver(ports) == 1 == len(server.received)
        assert await outbox.deliver(ports) == 0


async def test_without_a_mail_server_nothing_is_lost(ports, database):
    await keep(ports)
    assert await outbox.deliver(ports) == 0
    assert (await row(database)).due_at


async def test_a_mail_comes_back_from_the_database_as_it_went_in(ports):
    await keep(ports)
    now = ports.clock.now()
    async with ports.work() as work:
        waiting = await work.mails.claim(now, now + MINUTE)
    assert waiting.mail == MAIL and waiting.tries == 1 and waiting.since == now


async def test_a_server_that_is_back_gets_it_by_the_clock_after_1_2_and_4_minutes(ports, clock):
    with running_fake_smtp() as server:
        ports = with_mailer(ports, server)
        await keep(ports)
        server.replies["RCPT"] = "451 later"
        for minutes in (1, 2, 4):
            assert await outbox.deliver(ports) == 0
            clock.moment += minutes * MINUTE - timedelta(seconds=1)
            server.replies.clear()
            assert await outbox.deliver(ports) == 0 and not server.received
            server.replies["RCPT"] = "451 later"
            clock.moment += timedelta(seconds=1)
        server.replies.clear()
        assert await outbox.deliver(ports) == 1
        assert len(server.received) == 1


async def test_what_is_refused_is_given_up_at_once_and_logged_without_a_person(ports, database):
    with running_fake_smtp() as server, capture_logs() as logged:
        server.replies["RCPT"] = "550 kanarie@voorbeeld.nl does not live here"
        ports = with_mailer(ports, server)
        await keep(ports)
        assert await outbox.deliver(ports) == 0
    content, due_at, sent_at, problem = await row(database)
    assert content and due_at is sent_at is None and problem == "SMTPRecipientRefused 550"
    [event] = [each for each in logged if each["event"] == "outbox_gave_up"]
    assert event["error"] == problem and "kanarie" not in str(logged).lower()
    assert set(event) <= ALLOWED | {"log_level"}


async def test_a_problem_without_words_is_a_problem_all_the_same(ports, database):
    await keep(ports)
    assert await outbox.deliver(replace(ports, mailer=FewWords(MailUnavailable()))) == 0
    assert (await row(database)).content and (await row(database)).due_at


async def test_who_settles_too_late_changes_nothing_and_blocks_nobody(ports, clock, database):
    ports = replace(ports, mailer=FewWords())
    await keep(ports)
    assert await outbox.deliver(ports) == 1
    async with ports.work() as work:
        await work.mails.put_off(MAIL.id, clock.now(), "late")
        await work.commit()
    assert (await row(database)).due_at is None
    await keep(ports, replace(MAIL, id="test-2"))
    assert await outbox.deliver(ports) == 1


async def test_a_mail_that_was_claimed_often_and_never_settled_is_put_off(ports, clock, database):
    await keep(ports)
    for _ in range(50):
        async with ports.work() as work:
            await work.mails.claim(clock.now(), clock.now() + MINUTE)
            await work.commit()
        clock.moment += MINUTE
    assert await outbox.deliver(replace(ports, mailer=FewWords(MailUnavailable("down")))) == 0
    assert (await row(database)).due_at


async def test_the_outbox_goes_on_after_whatever_breaks_until_it_is_cancelled(ports, database):
    await keep(ports)
    failures, work = [StorageUnavailable("locked"), ZeroDivisionError()], ports.work

    def sometimes():
        if failures:
            raise failures.pop(0)
        return work()

    mailer = Endless()
    with capture_logs() as logged:
        running = asyncio.create_task(
            outbox.run(replace(ports, work=sometimes, mailer=mailer), pause=0)
        )
        await asyncio.wait_for(mailer.began.wait(), PATIENCE)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert [each["event"] for each in logged] == ["outbox_waits", "outbox_broke"]
    assert (await row(database)).content, "what was being sent waits for the next start"


async def test_nothing_of_a_waiting_mail_can_be_read_in_the_database(ports, database, tmp_path):
    await keep(ports)
    async with database.connect() as connection:
        [kept] = await connection.execute(text("select * from mails"))
    raw = b"".join(each if isinstance(each, bytes) else str(each).encode() for each in kept)
    raw += b"".join(path.read_bytes() for path in tmp_path.glob("instap.db*"))
    for canary in (b"anarie", b"048151", b"cijfers", b"VCALENDAR", b"QkVHSU46", b"les.ics"):
        assert canary not in raw


def test_a_wrong_address_of_the_mail_server_is_named_without_its_password(tmp_path):
    wrong = Settings(_env_file=None, var=tmp_path, smtp_url="smtp://jan:geheim@?from=x")
    with pytest.raises(SystemExit, match="^INSTAP_SMTP_URL: ") as ended:
        bootstrap.build(wrong)
    assert "geheim" not in str(ended.value)
