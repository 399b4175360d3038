"""A browser, and a gateway that it really talks to: real texts and storage, a scripted engine."""

import asyncio
import contextlib
import os
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Request,
    async_playwright,
    expect,
)
from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bot.channels.web import gateway
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.documents import Documents
from bot.privacy.masking import PersonalDataFinder
from bot.services.ports import Doors, Ports
from bot.storage.cipher import load_cipher
from bot.storage.migrate import migrate
from bot.storage.traces import EngineTraces
from bot.storage.work import connect, units
from tests.support.parts import ScriptedEngine, StandingClock
from tests.support.patience import PATIENCE

ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # in place of Playwright's own list, which takes the storage of frames away
    "--disable-features=Translate",
    "--host-resolver-rules=MAP vreemd.test 127.0.0.1 , MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , "
    "EXCLUDE localhost",
)
ROOT: Final = Path(__file__).parents[2]
LONGEST: Final = PATIENCE * 1000  # ms
VIOLATIONS: Final = """
  window.violations = [];
  addEventListener("securitypolicyviolation", (event) => {
    window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
  });
"""
ELSEWHERE: Final = "/bedrijf"
SITE: Final = Template("""\
<!doctype html>
<html lang="nl">
<meta charset="utf-8"><title>Bedrijf</title><link rel="icon" href="$gateway/widget/icon.svg">
<style nonce="een">
  * { color: red; font: 40px monospace; text-transform: uppercase }
  button, section { display: none }
</style>
<script src="$gateway/widget/instap.js" defer></script>
<p>Welkom</p>
<instap-chat></instap-chat>
</html>
""")
SITE_POLICY: Final = Template(
    "default-src 'none'; script-src $gateway; connect-src $gateway; img-src $gateway; "
    "style-src 'nonce-een'; require-trusted-types-for 'script'"
)


FRAMING: Final = "/in-een-lijst"
FRAMING_SITE: Final = Template("""\
<!doctype html>
<html lang="nl">
<meta charset="utf-8"><title>Bedrijf met een lijst</title>
<link rel="icon" href="$gateway/widget/icon.svg">
<main>
<h1>Welkom</h1>
<iframe src="$gateway/widget/frame" title="Digitale assistent Instap" width="400" height="600">
</iframe>
</main>
</html>
""")
FRAMING_POLICY: Final = Template("default-src 'none'; frame-src $gateway; img-src $gateway")


def sites(url: str) -> list[Route]:
    """Pages of a company that embeds the widget: strict, and one with a loud style of its own."""

    def page(path: str, content: Template, policy: Template) -> Route:
        async def serve(_request: WebRequest) -> HTMLResponse:
            headers = {"Content-Security-Policy": policy.substitute(gateway=url)}
            return HTMLResponse(content.substitute(gateway=url), headers=headers)

        return Route(path, serve)

    return [page(ELSEWHERE, SITE, SITE_POLICY), page(FRAMING, FRAMING_SITE, FRAMING_POLICY)]


class _Server(uvicorn.Server):
    """Leaves Ctrl-C to the tests."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Served:
    """The gateway on its own thread; it may go and come back on the same address."""

    def __init__(self, folder: Path, *, for_others: bool = True) -> None:
        self.engine = ScriptedEngine()
        self._for_others = for_others
        self._folder = folder
        self._port = 0
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self._there = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def other_site(self) -> str:
        """Another origin on this machine, that may embed the widget."""
        return f"http://localhost:{self._port}"

    @property
    def stranger(self) -> str:
        """A third origin, to which nobody gave leave."""
        return f"http://vreemd.test:{self._port}"

    @property
    def origins(self) -> Sequence[str]:
        return [self.other_site] if self._for_others else []

    def start(self) -> None:
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self._port))
        self._port = listening.getsockname()[1]
        self._there.clear()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(listening)))
        self._thread.start()
        assert self._there.wait(PATIENCE), "the gateway did not start"

    def stop(self) -> None:
        """Go; stopping twice does no harm."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(PATIENCE)
            assert not self._thread.is_alive(), "the gateway did not stop"
        self._server = self._thread = None

    async def _serve(self, listening: socket.socket) -> None:
        database = connect(f"sqlite+aiosqlite:///{self._folder / 'instap.db'}")
        facts, clock = FactsFromFiles.load(), StandingClock()
        ports = Ports(
            work=units(database, load_cipher(self._folder / "key")),
            clock=clock,
            facts=facts,
            texts=TextsFromFiles(facts, clock),
            engine=self.engine,
            traces=EngineTraces(database),
            personal=PersonalDataFinder(),
            documents=Documents(),
            doors=Doors(telegram="instap_bot", website=self.url),
        )
        app = gateway(ports, self.origins)
        app.routes.extend(sites(self.url))
        config = uvicorn.Config(
            app,
            log_level="critical",
            access_log=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=1,
        )
        self._server = _Server(config)
        try:
            await migrate(database)
            with listening:
                listening.listen()
                self._there.set()
                await self._server.serve(sockets=[listening])
        finally:
            await database.dispose()


@dataclass
class Watch:
    """Everything of a page that should not be: errors, and requests to somebody else."""

    home: str
    wrong: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    expected: str | None = None
    """What an error may look like; only for a test that takes something away."""

    def follow(self, page: Page) -> None:
        def console(message: Any) -> None:
            if message.type in ("error", "warning"):
                self.wrong.append(f"console {message.type}: {message.text}")

        def asked(request: Request) -> None:
            self.requests.append(request)

        page.on("console", console)
        page.on("pageerror", lambda error: self.wrong.append(f"uncaught: {error}"))
        page.on("request", asked)

    def elsewhere(self) -> list[str]:
        """The addresses of others that were asked for something."""
        home = urlsplit(self.home).port
        return [each.url for each in self.requests if urlsplit(each.url).port != home]

    def complaints(self) -> list[str]:
        expected = self.expected
        return [each for each in self.wrong if not (expected and re.search(expected, each))]

    def sent(self) -> list[Any]:
        """The bodies of the messages that were sent, also of those that did not arrive."""
        return [
            each.post_data_json
            for each in self.requests
            if each.method == "POST" and each.url.endswith("/messages")
        ]


class Chat:
    """The widget on a page, by the names that people and screen readers know."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.host = page.locator("instap-chat")
        self.launcher = self.host.get_by_role("button", name="Stel een vraag")
        self.panel = self.host.get_by_role("region", name="Instap")
        self.log = self.host.get_by_role("log")
        self.status = self.host.get_by_role("status")
        self.box = self.host.get_by_role("textbox", name="Uw bericht")
        self.retry = self.host.get_by_role("button", name="Opnieuw proberen")
        self.bubbles = self.log.locator(".bubble")

    def choice(self, title: str) -> Locator:
        return self.log.get_by_role("button", name=title, exact=True)

    async def open(self) -> None:
        """Open it, and wait for the opening words."""
        await self.launcher.click()
        await self.bubbles.last.wait_for()

    async def say(self, text: str) -> None:
        """Type a text and wait for the answer."""
        before = await self.bubbles.count()
        await self.box.fill(text)
        await self.box.press("Enter")
        await self.bubbles.nth(before + 1).wait_for()

    async def texts(self) -> list[str]:
        return await self.bubbles.all_inner_texts()


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """What the widget is built and judged with, as package-lock.json has it."""
    inner = {
        name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS")
    }
    subprocess.run(["make", "node_modules/.ready"], cwd=ROOT, env=inner, check=True)
    return ROOT / "node_modules"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = Served(tmp_path_factory.mktemp("gateway"))
    served.start()
    yield served
    served.stop()


@pytest.fixture
def engine(served: Served) -> ScriptedEngine:
    """The engine, as if nothing was said to it yet."""
    fresh = ScriptedEngine()
    served.engine.says, served.engine.is_down = fresh.says, False
    served.engine.heard.clear()
    return served.engine


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        expect.set_options(timeout=LONGEST)
        yield browser
        await browser.close()


@pytest.fixture
def circumstances() -> dict[str, Any]:
    """What a context is made with; a test sets it by parametrizing this name."""
    return {}


@pytest_asyncio.fixture(loop_scope="module")
async def context(browser: Browser, circumstances: dict[str, Any]) -> AsyncIterator[BrowserContext]:
    settings = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"}
    context = await browser.new_context(**{**settings, **circumstances})
    context.set_default_timeout(LONGEST)
    await context.add_init_script(VIOLATIONS)
    yield context
    await context.close()


@pytest.fixture
def watch(served: Served) -> Watch:
    return Watch(served.url)


@pytest_asyncio.fixture(loop_scope="module")
async def page(
    context: BrowserContext, watch: Watch, served: Served, engine: ScriptedEngine
) -> AsyncIterator[Page]:
    """The demonstration page; afterwards nothing may have gone wrong on it."""
    page = await context.new_page()
    watch.follow(page)
    await page.goto(served.url)
    yield page
    assert await page.evaluate("window.violations") == []
    assert watch.complaints() == []
    assert watch.elsewhere() == []


@pytest_asyncio.fixture(loop_scope="module")
async def chat(page: Page) -> Chat:
    chat = Chat(page)
    await chat.launcher.wait_for()
    return chat
