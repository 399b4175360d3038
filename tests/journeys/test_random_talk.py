"""Somebody who does anything at any moment, over the real house, with a model of what he told.

INSTAP_RANDOM_TURNS sets how long it goes on in a night. Tests always go the same ways; `make talk`
goes new ones (INSTAP_RANDOM_SEED=0), and names the seed that repeats them. INSTAP_SHRINK=1 looks
for the shortest way to a fault, which takes long on a living house.
"""

import itertools
import json
import os
import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import uuid4

import pytest
import yaml
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.core.answers.exact import read_exact
from bot.core.questions import ELIGIBILITY, REGISTRATION
from tests.support.house import ROOT, House
from tests.support.model_of_talk import ModelOfTalk
from tests.support.visitor import Visitor

pytestmark = [pytest.mark.engine, pytest.mark.long]

SAYS = yaml.safe_load((ROOT / "tests/journeys/random_talk.yml").read_text())
QUESTIONS = yaml.safe_load((ROOT / "bot/content/texts/questions.yml").read_text())["responses"]
REGISTERING = yaml.safe_load((ROOT / "bot/content/texts/registration.yml").read_text())["responses"]
SOME = 250
TURNS = int(os.environ.get("INSTAP_RANDOM_TURNS", "2000"))
SEED = int(os.environ.get("INSTAP_RANDOM_SEED", "2027")) or random.randrange(1, 10**6)
SHRINKS = os.environ.get("INSTAP_SHRINK") == "1"
LONGEST_WALK = 25
PARTS = ("engine", "actions", "gateway")
KILLS = 9
"""Of all conversations together: each takes seconds."""
YES_NO = ("consent", "confirm")
OFFERS = ("contact met u opneemt?", "contact met u op te nemen?")
"""How we offer a person: a yes to it asks how to reach them, or when."""

Sentence = tuple[str, Any, str]
Asks = set[str | None]


def sentences(kind: str) -> list[Sentence]:
    """(item, value, sentence) of everything of a kind."""
    return [
        (item, value, text)
        for item, values in SAYS[kind].items()
        for value, texts in values.items()
        for text in texts
    ]


def plain(kind: str) -> list[tuple[str, str]]:
    """(name, sentence) of everything of a kind."""
    return [(name, text) for name, texts in SAYS[kind].items() for text in texts]


def button_meanings() -> dict[tuple[str, str], Any]:
    """(open question, title of a button) -> the answer that it gives."""
    found = {}
    for [*_, response] in (QUESTIONS | REGISTERING).values():
        for button in response.get("buttons", ()):
            if button["payload"].startswith("/inform"):
                [(item, value)] = json.loads(button["payload"].removeprefix("/inform")).items()
                found[item, button["title"]] = value
    return found


ANSWERS, FACTS, CORRECTIONS = map(sentences, ("answers", "facts", "corrections"))
STRAIGHT = {item: (value, text) for item, value, text in reversed(ANSWERS)}
MEANS = button_meanings() | {("confirm", "Ja, meld mij aan"): "yes"}
FURTHER = "U was intussen al verder in dit gesprek."
SAID_BACK = "Eerst begreep ik"
OFFERS_CALL = "Zal ik vragen of die contact met u opneemt?"
ADDRESSES = (f"praat{number}@voorbeeld.nl" for number in itertools.count())


class SameEverywhere(HypothesisProvider):
    """Draws the same whatever else is loaded: the usual one now and then takes a number of it."""

    def _maybe_draw_constant(self, *_: Any, **__: Any) -> None:
        return None


AVAILABLE_PROVIDERS["same everywhere"] = f"{__name__}.{SameEverywhere.__qualname__}"


@dataclass
class Tally:
    """What all conversations together came to."""

    turns: int = 0
    examples: int = 0
    registered: int = 0
    kills: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    transcripts: dict[str, str] = field(default_factory=dict)
    leads: dict[str, tuple[dict[str, Any], str]] = field(default_factory=dict)
    erased: dict[str, str] = field(default_factory=dict)

    def blame(self, fault: str, transcript: str) -> None:
        """Count a fault; the shortest conversation that shows it is kept."""
        self.faults[fault] += 1
        known = self.transcripts.setdefault(fault, transcript)
        self.transcripts[fault] = min(known, transcript, key=lambda text: text.count("\n"))


class Talk(RuleBasedStateMachine):
    """One conversation."""

    house: ClassVar[House]
    tally: ClassVar[Tally]

    @initialize()
    def comes_in(self) -> None:
        self.visitor = Visitor(self.house.url)
        self.model = ModelOfTalk()
        self.log: list[str] = []
        self.now: dict[str, tuple[str | None, str]] = {}
        self.buttons: dict[str, tuple[str | None, str]] = {}
        self.body: dict[str, str] = {}
        self.waits: str | None = None
        self.proposed: tuple[str, Any] | None = None
        self.is_offered_person = False
        self.is_sound = True
        self.tally.examples += 1
        self._keep_buttons(self.visitor.last)

    # ── doing something, and holding the answer against the model ──────────────

    def _claim(self, is_so: object, fault: str) -> None:
        if not is_so:
            self.is_sound = False
            self.tally.blame(fault, "\n".join(self.log))
            raise AssertionError(f"{fault}\n" + "\n".join(self.log))

    def _do(
        self,
        said: dict[str, str],
        means: Callable[[], None] = lambda: None,
        asks: Callable[[], Asks] | None = None,
        topics: list[str] | None = None,
        keeps_sure: bool = False,
    ) -> None:
        """Say it; `means` is what it does to the model, `asks` what may be the question then.

        By default a message changes nothing and the open question stays.
        """
        model, was = self.model, self.model.asks
        turn = self._send(said)
        if turn is None:
            return
        proposed, self.proposed = self.proposed, None
        words = said.get("text", said.get("title", "").strip("[]"))
        if proposed and (heard := read_exact(words, proposed[0])):
            agrees = heard == "yes"
            means = (lambda: model.tell(*proposed)) if agrees else (lambda: None)
            asks = (lambda: model.follows(was)) if agrees else None
        model.sure = model.sure if keeps_sure else None
        means()
        may_ask = asks() if asks else {was}
        if self.waits is not None:  # a form that let another question go first goes on
            may_ask = {*may_ask, self.waits, *model.open()[:1], *model.missing()[:1]}
            self.waits = None if turn["asks"] else self.waits
        if self.is_offered_person and was is None and read_exact(said.get("text", "")) == "yes":
            may_ask = {*may_ask, "callback"}
        self.is_offered_person = any(
            offer in each["text"] for each in turn["messages"] for offer in OFFERS
        )
        for fault in model.complaints(turn):
            self._claim(False, fault)
        names = sorted(map(str, may_ask))
        self._claim(turn["asks"] in may_ask, f"at {was} asks {turn['asks']}, should be {names}")
        if topics is not None:
            self._claim(turn["topics"] == topics, f"{topics} is taken for {turn['topics']}")
        self._keep_buttons(turn)
        if turn["asks"] == "callback":  # who is asked how to be reached thinks better of it
            self._do({"text": "stoppen"}, asks=lambda: {None}, topics=["cancel"])

    def _send(self, said: dict[str, str]) -> dict[str, Any] | None:
        """The turn, or nothing when a button is refused, which must be said."""
        words = said["title"] if "title" in said else repr(said["text"][:70])
        self.log.append(f"  {self.model.asks or '-'}: {words}")
        self.body = {name: said[name] for name in said if name != "title"} | {"id": uuid4().hex}
        answer = self.visitor.client.post("/api/v1/messages", json=self.body)
        self.tally.turns += 1
        if answer.status_code == 422 and "button" in said:
            self.body = {}
            self._claim(answer.json()["detail"], "a button is refused without a word")
            return None
        self._claim(answer.status_code == 200, f"HTTP {answer.status_code}")
        self.visitor.last = turn = answer.json()
        self.log.append(f"      {self.visitor.words()[:110]!r} asks {turn['asks']}")
        return turn

    def _keep_buttons(self, turn: dict[str, Any]) -> None:
        """Under the last words, and all that came before."""
        asks = None if SAID_BACK in self.visitor.words() else turn["asks"]
        self.now = {
            button["id"]: (asks, button["title"])
            for message in turn["messages"]
            for button in message["buttons"]
        }
        self.buttons |= self.now

    def _answer(self, said: dict[str, str], item: str, value: Any) -> None:
        """An answer to the open question."""
        model, done = self.model, item in YES_NO and value == "no"

        def asks() -> Asks:
            if item == "confirm":
                return {model.open()[0]} if value == "yes" and model.open() else {None}
            return {None} if done else model.follows(item)

        self._do(said, lambda: model.answer(item, value), asks)
        told = item not in ELIGIBILITY or model.open() or self.visitor.last["outcome"]
        self._claim(told, "all is answered and no outcome is told")

    def _task(self, name: str, said: dict[str, str]) -> None:
        """A request of the catalogue."""
        model, was = self.model, self.model.asks
        none: Asks = {None}
        # What is asked anew stays open, also before the first of what is missing.
        if name == "register":
            first = {(*model.open(), *model.missing())[0], *({was} & {*model.open()})}
            self._do(said, asks=lambda: {was} if model.registered else first)
        elif name == "check_eligibility":
            asks = {*model.open()[:1], *({was} & {*model.open()})}
            asks = asks or ({was} if was in REGISTRATION else model.follows(None))
            self._do(said, asks=lambda: {was} if model.registered else asks)
            told = self.visitor.last["outcome"] or (model.open() and not model.registered)
            self._claim(told, "no outcome is told")
        elif name == "cancel":
            self._do(said, asks=lambda: none, topics=["cancel"])
        elif name == "restart":
            self._do(said, model.forget, lambda: none, ["restart"])
        elif name == "delete_my_data" or model.registered:
            self._do(said, lambda: setattr(model, "sure", name), lambda: none, [name])
            self.waits = was
        else:
            self._do(said, topics=[name])

    def _press(self, button: str) -> None:
        """A button, of now or of before, with what its title means; others are left alone."""
        asked, title = self.buttons[button]
        if self.proposed and button in self.now and title in ("Ja", "Nee"):
            self._do({"button": button, "title": f"[{title}]"})
            return
        said, model = {"button": button, "title": f"[{title}]"}, self.model
        kind = SAYS["buttons"].get(title)
        value = MEANS.get((str(asked), title))
        if asked and value and asked == model.asks and (asked not in YES_NO or button in self.now):
            self._answer(said, asked, value)
        elif asked in YES_NO and value and asked == model.asks:  # it binds for what is asked now
            self._do(said)
        elif asked in ELIGIBILITY and value and button in self.now:
            was = model.asks
            self._do(said, lambda: model.tell(str(asked), value), lambda: model.follows(was))
        elif asked in ELIGIBILITY and value:  # an old button is asked about first
            self._do(said, asks=lambda: {None, model.asks})
            self.waits = model.asks
            self.proposed = (str(asked), value) if "Bedoelt u nu" in self.visitor.words() else None
        elif value == "yes" and asked == "confirm":
            self._do(said, asks=lambda: {model.asks, *model.follows(model.asks)})
        elif kind in SAYS["tasks"]:
            self._task(kind, said)
        elif kind:
            self._move(kind, said)

    def _move(self, name: str, said: dict[str, str]) -> None:
        """A move; who wants a person is asked how to be reached."""
        if name == "ask_human" and self.model.asks is None:
            self._do(said, asks=lambda: {"callback"}, topics=[name])
        else:
            self._do(said, topics=[name], keeps_sure=name == "repeat")

    # ── what he can do ─────────────────────────────────────────────────────────

    def _asked(self) -> bool:
        return self.model.asks is not None

    def _draw(self, data: st.DataObject, among: Iterable[Any]) -> Any:
        return data.draw(st.sampled_from(sorted(among, key=repr)))

    def _fill(self, value: Any, text: str) -> tuple[Any, str]:
        """Every address is new."""
        if value != "{email}":
            return value, text
        address = next(ADDRESSES)
        return address, text.format(email=address)

    @precondition(_asked)
    @rule(data=st.data(), times=st.integers(1, 6))
    def answers(self, data: st.DataObject, times: int) -> None:
        for _ in range(times):
            item = self.model.asks
            if item is None:
                return
            _, drawn, text = self._draw(data, (s for s in ANSWERS if s[0] == item))
            value, text = self._fill(drawn, text)
            self._answer({"text": text}, item, value)

    @rule(times=st.integers(1, 15))
    def goes_straight_on(self, times: int) -> None:
        """Without it hardly anybody would be on the list before the end."""
        for _ in range(times):
            if not self.model.registered or self._asked():
                self._step()

    @precondition(lambda self: self.model.asks in SAYS["wrong"])
    @rule(data=st.data())
    def answers_wrongly(self, data: st.DataObject) -> None:
        self._do({"text": self._draw(data, SAYS["wrong"][self.model.asks])})

    @rule(data=st.data())
    def asks_a_question(self, data: st.DataObject) -> None:
        name, text = self._draw(data, plain("questions"))
        self._do({"text": text}, topics=[name])

    @rule(data=st.data())
    def makes_a_move(self, data: st.DataObject) -> None:
        name, text = self._draw(data, plain("moves"))
        self._move(name, {"text": text})

    @rule(data=st.data())
    def wants_something(self, data: st.DataObject) -> None:
        name, text = self._draw(data, plain("tasks"))
        self._task(name, {"text": text})

    def _tell(self, data: st.DataObject, among: list[Sentence]) -> None:
        model, was = self.model, self.model.asks
        item, drawn, text = self._draw(data, among)
        value, text = self._fill(drawn, text)
        may_stop: Asks = {None} if was == "confirm" and text.startswith("nee") else set()
        before = model.told.get(item)

        def means() -> None:
            if SAID_BACK not in self.visitor.words():
                model.tell(item, value)

        self._do({"text": text}, means, lambda: model.follows(was) | may_stop)
        if SAID_BACK in self.visitor.words():
            self._claim(before not in (None, value), f"{item} is said back, and was not told")
            self.proposed = (item, value)

    @precondition(lambda self: not self.model.registered)
    @rule(data=st.data())
    def tells_a_fact(self, data: st.DataObject) -> None:
        self._tell(data, FACTS)

    @precondition(lambda self: not self.model.registered)
    @rule(data=st.data())
    def corrects(self, data: st.DataObject) -> None:
        told = [each for each in CORRECTIONS if each[0] in self.model.told]
        if told:
            self._tell(data, told)

    @precondition(lambda self: self.model.registered)
    @rule(data=st.data())
    def corrects_too_late(self, data: st.DataObject) -> None:
        _, drawn, text = self._draw(data, CORRECTIONS)
        self._do({"text": self._fill(drawn, text)[1]})

    @precondition(lambda self: not self.model.registered)
    @rule(data=st.data())
    def wants_a_change(self, data: st.DataObject) -> None:
        told = [each for each in plain("changes") if each[0] in self.model.told]
        if told:
            item, text = self._draw(data, told)
            asks: Asks = {item, self.model.asks}
            self._do({"text": text}, lambda: self.model.forget(item), lambda: asks)

    @precondition(lambda self: self.now)
    @rule(data=st.data())
    def presses(self, data: st.DataObject) -> None:
        self._press(self._draw_button(data, self.now))

    @precondition(lambda self: self.buttons.keys() - self.now.keys())
    @rule(data=st.data())
    def presses_an_old_button(self, data: st.DataObject) -> None:
        self._press(self._draw_button(data, self.buttons.keys() - self.now.keys()))

    def _draw_button(self, data: st.DataObject, among: Iterable[str]) -> str:
        """By its place: the ids are new each time."""
        shown = [each for each in self.buttons if each in among]
        return shown[data.draw(st.integers(0, len(shown) - 1))]

    @precondition(lambda self: not self._asked())
    @rule(yes=st.booleans())
    def says_yes_or_no_to_what_was_no_question(self, yes: bool) -> None:
        """Unless we asked whether he is sure; he may also be on the way to something."""
        if yes and OFFERS_CALL in self.visitor.words():
            self._do({"text": "ja"}, asks=lambda: {"callback"})
            return
        model, sure = self.model, self.model.sure
        next_one = {None, *model.open()[:1]} if model.open() else model.follows(None)
        free: Asks = next_one if yes and not sure else {None}
        means = (lambda: model.say_yes(sure)) if yes else (lambda: None)
        self._do({"text": "ja" if yes else "nee"}, means, lambda: free)

    @precondition(lambda self: self.body)
    @rule()
    def sends_it_twice(self) -> None:
        answer = self.visitor.client.post("/api/v1/messages", json=self.body)
        self.tally.turns += 1
        self.log.append("  the same id again")
        self._claim(answer.json() == self.visitor.last, "the same id gives another turn")

    @rule(text=st.sampled_from([*SAYS["nonsense"], "x" * 2000, "y" * 2001, "bla " * 500]))
    def says_nothing_sensible(self, text: str) -> None:
        self._do({"text": text}, keeps_sure=not text.isalpha())

    @rule()
    def reloads(self) -> None:
        shown = self.visitor.client.get("/api/v1/messages").json()["messages"]
        texts = [each["text"] for each in self.visitor.last["messages"]]
        if texts[0].startswith(FURTHER):  # said beside the latest words, and kept nowhere
            texts = texts[1:]
        said = [each["text"] for each in shown if each["from"] == "assistant"]
        self.log.append("  reloads")
        self._claim(said[-len(texts) :] == texts, "the history lacks the last words")

    @rule(part=st.sampled_from(PARTS))
    def a_part_is_killed(self, part: str) -> None:
        """When it is back, everything is where it was."""
        if self.tally.kills < KILLS:
            self.tally.kills += 1
            self.log.append(f"  {part} is killed")
            self.house.kill(part)
            self.house.await_ready()

    # ── the end ────────────────────────────────────────────────────────────────

    def teardown(self) -> None:
        """From wherever he is, a straight road ends on the list; then he leaves."""
        with self.visitor:
            if self.is_sound:
                self._walk()
                transcript = "\n".join(self.log)
                for code in self.model.codes - self.model.leads.keys():
                    self.tally.erased[code] = transcript
                for code, lead in self.model.leads.items():
                    self.tally.leads[code] = lead, transcript

    def _walk(self) -> None:
        for _ in range(LONGEST_WALK):
            if self.model.registered:
                self.tally.registered += 1
                return
            self._step()
        self._claim(False, "no end in sight")

    def _step(self) -> None:
        """The plain answer to what is asked; else he says that he wants to register."""
        item = self.model.asks
        if item is None:
            self._task("register", {"text": "ik wil me aanmelden"})
        else:
            value, text = self._fill(*STRAIGHT[item])
            self._answer({"text": text}, item, value)


def a_batch(house: House, tally: Tally, number: int) -> None:
    """Some conversations; the first fault ends it."""
    machine = seed(number)(type("Talk", (Talk,), {"house": house, "tally": tally}))
    with_shrink = (Phase.shrink,) if SHRINKS else ()
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            database=None,
            backend="same everywhere",
            report_multiple_bugs=False,
            phases=(Phase.generate, *with_shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )


def hold_against(leads: dict[str, dict[str, Any]], tally: Tally) -> None:
    """Everybody is stored with what he told; who was erased is gone."""
    for code, (expected, transcript) in tally.leads.items():
        found = leads.get(code, {})
        for item, value in expected.items():
            if found.get(item) != value:
                end = f"\n  stored {found.get(item)!r}, told {value!r}"
                tally.blame(f"stored {item} is not what was told", transcript + end)
    for code in tally.erased.keys() & leads.keys():
        tally.blame("an erased registration is still there", tally.erased[code])


@pytest.mark.parametrize("turns", [SOME, pytest.param(TURNS, marks=pytest.mark.nightly)])
def test_whatever_somebody_does_the_house_keeps_to_what_he_told(
    house: House, turns: int, figure: Callable[[str], None]
) -> None:
    tally = Tally()
    for number in itertools.count(SEED):
        if tally.turns >= turns:
            break
        before = sum(tally.faults.values())
        try:
            a_batch(house, tally, number)
        except AssertionError:
            if sum(tally.faults.values()) == before:
                raise
    hold_against({lead["code"]: lead for lead in house.leads()}, tally)
    figure(
        f"random talk: {tally.turns} turns, {tally.examples} examples, "
        f"{tally.registered} registered, {tally.kills} kills, seed {SEED}"
    )
    assert not tally.faults, "\n\n".join(
        f"{times}x {fault}\n{tally.transcripts[fault]}"
        for fault, times in tally.faults.most_common()
    )
