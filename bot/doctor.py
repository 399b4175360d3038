"""Looks whether everything that Instap needs is there, and says what is wrong in one line each."""

import asyncio
import os
import shutil
import sqlite3
import stat
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import httpx
from sqlalchemy.exc import SQLAlchemyError

from bot import bootstrap, training
from bot.bootstrap import App
from bot.core.errors import FactUnknown, IntakeError, MailUnavailable
from bot.core.intake import day_of
from bot.services import controller, outbox, retention
from bot.settings import Settings
from bot.storage.cipher import load_cipher
from bot.storage.keys import unreadable_rows
from bot.storage.migrate import is_newest
from bot.storage.work import missing_file, sqlite_file
from bot.understanding import seal

LEAST_SPACE: Final = 200 * 1024 * 1024
LOOK: Final = 3.0
"""Seconds in which a part of this machine takes a connection."""
LATE_MAIL: Final = timedelta(hours=1)
LONG_WAIT: Final = timedelta(days=3)
LATE_ANSWER: Final = timedelta(minutes=10)
LOOK_BACK: Final = timedelta(days=7)
BY_NUMBER: Final = ("registrations", "callbacks")
"""Where a row has a number that staff know."""
TO_FILL_IN: Final = ("contact_phone", "contact_email", "data_controller", "privacy_contact")


class State(StrEnum):
    """How it is."""

    GOOD = "goed"
    WARNING = "let op"
    WRONG = "fout"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `advice` says what to do."""

    about: str
    state: State
    advice: str = ""


Check = Callable[[App], Awaitable[Finding]]


async def examine(app: App) -> AsyncIterator[Finding]:
    """Everything, one after another; one check that breaks stops no other."""
    for check in CHECKS:
        try:
            yield await check(app)
        except (IntakeError, OSError, SQLAlchemyError, httpx.HTTPError) as error:
            about = (check.__doc__ or "").strip().rstrip(".")
            yield Finding(about, State.WRONG, f"dat lukt niet ({type(error).__name__})")


def no_database(chosen: Settings) -> Finding | None:
    """That there is none; looking further would make one, and a key for it."""
    file = missing_file(chosen.database(), chosen.key_path())
    if file is None:
        return None
    advice = f"er is er geen: {file}. Klopt INSTAP_VAR? instap run maakt een nieuwe"
    return Finding("database", State.WRONG, advice)


async def _model(app: App) -> Finding:
    """Het taalmodel."""
    about, model = "taalmodel van deze voorbeelden", training.model_path(app.settings)
    if not training.is_there(model):
        return Finding(about, State.WRONG, "train het met: instap train")
    try:
        seal.check(model)
    except seal.ModelRefused as refused:
        return Finding(about, State.WRONG, str(refused))
    return Finding(about, State.GOOD)


async def _space(app: App) -> Finding:
    """De schijf."""
    free = shutil.disk_usage(app.settings.var).free
    advice = f"nog {free // 2**20} MB vrij in {app.settings.var}: maak ruimte"
    return _found("ruimte op de schijf", free >= LEAST_SPACE, advice)


async def _key(app: App) -> Finding:
    """De sleutel."""
    path = app.settings.key_path()
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Finding("sleutel", State.WRONG, f"anderen kunnen hem lezen: chmod 600 {path}")
    if path.resolve().parent == app.settings.var.resolve():
        return Finding(
            "sleutel", State.WARNING, "staat bij de database: zet hem elders (INSTAP_KEY_FILE)"
        )
    return Finding("sleutel", State.GOOD)


async def _sealed(app: App) -> Finding:
    """De gesloten gegevens."""
    about = "gesloten gegevens"
    closed, any_opens = await unreadable_rows(app.database, load_cipher(app.settings.key_path()))
    if not closed:
        return Finding(about, State.GOOD)
    if not any_opens:
        advice = "niets is te lezen: dit is een andere sleutel. Zet de goede terug"
        return Finding(about, State.WRONG, advice)
    tables = Counter(table for table, _ in closed)
    which = ", ".join(f"{table} {count}" for table, count in sorted(tables.items()))
    count = "1 rij is" if len(closed) == 1 else f"{len(closed)} rijen zijn"
    codes = sorted(str(row) for table, row in closed if table in BY_NUMBER)
    advice = f"{count} niet te lezen ({which}): zet de sleutel ervan terug. {' '.join(codes)}"
    return Finding(about, State.WRONG, advice.strip())


async def _database(app: App) -> Finding:
    """De database."""

    file = sqlite_file(app.database)
    if file is not None and not file.exists():
        return Finding("database", State.WARNING, f"{file} is er nog niet: instap run maakt hem")
    async with app.database.connect() as connection:
        is_new = await connection.run_sync(is_newest)
    return _found("database", is_new, "van een andere versie: instap run werkt hem bij")


async def _sqlite(app: App) -> Finding:
    """SQLite."""
    file = sqlite_file(app.database)
    if file is None or not file.exists():
        return Finding("SQLite", State.GOOD)
    async with app.database.connect() as connection:
        journal = (await connection.exec_driver_sql("PRAGMA journal_mode")).scalar_one()
        sound = (await connection.exec_driver_sql("PRAGMA quick_check(1)")).scalar_one()
    if sound != "ok":
        return Finding("SQLite", State.WRONG, f"{file} is beschadigd: zet een kopie terug")
    # Versions before 3.51.3 can damage a database with a WAL; ours has none (docs/adr/0006).
    return Finding("SQLite", State.GOOD, f"{sqlite3.sqlite_version}, journaal {journal}")


async def _gateway(app: App) -> Finding:
    """De voordeur."""
    for port in app.settings.gateway_ports():
        url = f"http://{app.settings.host}:{port}"
        try:
            async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
                ready = (await client.get(f"{url}/health/ready")).status_code == 200
        except httpx.ConnectError:
            return Finding("voordeur", State.WARNING, f"op {url} draait niets: instap run")
        if not ready:
            advice = f"{url} antwoordt niet op een vraag: kijk in de logboeken"
            return Finding("voordeur", State.WRONG, advice)
    return Finding("voordeur", State.GOOD)


async def _parts(app: App) -> Finding:
    """De onderdelen achter de voordeur."""
    settings = app.settings
    parts = [("actieserver", settings.actions_port)]
    parts += [("taalmodel", port) for port in settings.engine_ports()]
    silent = [f"{name} (poort {port})" for name, port in parts if not await _listens(port)]
    if not silent:
        return Finding("onderdelen", State.GOOD)
    if len(silent) == len(parts):
        return Finding("onderdelen", State.WARNING, "er draait er geen: instap run")
    advice = f"{', '.join(silent)} draait niet: start opnieuw en kijk in de logboeken"
    return Finding("onderdelen", State.WRONG, advice)


async def _listens(port: int) -> bool:
    try:
        async with asyncio.timeout(LOOK):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True


async def _redis(app: App) -> Finding:
    """Redis."""
    if app.settings.redis_url is None:
        alone = app.settings.gateways == 1
        advice = "" if alone else "elke gateway telt voor zich: zet INSTAP_REDIS_URL"
        return Finding("limieten samen", State.GOOD if alone else State.WARNING, advice)
    limits = bootstrap.limits(app)
    there = await limits.are_shared()
    await limits.close()
    return _found("limieten samen", there, "Redis van INSTAP_REDIS_URL antwoordt niet")


async def _telegram(app: App) -> Finding:
    """Telegram."""
    if app.settings.telegram_token is None:
        return Finding("Telegram", State.WARNING, "staat uit: zet INSTAP_TELEGRAM_TOKEN")
    from telegram import Bot
    from telegram.error import InvalidToken, TelegramError

    token = app.settings.telegram_token.get_secret_value()
    try:
        async with Bot(token, base_url=f"{app.settings.telegram_api.rstrip('/')}/bot") as bot:
            name = bot.username
    except InvalidToken:
        return Finding("Telegram", State.WRONG, "kent INSTAP_TELEGRAM_TOKEN niet")
    except TelegramError as error:  # never its text: that may hold the token
        return Finding("Telegram", State.WRONG, f"is niet te bereiken ({type(error).__name__})")
    return Finding("Telegram", State.GOOD, f"@{name}")


async def _mail(app: App) -> Finding:
    """De mailserver."""
    if app.ports.mailer is None:
        return Finding("e-mail", State.WARNING, "staat uit: zet INSTAP_SMTP_URL")
    try:
        await app.ports.mailer.check()
    except MailUnavailable as error:
        return Finding("e-mail", State.WRONG, f"de server van INSTAP_SMTP_URL helpt niet ({error})")
    return Finding("e-mail", State.GOOD)


async def _unsent(app: App) -> Finding:
    """E-mail die nog weg moet."""
    file = sqlite_file(app.database)
    if file is not None and not file.exists():
        return Finding("e-mail onderweg", State.GOOD)
    long_ago = app.ports.clock.now() - LATE_MAIL
    mails = await outbox.unsent(app.ports)
    failed = sum(each.can_be_retried for each in mails)
    late = sum(each.next_try is not None and each.since < long_ago for each in mails)
    advice = f"{failed} mislukt en {late} te laat: instap mails list, instap mails retry --failed"
    found = State.WARNING if failed or late else State.GOOD
    return Finding("e-mail onderweg", found, advice if failed or late else "")


async def _coordinators(app: App) -> Finding:
    """E-mail aan coördinatoren."""
    if app.ports.coordinators is None:
        advice = "niemand hoort van een aanmelding: zet INSTAP_COORDINATOR_EMAIL"
        return Finding("coördinatoren", State.WARNING, advice)
    return Finding("coördinatoren", State.GOOD)


async def _clock(app: App) -> Finding:
    """De klok."""
    if app.settings.now is not None:
        advice = "INSTAP_NOW staat aan: er wordt niets gewist, ook niet wat zijn tijd heeft gehad"
        return Finding("klok", State.WARNING, advice)
    seen = await retention.time_seen(app.ports)
    if not seen.is_doubted or seen.newest is None:
        return Finding("klok", State.GOOD)
    advice = (
        f"loopt niet gelijk met wat Instap het laatst zag ({seen.newest:%d-%m-%Y %H:%M} UTC): er "
        "wordt niets gewist. Klopt de klok nu: instap purge --yes"
    )
    return Finding("klok", State.WRONG, advice)


async def _ending(app: App) -> Finding:
    """Wat binnenkort gewist wordt."""
    soon = await retention.ends_soon(app.ports)
    if not soon:
        return Finding("binnenkort gewist", State.GOOD)
    first = day_of(min(soon.values()))
    advice = f"{len(soon)} aanmeldingen vanaf {first:%d-%m-%Y}: {', '.join(sorted(soon))}"
    return Finding("binnenkort gewist", State.WARNING, advice)


async def _calls(app: App) -> Finding:
    """Wie gebeld wil worden."""
    file = sqlite_file(app.database)
    if file is not None and not file.exists():
        return Finding("terugbellen", State.GOOD)
    limit = app.ports.clock.now() - LONG_WAIT
    async with app.ports.work() as work:
        late = [
            each for each in await work.callbacks.all() if each.is_open and each.created_at < limit
        ]
    advice = f"{len(late)} wachten al meer dan {LONG_WAIT.days} dagen: instap callbacks list"
    return Finding("terugbellen", State.WARNING if late else State.GOOD, advice if late else "")


async def _answers(app: App) -> Finding:
    """Antwoorden op Telegram."""
    file = sqlite_file(app.database)
    if file is not None and not file.exists():
        return Finding("antwoorden op Telegram", State.GOOD)
    now = app.ports.clock.now()
    async with app.ports.work() as work:
        late = await work.deliveries.late(now - LATE_ANSWER)
        lost = await work.deliveries.given_up(now - LOOK_BACK)
    advice = f"{late} wachten nog en {lost} kwamen in {LOOK_BACK.days} dagen niet aan"
    found = State.WARNING if late or lost else State.GOOD
    return Finding("antwoorden op Telegram", found, advice if late or lost else "")


async def _content(app: App) -> Finding:
    """De teksten en feiten."""
    wrong = app.ports.texts.problems()
    more = f" (en nog {len(wrong) - 1}: instap content check)" if len(wrong) > 1 else ""
    advice = f"{wrong[0]}{more}; tot dan geldt wat er daarvoor was" if wrong else ""
    return Finding("teksten en feiten", State.WRONG if wrong else State.GOOD, advice)


async def _facts(app: App) -> Finding:
    """De feiten."""
    today = day_of(app.ports.clock.now())
    empty = [name for name in TO_FILL_IN if not _is_known(app, name, today)]
    advice = f"vul in: {', '.join(empty)} (docs/redactie.md)"
    if not controller.is_named(app.ports):
        advice = f"aanmelden kan niet zonder verantwoordelijke: {advice}"
        return Finding("feiten", State.WRONG, advice)
    return Finding("feiten", State.WARNING if empty else State.GOOD, advice if empty else "")


def _is_known(app: App, name: str, today: date) -> bool:
    try:
        return not app.ports.facts.is_placeholder(name, app.ports.facts.value(name, today))
    except FactUnknown:
        return False


async def _no_trial(_app: App) -> Finding:
    """De proef met storingen."""
    is_off = "INSTAP_FAILPOINTS" not in os.environ
    return _found("geen proef met storingen", is_off, "haal INSTAP_FAILPOINTS weg")


def _found(about: str, is_good: bool, advice: str) -> Finding:
    return Finding(about, State.GOOD) if is_good else Finding(about, State.WRONG, advice)


CHECKS: Final[tuple[Check, ...]] = (
    _model,
    _space,
    _key,
    _database,
    _sealed,
    _sqlite,
    _gateway,
    _parts,
    _redis,
    _telegram,
    _mail,
    _unsent,
    _coordinators,
    _clock,
    _ending,
    _calls,
    _answers,
    _content,
    _facts,
    _no_trial,
)
