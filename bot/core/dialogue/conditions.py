"""The conditions of the policy that take more than a glance, each with what it means."""

from dataclasses import replace
from typing import Final

from bot.core.dialogue.message import CERTAIN, HEAVY, HURRIED, Meaning
from bot.core.dialogue.moves import CHANGE, DOUBT, FALLBACK, MOODS, STORY
from bot.core.dialogue.reading import Reading
from bot.core.dialogue.state import State
from bot.core.questions import (
    BY_ITEM,
    CALLBACK,
    DETAILS,
    ELIGIBILITY,
    LITERAL,
    OWN_WORDS,
    PROOF,
    QUESTIONS,
    Task,
)
from bot.core.steering import SAID

REGISTERING: Final = frozenset({"register", "faq/registration_process"})
OF_THE_LIST: Final = frozenset({"change_registration", "withdraw_registration"})
"""What only somebody can want who is on the list."""
SURE_FIRST: Final = HEAVY | {CHANGE}
"""What is done only after a yes that is nothing but yes; else that is asked again."""
FOR_ONESELF: Final = OF_THE_LIST | {"check_eligibility", "register", "registration_status"}
"""What nobody wants who asks for another."""
PERSON: Final = "ask_human"
HOW: Final = CALLBACK[0]
UNWANTED: Final = frozenset({"check_eligibility", "register"})
OF_A_CALL: Final = frozenset(
    {"registration_status", "faq/contact", "faq/duration", "faq/privacy", "faq/schedule"}
    | {"faq/start_dates"}
)
"""What a question about a call is taken for."""
TWO: Final = 2
NO_CANDIDATE: Final = frozenset({"employer", "school", "adviser", "for_somebody_else"})
"""Who is welcomed as who they are."""
OPEN: Final = DOUBT | {STORY}
"""What leaves open what is wanted: what the words alone tell comes first."""
NO_CALL_CAME: Final = frozenset({"feedback_negative", "registration_status"})
"""What is meant by who says that no call came, beside what leaves it open."""
PRIVACY: Final = "faq/privacy"
WITHDRAW: Final = "withdraw_registration"
ERASE: Final = "delete_my_data"
EXPORT: Final = "export_my_data"
UNCLEAR: Final = frozenset({"dont_know", "explain_question", "feedback_negative"})
"""What somebody is taken for whom our answer did not help."""
EXPLAINED: Final = frozenset({"explain_question", "help"})
"""What our last words were about where they were no topic, and explained something."""
SUPPOSABLE: Final = OPEN | {"faq", "affirm", "deny", "dont_know", "inform"}
"""What a supposition is taken for."""


def of_state(meaning: Meaning, state: State) -> Meaning:
    """Of several things that the model names those that can be wanted here, if any can."""
    fits = tuple(name for name in meaning.topics if _fits(name, state))
    if len(fits) in (0, len(meaning.topics)):
        return meaning
    is_faq = any(name.startswith("faq/") for name in fits)
    return replace(meaning, intent="faq" if is_faq else fits[0], topics=fits)


def steers(reading: Reading, _state: State) -> bool:
    """Say whether something is said about the conversation itself, and no answer may be meant."""
    is_free = reading.asks is None or reading.steering != SAID
    return reading.asks not in OWN_WORDS and reading.steering is not None and is_free


def names_wish(reading: Reading, _state: State) -> bool:
    """Say whether the model is certain of a question, or of a wish to join or to leave."""
    is_named = reading.intent == "faq" or reading.intent in FOR_ONESELF
    return is_named and reading.confidence >= CERTAIN


def in_doubt(reading: Reading, _state: State) -> bool:
    """Say whether the model does not know what is wanted."""
    return reading.intent in OPEN


def states_fact(reading: Reading, state: State) -> bool:
    """Say whether it tells something, and no topic that is heard in it was asked for."""
    is_topic = reading.intent == "faq" and reading.asks is None and not reading.asks_something
    is_stated = in_doubt(reading, state) or (is_topic and reading.is_fact_alone)
    return is_stated and bool(reading.told)


def asks_when_called(reading: Reading, state: State) -> bool:
    """Say whether somebody who asked for a call asks when it comes, or when they hear from us."""
    is_about_call_alone = state.call.is_open and not state.stands
    asks = reading.asks_when_heard if is_about_call_alone else reading.asks_when_called
    return state.call.was_made and asks


def names_moment_first(reading: Reading, state: State) -> bool:
    """Say whether a moment is named where we ask how to reach them: it goes with the request."""
    is_unsure = in_doubt(reading, state) or reading.confidence < CERTAIN
    return reading.asks == HOW and reading.names_moment and is_unsure


def wants_call_still(reading: Reading, _state: State) -> bool:
    """Say whether they ask to be called once more, or have no time, where we ask how."""
    is_guess = reading.intent == "cancel" and reading.is_guess
    return reading.asks == HOW and (is_guess or reading.intent in (PERSON, HURRIED))


def asks_about_call(reading: Reading, state: State) -> bool:
    """Say whether a question of which we are not sure is about the call that we spoke of."""
    is_ours = reading.asks == HOW or (reading.asks is None and state.call.is_at_hand)
    return is_ours and reading.asks_something and in_doubt(reading, state)


def asks_when_at_hand(reading: Reading, state: State) -> bool:
    """Say whether a question right after a request, of which we are not sure, asks when or if."""
    if reading.asks is not None or not state.call.is_at_hand or state.stands:
        return False
    is_unsure = in_doubt(reading, state) or reading.confidence < CERTAIN
    return reading.asks_something and is_unsure and set(reading.topics) <= OF_A_CALL


def declines(reading: Reading, _state: State) -> bool:
    """Say whether it says that the visitor does not want what it was taken for."""
    return reading.asks is None and reading.intent in UNWANTED and reading.is_no_wish


def praises_in_doubt(reading: Reading, _state: State) -> bool:
    """Say whether our answer is praised, and that may be meant the other way."""
    is_of_ours = reading.asks is None and (_is_topic(reading) or reading.before in EXPLAINED)
    return is_of_ours and reading.intent == "feedback_positive" and reading.confidence < CERTAIN


def is_unclear(reading: Reading, _state: State) -> bool:
    """Say whether our answer was no help: it is not understood, or said to be none."""
    if reading.asks is not None or not _is_topic(reading):
        return False
    return reading.intent in UNCLEAR or reading.follows_not


def _is_topic(reading: Reading) -> bool:
    """Whether our last words answered a topic."""
    return (reading.before or "").startswith("faq/")


def answers(reading: Reading, state: State) -> bool:
    """Say whether it gives a value to what the task asks: then the task goes on."""
    if reading.asked is None:
        return False
    task = BY_ITEM[reading.asked].task
    is_of_task = any(each.task is task and each.item in reading.told for each in QUESTIONS)
    return is_of_task and (not state.is_registered or task is not Task.ELIGIBILITY)


def is_heavy_guess(reading: Reading, _state: State) -> bool:
    """Say whether we only think that something is to be erased, begun anew or taken back."""
    return reading.is_guess and reading.intent in HEAVY


def is_change_guess(reading: Reading, state: State) -> bool:
    """Say whether we only think that something is to be changed, and do not know what."""
    if not reading.is_guess or reading.intent != "change_registration" or state.stands:
        return False
    says_what = reading.told or reading.slip or len(reading.named) == 1
    return not says_what and reading.asks != "confirm"  # there a change is what one may well want


def changes_on_list(reading: Reading, state: State) -> bool:
    """Say whether somebody on the list tells what is another now, and it is for no call."""
    is_for_call = reading.asks in (*CALLBACK, *PROOF) or PERSON in (reading.intent, *reading.topics)
    if not state.is_registered or reading.is_command or is_for_call or reading.intent in HEAVY:
        return False
    news = set(reading.told) & {*DETAILS, *ELIGIBILITY}
    if reading.changed is not None:
        return True
    if reading.intent == CHANGE or reading.asks in DETAILS:
        return bool(news)
    news -= {"name", "email"}  # a signature, or an address of somebody who is spoken of
    call = state.call
    is_call_near = call.is_open or call.is_wanted or call.was_spoken_of or reading.speaks_of_call
    return bool(news) and not reading.asks_something and not is_call_near


def wants_later_group(reading: Reading, state: State) -> bool:
    """Say whether somebody on the list would rather begin with a later group."""
    is_free = reading.asks not in OWN_WORDS and reading.intent not in HEAVY
    return state.is_registered and is_free and reading.wants_later


def is_supposed(reading: Reading, state: State) -> bool:
    """Say whether it supposes something, and asks nothing else.

    Who asks for another supposes that other: a topic that answers it says more than a verdict.
    """
    is_of_topic = reading.intent == "faq" and is_for_another(reading, state)
    return bool(reading.supposed) and reading.intent in SUPPOSABLE and not is_of_topic


def is_checked(reading: Reading, state: State) -> bool:
    """Say whether somebody asks how an item stands noted, and asks nothing else."""
    is_about_one = len(reading.topics) == 1 and (
        reading.intent == "faq"
        or (reading.intent == "change_registration" and reading.asks_something)
    )
    is_only = reading.intent in OPEN or reading.intent == "greet" or is_about_one
    return is_only and reading.checked in state.noted


def is_slip(reading: Reading, _state: State) -> bool:
    """Say whether half an address is all that it tells."""
    is_no = reading.intent == "deny" and reading.asks not in ("confirm", "consent")
    is_bare = reading.intent == "inform" and not reading.told
    return (reading.intent in OPEN or is_no or is_bare) and reading.slip is not None


def asks_for_other(reading: Reading, state: State) -> bool:
    """Say whether somebody asks if it is something for another, not how to register them."""
    is_asked = reading.asks is None and reading.is_for_other and reading.asks_something
    registers = REGISTERING & {*reading.topics, *reading.clarify}
    return in_doubt(reading, state) and is_asked and not reading.is_for_child and not registers


def joins_for_other(reading: Reading, state: State) -> bool:
    """Say whether somebody wants another to take part, and that is all that we understand."""
    wants = reading.asks is None and reading.is_for_other and reading.wants_to_join
    return in_doubt(reading, state) and wants


def registers_another(reading: Reading, state: State) -> bool:
    """Say whether who is no candidate wants to register, and does not say to mean themselves."""
    is_wish = reading.intent == "register" and not reading.is_command and reading.asks is None
    return is_wish and is_for_another(reading, state) and not reading.is_for_oneself


def agrees_and_tells(reading: Reading, state: State) -> bool:
    """Say whether a yes to what was proposed goes on with a fact."""
    is_yes = reading.begins_with_yes and bool(reading.told) and not reading.asks_something
    return is_yes and reading.asks is None and state.proposal is not None


def says_role(reading: Reading, state: State) -> bool:
    """Say whether somebody who is no candidate says who they are, and asks nothing yet."""
    is_told = reading.asks is None and not reading.asks_something
    is_open = in_doubt(reading, state) or reading.intent in {"greet", *MOODS}
    return is_open and is_told and reading.role in NO_CANDIDATE


def tells_for_another(reading: Reading, state: State) -> bool:
    """Say whether somebody who said to be no candidate tells more, and asks nothing."""
    tells = reading.intent == STORY and reading.asks is None and "?" not in reading.words
    return tells and state.who in NO_CANDIDATE and not state.stands


def introduces(reading: Reading, state: State) -> bool:
    """Say whether somebody says what they think of, and asks nothing yet."""
    return in_doubt(reading, state) and reading.asks is None and reading.shows_interest


def is_for_another(reading: Reading, state: State) -> bool:
    """Say whether somebody says, or said before, to be no candidate."""
    return (reading.role or state.who) in NO_CANDIDATE


def fitting(reading: Reading, state: State) -> tuple[str, ...]:
    """What may have been meant and can be wanted here; after a miss less of it, and a person."""
    unfit = FOR_ONESELF if is_for_another(reading, state) else frozenset[str]()
    fits = tuple(name for name in reading.clarify if name not in unfit and _fits(name, state))
    if not fits or not state.missed:
        return fits
    return (*[name for name in fits if name != PERSON][:TWO], PERSON)


def _fits(name: str, state: State) -> bool:
    """Whether somebody can want this here and now."""
    if name in OF_THE_LIST:
        return state.is_registered
    if name == "registration_status":
        return state.is_registered or state.call.was_made
    if name == "register":
        return not state.is_registered
    return name != "check_eligibility" or (not state.is_registered and bool(state.open_questions))


def is_unclear_at_heavy(reading: Reading, state: State) -> bool:
    """Say whether we asked if something heavy is meant, and what was said is neither yes nor no."""
    is_unclear = reading.intent in {FALLBACK, STORY, *MOODS}
    return is_unclear and reading.asks is None and state.proposal in SURE_FIRST


def is_lost(reading: Reading, state: State) -> bool:
    """Say whether guessing on helps nobody: a person had better read it."""
    if reading.intent == FALLBACK:
        return state.missed >= TWO or not fitting(reading, state)
    is_ours = reading.asks is not None or reading.intent not in DOUBT
    return not is_ours and (state.missed > 0 or is_for_another(reading, state))


def asks_for_verdict(reading: Reading, state: State) -> bool:
    """Say whether who told everything may ask what comes of it."""
    is_guess = reading.intent == FALLBACK and reading.clarify[:1] == ("check_eligibility",)
    is_known = not state.open_questions and not is_for_another(reading, state)
    return is_guess and reading.asks is None and is_known and not state.stands


def asks_if_erased(reading: Reading, state: State) -> bool:
    """Say whether a question of which we are not sure is about the erasure we spoke of last."""
    is_done = reading.before == ERASE and state.proposal is None
    is_spoken_of = is_done or (reading.before == EXPORT and not state.noted and not state.stands)
    return is_spoken_of and reading.asks is None and in_doubt(reading, state)


def asks_about_question(reading: Reading, _state: State) -> bool:
    """Say whether the open question is answered with a question about it."""
    is_told = reading.intent != "inform" or bool(reading.told)
    is_why = reading.intent == FALLBACK and reading.asks_why
    return reading.asks is not None and reading.asks_something and (is_why or not is_told)


def keeps_to_oneself(reading: Reading, _state: State) -> bool:
    """Say whether a detail that we ask is not given, and nothing is asked about privacy."""
    is_about_privacy = reading.intent == "faq" and set(reading.topics) == {PRIVACY}
    return reading.asks in DETAILS and is_about_privacy and not reading.asks_something


def waited_in_vain(reading: Reading, state: State) -> bool:
    """Say whether who is on no list of ours waited for a call that did not come."""
    is_unknown = not (state.call.was_made or state.call.is_wanted or state.stands)
    is_told = in_doubt(reading, state) or reading.intent in NO_CALL_CAME
    return reading.asks is None and is_unknown and is_told and reading.was_not_called


def asks_to_join_anew(reading: Reading, state: State) -> bool:
    """Say whether who just withdrew asks about another time, and that is all that we know."""
    is_withdrawn = reading.before == WITHDRAW and state.proposal is None and not state.stands
    return is_withdrawn and reading.wants_later and in_doubt(reading, state)


def is_no_answer(reading: Reading, state: State) -> bool:
    """Say whether it was meant as an answer to the open question, and is none that we can read."""
    if reading.asks is None:
        return False
    if reading.intent == "affirm" or (reading.intent == "deny" and reading.asks == "consent"):
        return True
    is_meant = reading.intent in OPEN or reading.intent == "inform" or reading.is_refused
    return is_meant and not (reading.told or reading.asks_something or is_slip(reading, state))


def may_be_answer(reading: Reading, state: State) -> bool:
    """Say whether what was not read may be an answer all the same, to be kept as it is."""
    if reading.asks not in LITERAL or reading.literal is None:
        return False
    is_given = answers(reading, state)
    if is_heavy_guess(reading, state) and (reading.intent == "restart" or not is_given):
        return True
    is_left = reading.intent in ("dont_know", "deny") and not is_slip(reading, state)
    is_other = is_given or is_checked(reading, state) or is_supposed(reading, state)
    return (is_no_answer(reading, state) or is_left) and not is_other
