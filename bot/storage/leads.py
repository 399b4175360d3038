"""Intakes and registrations in the database."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Select, delete, exists, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.answers.text import fold, key_of
from bot.core.eligibility import Outcome, Reason, Verdict
from bot.core.intake import Intake
from bot.core.registration import Consent, Decision, Double, Likeness, Registration, Status
from bot.storage.cipher import Cipher, Columns, readable
from bot.storage.proofs import CONFIRMS, TRIES
from bot.storage.tables import IntakeRow, ProofRow, RegistrationRow

TABLE = "registrations"


class StoredIntakes:
    """The port `Intakes` on SQLAlchemy."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> Sequence[Intake]:
        """Every intake of which something was set."""
        rows = await self._session.scalars(select(IntakeRow).order_by(IntakeRow.id))
        return [
            Intake(row.id, row.starts_on, row.closes_on, row.capacity, row.sequence, row.changed_at)
            for row in rows
        ]

    async def save(self, intake: Intake) -> None:
        """Keep what is known now."""
        await self._session.merge(
            IntakeRow(
                id=intake.id,
                starts_on=intake.starts_on,
                closes_on=intake.closes_on,
                capacity=intake.capacity,
                sequence=intake.sequence,
                changed_at=intake.changed_at,
            )
        )

    async def hold(self, name: str) -> None:
        """Let nobody else hold this intake before this unit of work ends, set or not."""
        is_there = select(exists().where(IntakeRow.id == name))
        if not await self._session.scalar(is_there):
            with suppress(IntegrityError):  # somebody else was first: then theirs is held
                async with self._session.begin_nested():
                    self._session.add(IntakeRow(id=name, sequence=0))
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
        """How many places in the group are taken."""
        query = select(func.count()).where(
            RegistrationRow.intake == intake, RegistrationRow.takes_place
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

    async def of_intake(self, intake: str) -> Sequence[Registration]:
        """Everybody of a group that our keys open, oldest first."""
        rows = await self._session.scalars(_in_order().where(RegistrationRow.intake == intake))
        return readable(self._read, list(rows))

    async def expect_digits(self, code: str, digits: str) -> None:
        """Keep which digits show that the address is theirs."""
        values = {"proof_digits": self._cipher.index(digits, CONFIRMS), "proof_tries": 0}
        await self._session.execute(
            update(RegistrationRow).where(RegistrationRow.code == code).values(values)
        )

    async def has_digits(self, code: str, digits: str) -> bool:
        """Whether those are the digits, within a few tries."""
        row = await self._session.get(RegistrationRow, code, with_for_update=True)
        if row is None or row.proof_digits is None or row.proof_tries >= TRIES:
            return False
        row.proof_tries += 1
        await self._session.flush()
        return self._cipher.is_index(row.proof_digits, digits, CONFIRMS)

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
        return list(await self._session.scalars(_in_order()))

    async def erase(self, code: str) -> None:
        """Delete the row."""
        await self._session.execute(delete(RegistrationRow).where(RegistrationRow.code == code))

    def _email_index(self, email: str) -> str:
        return self._cipher.index(email.strip().casefold(), f"{TABLE}.email")

    def _name_index(self, name: str) -> str:
        return self._cipher.index(key_of(name) or fold(name), f"{TABLE}.name")

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
            "name_index": self._name_index(one.name),
            "looks_like": one.double and one.double.code,
            "likeness": one.double and one.double.likeness.value,
            "needs_proof": one.needs_proof,
            "takes_place": one.takes_place,
            "proven_at": one.proven_at,
            "vouched_at": one.vouched_at,
            "decision": one.decision and one.decision.value,
            "decision_reason": self._columns.seal("decision_reason", one.decision_reason, one.code),
            "decided_at": one.decided_at,
            "withdrawn_at": one.withdrawn_at or (None if one.stands else one.updated_at),
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
            double=_double(row),
            needs_proof=row.needs_proof,
            proven_at=row.proven_at,
            vouched_at=row.vouched_at,
            decision=Decision(row.decision) if row.decision else None,
            decision_reason=self._columns.open("decision_reason", row.decision_reason, row.code),
            decided_at=row.decided_at,
            withdrawn_at=row.withdrawn_at,
        )


def _double(row: RegistrationRow) -> Double | None:
    if row.looks_like is None or row.likeness is None:
        return None
    return Double(row.looks_like, Likeness(row.likeness))


def _in_order() -> Select[RegistrationRow]:
    return select(RegistrationRow).order_by(RegistrationRow.created_at, RegistrationRow.code)


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
