"""Says texts by name, and tells the chat API what a reply is about."""

from collections.abc import Iterable
from typing import Any, Final

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecutionRejected, ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.hearing import Heard, loop_of
from bot.core.callback import Callback
from bot.core.dialogue.audience import SPOKEN_TO
from bot.core.errors import TextUnknown
from bot.core.questions import GIVEN
from bot.core.registration import Registration
from bot.core.turn import command_for
from bot.services.ports import Texts
from bot.services.records import Words

Events = list[dict[str, Any]]
LISTEN: Final = "action_listen"
LEAVE_LOOP: Final = (ActiveLoop(None), SlotSet("requested_slot", None))


def say(dispatcher: CollectingDispatcher, key: str, **arguments: object) -> None:
    """Say a text; its words come from the NLG endpoint."""
    dispatcher.utter_message(response=key, **arguments)


def say_these(dispatcher: CollectingDispatcher, words: Words) -> None:
    """Say words that were rendered already, as the NLG endpoint would."""
    buttons = [{"title": title, "payload": payload} for title, payload in words.buttons]
    dispatcher.utter_message(text=words.text, buttons=buttons, json_message={"key": words.key})


def tell_other(dispatcher: CollectingDispatcher, heard: Heard) -> None:
    """That people register themselves, and from what age."""
    if heard.is_for_child:
        say(dispatcher, "utter_register_child")
    else:
        is_employer = SPOKEN_TO.get(heard.who or "") == "employer"
        say(dispatcher, "utter_register_other", is_employer=is_employer or None)


def tell_standing(texts: Texts, dispatcher: CollectingDispatcher, own: Registration) -> None:
    """In which group somebody is, and how that stands."""
    status = texts.render(f"status_{own.standing}").text
    group = intake_in_words(texts, own.intake)
    say(dispatcher, "utter_registration_here", intake=group, status=status)


def sign(dispatcher: CollectingDispatcher, **signs: object) -> None:
    """Tell the chat API something that is not for reading (`topics`, `clarify`, `outcome`)."""
    dispatcher.utter_message(json_message=signs)


def resume(tracker: Tracker) -> Events:
    """Back to the open question, if there is one."""
    loop = loop_of(tracker)
    return [FollowupAction(loop)] if loop else []


def wait(tracker: Tracker) -> Events:
    """Keep the form open and ask nothing of it now: there is another question first."""
    loop = loop_of(tracker)
    if loop is None:
        return []
    # Else the form would take the next message before any rule, whatever it is.
    is_asked_first = ActionExecutionRejected(loop)
    return [SlotSet("requested_slot", None), is_asked_first, FollowupAction(LISTEN)]


def label(texts: Texts, name: str) -> str:
    """A name of the catalogue, or a value, in a few words."""
    return texts.render(f"label_{name}").text


def labels(texts: Texts, values: Iterable[tuple[str, object]]) -> list[str]:
    """Told values in words, for saying back; of personal values only what they are."""
    found: list[str] = []
    for item, value in values:
        if value == GIVEN:
            found.append(label(texts, f"item_{item}"))
        elif item == "years_experience":
            found.append(texts.render("label_years_experience", years=f"{value:g}").text)
        elif item == "region":
            found.append("⟦city⟧")  # the gateway fills it in
        else:
            try:
                found.append(label(texts, f"{item}_{value}"))
            except TextUnknown:
                continue
    return found


def option(texts: Texts, name: str) -> dict[str, str]:
    """A name of the catalogue as a button."""
    return {"title": label(texts, name), "payload": command_for(name)}


def way_in_words(texts: Texts, kept: Callback) -> str:
    """How a coordinator will get in touch; the address itself is not repeated."""
    return label(texts, f"way_{kept.way.value}")


def intake_in_words(texts: Texts, intake: str) -> str:
    """ "2027-11" as people say it."""
    return texts.render("label_intake", year=intake[:4]).text
