"""A change that somebody on the list wants: said back, and kept after an exact yes.

What decides about their place, and what is not theirs alone to change, goes to the coordinator's
list in their own words: nobody has to ask for that, and nothing that is given is thrown away.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.hearing import Heard, loop_of
from actions.speaking import LEAVE_LOOP, Events, intake_in_words, label, say
from bot.core.callback import Way
from bot.core.dialogue.moves import CHANGE, LATER
from bot.core.questions import DETAILS, ELIGIBILITY, GIVEN, NOT_ASKED, SKIPPED
from bot.core.registration import Registration
from bot.services import callbacks, changes, drafts
from bot.services.ports import Ports

EMPLOYER: Final = "employer_consent"


async def change(
    ports: Ports,
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    heard: Heard,
    own: Registration,
) -> Events:
    """Ask what is new, say it back, or keep it: by what was said now and before."""
    conversation = tracker.sender_id
    sure = heard.entity("sure") if heard.is_command else None
    if sure is not None:
        is_yes = sure == "yes" and tracker.get_slot("offer") == CHANGE
        return await _settle(ports, dispatcher, conversation, own, is_yes=is_yes)
    if heard.detail == LATER:
        return await _later(ports, dispatcher, conversation, own, is_asked=heard.asks_something)
    is_left_out = {*heard.told.values()} == {SKIPPED}
    if is_left_out and await drop(ports, dispatcher, conversation):
        return [SlotSet("offer", None)]
    await drafts.remember(ports, conversation, place_in(heard.told))
    is_said = await _pass_on(ports, dispatcher, conversation, heard.told, own)
    named = [heard.entity("item")] if heard.is_command else list(heard.named)
    if also := next((each for each in named if each in DETAILS and each not in heard.told), None):
        await drafts.remember(ports, conversation, {changes.WANTED: also})
    if asked := await propose(ports, dispatcher, conversation, own):
        return _outside(tracker, asked)
    before = (await drafts.recall(ports, conversation)).get(changes.WANTED)
    item = next((each for each in named or [before] if each in DETAILS), None)
    if is_said or item is None:
        if not is_said:
            say(dispatcher, "utter_thank_for_telling" if heard.told else "utter_change_after")
        return [SlotSet("offer", None if is_said or heard.told else "ask_human")]
    if heard.slip == item:
        say(dispatcher, f"utter_invalid_{item}")
    await ask(ports, dispatcher, conversation, item)
    return _outside(tracker, [])


async def ask(ports: Ports, dispatcher: CollectingDispatcher, conversation: str, item: str) -> None:
    """Ask what is new."""
    await drafts.remember(ports, conversation, {changes.WANTED: item})
    say(dispatcher, f"utter_ask_{item}", is_new=True)


async def wanted(ports: Ports, conversation: str) -> str:
    """The item of which somebody on the list was asked what is new."""
    return str((await drafts.recall(ports, conversation)).get(changes.WANTED) or DETAILS[0])


async def propose(
    ports: Ports, dispatcher: CollectingDispatcher, conversation: str, own: Registration
) -> Events:
    """Say back what waits for a yes, old and new; of what stands there already say just that."""
    draft = await drafts.recall(ports, conversation)
    items = changes.waiting(draft)
    same = [item for item in items if changes.is_same(draft, own, item)]
    for item in same:
        say(dispatcher, f"utter_change_same_{item}")
    if items:
        is_told = draft.get(changes.WANTED) in items
        gone = changes.forgotten(same) | ({changes.WANTED: None} if is_told else {})
        await drafts.remember(ports, conversation, gone)
    rest = [item for item in items if item not in same]
    if rest:
        lines = [_said_back(ports, item, own) for item in rest]
        say(dispatcher, "utter_change_confirm", changes="\n".join(lines))
    return [SlotSet("offer", CHANGE if rest else None)] if items else []


def place_in(told: Mapping[str, object]) -> dict[str, object]:
    """A town as it waits for a yes; the rest is personal, and was kept by the gateway."""
    is_read = told.get("region") not in (None, GIVEN)
    return changes.as_new({name: told.get(name) for name in PLACE}) if is_read else {}


PLACE: Final = ("region", "city", "province")


async def drop(ports: Ports, dispatcher: CollectingDispatcher, conversation: str) -> bool:
    """Forget what waits, or was asked for; say so. Gives whether there was anything."""
    draft = await drafts.recall(ports, conversation)
    items = changes.waiting(draft)
    if not items and changes.WANTED not in draft:
        return False
    gone = {**changes.forgotten(items), changes.WANTED: None}
    await drafts.remember(ports, conversation, gone)
    say(dispatcher, "utter_change_dropped")
    return True


async def _settle(
    ports: Ports,
    dispatcher: CollectingDispatcher,
    conversation: str,
    own: Registration,
    *,
    is_yes: bool,
) -> Events:
    """What came of a yes or a no to what was said back."""
    if not is_yes:
        if not await drop(ports, dispatcher, conversation):
            say(dispatcher, "utter_deny_nothing")
        return [SlotSet("offer", None)]
    is_mailed = await _mail(ports, dispatcher, conversation)
    items = await changes.settle(ports, conversation)
    if is_mailed and not items:
        return [SlotSet("offer", None)]
    say_changed(ports, dispatcher, items)
    if "company" in items and own.company and own.answers.get(EMPLOYER) == "yes":
        say(dispatcher, "utter_changed_employer")
    elif (item := (await drafts.recall(ports, conversation)).get(changes.WANTED)) in DETAILS:
        await ask(ports, dispatcher, conversation, str(item))
    return [SlotSet("offer", None)]


def say_changed(ports: Ports, dispatcher: CollectingDispatcher, items: Iterable[str]) -> None:
    """Say what stands there now."""
    lines = [ports.texts.render(f"label_change_is_{item}").text for item in items]
    say(dispatcher, "utter_changed", changes="\n".join(lines))


async def _mail(ports: Ports, dispatcher: CollectingDispatcher, conversation: str) -> bool:
    """Mail digits to the new address that they said yes to, if any; say what comes of it."""
    if not changes.has_new_address(await drafts.recall(ports, conversation)):
        return False
    await mail_address(ports, dispatcher, conversation)
    return True


async def mail_address(ports: Ports, dispatcher: CollectingDispatcher, conversation: str) -> None:
    """Mail digits to the new address; when there were too many today a person is near."""
    went = await changes.mail_digits(ports, conversation)
    say(dispatcher, "utter_change_mailed" if went else "utter_change_mailed_too_often")


def _said_back(ports: Ports, item: str, own: Registration) -> str:
    """New and old, as tokens that the gateway fills in; of what was empty no old value."""
    is_first = all(getattr(own, name) is None for name in changes.FIELDS[item])
    return ports.texts.render(f"label_change_to_{item}", is_first=is_first or None).text


async def _later(
    ports: Ports,
    dispatcher: CollectingDispatcher,
    conversation: str,
    own: Registration,
    *,
    is_asked: bool,
) -> Events:
    """A later group is a coordinator's to give: the wish is written down, a question offers it."""
    group = intake_in_words(ports.texts, own.intake)
    if is_asked:
        say(dispatcher, "utter_later_ask", intake=group)
        return [SlotSet("offer", "ask_human")]
    await _write_down(ports, conversation, label(ports.texts, "change_later"))
    say(dispatcher, "utter_later_passed", intake=group)
    return [SlotSet("offer", None)]


async def _pass_on(
    ports: Ports,
    dispatcher: CollectingDispatcher,
    conversation: str,
    told: Mapping[str, object],
    own: Registration,
) -> bool:
    """Write down what a coordinator has to see to, and say so; gives whether there was any."""
    decides = [
        item
        for item in ELIGIBILITY
        if told.get(item) not in (None, NOT_ASKED, own.answers.get(item))
    ]
    given = [item for item in changes.by_person(ports) if item in told]
    draft = await drafts.recall(ports, conversation)
    new = [item for item in given if draft.get(item) != getattr(own, item)]
    for item in given:
        if item not in new:
            say(dispatcher, f"utter_change_same_{item}")
            continue
        what = ports.texts.render(f"label_change_{item}").text
        await _write_down(ports, conversation, what, by=Way.EMAIL if item == "email" else None)
        say(dispatcher, f"utter_change_passed_{item}")
    if decides:
        await _write_down(ports, conversation, label(ports.texts, "change_answers"))
        say(dispatcher, "utter_change_decides")
    if given:
        await drafts.remember(ports, conversation, {changes.WANTED: None})
    return bool(given or decides)


async def _write_down(ports: Ports, conversation: str, what: str, *, by: Way | None = None) -> None:
    """Put it on the coordinator's list, in their own words where those say more."""
    said = await callbacks.words(ports, conversation)
    await callbacks.request(ports, conversation, f"{what} {said}" if said else what, by=by)


def _outside(tracker: Tracker, events: Iterable[dict[str, object]]) -> Events:
    """What is asked now goes before the question of a form."""
    return [*(LEAVE_LOOP if loop_of(tracker) else ()), *events]
