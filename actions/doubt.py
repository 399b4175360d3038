"""What is said when a message was not understood: another thing each time, and never the absurd."""

from collections.abc import Sequence
from typing import Final

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.speaking import Events, label, option, say, sign
from actions.who import is_for_another
from bot.core.registration import Registration
from bot.services import drafts, eligibility
from bot.services.ports import Ports, Texts
from bot.services.records import Draft

OTHER: Final = "other"
IN_DOUBT: Final = frozenset({"action_clarify", "action_not_understood"})
OF_THE_LIST: Final = frozenset({"change_registration", "withdraw_registration"})
"""What only somebody can want who is on the list."""

FOR_ONESELF: Final = OF_THE_LIST | {"check_eligibility", "register", "registration_status"}
"""What nobody wants who asks for another."""

TWO: Final = 2
PERSON: Final = "ask_human"


async def ask_what_was_meant(
    ports: Ports, dispatcher: CollectingDispatcher, tracker: Tracker, names: Sequence[str]
) -> Events:
    """Offer what may have been meant and fits; then less of it; then to pass it on to a person."""
    times = misses(tracker)
    draft, own = await drafts.state(ports, tracker.sender_id)
    unfit = FOR_ONESELF if await is_for_another(ports, tracker) else frozenset[str]()
    fitting = [name for name in names if name not in unfit and _fits(name, draft, own)]
    if not fitting or times >= TWO:
        return pass_on(dispatcher)
    shown = fitting if not times else [*[each for each in fitting if each != PERSON][:TWO], PERSON]
    other = [] if times else [_other(ports.texts)]
    buttons = [*(option(ports.texts, name) for name in shown), *other]
    key = "utter_clarify_again" if times else "utter_clarify"
    dispatcher.utter_message(response=key, buttons=buttons)
    sign(dispatcher, clarify=shown)
    return []


def pass_on(dispatcher: CollectingDispatcher) -> Events:
    """Offer that a person reads what was said: with a request it goes along by itself."""
    say(dispatcher, "utter_pass_on")
    sign(dispatcher, topics=["out_of_scope"])
    return [SlotSet("offer", PERSON)]


def misses(tracker: Tracker) -> int:
    """How many messages in a row before this one were not understood."""
    times, is_missed, is_before = 0, False, False
    for event in reversed(tracker.events):
        if event["event"] == "user":
            if is_before and not is_missed:
                break
            times += is_before
            is_before, is_missed = True, False
        elif is_before and event["event"] == "action":
            is_missed = is_missed or event["name"] in IN_DOUBT
    return times


def _fits(name: str, draft: Draft, own: Registration | None) -> bool:
    """Whether somebody can want this here and now."""
    stands = own is not None and own.stands
    if name in OF_THE_LIST:
        return stands
    if name == "register":
        return not stands
    return name != "check_eligibility" or (not stands and bool(eligibility.open_questions(draft)))


def _other(texts: Texts) -> dict[str, str]:
    return {"title": label(texts, OTHER), "payload": '/nlu_fallback{"topic": "other"}'}
