"""Intakes and registrations in the database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, delete, exists, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.eligibility import Outcome, Reason, Verdict
from bot.core.intake import Intake
from bot.core.registration import HAVE_PLACE, Consent, Registration, Status
from bot.storage.cipher import Cipher, Columns, readable
from bot.storage.tables import IntakeRow, ProofRow, RegistrationRow

TABLE = "registrations"


class StoredIntakes:
    """The port `Intakes` on SQLAlchemy."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> Sequence[Intake]:
        """Every intake of which something was set."""
        rows = await self._session.scalars(select(IntakeRow).order_by(IntakeRow.id))
        return [Intake(row.id, row.starts_on, row.closes_on, row.capacity) for row in rows]

    async def save(self, intake: Intake) -> None:
        """Keep what is known now."""
        await self._session.merge(
            IntakeRow(
                id=intake.id,
                starts_on=intake.starts_on,
                closes_on=intake.closes_on,
                capacity=intake.capacity,
            )
        )

    async def hold(self, name: str) -> None:
        """Let nobody else hold this intake before this unit of work ends."""
        await self._session.execute(
            select(IntakeRow.id).where(IntakeRow.id == name).with_for_update()
        )


class StoredRegistrations:
    """The port `Registrations` on SQLAlchemy."""

    def __init__(self, session: AsyncSession, cipher: Cipher) -> None:
        self._session = session
        self._cipher = cipher
        self._columns = Columns(cipher, TABLE)

    async def add(self, registration: Registration) -> bool:
        """Keep it; False when this person already stands in this intake."""
        try:
            async with self._session.begin_nested():
                self._session.add(RegistrationRow(**self._values(registration)))
        except IntegrityError:
            return False
        return True

    async def save(self, registration: Registration) -> None:
        """Keep it as it is now; one that was erased stays away."""
        await self._session.execute(
            update(RegistrationRow)
            .where(RegistrationRow.code == registration.code)
            .values(self._values(registration))
            .execution_options(synchronize_session=False)
        )

    async def with_place(self, intake: str) -> int:
        """How many registrations have a place in the group."""
        kept = [status.value for status in HAVE_PLACE]
        query = select(func.count()).where(
            RegistrationRow.intake == intake, RegistrationRow.status.in_(kept)
        )
        return await self._session.scalar(query.select_from(RegistrationRow)) or 0

    async def somebody_waits(self, intake: str) -> bool:
        """Whether anybody is on the waiting list of the group."""
        waits = RegistrationRow.status == Status.WAITING_LIST.value
        found = await self._session.scalar(
            select(exists().where(RegistrationRow.intake == intake, waits))
        )
        return bool(found)

    async def count(self) -> Mapping[Status, int]:
        """How many there are of each status."""
        status = RegistrationRow.status
        rows = await self._session.execute(select(status, func.count()).group_by(status))
        return {Status(name): number for name, number in rows}

    async def of_conversation(self, conversation: str) -> Registration | None:
        """The newest of `all_of`."""
        row = await self._session.scalar(_of(conversation).limit(1))
        return self._read(row) if row else None

    async def all_of(self, conversation: str) -> Sequence[Registration]:
        """All that were made in a conversation, or proven there to be one's own, newest first."""
        return [self._read(row) for row in await self._session.scalars(_of(conversation))]

    async def of_person(self, intake: str, email: str) -> Registration | None:
        """The one with this address, and nobody else changes it before this unit of work ends."""
        row = await self._session.scalar(
            select(RegistrationRow)
            .where(
                RegistrationRow.intake == intake,
                RegistrationRow.email_index == self._email_index(email),
            )
            .with_for_update()
        )
        return self._read(row) if row else None

    async def by_code(self, code: str) -> Registration | None:
        """The registration with that code."""
        row = await self._session.get(RegistrationRow, code)
        return self._read(row) if row else None

    async def conversation_of(self, code: str) -> str | None:
        """Where it was made."""
        query = select(RegistrationRow.conversation_id).where(RegistrationRow.code == code)
        return await self._session.scalar(query)

    async def all(self) -> Sequence[Registration]:
        """Every registration that our keys open, oldest first."""
        return readable(self._read, await self._rows())

    async def unreadable(self) -> Sequence[str]:
        """The codes of those that they do not open."""
        rows = await self._rows()
        opened = {each.code for each in readable(self._read, rows)}
        return [row.code for row in rows if row.code not in opened]

    async def _rows(self) -> Sequence[RegistrationRow]:
        rows = await self._session.scalars(
            select(RegistrationRow).order_by(RegistrationRow.created_at, RegistrationRow.code)
        )
        return list(rows)

    async def erase(self, code: str) -> None:
        """Delete the row."""
        await self._session.execute(delete(RegistrationRow).where(RegistrationRow.code == code))

    def _email_index(self, email: str) -> str:
        return self._cipher.index(email.strip().casefold(), f"{TABLE}.email")

    def _values(self, one: Registration) -> dict[str, Any]:
        """By column."""
        return {
            "code": one.code,
            "conversation_id": one.conversation,
            "intake": one.intake,
            "status": one.status.value,
            "email_index": self._email_index(one.email),
            "name": self._columns.seal("name", one.name, one.code),
            "email": self._columns.seal("email", one.email, one.code),
            "phone": self._columns.seal("phone", one.phone, one.code),
            "company": self._columns.seal("company", one.company, one.code),
            "city": self._columns.seal("city", one.city, one.code),
            "province": one.province,
            "answers": dict(one.answers),
            "verdict": {
                "outcome": one.verdict.outcome.value,
                "reasons": [reason.value for reason in one.verdict.reasons],
                "rules": one.verdict.rules,
            },
            "consent_version": one.consent.text_version,
            "consent_at": one.consent.at,
            "consent_shown_at": one.consent.shown_at,
            "channel": one.channel,
            "created_at": one.created_at,
            "updated_at": one.updated_at,
        }

    def _read(self, row: RegistrationRow) -> Registration:
        reasons = row.verdict["reasons"]
        return Registration(
            code=row.code,
            conversation=row.conversation_id,
            intake=row.intake,
            status=Status(row.status),
            name=self._columns.open("name", row.name, row.code) or "",
            email=self._columns.open("email", row.email, row.code) or "",
            phone=self._columns.open("phone", row.phone, row.code) or "",
            city=self._columns.open("city", row.city, row.code),
            province=row.province,
            company=self._columns.open("company", row.company, row.code),
            answers=row.answers,
            verdict=Verdict(
                Outcome(row.verdict["outcome"]),
                tuple(Reason(one) for one in (reasons if isinstance(reasons, list) else [])),
                str(row.verdict["rules"]),
            ),
            consent=Consent(row.consent_version, row.consent_at, row.consent_shown_at),
            channel=row.channel,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )


def _of(conversation: str) -> Select[RegistrationRow]:
    """Those made there, or proven there to be one's own, newest first."""
    proven = select(ProofRow.registration_code).where(
        ProofRow.conversation_id == conversation, ProofRow.proven_at.is_not(None)
    )
    return (
        select(RegistrationRow)
        .where((RegistrationRow.conversation_id == conversation) | RegistrationRow.code.in_(proven))
        .order_by(RegistrationRow.created_at.desc())
    )
