"""Mail on its way out, in the database."""

import base64
import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.errors import StorageUnavailable
from bot.services.records import File, Mail, Unposted, Waiting
from bot.storage.cipher import Cipher
from bot.storage.tables import MailingRow, MailRow

CONTENT = "mails.content"
MAILED_TO = "mailings.address"
LOCKED_OUT = timedelta(hours=1)
UNSENT = MailRow.sent_at.is_(None)
GIVEN_UP = MailRow.due_at.is_(None)


class StoredMails:
    """The port `Mails` on SQLAlchemy."""

    def __init__(self, session: AsyncSession, cipher: Cipher) -> None:
        self._session = session
        self._cipher = cipher

    async def add(self, mail: Mail, conversation: str, now: datetime) -> None:
        """Keep it to be sent; the same id twice is kept once."""
        if await self._session.get(MailRow, mail.id) is not None:
            return
        self._session.add(
            MailRow(
                id=mail.id,
                conversation_id=conversation,
                content=self._cipher.seal(_written(mail), CONTENT, mail.id),
                created_at=now,
                due_at=now,
                tries=0,
            )
        )
        await self._session.flush()

    async def is_there(self, mail: str) -> bool:
        """Whether one of that id was kept, sent or not."""
        return await self._session.get(MailRow, mail) is not None

    async def count(self, address: str, since: datetime) -> int:
        """How many were noted since then for an address, whatever was erased in between."""
        query = select(func.count()).where(
            MailingRow.address_index == self._index(address), MailingRow.created_at > since
        )
        return await self._session.scalar(query.select_from(MailingRow)) or 0

    async def note(self, address: str, now: datetime) -> None:
        """Note that one goes to this address."""
        self._session.add(MailingRow(address_index=self._index(address), created_at=now))
        await self._session.flush()

    async def forget(self, before: datetime) -> None:
        """Delete what was noted before then."""
        await self._session.execute(delete(MailingRow).where(MailingRow.created_at <= before))

    def _index(self, address: str) -> str:
        return self._cipher.index(address.strip().casefold(), MAILED_TO)

    async def claim(self, now: datetime, until: datetime) -> Waiting | None:
        """The mail that is due longest; nobody else gets it before `until`.

        One that our keys do not open waits an hour, and holds up no other.
        """
        due = (
            select(MailRow)
            .where(MailRow.due_at <= now, MailRow.content.is_not(None))
            .order_by(MailRow.due_at, MailRow.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        while (row := await self._session.scalar(due)) is not None and row.content is not None:
            try:
                mail = _read(self._cipher.open(row.content, CONTENT, row.id))
            except StorageUnavailable:
                row.due_at, row.problem = now + LOCKED_OUT, "unreadable"
                await self._session.flush()
                continue
            row.due_at, row.tries = until, row.tries + 1
            await self._session.flush()
            return Waiting(mail, row.tries, row.created_at)
        return None

    async def sent(self, mail: str, now: datetime) -> None:
        """It went; the content is dropped."""
        await self._settle(mail, sent_at=now, due_at=None, content=None, problem=None)

    async def put_off(
        self, mail: str, until: datetime | None, problem: str, *, is_kept: bool = True
    ) -> None:
        """It did not go: again later, or (None) given up; kept for whoever tries again, or not."""
        dropped = {} if until or is_kept else {"content": None}
        await self._settle(mail, due_at=until, problem=problem[:60], **dropped)

    async def unsent(self) -> Sequence[Unposted]:
        """All that waits or was given up, the oldest first."""
        row = MailRow
        is_there = row.content.is_not(None)  # and not the content itself, which may be large
        found = await self._session.execute(
            select(row.id, row.created_at, row.tries, row.due_at, row.problem, is_there)
            .where(UNSENT)
            .order_by(row.created_at, row.id)
        )
        return [
            Unposted(
                id=name,
                kind=name.split("-")[0],
                since=since,
                tries=tries,
                next_try=due,
                problem=problem,
                can_be_retried=due is None and is_kept,
            )
            for name, since, tries, due, problem, is_kept in found
        ]

    async def retry(self, mail: str, now: datetime) -> bool:
        """Try one that was given up as if it came now; False when there is none to try."""
        tried = await self._session.scalar(
            update(MailRow)
            .where(MailRow.id == mail, UNSENT, GIVEN_UP, MailRow.content.is_not(None))
            .values(due_at=now, created_at=now, tries=0)
            .returning(MailRow.id)
        )
        return tried is not None

    async def _settle(self, mail: str, **values: object) -> None:
        # Settled stays settled: who is late may not make a mail without content due again.
        await self._session.execute(
            update(MailRow).where(MailRow.id == mail, MailRow.due_at.is_not(None)).values(**values)
        )

    async def drop(self, code: str) -> None:
        """Delete what was not sent about the registration with that code."""
        about = MailRow.id.endswith(f"-{code}", autoescape=True)
        await self._session.execute(delete(MailRow).where(about, UNSENT))

    async def erase(self, conversation: str) -> None:
        """Delete what waits for a conversation, and that anything was sent."""
        await self._session.execute(delete(MailRow).where(MailRow.conversation_id == conversation))


def _written(mail: Mail) -> str:
    files = [
        {**vars(each), "content": base64.b64encode(each.content).decode()}
        for each in mail.attachments
    ]
    return json.dumps({**vars(mail), "attachments": files})


def _read(kept: str) -> Mail:
    raw = json.loads(kept)
    files = tuple(
        File(each["name"], each["kind"], base64.b64decode(each["content"]))
        for each in raw.pop("attachments")
    )
    return Mail(**raw, attachments=files)
