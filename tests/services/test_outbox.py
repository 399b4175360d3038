"""Mail goes out once, later when the server is away, and is dropped when it never will."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from bot.channels.mail import SmtpMailer
from bot.services import outbox
from bot.services.ports import Attachment, Mail
from tests.support.fake_smtp import running_fake_smtp

MAIL = Mail(
    "test-1",
    "kanarie@voorbeeld.nl",
    "Uw cijfers",
    "Kanarie: 048151",
    (Attachment("les.ics", "text/calendar", b"BEGIN:VCALENDAR"),),
)


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
    assert content is None and sent_at is None and problem


async def test_without_a_mail_server_nothing_is_lost(ports, database):
    await keep(ports)
    assert await outbox.deliver(ports) == 0
    assert (await row(database)).due_at


async def test_a_mail_comes_back_from_the_database_as_it_went_in(ports):
    await keep(ports)
    now = ports.clock.now()
    async with ports.work() as work:
        waiting = await work.mails.claim(now, now + timedelta(minutes=1))
    assert waiting.mail == MAIL and waiting.tries == 1 and waiting.since == now
