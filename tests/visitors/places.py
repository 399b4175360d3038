"""Where a visitor talks: in this process, or with a house through its chat API.

In process everything is real but the engine's loop (`LoopOfRasa`), with the meanings that the real
model gives. Both are opened and looked into through the same services on the same database.
"""

import asyncio
from dataclasses import replace
from datetime import timedelta
from types import TracebackType
from typing import Any, Final

from bot.core.answers import located
from bot.core.turn import Said, Turn
from bot.services import consent, conversation, drafts, erasing, intakes, registration
from bot.services.ports import Ports
from bot.services.records import Draft
from tests.support.loop_of_rasa import LoopOfRasa, Reads
from tests.support.parts import StandingClock
from tests.support.visitor import Visitor
from tests.visitors.judge import Kept, Reply, empty_bubbles
from tests.visitors.script import Person

SAID: Final = {True: "yes", False: "no"}


class Place:
    """What both have in common: what happened before, and what is kept."""

    def __init__(self, ports: Ports, runner: asyncio.Runner) -> None:
        self.ports, self.runner = ports, runner
        self.empty = empty_bubbles(ports.texts)
        self.talk = ""

    def begin(self, person: Person) -> Reply:
        """Open a conversation; whoever comes back was here before, in this one."""
        first = self.open()
        for topic in person.before.get("told", ()):
            first = self.say(self.ports.texts.render(f"label_faq/{topic}").text)
        away = timedelta(days=person.before.get("days_ago", 0))
        self.runner.run(self._let_pass(away, person))
        return replace(first, kept=self.kept())

    def open(self) -> Reply:
        """The first words of a new conversation."""
        raise NotImplementedError

    def say(self, text: str) -> Reply:
        """What is answered to a text that was typed."""
        raise NotImplementedError

    def end(self) -> None:
        """Leave nothing of a conversation: who plays another time is nobody's double."""
        if self.talk:
            self.runner.run(erasing.erase(self.ports, self.talk))

    def kept(self) -> Kept:
        """What stands in the database for this conversation."""
        return self.runner.run(self._kept())

    async def _let_pass(self, away: timedelta, person: Person) -> None:
        """What was done then, done on that day; nobody said anything since."""
        if not away:
            return
        then = replace(self.ports, clock=StandingClock(self.ports.clock.now() - away))
        if person.registered:
            await _register(then, self.talk, dict(person.registered))
        async with self.ports.work() as work:
            known = await work.conversations.by_id(self.talk)
            assert known is not None
            await work.conversations.set_draft(self.talk, known.draft, then.clock.now())
            await work.commit()

    async def _kept(self) -> Kept:
        async with self.ports.work() as work:
            known = await work.conversations.by_id(self.talk)
            own = await work.registrations.of_conversation(self.talk)
            asked = await work.callbacks.open_of(self.talk)
        values = ("code", "name", "email", "phone", "city", "company", "status")
        return Kept(
            known.draft if known else {},
            own and {name: getattr(own, name) for name in values},
            own is not None and own.stands,
            asked and {"address": asked.address, "moment": asked.moment, "note": asked.question},
        )


async def _register(ports: Ports, talk: str, values: dict[str, Any]) -> None:
    """A real registration of somebody with these values."""
    region = values.pop("region")
    values["employer_consent"] = SAID[values["employer_consent"]]
    values["phone"] = ports.personal.mask(values["phone"], "phone", {}).known["phone"]
    told: Draft = {**values, "region": region, **located(region)}
    await drafts.remember(ports, talk, told)
    intake = await intakes.next_intake(ports)
    words = ports.texts.render("utter_ask_consent", intake=intake.id)
    await consent.show(ports, talk, intake.id, words)
    await drafts.remember(ports, talk, {"consent": "yes"})
    await drafts.remember(ports, talk, {"confirm": "yes"})
    done = await registration.register(ports, talk)
    assert done.registration is not None


class InProcess(Place):
    """The services and actions of this process, on the stage's database."""

    def __init__(self, ports: Ports, runner: asyncio.Runner, reads: Reads) -> None:
        super().__init__(ports, runner)
        self._loop = LoopOfRasa(ports, reads)

    def open(self) -> Reply:
        """The first words of a new conversation."""
        started = self.runner.run(conversation.start(self._loop.ports, "web"))
        self.talk = started.conversation
        return self._reply(started.turn)

    def say(self, text: str) -> Reply:
        """What is answered to a text that was typed."""
        take = conversation.take_turn(self._loop.ports, self.talk, Said(text))
        return self._reply(self.runner.run(take))

    def _reply(self, turn: Turn) -> Reply:
        shown = [[button.title for button in each.buttons] for each in turn.messages]
        return Reply(
            tuple(each.text for each in turn.messages),
            tuple(next((titles for titles in reversed(shown) if titles), ())),
            turn.topics,
            turn.clarify,
            turn.asks,
            turn.outcome,
            self.kept(),
        )


class AtAHouse(Place):
    """A real house, through its chat API; `ports` are on its database, to look into it."""

    def __init__(self, url: str, ports: Ports, runner: asyncio.Runner) -> None:
        super().__init__(ports, runner)
        self._url = url
        self._visitor: Visitor | None = None

    def __enter__(self) -> "AtAHouse":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leave()

    def open(self) -> Reply:
        """The first words of a new conversation."""
        self._leave()
        self._visitor = Visitor(self._url)
        token = self._visitor.client.headers["Authorization"].removeprefix("Bearer ")
        self.talk = self.runner.run(conversation.find(self.ports, token))
        return self._reply(self._visitor.last)

    def say(self, text: str) -> Reply:
        """What is answered to a text that was typed."""
        assert self._visitor is not None
        return self._reply(self._visitor.say(text))

    def _leave(self) -> None:
        if self._visitor is not None:
            self._visitor.client.close()

    def _reply(self, turn: dict[str, Any]) -> Reply:
        shown = [[button["title"] for button in each["buttons"]] for each in turn["messages"]]
        return Reply(
            tuple(each["text"] for each in turn["messages"]),
            tuple(next((titles for titles in reversed(shown) if titles), ())),
            tuple(turn["topics"]),
            tuple(turn["clarify"]),
            turn["asks"],
            turn["outcome"],
            self.kept(),
        )
