"""Puts the real parts together: the only place that knows them all.

What only some of the processes use is imported where it is made.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.engine import RasaEngine
from bot.channels.shards import Shards
from bot.content.facts import FactsFromFiles
from bot.content.source import KEPT
from bot.content.texts import TextsFromFiles
from bot.core.errors import KeySpoilt
from bot.documents import Documents
from bot.privacy.masking import PersonalDataFinder
from bot.services.order import InThisProcess
from bot.services.ports import Doors, Ports
from bot.settings import Settings, async_url
from bot.storage.cipher import Cipher, load_cipher
from bot.storage.order import AcrossGateways
from bot.storage.traces import EngineTraces
from bot.storage.work import connect, sqlite_file, units

if TYPE_CHECKING:
    from bot.channels.limits import Limits
    from bot.channels.mail import SmtpMailer
    from bot.channels.telegram import TelegramDoor


class SystemClock:
    """The time of this machine, or one that starts at a given instant (INSTAP_NOW).

    `since` is when it started, for a process that begins later beside others: now without it.
    """

    def __init__(self, starts_at: datetime | None = None, since: datetime | None = None) -> None:
        self._shift = starts_at - (since or datetime.now(UTC)) if starts_at else timedelta()

    def now(self) -> datetime:
        """This moment, aware."""
        return datetime.now(UTC) + self._shift


@dataclass(frozen=True)
class App:
    """The parts, and what has to be let go at the end."""

    settings: Settings
    ports: Ports
    database: AsyncEngine
    tracker: AsyncEngine
    engine: Shards
    order: InThisProcess | AcrossGateways

    async def close(self) -> None:
        """Let go of connections."""
        await self.engine.close()
        if isinstance(self.order, AcrossGateways):
            await self.order.close()
        await self.database.dispose()
        await self.tracker.dispose()


def limits(app: App) -> "Limits":
    """How often one visitor may ask something; the caller closes it."""
    from bot.channels.limits import Limits

    url = app.settings.redis_url
    return Limits(url.get_secret_value() if url else None)


def telegram(app: App) -> "TelegramDoor | None":
    """The door on Telegram, when there is a token for it."""
    settings, token = app.settings, app.settings.telegram_token
    if token is None:
        return None
    from bot.channels.telegram import TelegramDoor

    address = settings.telegram_address()
    return TelegramDoor(app.ports, token.get_secret_value(), settings.telegram_api, address)


def _mailer(settings: Settings, clock: SystemClock) -> "SmtpMailer | None":
    """The mail server, when there is an address of it; a wrong one ends us with a clear line."""
    if settings.smtp_url is None:
        return None
    from bot.channels.mail import SmtpMailer

    try:
        return SmtpMailer(
            settings.smtp_url.get_secret_value(), clock, reply_to=settings.coordinator_email
        )
    except ValueError as error:
        raise SystemExit(f"INSTAP_SMTP_URL: {error}\nZie .env.example.") from None


def _cipher(settings: Settings, database: AsyncEngine) -> Cipher:
    """The cipher of our key; a key that got lost is not replaced, for what it closed stays shut.

    On a server nobody can see from here whether the database is new: there a key is made by hand.
    """
    path, file = settings.key_path(), sqlite_file(database)
    if not path.exists():
        if file is None:
            raise SystemExit(
                f"De sleutel {path} is er niet. Was hij er wel: zet hem terug.\n"
                "Is de database nieuw: instap keys make"
            )
        if file.exists() and file.stat().st_size:
            raise SystemExit(f"De sleutel {path} is weg, de database niet: zet de sleutel terug.")
    return cipher_of(path)


def cipher_of(path: Path) -> Cipher:
    """The cipher of a key file; a file that is spoilt ends us with a clear line."""
    try:
        return load_cipher(path)
    except KeySpoilt:
        raise SystemExit(
            f"De sleutel {path} is niet te lezen: het bestand is beschadigd. Zet een goede kopie "
            "terug. Er is niets veranderd."
        ) from None


def _engine(settings: Settings) -> Shards:
    """The engines of this machine as one."""
    secret = settings.engine_secret.get_secret_value() if settings.engine_secret else ""
    loopback = "http://127.0.0.1"
    actions = f"{loopback}:{settings.actions_port}"
    ports = settings.engine_ports()
    return Shards([RasaEngine(f"{loopback}:{port}", actions, secret) for port in ports])


def build(settings: Settings) -> App:
    """The app of these settings."""
    settings.var.mkdir(parents=True, exist_ok=True)
    clock = SystemClock(settings.now, settings.now_since)
    mailer = _mailer(settings, clock)
    facts = FactsFromFiles.load(kept=settings.var / KEPT)
    database, tracker = connect(settings.database()), connect(async_url(settings.tracker()))
    engine = _engine(settings)
    is_shared = database.dialect.name == "postgresql"
    order = AcrossGateways(database) if is_shared else InThisProcess()
    ports = Ports(
        work=units(database, _cipher(settings, database)),
        clock=clock,
        facts=facts,
        texts=TextsFromFiles(facts, clock),
        engine=engine,
        traces=EngineTraces(tracker),
        personal=PersonalDataFinder(),
        documents=Documents(),
        order=order,
        doors=Doors(website=settings.website()),
        mailer=mailer,
        coordinators=settings.coordinator_email,
        is_production=settings.env == "production",
        may_end_terms=settings.now is None,
    )
    return App(settings, ports, database, tracker, engine, order)
