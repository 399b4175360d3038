"""Mail over the wire: what arrives, what is refused for good, what may be tried again."""

import asyncio
import socket
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from email.headerregistry import Address
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.channels.mail import SmtpMailer
from bot.core.errors import IntakeError, MailRefused, MailUnavailable
from bot.services.records import File, Mail
from tests.support.fake_smtp import (
    BIGGEST,
    HOST,
    FakeSmtp,
    Received,
    running_fake_smtp,
    write_certificate,
)
from tests.support.parts import StandingClock

LOGIN = ("instap@voorbeeld.nl", "g/e#h:e@i m")
HOPELESS = 0.3
"""Seconds of patience where the server says nothing anyway."""
INVITATION = File("afspraak één.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nSUMMARY:\xc3\xa9")


def mail(**other: Any) -> Mail:
    """A mail of which a test names what matters to it."""
    usual = {"id": "m-1", "to": "jan@school.nl", "subject": "Uw intake", "text": "Dag Jan.\n"}
    return Mail(**(usual | other))


async def deliver(url: str, sent: Mail, patience: float = 5.0) -> None:
    await SmtpMailer(url, StandingClock(), patience).send(sent)


async def arrived(server: FakeSmtp, **parts: Any) -> Received:
    """The one mail that arrived."""
    await deliver(server.url(), mail(**parts))
    (received,) = server.received
    return received


@pytest.fixture
def server() -> Iterator[FakeSmtp]:
    """On loopback, without TLS, for everybody."""
    with running_fake_smtp() as running:
        yield running


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> str:
    """A name that is not of this machine, though it leads here."""
    look_up = socket.getaddrinfo

    def lead_here(host: str, *more: Any, **named: Any) -> Any:
        return look_up("127.0.0.1" if host.endswith("voorbeeld.nl") else host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", lead_here)
    return HOST


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Nobody signed it."""
    return write_certificate(tmp_path / "mail.pem")


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This machine trusts it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return certificate


# What arrives


async def test_a_mail_arrives_with_its_envelope_and_headers(server: FakeSmtp) -> None:
    received = await arrived(server, subject="Uw intake is op één december ✓")
    assert (received.sender, received.recipients) == ("instap@voorbeeld.nl", ["jan@school.nl"])
    headers = received.message
    assert headers["From"] == "Instap <instap@voorbeeld.nl>"
    assert headers["To"] == "jan@school.nl"
    assert headers["Subject"] == "Uw intake is op één december ✓"
    assert headers["Message-ID"] == "<m-1@voorbeeld.nl>"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Content-Language"] == "nl"
    assert headers.get_content_type() == "text/plain"
    assert headers.get_content_charset() == "utf-8"


async def test_the_date_is_that_of_the_clock(server: FakeSmtp) -> None:
    moment = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
    await SmtpMailer(server.url(), StandingClock(moment)).send(mail())
    assert parsedate_to_datetime(server.received[0].message["Date"]) == moment


@pytest.mark.parametrize(
    "text",
    [
        "Beste José,\n\nTot één december! 👋🏽\n",
        ".\n..\n.een punt vooraan\n",
        "From hier af\nSubject: geen kop\n",
        "lang " * 3000 + "\n",
        "spatie aan het eind \n\ttab\n\n\n",
        "a=3D&b=é\x00\x0b\x85\n",
    ],
)
async def test_every_text_arrives_as_it_was_written(server: FakeSmtp, text: str) -> None:
    received = await arrived(server, text=text)
    assert received.text == text


async def test_an_attachment_arrives_byte_for_byte_under_its_name(server: FakeSmtp) -> None:
    received = await arrived(server, text="Zie de afspraak.\n", attachments=(INVITATION,))
    assert received.text == "Zie de afspraak.\n"
    (attached,) = received.message.iter_attachments()
    assert attached.get_filename() == INVITATION.name
    assert attached.get_content_type() == "text/calendar"
    assert attached.get_content_charset() == "utf-8"
    assert attached.get_payload(decode=True) == INVITATION.content


async def test_many_mails_at_once_all_arrive(server: FakeSmtp) -> None:
    mailer = SmtpMailer(server.url(), StandingClock())
    await asyncio.gather(*(mailer.send(mail(id=f"m-{number}")) for number in range(20)))
    ids = {received.message["Message-ID"] for received in server.received}
    assert ids == {f"<m-{number}@voorbeeld.nl>" for number in range(20)}


async def test_an_odd_id_makes_a_valid_message_id(server: FakeSmtp) -> None:
    received = await arrived(server, id="lead 7/<welkom>\n")
    assert received.message["Message-ID"] == "<lead%207%2F%3Cwelkom%3E%0A@voorbeeld.nl>"
    assert not received.message["Message-ID"].defects


async def test_the_name_of_our_machine_stays_at_home(server: FakeSmtp) -> None:
    assert (await arrived(server)).client == "voorbeeld.nl"


# Addresses of the whole world


async def test_an_international_domain_goes_to_any_server() -> None:
    with running_fake_smtp(knows_utf8=False) as server:
        received = await arrived(server, to="jan@münchen.de")
    assert received.recipients == ["jan@xn--mnchen-3ya.de"]
    assert received.message["To"] == "jan@xn--mnchen-3ya.de"


async def test_an_international_name_goes_where_the_server_can(server: FakeSmtp) -> None:
    received = await arrived(server, to="jörg@münchen.de", subject="Één vraag")
    assert "SMTPUTF8" in received.options
    assert received.recipients == ["jörg@xn--mnchen-3ya.de"]
    assert (received.message["To"], received.message["Subject"]) == (
        "jörg@xn--mnchen-3ya.de",
        "Één vraag",
    )


async def test_an_international_name_is_refused_where_the_server_cannot() -> None:
    with running_fake_smtp(knows_utf8=False) as server, pytest.raises(MailRefused):
        await deliver(server.url(), mail(to="jörg@school.nl"))
    assert server.received == []


async def test_the_sender_may_be_international(server: FakeSmtp) -> None:
    await deliver(server.url(sender='"Opleiding Één, intake" <intake@münchen.de>'), mail())
    (received,) = server.received
    sender = Address("Opleiding Één, intake", "intake", "xn--mnchen-3ya.de")
    assert received.message["From"].addresses == (sender,)
    assert received.sender == "intake@xn--mnchen-3ya.de"


# What can never arrive


@pytest.mark.parametrize(
    "address",
    [
        "",
        "jan",
        "jan@",
        "jan@school",
        "jan@school.nl, piet@school.nl",
        "Jan <jan@school.nl>",
        "jan@school.nl\n",
        "jan@school.nl\r\nBcc: piet@school.nl",
        "jan@school.nl> SIZE=1",
        "=?utf-8?q?=0ABcc:x?=@school.nl",
    ],
)
async def test_an_address_that_cannot_be_is_refused(server: FakeSmtp, address: str) -> None:
    with pytest.raises(MailRefused):
        await deliver(server.url(), mail(to=address))
    assert server.received == []


@pytest.mark.parametrize(
    "line",
    [
        "Uw intake\n",
        "Uw intake\r\nBcc: piet@school.nl",
        "Uw intake\rBcc: piet@school.nl",
        "Uw intake\u2028Bcc: piet@school.nl",
        "Uw intake\x00",
        "Uw \ud83d intake",
        "=?utf-8?q?Uw_intake=0D=0ABcc:_piet=40school.nl?=",
        "=?utf-8?b?QQpCY2M6IHBpZXRAc2Nob29sLm5s?=",
    ],
)
async def test_no_line_can_become_a_header(server: FakeSmtp, line: str) -> None:
    with pytest.raises(MailRefused):
        await deliver(server.url(), mail(subject=line))
    with pytest.raises(MailRefused):
        await deliver(server.url(), mail(attachments=(File(line, "text/plain", b""),)))
    assert server.received == []


def test_whatever_the_subject_there_is_no_other_header() -> None:
    pieces = st.sampled_from(
        ["=?utf-8?q?", "?=", "=0A", "=0D", "Bcc: x@y.nl", " ", "\n", "\t", "é", "a" * 70, '"', "=?"]
    )

    with running_fake_smtp() as server:

        @settings(max_examples=100, deadline=None, database=None)
        @given(st.lists(pieces, max_size=8).map("".join) | st.text(max_size=80))
        @example("=?utf-8?q?=0A?= =?utf-8?q?Bcc:_x?=")
        def send(subject: str) -> None:
            server.received.clear()
            try:
                asyncio.run(deliver(server.url(), mail(subject=subject)))
            except MailRefused:
                return
            (received,) = server.received
            assert received.message.keys() == plain
            assert received.text == "Dag Jan.\n"

        asyncio.run(deliver(server.url(), mail()))
        plain = server.received[0].message.keys()
        send()


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        ("RCPT", "550 5.1.1 jan@school.nl is unknown here"),
        ("RCPT", "553 5.1.3 bad address"),
        ("DATA", "554 5.7.1 this looks like spam"),
        ("MAIL", "552 5.3.4 too big"),
    ],
)
async def test_a_refusal_of_the_mail_is_final(server: FakeSmtp, command: str, reply: str) -> None:
    server.replies[command] = reply
    with pytest.raises(MailRefused):
        await deliver(server.url(), mail())
    assert server.received == []


async def test_a_mail_that_is_too_big_is_refused(server: FakeSmtp) -> None:
    photo = File("foto.jpg", "image/jpeg", b"\xff" * BIGGEST)
    with pytest.raises(MailRefused):
        await deliver(server.url(), mail(attachments=(photo,)))


# What may go later


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        ("RCPT", "451 4.7.1 greylisted, come back later"),
        ("RCPT", "421 4.3.2 closing down"),
        ("RCPT", "530 5.7.0 authentication required"),
        ("DATA", "451 4.3.0 busy"),
        ("DATA", "452 4.3.1 disk full"),
        ("DATA", "what?"),
        ("MAIL", "451 4.3.0 busy"),
        ("MAIL", "550 5.7.1 you may not send as instap@voorbeeld.nl"),
    ],
)
async def test_what_is_not_about_this_mail_may_go_later(
    server: FakeSmtp, command: str, reply: str
) -> None:
    server.replies[command] = reply
    with pytest.raises(MailUnavailable):
        await deliver(server.url(), mail())
    server.replies.clear()
    await deliver(server.url(), mail())
    assert len(server.received) == 1


async def test_a_server_that_is_down_may_be_up_later() -> None:
    with running_fake_smtp() as server:
        pass
    with pytest.raises(MailUnavailable):
        await deliver(server.url(), mail())


@pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT", "DATA"])
async def test_a_silent_server_costs_no_more_than_our_patience(
    server: FakeSmtp, command: str
) -> None:
    server.silent_at = command
    with pytest.raises(MailUnavailable):
        await deliver(server.url(), mail(), HOPELESS)
    assert server.received == []


async def test_a_lost_line_after_the_mail_gives_the_same_mail_again(server: FakeSmtp) -> None:
    server.drops_after_data = True
    with pytest.raises(MailUnavailable):
        await deliver(server.url(), mail())
    server.drops_after_data = False
    await deliver(server.url(), mail())
    first, second = (received.message["Message-ID"] for received in server.received)
    assert first == second


@pytest.mark.parametrize("goodbye", ["221 Bye", "421 closing", "500 what?", None])
async def test_a_failed_goodbye_does_not_undo_a_delivery(
    server: FakeSmtp, goodbye: str | None
) -> None:
    if goodbye is None:
        server.silent_at = "QUIT"
    else:
        server.replies["QUIT"] = goodbye
    await deliver(server.url(), mail(), 1.0)
    assert len(server.received) == 1


async def test_who_stops_the_sending_is_obeyed(server: FakeSmtp) -> None:
    server.silent_at = "EHLO"
    sending = asyncio.create_task(deliver(server.url(), mail()))
    await asyncio.to_thread(server.is_silent.wait)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending


# Who we are


async def test_a_login_with_odd_letters_is_understood() -> None:
    with running_fake_smtp(login=LOGIN) as server:
        await deliver(server.url(login=LOGIN), mail())
    assert server.logins == [LOGIN]
    assert len(server.received) == 1


@pytest.mark.parametrize("login", [None, ("instap@voorbeeld.nl", "mis")])
async def test_a_wrong_login_is_our_mistake_not_that_of_the_mail(
    login: tuple[str, str] | None,
) -> None:
    with running_fake_smtp(login=LOGIN) as server, pytest.raises(MailUnavailable):
        await deliver(server.url(login=login), mail())
    assert server.received == []


# Who may read along


async def test_the_way_to_another_machine_is_encrypted(elsewhere: str, trusted: Path) -> None:
    with running_fake_smtp(tls="starttls", certificate=trusted, login=LOGIN) as server:
        await deliver(server.url(host=elsewhere, login=LOGIN), mail())
    assert [received.is_encrypted for received in server.received] == [True]


async def test_smtps_is_encrypted_from_the_first_byte(elsewhere: str, trusted: Path) -> None:
    with running_fake_smtp(tls="smtps", certificate=trusted, login=LOGIN) as server:
        await deliver(server.url("smtps", elsewhere, LOGIN), mail())
    assert [received.is_encrypted for received in server.received] == [True]


async def test_another_machine_without_encryption_hears_no_password(elsewhere: str) -> None:
    with running_fake_smtp(login=LOGIN) as server:
        for scheme in ("smtp", "smtps"):
            with pytest.raises(MailUnavailable):
                await deliver(server.url(scheme, elsewhere, LOGIN), mail())
    assert (server.logins, server.received) == ([], [])


@pytest.mark.parametrize("tls", ["starttls", "smtps"])
@pytest.mark.parametrize("host", [HOST, "ander.voorbeeld.nl"])
async def test_a_stranger_hears_no_password(
    elsewhere: str, tls: Any, host: str, request: pytest.FixtureRequest
) -> None:
    """Strange is a certificate that nobody signed, and one of another name."""
    shown = request.getfixturevalue("certificate" if host == HOST else "trusted")
    scheme = "smtps" if tls == "smtps" else "smtp"
    running = running_fake_smtp(tls=tls, certificate=shown, login=LOGIN)
    with running as server, pytest.raises(MailUnavailable):
        await deliver(server.url(scheme, host, LOGIN), mail())
    assert (server.logins, server.received) == ([], [])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_relay_on_this_machine_needs_no_signature(certificate: Path, host: str) -> None:
    with running_fake_smtp(tls="starttls", certificate=certificate) as server:
        await deliver(server.url(host=host), mail())
    assert [received.is_encrypted for received in server.received] == [True]


# What nobody may read


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        ("RCPT", "550 jan@school.nl is unknown"),
        ("DATA", "451 jan@school.nl is busy"),
        ("MAIL", "550 instap@voorbeeld.nl may not send"),
        (None, "the address cannot be"),
        (None, "the login is wrong"),
    ],
)
async def test_no_person_and_no_password_stands_in_an_error_or_a_log(
    command: str | None, reply: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    login = (LOGIN[0], "vergeten") if "login" in reply else LOGIN
    to = "jan@school.nl, jan@school.nl" if "address" in reply else "jan@school.nl"
    with running_fake_smtp(login=LOGIN) as server, pytest.raises(IntakeError) as caught:
        if command:
            server.replies[command] = reply
        await deliver(server.url(login=login), mail(to=to))
    ours = [each.getMessage() for each in caplog.records if each.name != "mail.log"]
    told = "".join(traceback.format_exception(caught.value)) + "".join(ours) + repr(mail())
    assert [secret for secret in ("jan@", "Jan", *LOGIN, "vergeten") if secret in told] == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.voorbeeld.nl",
        "http://geheim:geheim@mail.voorbeeld.nl?from=instap@voorbeeld.nl",
        "smtp://geheim:ge/heim@mail.voorbeeld.nl:587?from=instap@voorbeeld.nl",
        "smtp://geheim:geheim@mail.voorbeeld.nl:geheim?from=instap@voorbeeld.nl",
        "smtp://geheim:geheim@mail..nl?from=instap@voorbeeld.nl",
        "smtp://geheim:geheim@mail.voorbeeld.nl",
        "smtp://geheim:geheim@mail.voorbeeld.nl?from=Instap",
        "smtp://geheim:geheim@?from=instap@voorbeeld.nl",
    ],
)
def test_an_unreadable_address_of_the_server_is_told_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="unreadable") as caught:
        SmtpMailer(url, StandingClock())
    assert "geheim" not in "".join(traceback.format_exception(caught.value))
