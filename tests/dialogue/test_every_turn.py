"""Every message in every state is answered, once, with one open question, and nobody is held."""

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence

import pytest

from bot.core.errors import EngineUnavailable
from bot.core.questions import SLOTS
from tests.dialogue.messages import INTENTS, PAIRS, TAPPED, TOPICS, TYPED
from tests.dialogue.stage import WAYS, Message, Outcome, Stage, say

STEP = 8
FIGURE = f"turns over {len(INTENTS)} intents x {len(TOPICS)} topics x {len(WAYS)} states"
NET = frozenset({"utter_not_followed", "utter_not_followed_registered", "utter_not_understood"})
"""What is said where an action forgot to speak: no action does."""
STATUS = {
    "registered": "registered",
    "registered, with mail": "registered",
    "registered, in review": "review",
    "waiting list": "waiting_list",
    "withdraw confirm": "registered",
    "withdrawn": "withdrawn",
}
SURE = frozenset(
    {
        "utter_withdraw_confirm",
        "utter_delete_confirm",
        "utter_delete_confirm_here",
        "utter_restart_confirm",
        "utter_change_what",
        "utter_change_answer",
    }
)
"""Questions that no slot waits for."""


def complaints(outcome: Outcome) -> Iterator[str]:
    """Everything in a turn that may never be."""
    texts = [message.text for message in outcome.turn.messages]
    if not texts or not all(text.strip() for text in texts):
        yield "silence"
    if any("lukt nu even niet" in text for text in texts):
        yield "trouble"
    if NET.intersection(outcome.keys):
        yield f"an action forgot to speak: {outcome.ran}"
    if len(set(texts)) < len(texts):
        yield "a bubble twice"
    shown = [each.id for message in outcome.turn.messages for each in message.buttons]
    meant = [outcome.payloads[each] for each in shown]
    for what, each in (("title", 0), ("payload", 1)):
        values = [one[each].casefold() for one in meant]
        if len(set(values)) < len(values):
            yield f"a {what} twice: {sorted(values)}"
    asked = [
        key for key in outcome.keys if key.startswith("utter_ask_") and key != "utter_ask_human"
    ]
    asked += [key for key in outcome.keys if key in SURE]
    if len(asked) > 1:
        yield f"several questions at once: {asked}"
    is_said_back = any('"sure"' in payload for _, payload in meant)  # in place of the question
    is_asked = any(each.startswith("utter_ask_") for each in asked)
    is_open = outcome.turn.asks is not None
    if is_asked > is_open or is_open > (is_asked or is_said_back):
        yield f"asks {outcome.turn.asks}, but said {asked}"


def some_of(state: str) -> Sequence[Message]:
    """The pairs that are tried in a state."""
    step = 1 if os.environ.get("INSTAP_DIALOGUE") == "all" else STEP
    return PAIRS[[*WAYS].index(state) % step :: step]


def tried(scene: tuple[Stage, asyncio.Runner], state: str, message: Message) -> list[str]:
    """What is wrong with a message in a state."""
    made, runner = scene
    try:
        outcome = runner.run(made.tried(state, message))
    except EngineUnavailable as error:
        return [f"{state} / {message.words!r}: {error}"]
    return [f"{state} / {message.words!r}: {each}" for each in complaints(outcome)]


@pytest.mark.parametrize("state", WAYS)
def test_a_state_is_what_it_is_called(scene, state):
    made, runner = scene
    turn = runner.run(made.tried(state, say("wat zei u?", "repeat"))).turn
    assert turn.asks == (state if state in SLOTS else {"email suggestion": "email"}.get(state))
    status = turn.registration.status if turn.registration else None
    assert status == STATUS.get(state)


def complained(
    scene: tuple[Stage, asyncio.Runner],
    state: str,
    messages: Sequence[Message],
    tally: Callable[[int, str], None],
) -> list[str]:
    """What is wrong with messages in a state; says how many turns that were."""
    wrong = [each for message in messages for each in tried(scene, state, message)]
    tally(len(messages), FIGURE)
    return wrong


@pytest.mark.parametrize("state", WAYS)
def test_every_typed_message_is_answered(scene, state, tally):
    wrong = complained(scene, state, TYPED, tally)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("state", WAYS)
def test_every_button_is_answered(scene, state, tally):
    wrong = complained(scene, state, TAPPED, tally)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("state", WAYS)
def test_a_question_with_something_beside_it_is_answered(scene, state, tally):
    """Of all pairs one in eight, another eighth in each state; `make dialogue` takes them all."""
    wrong = complained(scene, state, some_of(state), tally)
    assert not wrong, "\n".join(wrong)
