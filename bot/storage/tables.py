"""The tables. What is personal stands in a `LargeBinary` column, sealed by the cipher."""

from datetime import UTC, date, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """A moment, kept in UTC and always aware (SQLite itself knows no time zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware again."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Base(DeclarativeBase):
    """All tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Instant, dict[str, object]: JSON}


class ConversationRow(Base):
    """One visitor on one channel; with `erased_at` the engine may still know what was erased.

    One of before there was a `memory` has none: what the engine holds of it is taken over.
    """

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    address_index: Mapped[str | None] = mapped_column(String(64), unique=True)
    address: Mapped[bytes | None] = mapped_column(LargeBinary)
    asks: Mapped[str | None] = mapped_column(String(40))
    draft: Mapped[bytes] = mapped_column(LargeBinary)
    memory: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    marked_at: Mapped[datetime | None]


class ExchangeRow(Base):
    """One message of a visitor and the one answer to it.

    With `due_at` the answer waits to be brought to a chat, where `arrived` parts of it are; the
    last part has `place` there.
    """

    __tablename__ = "exchanges"
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_id"),
        {"sqlite_autoincrement": True},  # an id never comes back: it names a turn to the engine
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    client_id: Mapped[str | None] = mapped_column(String(100))
    said: Mapped[bytes | None] = mapped_column(LargeBinary)
    reply: Mapped[bytes | None] = mapped_column(LargeBinary)
    decided: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    claimed_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(server_default="0")
    arrived: Mapped[int] = mapped_column(server_default="0")
    delivered_at: Mapped[datetime | None]
    place: Mapped[int | None] = mapped_column(BigInteger)
    problem: Mapped[str | None] = mapped_column(String(60))


class ButtonRow(Base):
    """A quick reply that was shown: what its id means, and the turn that it stands in."""

    __tablename__ = "buttons"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    payload: Mapped[str] = mapped_column(String(400))
    turn: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime]


class IntakeRow(Base):
    """What a coordinator set of an intake."""

    __tablename__ = "intakes"

    id: Mapped[str] = mapped_column(String(7), primary_key=True)
    starts_on: Mapped[date | None] = mapped_column(Date)
    closes_on: Mapped[date | None] = mapped_column(Date)
    capacity: Mapped[int | None]
    sequence: Mapped[int] = mapped_column(server_default="0")
    changed_at: Mapped[datetime | None]


class RegistrationRow(Base):
    """One person in one intake.

    `takes_place` is what `Registration.takes_place` said when it was kept: those are counted.
    """

    __tablename__ = "registrations"
    __table_args__ = (UniqueConstraint("intake", "email_index", "name_index"),)

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(64), index=True)
    intake: Mapped[str] = mapped_column(String(7))
    status: Mapped[str] = mapped_column(String(20))
    email_index: Mapped[str] = mapped_column(String(64))
    name: Mapped[bytes] = mapped_column(LargeBinary)
    email: Mapped[bytes] = mapped_column(LargeBinary)
    phone: Mapped[bytes] = mapped_column(LargeBinary)
    company: Mapped[bytes | None] = mapped_column(LargeBinary)
    city: Mapped[bytes | None] = mapped_column(LargeBinary)
    province: Mapped[str | None] = mapped_column(String(40))
    answers: Mapped[dict[str, object]]
    verdict: Mapped[dict[str, object]]
    consent_version: Mapped[str] = mapped_column(String(64))
    consent_at: Mapped[datetime]
    consent_shown_at: Mapped[datetime | None]
    channel: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    name_index: Mapped[str] = mapped_column(String(64), server_default="")
    looks_like: Mapped[str | None] = mapped_column(String(20))
    likeness: Mapped[str | None] = mapped_column(String(20))
    needs_proof: Mapped[bool] = mapped_column(server_default=false())
    takes_place: Mapped[bool] = mapped_column(server_default=false())
    proof_digits: Mapped[str | None] = mapped_column(String(64))
    proof_tries: Mapped[int] = mapped_column(server_default="0")
    proven_at: Mapped[datetime | None]
    vouched_at: Mapped[datetime | None]
    decision: Mapped[str | None] = mapped_column(String(20))
    decision_reason: Mapped[bytes | None] = mapped_column(LargeBinary)
    decided_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    marked_at: Mapped[datetime | None]


class ShownRow(Base):
    """The words of a text that somebody agreed to, by their hash; about nobody, so they stay."""

    __tablename__ = "shown_texts"

    version: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    first_at: Mapped[datetime]


class CallbackRow(Base):
    """Somebody who wants a coordinator to get in touch."""

    __tablename__ = "callbacks"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(64), index=True)
    way: Mapped[str] = mapped_column(String(10))
    address: Mapped[bytes] = mapped_column(LargeBinary)
    name: Mapped[bytes | None] = mapped_column(LargeBinary)
    moment: Mapped[bytes | None] = mapped_column(LargeBinary)
    question: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    role: Mapped[bytes | None] = mapped_column(LargeBinary)
    withdrawn_at: Mapped[datetime | None]
    updated_at: Mapped[datetime | None]
    marked_at: Mapped[datetime | None]


class MailRow(Base):
    """A mail on its way. Without `due_at` it is sent, its content gone, or given up."""

    __tablename__ = "mails"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(64), index=True)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int]
    sent_at: Mapped[datetime | None]
    problem: Mapped[str | None] = mapped_column(String(60))


class MailingRow(Base):
    """That somebody with this address was mailed about registering: for a day, to count them."""

    __tablename__ = "mailings"

    id: Mapped[int] = mapped_column(primary_key=True)
    address_index: Mapped[str] = mapped_column(String(64), index=True)
    created_at: Mapped[datetime]


class ProofRow(Base):
    """Digits mailed to the address of a registration; who types them may see it.

    A code that nobody has makes a row as well (without registration): no difference may show.
    """

    __tablename__ = "proofs"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(64), index=True)
    registration_code: Mapped[str | None] = mapped_column(String(20), index=True)
    digits: Mapped[str] = mapped_column(String(64))
    tries: Mapped[int]
    created_at: Mapped[datetime]
    proven_at: Mapped[datetime | None]


class PassageRow(Base):
    """A one-time token that opens a conversation at another door."""

    __tablename__ = "passages"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(64), index=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class UpdateRow(Base):
    """Something that Telegram brought to the webhook; without content it is handled."""

    __tablename__ = "telegram_updates"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    received_at: Mapped[datetime] = mapped_column(index=True)
    handled_at: Mapped[datetime | None]


class ErasureRow(Base):
    """That something was erased: ids only, to prove it and to repeat it after a restore."""

    __tablename__ = "erasures"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(64))
    registration_code: Mapped[str | None] = mapped_column(String(20))
    at: Mapped[datetime]
    kind: Mapped[str | None] = mapped_column(String(20))


class TimeRow(Base):
    """The newest time that was seen and believed, in its one row."""

    __tablename__ = "seen_time"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    newest: Mapped[datetime | None]
    doubt_since: Mapped[datetime | None]
    doubt_last: Mapped[datetime | None]
