"""A mail server on loopback, in a thread: it keeps what it gets, and has the manners it is told."""

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from socket import create_server, socket
from threading import Event
from typing import Any, Final, Literal
from urllib.parse import quote

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

HOST: Final = "mail.voorbeeld.nl"
"""The name in the server's certificate."""
SENDER: Final = "Instap <instap@voorbeeld.nl>"
BIGGEST: Final = 200_000
"""Bytes that a mail may have."""

Tls = Literal["none", "starttls", "smtps"]


@dataclass(frozen=True)
class Received:
    """A mail that the server took, with its envelope; `client` is how the other side is called."""

    client: str
    sender: str
    recipients: list[str]
    options: list[str]
    message: EmailMessage
    is_encrypted: bool

    @property
    def text(self) -> str:
        """What a person reads."""
        body = self.message.get_body(("plain",))
        assert isinstance(body, EmailMessage)
        return str(body.get_content()).replace("\r\n", "\n")


@dataclass
class FakeSmtp:
    """The server, and what a test may tell it.

    `login` is asked before anything is taken; `replies` are what it says to MAIL, RCPT or DATA (to
    DATA after the mail itself) in place of "250 OK"; `silent_at` is the command that it never
    answers: slower than anybody has patience for.
    """

    port: int
    login: tuple[str, str] | None = None
    received: list[Received] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    replies: dict[str, str] = field(default_factory=dict)
    silent_at: str | None = None
    is_silent: Event = field(default_factory=Event)
    drops_after_data: bool = False
    met: int = 0

    def url(
        self,
        scheme: str = "smtp",
        host: str = "127.0.0.1",
        login: tuple[str, str] | None = None,
        sender: str = SENDER,
    ) -> str:
        """Where it is, for a mailer."""
        who = ":".join(quote(part, safe="") for part in login) + "@" if login else ""
        return f"{scheme}://{who}{host}:{self.port}?from={quote(sender)}"

    # What aiosmtpd asks

    async def _reply(self, command: str, usual: str = "250 OK") -> str:
        if command == self.silent_at:
            self.is_silent.set()
            await asyncio.Event().wait()  # the server ends it when the other side goes away
        self.met += command in self.replies
        return self.replies.get(command, usual)

    async def handle_EHLO(  # noqa: N802
        self, _server: SMTP, session: Session, _envelope: Envelope, name: str, offers: list[str]
    ) -> list[str]:
        await self._reply("EHLO")
        session.host_name = name
        return offers

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.login and not session.authenticated:
            return "530 5.7.0 Authentication required"
        reply = await self._reply("MAIL")
        if reply.startswith("2"):
            envelope.mail_from = address
            envelope.mail_options += options
        return reply

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        reply = await self._reply("RCPT")
        if reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        reply, transport = await self._reply("DATA"), server.transport
        assert isinstance(transport, asyncio.WriteTransport)
        if reply.startswith("2"):
            is_encrypted = transport.get_extra_info("sslcontext") is not None
            self.received.append(_received(session, envelope, is_encrypted))
        if self.drops_after_data:
            transport.abort()
            await asyncio.Event().wait()
        return reply

    async def handle_QUIT(  # noqa: N802
        self, _server: SMTP, _session: Session, _envelope: Envelope
    ) -> str:
        return await self._reply("QUIT", "221 Bye")

    def check_login(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _way: str, data: Any
    ) -> AuthResult:
        """Keep every try; right is only the one login."""
        tried = (data.login.decode(), data.password.decode())
        self.logins.append(tried)
        return AuthResult(success=tried == self.login, handled=False)


def _received(session: Session, envelope: Envelope, is_encrypted: bool) -> Received:
    message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
    assert isinstance(message, EmailMessage)
    return Received(
        client=session.host_name or "",
        sender=envelope.mail_from or "",
        recipients=list(envelope.rcpt_tos),
        options=list(envelope.mail_options),
        message=message,
        is_encrypted=is_encrypted,
    )


class _Controller(Controller):
    """Listens on a socket that is there already: its port cannot be taken meanwhile."""

    def __init__(self, fake: FakeSmtp, listening: socket, **options: Any) -> None:
        super().__init__(fake, hostname="127.0.0.1", port=fake.port, **options)
        self._listening = listening

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(
            self._factory_invoker, sock=self._listening, ssl=self.ssl_context
        )


@contextlib.contextmanager
def running_fake_smtp(
    *,
    tls: Tls = "none",
    certificate: Path | None = None,
    login: tuple[str, str] | None = None,
    knows_utf8: bool = True,
) -> Iterator[FakeSmtp]:
    """Start the server in a thread, and end it; with TLS it shows the certificate."""
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    with create_server(("127.0.0.1", 0)) as listening:
        fake = FakeSmtp(listening.getsockname()[1], login)
        controller = _Controller(
            fake,
            listening,
            ssl_context=context if tls == "smtps" else None,
            tls_context=context if tls == "starttls" else None,
            auth_require_tls=tls == "starttls",
            authenticator=fake.check_login,
            data_size_limit=BIGGEST,
            enable_SMTPUTF8=knows_utf8,
        )
        controller.start()
        try:
            yield fake
        finally:
            controller.stop()


def write_certificate(path: Path, host: str = HOST) -> Path:
    """A certificate that only who knows this file trusts, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
    return path
