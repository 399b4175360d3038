"""The engine's memory stays short, keeps where we were, and ends the process when it fails."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.understanding.memory import BROKEN, MOST_EVENTS, ShortMemory

pytestmark = pytest.mark.filterwarnings("ignore:Slot auto-fill:UserWarning")

ROOT = Path(__file__).parents[3]
SENDER = "een-gesprek-van-de-test"


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(str(ROOT / "domain.yml"))


@pytest.fixture
def memory(domain: Domain, tmp_path: Path) -> Iterator[ShortMemory]:
    made = ShortMemory(host=f"sqlite:///{tmp_path / 'tracker.db'}", domain=domain)
    yield made
    made.engine.dispose()


def a_turn(memory: ShortMemory, number: int) -> DialogueStateTracker:
    """One message at an open question, as the engine takes it."""
    tracker = asyncio.run(memory.get_or_create_tracker(SENDER))
    for event in (
        UserUttered(f"bericht {number}", {"name": "faq"}, message_id=str(number)),
        ActiveLoop("eligibility_form"),
        SlotSet("sector", "bouw"),
        SlotSet("requested_slot", "education_level"),
        *(ActionExecuted("action_answer") for _ in range(6)),
        BotUttered(f"antwoord {number}"),
        ActionExecuted("action_listen"),
    ):
        tracker.update(event)
    asyncio.run(memory.save(tracker))
    return asyncio.run(memory.retrieve(SENDER))


def test_a_long_conversation_stays_short_and_where_it_was(memory: ShortMemory) -> None:
    longest = 0
    for number in range(60):
        tracker = a_turn(memory, number)
        longest = max(longest, len(tracker.events))
        assert tracker.active_loop_name == "eligibility_form"
        assert tracker.get_slot("sector") == "bouw"
        assert tracker.get_slot("requested_slot") == "education_level"
        assert tracker.latest_action_name == "action_listen"
        said = [event.text for event in tracker.events if isinstance(event, BotUttered)]
        assert said[-1] == f"antwoord {number}"
    assert longest <= MOST_EVENTS + 12


def test_a_form_that_waits_for_another_answer_still_waits_in_a_new_session(
    memory: ShortMemory,
) -> None:
    tracker = a_turn(memory, 0)
    for event in (
        UserUttered("verwijder al mijn gegevens", {"name": "delete_my_data"}),
        SlotSet("offer", "delete_my_data"),
        SlotSet("requested_slot", None),
        ActionExecutionRejected("eligibility_form"),
        *(ActionExecuted("action_listen") for _ in range(MOST_EVENTS)),
    ):
        tracker.update(event)
    asyncio.run(memory.save(tracker))
    tracker = asyncio.run(memory.retrieve(SENDER))
    assert len(tracker.events) < MOST_EVENTS and tracker.active_loop_name == "eligibility_form"
    assert tracker.is_active_loop_rejected
    assert tracker.get_slot("offer") == "delete_my_data"


def test_no_turn_gets_lost_on_the_way(memory: ShortMemory) -> None:
    for number in range(60):
        a_turn(memory, number)
    whole = asyncio.run(memory.retrieve_full_tracker(SENDER))
    heard = [event.message_id for event in whole.events if isinstance(event, UserUttered)]
    assert heard == [str(number) for number in range(60)]


def test_a_clock_that_is_set_back_hides_nothing(memory: ShortMemory, monkeypatch) -> None:
    for number in range(30):
        a_turn(memory, number)
    monkeypatch.setattr("time.time", lambda: 1_000_000_000.0)
    tracker = a_turn(memory, 30)
    assert tracker.get_slot("sector") == "bouw"
    said = [event.text for event in tracker.events if isinstance(event, BotUttered)]
    assert said[-1] == "antwoord 30"


def test_an_engine_without_its_memory_ends(tmp_path: Path) -> None:
    script = f"""
import asyncio
from bot.understanding.modern import let_rasa_run
let_rasa_run()
from rasa.shared.core.domain import Domain
from bot.understanding.memory import ShortMemory
memory = ShortMemory(host="sqlite:///{tmp_path / "tracker.db"}", domain=Domain.empty())
memory.SQLEvent.__table__.drop(memory.engine)
asyncio.run(memory.retrieve("{SENDER}"))
"""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=180, check=False)
    assert done.returncode == BROKEN, done.stderr.decode()[-500:]
