"""What comes next, by where somebody is: nobody who asks "en nu?" is left without an answer."""

from typing import Final

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.changing import propose
from actions.hearing import Heard, hear
from actions.speaking import Events, resume, say, sign
from actions.who import welcome
from bot.core.dialogue.conditions import PERSON
from bot.core.dialogue.moves import CHANGE, TOLD
from bot.core.intake import day_of
from bot.core.questions import DETAILS, ELIGIBILITY, SKIPPABLE, SKIPPED
from bot.core.registration import HAVE_PLACE, Registration, Status
from bot.core.steering import BACK, DONE, HEARD, LEFT, NEXT, SAID, SOURCE
from bot.services import callbacks, drafts, eligibility
from bot.services.ports import Ports
from bot.services.returning import steps_left

STEERS: Final = frozenset({BACK, DONE, HEARD, LEFT, NEXT, SAID, SOURCE})
"""What somebody may say about the conversation itself, as the item of a call for help."""
STANDS: Final = {
    Status.REVIEW: "utter_next_review",
    Status.WAITING_LIST: "utter_next_waiting_list",
    Status.DECLINED: "utter_declined_person",
    Status.WITHDRAWN: "utter_next_withdrawn",
}

AT_A_QUESTION: Final = {
    DONE: "utter_next_question",
    HEARD: "utter_next_question",
    NEXT: "utter_next_question",
    SAID: "utter_said_before",
}
"""What is said where a question of ours is open."""
ON_THE_LIST: Final = {
    DONE: "utter_done",
    HEARD: "utter_when_heard",
    LEFT: "utter_left_done",
}
"""What is said to who has a place on the list, and has nothing to do."""
NOT_YET: Final = {HEARD: "utter_heard_nothing", LEFT: "utter_left_none"}
"""What is said first to who has not registered."""


async def steer(
    ports: Ports, dispatcher: CollectingDispatcher, tracker: Tracker, heard: Heard
) -> Events:
    """Answer what was said about the conversation, and go on from there."""
    move = heard.entity("item")
    sign(dispatcher, topics=["help"])
    if move == BACK:
        say(dispatcher, "utter_back")
    elif move == LEFT and heard.asked:
        await _say_how_many(ports, dispatcher, tracker, heard)
    if move == SOURCE:
        say(dispatcher, "utter_source")
        return resume(tracker) or [SlotSet("offer", "ask_human")]
    if heard.asked:
        if move in AT_A_QUESTION:
            say(dispatcher, AT_A_QUESTION[move])
        return resume(tracker)
    return [SlotSet("offer", await say_next(ports, dispatcher, tracker, str(move)))]


async def shorten(
    ports: Ports, dispatcher: CollectingDispatcher, tracker: Tracker, asked: str
) -> Events:
    """Ask who has no time only what has to be asked."""
    left_out: Events = []
    if asked in DETAILS:
        draft = await drafts.recall(ports, tracker.sender_id)
        skipped = {item: SKIPPED for item in SKIPPABLE if item in DETAILS and item not in draft}
        await drafts.remember(ports, tracker.sender_id, skipped)
        left_out = [SlotSet(item, value) for item, value in skipped.items()]
    say(dispatcher, "utter_hurried", is_asked=True)
    return [*left_out, *resume(tracker)]


async def _say_how_many(
    ports: Ports, dispatcher: CollectingDispatcher, tracker: Tracker, heard: Heard
) -> None:
    """How many questions there are still to come in this row."""
    left = 0
    if heard.asked in (*ELIGIBILITY, *DETAILS):
        draft = await drafts.recall(ports, tracker.sender_id)
        left = steps_left(heard.asked, draft)
    if left > 1:
        say(dispatcher, "utter_left", number=left)
    else:
        say(dispatcher, "utter_left_last")


async def say_next(
    ports: Ports, dispatcher: CollectingDispatcher, tracker: Tracker, asked: str = NEXT
) -> str | None:
    """What comes next where nothing is asked, by how it was asked; gives what was offered."""
    conversation = tracker.sender_id
    draft, own = await drafts.state(ports, conversation)
    if own is not None:
        return await _say_standing(ports, dispatcher, own, asked)
    there = await callbacks.newest(ports, conversation)
    if there is not None and there.is_open:
        say(dispatcher, "utter_callback_since", day=day_of(there.created_at).isoformat())
        return None
    if draft.get("adult") is False:
        say(dispatcher, "utter_register_under_18")
        return None
    if asked in NOT_YET:
        say(dispatcher, NOT_YET[asked])
    if not eligibility.open_questions(draft):
        say(dispatcher, "utter_next_register")
        return "register"
    if welcome(dispatcher, TOLD, hear(tracker).who):
        return None
    say(dispatcher, "utter_next_check")
    return "check_eligibility"


async def _say_standing(
    ports: Ports, dispatcher: CollectingDispatcher, own: Registration, asked: str
) -> str | None:
    """What comes next of who registered: a change that waits for a yes goes before."""
    if own.stands and await propose(ports, dispatcher, own.conversation, own):
        return CHANGE
    words = ON_THE_LIST.get(asked) if own.status in HAVE_PLACE else None
    say(dispatcher, words or STANDS.get(own.status, "utter_next_registered"))
    return PERSON if words and asked == HEARD else None
