"""Starting over erases answers: what may mean something else is asked first."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.moves import Restart
from bot.services import conversation, drafts
from tests.support.decided import decided


async def restart(ports, name: str, text: str, *entities: dict[str, Any]) -> list[str]:
    """The names of what is said."""
    message = {"text": text, "intent": {"name": "restart"}, "entities": list(entities)}
    message = decided(message)
    tracker = Tracker(name, {}, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    await Restart(ports).act(dispatcher, tracker)
    return [each["response"] for each in dispatcher.messages if each.get("response")]


async def test_a_guess_that_somebody_wants_to_start_over_erases_nothing(ports):
    name = (await conversation.start(ports, "web")).conversation
    await drafts.remember(ports, name, {"sector": "bouw"})
    assert await restart(ports, name, "terug") == ["utter_restart_confirm"]
    assert await drafts.recall(ports, name) == {"sector": "bouw"}


async def test_a_button_of_ours_starts_over(ports):
    name = (await conversation.start(ports, "web")).conversation
    await drafts.remember(ports, name, {"sector": "bouw"})
    sure = {"entity": "sure", "value": "yes"}
    assert await restart(ports, name, '/restart{"sure": "yes"}', sure) == ["utter_restart"]
    assert await drafts.recall(ports, name) == {}


async def test_without_answers_there_is_nothing_to_ask(ports):
    name = (await conversation.start(ports, "web")).conversation
    assert await restart(ports, name, "opnieuw graag") == ["utter_restart"]
