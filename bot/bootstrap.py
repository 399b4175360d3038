"""Puts the real parts together: the only place that knows them all."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.engine import RasaEngine
from bot.channels.mail import SmtpMailer
from bot.channels.telegram import TelegramDoor
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.privacy.masking import PersonalDataFinder
from bot.services.ports import Ports
from bot.settings import Settings, async_url
from bot.storage.cipher import load_cipher
from bot.storage.traces import EngineTraces
from bot.storage.work import connect, units


class SystemClock:
    """The time of this machine, or one that starts at a given instant (INSTAP_NOW)."""

    def __init__(self, starts_at: datetime | None = None) -> None:
        self._shift = starts_at - datetime.now(UTC) if starts_at else timedelta()

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
    engine: RasaEngine

    async def close(self) -> None:
        """Let go of connections."""
        await self.engine.close()
        await self.database.dispose()
        await self.tracker.dispose()


def telegram(app: App) -> TelegramDoor | None:
    """The door on Telegram, when there is a token for it."""
    token = app.settings.telegram_token
    if token is None:
        return None
    return TelegramDoor(app.ports, token.get_secret_value(), app.settings.telegram_api)


def _mailer(settings: Settings, clock: SystemClock) -> SmtpMailer | None:
    """The mail server, when there is an address of it; a wrong one ends us with a clear line."""
    if settings.smtp_url is None:
        return None
    try:
        return SmtpMailer(settings.smtp_url.get_secret_value(), clock)
    except ValueError as error:
        raise SystemExit(f"INSTAP_SMTP_URL: {error}\nZie .env.example.") from None


def build(settings: Settings) -> App:
    """The app of these settings."""
    settings.var.mkdir(parents=True, exist_ok=True)
    clock = SystemClock(settings.now)
    mailer = _mailer(settings, clock)
    facts = FactsFromFiles.load()
    database, tracker = connect(settings.database()), connect(async_url(settings.tracker()))
    secret = settings.engine_secret.get_secret_value() if settings.engine_secret else ""
    loopback = "http://127.0.0.1"
    engine = RasaEngine(
        f"{loopback}:{settings.rasa_port}", f"{loopback}:{settings.actions_port}", secret
    )
    ports = Ports(
        work=units(database, load_cipher(settings.key_path())),
        clock=clock,
        facts=facts,
        texts=TextsFromFiles(facts, clock),
        engine=engine,
        traces=EngineTraces(tracker),
        personal=PersonalDataFinder(),
        mailer=mailer,
    )
    return App(settings, ports, database, tracker, engine)
