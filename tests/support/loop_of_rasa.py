"""Rasa's loop in a few lines, over our real actions: the port `Engine` without an engine.

What it does is read from Rasa 3.6 (`core/actions/forms.py`, `core/policies/rule_policy.py`), the
rules and forms from our own files; `tests/dialogue/test_like_rasa.py` holds it against Rasa.
"""

import copy
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.webhook import ACTIONS
from bot.channels.engine import spoken
from bot.core.dialogue.message import Meaning
from bot.services.ports import Ports
from bot.services.records import Asked, Spoken

ROOT: Final = Path(__file__).parents[2]
DOMAIN: Final = yaml.safe_load((ROOT / "domain.yml").read_text())
FORMS: Final[dict[str, list[str]]] = {
    name: form["required_slots"] for name, form in DOMAIN["forms"].items()
}
RULES: Final = [
    rule
    for path in sorted((ROOT / "stories").glob("*.yml"))
    for rule in yaml.safe_load(path.read_text())["rules"]
]
DOES: Final[dict[str, str]] = {
    rule["steps"][0]["intent"]: rule["steps"][1]["action"]
    for rule in RULES
    if "intent" in rule["steps"][0]
}
"""The action of each intent."""
ENDS: Final[dict[str, str]] = {
    rule["steps"][0]["action"]: rule["steps"][-1]["action"]
    for rule in RULES
    if "action" in rule["steps"][0]
}
"""The action after each form."""
LISTEN: Final = "action_listen"
BUILT_IN: Final = "restart"
"""An intent of which Rasa itself says what it does, before any form."""
HEARS: Final = "action_validate_slot_mappings"
MOST: Final = 10
"""Predictions in a turn, as Rasa's own."""

Event = dict[str, Any]
Reads = Callable[[str], Mapping[str, Any]]
"""What a text means: `intent`, `topics` and `clarify`; the entities are read here."""


class Rejected(Exception):
    """A form did not get an answer."""


@dataclass
class Remembered:
    """What Rasa knows of one conversation."""

    slots: dict[str, Any] = field(
        default_factory=lambda: dict.fromkeys([*DOMAIN["slots"], "requested_slot"])
    )
    events: list[Event] = field(default_factory=list)
    loop: str | None = None
    is_rejected: bool = False
    message: Event = field(default_factory=dict)
    latest_action: str = LISTEN
    follows: str | None = None

    def copy(self) -> "Remembered":
        """The same, to be tried on."""
        new = copy.copy(self)
        new.slots, new.events = dict(self.slots), list(self.events)
        return new

    def apply(self, events: Sequence[Event]) -> None:
        """Take over what happened."""
        for event in events:
            self.events.append(event)
            kind = event["event"]
            if kind == "slot":
                self.slots[event["name"]] = event["value"]
            elif kind == "active_loop":
                self.loop, self.is_rejected = event["name"], False
            elif kind == "followup":
                self.follows = event["name"]
            elif kind == "action_execution_rejected" and event["name"] == self.loop:
                self.is_rejected = True

    def did(self, action: str) -> None:
        """Note that an action was done."""
        self.events.append({"event": "action", "name": action})
        self.latest_action, self.follows = action, None
        if action == self.loop:
            self.is_rejected = False

    def as_tracker(self, name: str) -> Tracker:
        """What an action is given."""
        loop = {"name": self.loop} if self.loop else {}
        return Tracker(
            name,
            dict(self.slots),
            self.message,
            list(self.events),
            False,
            self.follows,
            loop,
            self.latest_action,
        )


class LoopOfRasa:
    """The port `Engine`."""

    def __init__(self, ports: Ports, reads: Reads) -> None:
        self.ports = replace(ports, engine=self)
        self._actions = {kind.named: kind(self.ports) for kind in ACTIONS}
        self.reads = reads
        self.known: dict[str, Remembered] = {}
        self.ran: list[str] = []
        self.said: list[list[str]] = []
        """The actions of this turn; the names of the texts that were said, a list a turn."""

    async def check(self) -> None:
        """It is always there."""

    async def read(self, conversation: str, text: str) -> Meaning:
        """What a text means, as the test says."""
        meant = self.reads(text)
        return Meaning(
            meant["intent"],
            float(meant.get("confidence", 1.0)),
            tuple(meant.get("topics", ())),
            tuple(meant.get("clarify", ())),
            meant.get("mood"),
            tuple(meant.get("facets", ())),
        )

    async def take_turn(self, asked: Asked) -> Sequence[Spoken]:
        """Everything that is said to a message."""
        self.ran = []
        state = self.known.get(asked.conversation)
        if state is None:
            state = self.known[asked.conversation] = Remembered()
            events, _ = await self._run(asked.conversation, state, "action_session_start")
            state.apply([each for each in events if each["event"] == "slot"])
        state.message = self._parsed(asked)
        state.events.append({"event": "user", **state.message})
        start = len(state.events)
        state.apply(await self._hear(asked.conversation, state))
        for _ in range(MOST):
            if (action := self._next(state)) == LISTEN:
                break
            await self._do(asked.conversation, state, action)
        state.did(LISTEN)
        words = [
            spoken({"text": each["text"], **each["data"]})
            for each in state.events[start:]
            if each["event"] == "bot"
        ]
        self.said.append([each.key for each in words if each.key])
        return words

    def _parsed(self, asked: Asked) -> Event:
        """A message as the gateway decided it; of a bare command its name and values."""
        if asked.decided is not None:
            return {**asked.decided, "text": asked.command or asked.text or ""}
        if asked.command is not None:
            name, _, values = asked.command.removeprefix("/").partition("{")
            told = json.loads("{" + values) if values else {}
            entities = [
                {"entity": entity, "value": value, "start": 0, "end": len(asked.command)}
                for entity, value in told.items()
            ]
            return {"text": asked.command, "intent": {"name": name}, "entities": entities}
        raise AssertionError("what words mean is decided before")

    def _next(self, state: Remembered) -> str:
        """What Rasa does next: a follow-up, the open form, else the rule."""
        if state.follows:
            return state.follows
        intent = str(state.message["intent"]["name"])
        if intent == BUILT_IN and state.latest_action == LISTEN:
            return DOES[intent]
        if state.loop and not state.is_rejected:
            return LISTEN if state.latest_action == state.loop else state.loop
        if state.latest_action == LISTEN:
            return DOES.get(intent, LISTEN)
        if state.loop is None and state.latest_action in ENDS:
            return ENDS[state.latest_action]
        ruled = DOES.get(intent)
        first = self.ran[-1:] == [state.latest_action] and state.latest_action == ruled
        alone = [each for each in self.ran if each not in FORMS] == [ruled]
        return state.loop if state.loop and first and alone else LISTEN

    async def _do(self, name: str, state: Remembered, action: str) -> None:
        """One action, with all that comes of it."""
        if action not in FORMS:
            events, said = await self._run(name, state, action)
            self.ran.append(action)
            state.did(action)
            state.apply([*said, *events])
            return
        try:
            events = await self._form(name, state, action)
        except Rejected:
            state.is_rejected, state.follows = True, None
            return
        self.ran.append(action)
        state.did(action)
        state.apply(events)

    async def _run(
        self, name: str, state: Remembered, action: str
    ) -> tuple[list[Event], list[Event]]:
        """The events of an action, and what it said."""
        dispatcher = CollectingDispatcher()
        events = await self._actions[action].run(dispatcher, state.as_tracker(name), {})
        return list(events), [self._utter(dict(each)) for each in dispatcher.messages]

    def _utter(self, response: dict[str, Any]) -> Event:
        """A response as Rasa makes it, with words of the real files."""
        key, buttons = response.pop("response", None), response.pop("buttons", None) or []
        text, custom = response.pop("text", None), response.pop("custom", None)
        if key:
            response.pop("template", None)
            for name in ("image", "attachment", "elements"):
                response.pop(name, None)
            words = self.ports.texts.render(key, **response)
            text, custom = words.text, custom or {"key": key, "claims": list(words.claims)}
            own = [{"title": title, "payload": payload} for title, payload in words.buttons]
            buttons = [*own, *buttons]
        return {"event": "bot", "text": text, "data": {"buttons": buttons, "custom": custom}}

    async def _hear(self, name: str, state: Remembered) -> list[Event]:
        """Slots out of a message, and what is said of them."""
        events, said = await self._run(name, state, HEARS)
        return [*said, *(each for each in events if each["event"] == "slot")]

    # ── A form ──────────────────────────────────────────────────────────────

    async def _form(self, name: str, real: Remembered, form: str) -> list[Event]:
        events: list[Event] = []
        if real.loop != form:
            events = await self._activated(name, real.copy(), form)
        if not _is_done(events):
            events += await self._filled(name, real, form, events)
        if _is_done(events):
            events.append({"event": "active_loop", "name": None})
        return events

    async def _activated(self, name: str, state: Remembered, form: str) -> list[Event]:
        opened: list[Event] = [{"event": "active_loop", "name": form}]
        state.apply(opened)
        heard = await self._hear(name, state)
        state.apply(heard)
        filled = {each: state.slots[each] for each in FORMS[form] if state.slots[each] is not None}
        validated = await self._validated(name, state, form, filled)
        done = {each["name"] for each in validated if each["event"] == "slot"}
        slots = [e for e in heard if e["event"] == "slot" and e["name"] not in done]
        return [*opened, *validated, *slots]

    async def _validated(
        self, name: str, state: Remembered, form: str, slots: Mapping[str, Any]
    ) -> list[Event]:
        """What the validating action of a form gives for these candidates."""
        tried = self._temporary(
            state, form, [{"event": "slot", "name": k, "value": v} for k, v in slots.items()]
        )
        events, said = await self._run(name, tried, f"validate_{form}")
        return [*said, *events]

    def _temporary(self, state: Remembered, form: str, events: Sequence[Event]) -> Remembered:
        tried = state.copy()
        asked = state.slots["requested_slot"] if state.loop == form else None
        tried.apply([{"event": "slot", "name": "requested_slot", "value": asked}])
        tried.did(form)
        tried.apply(events)
        return tried

    async def _filled(
        self, name: str, state: Remembered, form: str, so_far: Sequence[Event]
    ) -> list[Event]:
        events: list[Event] = []
        if not [each for each in so_far if each["event"] != "active_loop"]:
            events = await self._taken(name, state, form)
        every = [*so_far, *events]
        if _is_done(every):
            return [*events, {"event": "slot", "name": "requested_slot", "value": None}]
        item = next((e["value"] for e in every if _asks(e)), None)
        tried = self._temporary(state, form, every)
        if not item:
            item = next((each for each in FORMS[form] if tried.slots[each] is None), None)
            events.append({"event": "slot", "name": "requested_slot", "value": item})
        if item:
            return [*events, *await self._ask(name, tried, item)]
        return [*events, {"event": "slot", "name": "requested_slot", "value": None}]

    async def _taken(self, name: str, state: Remembered, form: str) -> list[Event]:
        """The answers of this message; raises Rejected when there is none."""
        if state.loop and state.latest_action != LISTEN:
            return await self._validated(name, state, form, {})
        asked = state.slots["requested_slot"] if state.loop == form else None
        wanted = {*FORMS[form], asked}
        since = next(
            i for i in reversed(range(len(state.events))) if state.events[i]["event"] == "user"
        )
        found = {
            each["name"]: each["value"]
            for each in state.events[since:]
            if each["event"] == "slot" and each["name"] in wanted
        }
        events = await self._validated(name, state, form, found)
        set_now = any(e["event"] == "slot" and e["name"] != "requested_slot" for e in events)
        if asked and not found and not set_now:
            raise Rejected
        return events

    async def _ask(self, name: str, state: Remembered, item: str) -> list[Event]:
        if f"action_ask_{item}" in DOMAIN["actions"]:
            events, said = await self._run(name, state, f"action_ask_{item}")
            return [*said, *events]
        return [self._utter({"response": f"utter_ask_{item}"})]


def _asks(event: Event) -> bool:
    return bool(event["event"] == "slot" and event["name"] == "requested_slot")


def _is_done(events: Sequence[Event]) -> bool:
    """Whether a form has come to its end, as Rasa sees it from the latest events."""
    asks = [each for each in events if _asks(each)]
    loops = [each for each in events if each["event"] == "active_loop"]
    return bool(asks and asks[-1]["value"] is None) or bool(loops and loops[-1]["name"] is None)
