"""The client of a mail server: one mail, one connection, and whether trying again makes sense."""

import asyncio
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from functools import partial
from ipaddress import ip_address
from typing import Final
from unicodedata import category
from urllib.parse import parse_qs, quote, unquote, urlsplit

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientRefused,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from email_validator import validate_email

from bot.core.errors import IntakeError, MailRefused, MailUnavailable
from bot.services.ports import Clock
from bot.services.records import Mail

PATIENCE: Final = 10.0
"""Seconds for all of it, from the first look-up to goodbye."""
LOGIN_FIRST: Final = frozenset({530, 534, 535, 538})
"""Codes about us, whatever they answer to: with better settings the same mail goes."""
TOO_BIG: Final = 552
UNWRITABLE: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode categories that no header may hold: controls, halves of letters, ends of lines."""


class SmtpMailer:
    """The port `Mailer`, made from smtp[s]://user:password@host:port?from=Name%20%3Caddress%3E."""

    def __init__(
        self,
        url: str,
        clock: Clock,
        patience: float = PATIENCE,
        *,
        reply_to: str | None = None,
    ) -> None:
        try:
            self._sender, self._client = _read(url)
        except ValueError:  # its own words may quote the password
            raise ValueError("unreadable; needs smtp[s]://, a host and ?from=address") from None
        self._clock = clock
        self._patience = patience
        self._reply_to = reply_to

    async def send(self, mail: Mail) -> None:
        """Hand it to the server; raises MailRefused or MailUnavailable."""
        try:
            to = _address(mail.to)
            message = self._compose(mail, to)
        except ValueError as error:
            raise MailRefused(type(error).__name__) from None
        client, is_accepted = self._client(), False
        try:
            async with asyncio.timeout(self._patience):
                await client.connect()
                await client.send_message(
                    message, sender=self._sender.addr_spec, recipients=to.addr_spec
                )
                is_accepted = True
                await client.quit()
        except (SMTPException, OSError, ValueError) as error:
            if not is_accepted:  # a failed goodbye must not send it twice
                raise _problem(error) from None
        finally:
            client.close()

    async def check(self) -> None:
        """Greet it and log in; raises MailUnavailable."""
        client = self._client()
        try:
            async with asyncio.timeout(self._patience):
                await client.connect()
                await client.quit()
        except (SMTPException, OSError, ValueError) as error:
            raise MailUnavailable(type(error).__name__) from None
        finally:
            client.close()

    def _compose(self, mail: Mail, to: Address) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = to
        if self._reply_to is not None and mail.to != self._reply_to:
            message["Reply-To"] = _address(self._reply_to)
        message["Subject"] = mail.subject
        message["Date"] = self._clock.now()
        message["Message-ID"] = f"<{quote(mail.id, safe='')}@{self._sender.domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text, cte="quoted-printable")
        message["Content-Language"] = "nl"
        for each in mail.attachments:
            main, _, sub = each.kind.partition("/")
            charset = {"charset": "utf-8"} if main == "text" else {}
            message.add_attachment(each.content, main, sub, filename=each.name, params=charset)
        _check_headers(message)
        return message


def _check_headers(message: EmailMessage) -> None:
    """Raises ValueError where a header could end early.

    What is checked is the value as the library understood it: it reads "=?utf-8?q?=0A?=" as a
    line break, and Python 3.11 then writes that break.
    """
    for part in message.walk():
        for name, value in part.items():
            if any(category(letter) in UNWRITABLE for letter in str(value)):
                raise ValueError(name)


def _address(text: str, name: str = "") -> Address:
    """A valid address, its domain as every server knows it (xn--); raises ValueError."""
    found = validate_email(text, check_deliverability=False)
    return Address(name, found.local_part, found.ascii_domain)


def _read(url: str) -> tuple[Address, partial[SMTP]]:
    """The sender of a mail address, and what makes a client; raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError(parts.scheme)
    name, address = parseaddr(parse_qs(parts.query).get("from", [""])[0])
    sender = _address(address, name)
    is_secure, is_near = parts.scheme == "smtps", _is_loopback(parts.hostname)
    return sender, partial(
        SMTP,
        hostname=parts.hostname.encode("idna").decode(),
        port=parts.port or (465 if is_secure else 587),
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        local_hostname=sender.domain,  # else DNS is asked for our own name, which can take long
        use_tls=is_secure,
        start_tls=None if is_secure or is_near else True,
        validate_certs=not is_near,  # nobody signs for a relay on the machine itself
        timeout=None,
    )


def _is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def _problem(error: Exception) -> IntakeError:
    """What a failure means; in its text no address and no word of the server."""
    if isinstance(error, SMTPRecipientsRefused):
        error = error.recipients[0]
    code = error.code if isinstance(error, SMTPResponseException) else None
    about_mail = isinstance(error, SMTPRecipientRefused | SMTPDataError)
    is_final = (
        isinstance(error, SMTPNotSupported)
        or (isinstance(error, SMTPSenderRefused) and code == TOO_BIG)
        or (about_mail and code not in LOGIN_FIRST and 500 <= (code or 0) < 600)
    )
    kind = MailRefused if is_final else MailUnavailable
    return kind(f"{type(error).__name__} {code or ''}".strip())
