"""Mail on its way out, in the database."""

import base64
import json
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.ports import Attachment, Mail, Waiting
from bot.storage.cipher import Cipher
from bot.storage.tables import MailRow

CONTENT = "mails.content"


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
                content=self._cipher.seal(_written(mail), CONTENT),
                created_at=now,
                due_at=now,
                tries=0,
            )
        )
        await self._session.flush()

    async def claim(self, now: datetime, until: datetime) -> Waiting | None:
        """The mail that is due longest; nobody else gets it before `until`."""
        row = await self._session.scalar(
            select(MailRow)
            .where(MailRow.due_at <= now)
            .order_by(MailRow.due_at, MailRow.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is None or row.content is None:
            return None
        row.due_at, row.tries = until, row.tries + 1
        await self._session.flush()
        return Waiting(_read(self._cipher.open(row.content, CONTENT)), row.tries, row.created_at)

    async def sent(self, mail: str, now: datetime) -> None:
        """It went; the content is dropped."""
        await self._settle(mail, sent_at=now, due_at=None, content=None, problem=None)

    async def put_off(self, mail: str, until: datetime | None, problem: str) -> None:
        """It did not go: again later, or (None) given up, the content dropped."""
        dropped = {} if until else {"content": None}
        await self._settle(mail, due_at=until, problem=problem[:60], **dropped)

    async def _settle(self, mail: str, **values: object) -> None:
        # Settled stays settled: who is late may not make a mail without content due again.
        await self._session.execute(
            update(MailRow).where(MailRow.id == mail, MailRow.due_at.is_not(None)).values(**values)
        )

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
        Attachment(each["name"], each["kind"], base64.b64decode(each["content"]))
        for each in raw.pop("attachments")
    )
    return Mail(**raw, attachments=files)
