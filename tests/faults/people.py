"""Visitors who register through whatever goes wrong, and remember what they were told."""

import asyncio
import contextlib
import re
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import uuid4

import httpx
import yaml

from bot.content.texts import FOLDER
from tests.support.fake_telegram import FakeTelegram

PROMISED: Final = 15.0
"""Seconds within which everybody hears something."""
PATIENCE: Final = 600.0
"""Seconds after which a visitor gives up: then his registration cannot be finished."""
HELD: Final = 120.0
"""Seconds after which somebody on the website must be able to go on, whatever strikes meanwhile."""
AGAIN: Final = 1.0
"""Seconds before he tries again."""
MOST_TURNS: Final = 40
OPENINGS: Final = (
    "kom ik in aanmerking?",
    "kom ik in aanmerking? ik werk al 15 jaar in loondienst in de installatietechniek en heb mbo 4",
)
SAYS: Final = {
    "sector": "installatietechniek",
    "employment": "ik werk in loondienst",
    "education_level": "mbo 4",
    "years_experience": "15 jaar",
    "employer_consent": "ja die vindt het prima",
    "school_type": "mbo",
    None: "ik wil me aanmelden",
    "consent": "ja dat mag",
    "region": "Zwolle",
    "confirm": "ja, meld mij aan",
}
MANNERS: Final = ("plain", "hesitates", "comes_back", "is_15", "shares_an_address", "goes_back")
"""How somebody is, by his number: most storms have all of them many times."""
PARTNER: Final = "Fatima"
"""Who has the same address, and is somebody else."""
HESITANT: Final = ("ja wacht even", "ja maar wie leest dat?", "denk het wel", "ik hoop het")
"""What binds nobody, at the two questions that do."""
BINDING: Final = ("consent", "confirm")
PERSONAL: Final = ("consent", "name", "email", "phone")
CLAIM: Final = re.compile(r"\bu (bent|staat)\b[^.]*\b(aangemeld|wachtlijst|lijst)\b", re.IGNORECASE)
DENIED: Final = re.compile(r"\b(niet|nog|al) aangemeld", re.IGNORECASE)
BROKEN: Final = re.compile(r"None|[{}⟦⟧]|\b0\[")
WHOSE: Final = re.compile(r"kanarie-(\w+)@")
CODE: Final = re.compile(r"\bHT-\w{8}\b")
TROUBLE: Final = "lukt nu even niet"
WARNING: Final = "konden Telegram een tijd niet bereiken"
"""Stands before an answer that comes late."""


def in_words(text: str) -> str:
    """The words alone: who types the title of a button is shown the title, with its comma."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def letters(number: int) -> str:
    """A number as a word, for names."""
    word = ""
    while True:
        number, left = divmod(number, 26)
        word = chr(97 + left) + word
        if number == 0:
            return word


def number_of(word: str) -> int:
    """The number of a name."""
    number = 0
    for letter in word:
        number = number * 26 + ord(letter) - 97
    return number


def expected(word: str) -> dict[str, Any]:
    """What a lead says of the person with that name."""
    return {
        "name": f"Jan Kanarie{word}",
        "phone": f"+3168675{number_of(word) % 10_000:04d}",
        "city": "Zwolle",
        "company": f"Kanarie{word} BV",
        "sector": "installatietechniek",
        "employment": "employee",
        "years_experience": 15,
        "employer_consent": "yes",
        "school_type": "mbo",
    }


@dataclass
class Told:
    """What all visitors together met."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    holds: list[float] = field(default_factory=list)
    first: asyncio.Event = field(default_factory=asyncio.Event)

    def registered(self, person: "Person", code: str) -> None:
        """Somebody reads that he is on the list."""
        self.codes[f"{person.first_name} {person.email}"] = code
        self.counts["registered"] += 1
        self.first.set()

    def blame(self, what: str, number: int, words: str) -> None:
        """Something that may never happen."""
        self.counts[what] += 1
        self.wrong.append(f"{what}: visitor {number}: {words}")
        print(self.wrong[-1][:500], flush=True)

    def hear(self, number: int, words: str, code: str | None) -> None:
        """Hold one answer against what may be said; a number below nought is no visitor's."""
        self.counts["turns" if number >= 0 else "attacks_answered"] += 1
        if not words.strip():
            self.blame("silent_turns", number, "an empty answer")
        if BROKEN.search(words):
            self.blame("broken_texts", number, words)
        others = set(WHOSE.findall(words)) - {letters(max(number, 0))}
        if others:
            self.blame("somebody_elses", number, f"{others}")
        if CLAIM.search(words) and not DENIED.search(words) and code is None:
            self.blame("false_confirmations", number, words)

    def wait(self, number: int, began: float, what: str, name: str = "late_turns") -> None:
        """Somebody heard something, after this long; `name` is what too long is counted as."""
        took = time.monotonic() - began
        self.waits.append(took)
        if took > PROMISED:
            self.blame(name, number, f"{took:.1f} s for {what}")

    def go_on(self, number: int, began: float, what: str) -> None:
        """Somebody on the website can go on, after this long, however often he had to say it."""
        took = time.monotonic() - began
        self.holds.append(took)
        self.counts["went_on"] += 1
        if took > HELD:
            self.blame("held_up", number, f"{took:.1f} s until {what} was answered")


@dataclass
class Person:
    """Somebody with data that nobody else has."""

    number: int
    first_name: str = "Jan"

    @property
    def email(self) -> str:
        """Unique, and found back in anything that leaks."""
        return f"kanarie-{letters(self.number)}@voorbeeld.nl"

    @property
    def manner(self) -> str:
        """How he is."""
        return MANNERS[self.number % len(MANNERS)]

    def hesitates(self, asks: str | None, answered: set[str]) -> str | None:
        """What he says first to a question that binds."""
        if self.manner != "hesitates" or asks not in BINDING or asks in answered:
            return None
        return HESITANT[self.number // len(MANNERS) % len(HESITANT)]

    def answer(self, asks: str | None) -> str:
        """What he says to a question."""
        own = {
            "name": f"{self.first_name} Kanarie{letters(self.number)}",
            "email": self.email,
            "phone": f"06-8675{self.number % 10_000:04d}",
            "company": f"Kanarie{letters(self.number)} BV",
        }
        return own[asks] if asks in own else SAYS.get(asks, SAYS[None])


@dataclass
class OnTheWeb:
    """One visitor of the website; `habits` are what he does at his next message."""

    url: str
    person: Person
    told: Told
    habits: list[str]
    sent: list[str] = field(default_factory=list)
    ids: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    token: str = ""
    heard: str = ""

    async def register(self) -> None:
        """From hello to registered."""
        async with httpx.AsyncClient(base_url=self.url, timeout=40, trust_env=False) as client:
            try:
                async with asyncio.timeout(PATIENCE):
                    turn = await self._begin(client)
                    if self.person.manner == "is_15":
                        await self._be_15(client)
                    else:
                        await self._talk(client, turn)
                    await self._read_back(client)
                    if (
                        self.person.manner == "shares_an_address"
                        and self.person.first_name == "Jan"
                    ):
                        partner = replace(self.person, first_name=PARTNER)
                        self.told.counts["shared_an_address"] += 1
                        await OnTheWeb(self.url, partner, self.told, self.habits).register()
            except TimeoutError:
                about = f"{len(self.sent)} messages, the last {self.sent[-1:]}: {self.heard}"
                self.told.blame("gave_up", self.person.number, about)

    async def _begin(self, client: httpx.AsyncClient) -> Any:
        began = time.monotonic()
        while True:
            with contextlib.suppress(httpx.HTTPError):
                answer = await client.post("/api/v1/conversations")
                if answer.status_code == 201:
                    self.token = answer.json()["token"]
                    client.headers["Authorization"] = f"Bearer {self.token}"
                    self.told.go_on(self.person.number, began, "the opening")
                    return answer.json()["turn"]
            await asyncio.sleep(AGAIN)

    async def _talk(self, client: httpx.AsyncClient, turn: Any) -> None:
        said = OPENINGS[self.person.number % len(OPENINGS)]
        answered: set[str] = set()
        for _ in range(MOST_TURNS):
            turn = await self._say(client, said)
            if turn["registration"]:
                code = turn["registration"]["code"]
                self.told.registered(self.person, code)
                await self._come_back(client, code)
                return
            asks = turn["asks"]
            if doubt := self.person.hesitates(asks, answered):
                turn = await self._hesitate(client, asks, doubt)
                answered.add(asks)
                said = self.person.answer(turn["asks"])
                continue
            if asks == "confirm" and self.person.manner == "goes_back":
                await self._say_on_an_old_page(client)
            if asks in answered:
                self.told.counts["asked_again"] += 1
            if asks:
                answered.add(asks)
            said = self.person.answer(asks)
        self.told.blame("never_finished", self.person.number, f"{self.sent}")

    async def _hesitate(self, client: httpx.AsyncClient, asks: str, doubt: str) -> Any:
        """No yes yet: the question stays, and nobody is registered."""
        turn = await self._say(client, doubt)
        self.told.counts["hesitated"] += 1
        if turn["registration"] or turn["asks"] != asks:
            self.told.blame("bound_lightly", self.person.number, f"{doubt!r} to {asks}: {turn}")
        return turn

    async def _say_on_an_old_page(self, client: httpx.AsyncClient) -> None:
        """A yes on a page of before the question: nothing of it is kept."""
        old = self.ids[len(self.ids) // 2][2]["id"]
        body = {"text": "ja", "id": uuid4().hex, "turn": old}
        while True:
            turn = await self._post(client, body)
            if turn is not None:
                break
            await asyncio.sleep(AGAIN)
        self.told.counts["went_back"] += 1
        if turn["registration"] or turn["asks"] != "confirm":
            self.told.blame("bound_lightly", self.person.number, f"a yes on an old page: {turn}")

    async def _come_back(self, client: httpx.AsyncClient, code: str) -> None:
        """Somebody who is registered types his code, as people do."""
        if self.person.manner != "comes_back":
            return
        turn = await self._say(client, f"mijn code is {code}")
        self.told.counts["came_back"] += 1
        if (turn["registration"] or {}).get("code") != code:
            self.told.blame("not_known_any_more", self.person.number, f"{turn}")

    async def _be_15(self, client: httpx.AsyncClient) -> None:
        """Nobody under age is asked who he is, however often he wants to register."""
        self.told.counts["young"] += 1
        for said in ("hoi, ik ben 15 jaar en zit op het vmbo", SAYS[None], "meld me aan", "ja"):
            turn = await self._say(client, said)
            if turn["registration"] or turn["asks"] in PERSONAL:
                self.told.blame("minors_asked", self.person.number, f"{said!r}: {turn}")

    async def _say(self, client: httpx.AsyncClient, said: str) -> Any:
        """Say it until it is answered; the same message keeps its id."""
        name = uuid4().hex
        body = {"text": said, "id": name}
        self.sent.append(said)
        habit = self.habits.pop() if self.habits else ""
        began = time.monotonic()
        while True:
            if habit == "hangs_up":
                with contextlib.suppress(httpx.HTTPError):
                    await client.post("/api/v1/messages", json=body, timeout=0.02)
            copies = 3 if habit == "sends_three_times" else 1
            if habit == "sends_an_old_one" and self.ids:
                await self._repeat(client)
            habit = ""
            answers = await asyncio.gather(*(self._post(client, body) for _ in range(copies)))
            turns = [turn for turn in answers if turn is not None]
            if any(turn != turns[0] for turn in turns):
                self.told.blame("two_answers", self.person.number, said)
            if turns:
                self.told.go_on(self.person.number, began, said)
                self.ids.append((name, said, turns[0]))
                return turns[0]
            await asyncio.sleep(AGAIN)

    async def _repeat(self, client: httpx.AsyncClient) -> None:
        """The network brings an old message once more."""
        name, said, turn = self.ids[len(self.ids) // 2]
        again = await self._post(client, {"text": said, "id": name})
        if again is not None and again != turn:
            self.told.blame("two_answers", self.person.number, said)

    async def _post(self, client: httpx.AsyncClient, body: dict[str, str]) -> Any:
        """The turn, or None when it has to be sent again."""
        began = time.monotonic()
        try:
            answer = await client.post("/api/v1/messages", json=body)
        except httpx.HTTPError as error:  # the widget shows that the connection is lost
            self.heard = repr(error)
            self.told.wait(self.person.number, began, "a lost connection")
            return None
        self.told.wait(self.person.number, began, body["text"])
        self.heard = f"{answer.status_code} {answer.text}"
        if answer.status_code != 200:
            kind = answer.headers.get("content-type", "")
            if kind != "application/problem+json" or not answer.json()["detail"]:
                self.told.blame("silent_turns", self.person.number, answer.text)
            if answer.status_code != 503:
                self.told.blame("refused", self.person.number, f"{answer.status_code} {body}")
            return None
        turn = answer.json()
        words = "\n".join(message["text"] for message in turn["messages"])
        self.told.hear(self.person.number, words, (turn["registration"] or {}).get("code"))
        if TROUBLE in words:
            self.told.counts["told_to_try_again"] += 1
            return None
        self.told.counts["answered"] += 1
        return turn

    async def _read_back(self, client: httpx.AsyncClient) -> None:
        """Everything that he said stands there once, in order, each with an answer."""
        while True:
            with contextlib.suppress(httpx.HTTPError):
                answer = await client.get("/api/v1/messages")
                if answer.status_code == 200:
                    break
            await asyncio.sleep(AGAIN)
        shown = answer.json()["messages"]
        said = [each["text"] for each in shown if each["from"] == "visitor"]
        if [*map(in_words, said)] != [*map(in_words, self.sent)]:
            self.told.blame("lost_or_doubled", self.person.number, f"{said} for {self.sent}")
        for before, after in zip(shown, [*shown[1:], None], strict=True):
            if before["from"] == "visitor" and (after is None or after["from"] == "visitor"):
                self.told.blame("unanswered", self.person.number, before["text"])
        self.told.counts["read_back"] += len(self.sent)
        others = set(WHOSE.findall(answer.text)) - {letters(self.person.number)}
        if others:
            self.told.blame("somebody_elses", self.person.number, f"{others}")


def questions() -> dict[str, str]:
    """The item that each question of ours asks for, by its last sentence."""
    found: dict[str, str] = {}
    for file in ("questions.yml",):
        responses = yaml.safe_load((FOLDER / file).read_text())["responses"]
        for key, variants in responses.items():
            if key.startswith("utter_ask_"):
                for each in variants:
                    found[_last_line(each["text"])] = key.removeprefix("utter_ask_")
    return found


def _last_line(text: str) -> str:
    return text.strip().splitlines()[-1].strip()


@dataclass
class OnTelegram:
    """One visitor on Telegram, who reads only what is on his screen."""

    api: FakeTelegram
    person: Person
    told: Told
    asked: dict[str, str]
    seen: int = 0
    said: int = 0

    @property
    def chat(self) -> int:
        """His chat; no part of it is like a moment in a log."""
        return 7_000_000_000 + self.person.number

    async def register(self) -> None:
        """From hello to registered."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._talk()
        except TimeoutError:
            self.told.blame("gave_up", self.person.number, f"{self.api.texts(self.chat)[-2:]}")

    async def _talk(self) -> None:
        said = OPENINGS[self.person.number % len(OPENINGS)]
        await self._say("/start")
        words = await self._say(said)
        answered: set[str] = set()
        answers = 0
        while answers < MOST_TURNS:
            if code := CODE.search(words):
                self.told.registered(self.person, code[0])
                return
            if TROUBLE in words:
                self.told.counts["told_to_try_again"] += 1
                words = await self._more(AGAIN) or await self._say(said)
            else:
                answers += 1
                self.told.counts["answered"] += 1
                asks = self._asks(words)
                said = self.person.hesitates(asks, answered) or self.person.answer(asks)
                answered |= {asks} if asks else set()
                words = await self._say(said)
        self.told.blame("never_finished", self.person.number, f"{self.api.texts(self.chat)}")

    def count(self) -> None:
        """Every message has one answer on his screen; more came twice, fewer is never right.

        To be asked when nothing is on its way any more.
        """
        shown = sum(WARNING not in text for text in self.api.texts(self.chat))
        self.told.counts["read_back"] += self.said
        self.told.counts["brought_twice"] += max(0, shown - self.said)
        if shown < self.said:
            number, texts = self.person.number, self.api.texts(self.chat)
            self.told.blame("lost_or_doubled", number, f"{texts} for {self.said}")

    def _asks(self, words: str) -> str | None:
        lines = {line.strip() for line in words.splitlines()}
        return next((item for line, item in self.asked.items() if line in lines), None)

    async def _say(self, text: str) -> str:
        """Type it, and read what comes."""
        began, failed = time.monotonic(), self.api.failed[self.chat]
        await self.api.say(self.chat, text)
        self.said += 1
        words = await self._more(PATIENCE)
        if not words:
            raise TimeoutError
        # A turn in which Telegram itself failed in this chat is not ours alone to keep short.
        is_theirs = self.api.failed[self.chat] > failed
        late = "late_on_telegram" if is_theirs else "late_turns"
        self.told.wait(self.person.number, began, text, late)
        return words

    async def _more(self, patience: float) -> str:
        """What is new on his screen; nothing when nothing comes."""
        with contextlib.suppress(AssertionError):
            await self.api.until(lambda: len(self.api.messages(self.chat)) > self.seen, patience)
        new = [each.text for each in self.api.messages(self.chat)[self.seen :]]
        self.seen += len(new)
        words = "\n".join(new)
        if new:
            code = CODE.search(words)
            self.told.hear(self.person.number, words, code[0] if code else None)
        return words
