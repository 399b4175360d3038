"""What a message means, and what is done with it: this table from top to bottom.

The first row of which the condition holds decides. Everything above `ask_the_model` is read from
the words alone, by written rules; below it the model has said what the words may mean. Nothing else
in the house decides this: `actions/` carry out what is decided here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.core.dialogue.moves import FITS, Decision, Kind, Move
from bot.core.dialogue.reading import Reading
from bot.core.dialogue.state import State
from bot.core.dialogue.supposed import ABOUT
from bot.core.questions import BY_ITEM, CALLBACK, LITERAL, OWN_WORDS, PROOF, QUESTIONS
from bot.core.steering import WAIT
from bot.core.turn import command_for

NOTE: Final = CALLBACK[1]
DIGITS: Final = PROOF[1]
TAKE_BACK_CALL: Final = f'/cancel{{"item": "{CALLBACK[0]}"}}'
TELL_WHEN: Final = '/ask_human{"item": "callback_status"}'
ADD_NOTE: Final = '/ask_human{"item": "callback_noted"}'
SKIP_NOTE: Final = f'/inform{{"{NOTE}": "skip"}}'
OTHER_DIGITS: Final = f'/registration_status{{"item": "{DIGITS}"}}'
STATUS: Final = command_for("registration_status")

DOUBT: Final = frozenset({"nlu_fallback", "out_of_scope"})
"""What the model says when it does not know, or knows that it is none of ours."""
HEAVY: Final = frozenset({"restart", "withdraw_registration", "delete_my_data"})
"""What erases or takes back."""
REGISTERING: Final = frozenset({"register", "faq/registration_process"})
NO_CANDIDATE: Final = frozenset({"employer", "school", "adviser", "for_somebody_else"})
"""Who is welcomed as who they are."""
SUPPOSABLE: Final = DOUBT | {"faq", "affirm", "deny", "dont_know", "inform"}
"""What a supposition is taken for."""

When = Callable[[Reading, State], bool]
Then = Callable[[Reading, State], Move]


@dataclass(frozen=True)
class Rule:
    """A row: its name, when it decides, what is done then, and a message for which it does.

    `keeps`: what is personal in the message is kept. `misses`: it leaves the open question as it
    was, although the message may well have been meant as its answer.
    """

    name: str
    when: When
    then: Then
    example: str
    keeps: bool = False
    misses: bool = False


def _do(name: str) -> Then:
    return lambda _reading, _state: Move(Kind.DO, name)


def _command(payload: str) -> Then:
    return lambda _reading, _state: Move(Kind.COMMAND, payload)


def _refuse(key: str) -> Then:
    return lambda _reading, _state: Move(Kind.REFUSE, key)


def _answers(reading: Reading, state: State) -> bool:
    """Whether it gives a value to what the task asks: then the task goes on."""
    if reading.asked is None:
        return False
    task = BY_ITEM[reading.asked].task
    is_of_task = any(each.task is task and each.item in reading.told for each in QUESTIONS)
    return is_of_task and (not state.is_registered or task.value != "eligibility_form")


def _is_heavy_guess(reading: Reading) -> bool:
    return reading.is_guess and reading.intent in HEAVY


def _is_checked(reading: Reading, state: State) -> bool:
    """Whether somebody asks how an item stands noted, and asks nothing else."""
    is_one = reading.intent in DOUBT or (reading.intent == "faq" and len(reading.topics) == 1)
    return is_one and reading.checked in state.noted


def _is_slip(reading: Reading) -> bool:
    """Whether half an address is all that it tells."""
    can_be = reading.intent in DOUBT or (
        reading.intent == "deny" and reading.asks not in ("confirm", "consent")
    )
    is_bare = reading.intent == "inform" and not reading.told
    return (can_be or is_bare) and reading.slip is not None


def _is_no_answer(reading: Reading) -> bool:
    """Whether it was meant as an answer to the open question, and is none that we can read."""
    if reading.asks is None:
        return False
    if reading.intent == "affirm" or (reading.intent == "deny" and reading.asks == "consent"):
        return True
    is_meant = reading.intent in DOUBT or reading.intent == "inform"
    return is_meant and not (reading.told or reading.asks_something or _is_slip(reading))


def _may_be_answer(reading: Reading, state: State) -> bool:
    """Whether what was not read may be an answer all the same, that can be kept as it is."""
    if reading.asks not in LITERAL or reading.literal is None:
        return False
    if _is_heavy_guess(reading) and (reading.intent == "restart" or not _answers(reading, state)):
        return True
    is_left = reading.intent in ("dont_know", "deny") and not _is_slip(reading)
    is_other = _answers(reading, state) or _is_checked(reading, state) or _is_supposed(reading)
    return (_is_no_answer(reading) or is_left) and not is_other


def _is_supposed(reading: Reading) -> bool:
    return bool(reading.supposed) and reading.intent in SUPPOSABLE


def _asks_for_other(reading: Reading) -> bool:
    """Whether somebody asks if it is something for another, and not how to register them."""
    is_asked = reading.asks is None and reading.is_for_other and reading.asks_something
    registers = REGISTERING & {*reading.topics, *reading.clarify}
    return is_asked and not reading.is_for_child and not registers


def _says_role(reading: Reading) -> bool:
    """Whether somebody who is no candidate says who they are, and asks nothing yet."""
    is_other = reading.role in NO_CANDIDATE
    return is_other and reading.asks is None and not reading.asks_something


def _is_change_guess(reading: Reading, state: State) -> bool:
    """Whether we only think that something is to be changed, and do not know what."""
    if not reading.is_guess or reading.intent != "change_registration" or state.stands:
        return False
    says_what = reading.told or reading.slip or len(reading.named) == 1
    return not says_what and reading.asks != "confirm"  # there a change is what one may well want


RULES: Final = (
    # ── To what was it said, and by which button ────────────────────────────
    Rule(
        "missed_turn",
        lambda r, s: r.is_missed,
        lambda r, s: Move(Kind.AGAIN),
        "ja (said to a turn that is not the latest)",
    ),
    Rule(
        "button_that_is_void",
        lambda r, s: r.pressed is not None and r.pressed.is_void,
        lambda r, s: Move(Kind.AGAIN),
        "[Ja, meld mij aan] under an earlier turn",
    ),
    Rule(
        "earlier_button",
        lambda r, s: r.pressed is not None and r.pressed.is_earlier,
        lambda r, s: Move(Kind.PROPOSE, r.pressed.payload if r.pressed else ""),
        "[Bouw] under an earlier turn",
    ),
    Rule(
        "button",
        lambda r, s: r.pressed is not None,
        lambda r, s: Move(Kind.COMMAND, r.pressed.payload if r.pressed else ""),
        "[Bouw], or Bouw",
    ),
    Rule(
        "plain_yes_or_no",
        lambda r, s: r.agreed is not None,
        lambda r, s: Move(Kind.COMMAND, r.agreed or ""),
        "ja hoor prima",
    ),
    # ── Words of ours, and half questions ───────────────────────────────────
    Rule(
        "own_word",
        lambda r, s: r.link is not None and r.asks != NOTE,
        lambda r, s: Move(Kind.COMMAND, r.link or ""),
        "aanmelden",
    ),
    Rule(
        "way_out",
        lambda r, s: r.way_out is not None and (r.link is None or r.asks != NOTE),
        lambda r, s: Move(Kind.COMMAND, r.way_out or ""),
        "stop; mens; terug; help; opnieuw beginnen",
    ),
    Rule(
        "follow_up",
        lambda r, s: r.follow_up is not None,
        lambda r, s: Move(Kind.COMMAND, r.follow_up or ""),
        "en voor zzp'ers? (after: wat kost het?)",
    ),
    # ── What nobody can read ────────────────────────────────────────────────
    Rule("nothing_typed", lambda r, s: not r.words, _refuse("utter_empty"), " "),
    Rule("too_long", lambda r, s: r.is_too_long, _refuse("utter_too_long"), "lang" * 501),
    Rule("only_signs", lambda r, s: not r.is_readable, _refuse("utter_only_emoji"), "🎉"),
    # ── A request to be called, while there is one ──────────────────────────
    Rule(
        "call_taken_back",
        lambda r, s: (s.call.is_open or s.call.is_wanted) and r.takes_back_call,
        _command(TAKE_BACK_CALL),
        "jullie hoeven niet meer te bellen",
    ),
    Rule(
        "note_left_out",
        lambda r, s: r.asks == NOTE and r.is_skip,
        _command(SKIP_NOTE),
        "overslaan",
    ),
    Rule(
        "when_called",
        lambda r, s: (
            s.call.was_made
            and (r.asks_when_heard if s.call.is_open and not s.stands else r.asks_when_called)
        ),
        _command(TELL_WHEN),
        "wanneer word ik gebeld?",
    ),
    Rule(
        "offered_note_left_out",
        lambda r, s: s.call.is_at_hand and r.asks is None and r.is_skip,
        _command(TELL_WHEN),
        "overslaan (right after a request was kept)",
    ),
    Rule(
        "moment_after_request",
        lambda r, s: s.call.is_at_hand and r.asks not in CALLBACK and r.names_moment,
        _command(ADD_NOTE),
        "liefst dinsdag na vier uur",
    ),
    Rule(
        "other_digits",
        lambda r, s: s.awaits_digits and r.asks is None and r.wants_other_digits,
        _command(OTHER_DIGITS),
        "stuur de cijfers opnieuw per mail",
    ),
    # ── About the conversation itself ───────────────────────────────────────
    Rule(
        "wait",
        lambda r, s: r.asks not in OWN_WORDS and r.steering == WAIT,
        lambda r, s: Move(Kind.WAIT, "utter_wait"),
        "momentje, de bel gaat",
    ),
    Rule(
        "steering",
        lambda r, s: r.asks not in OWN_WORDS and r.steering is not None,
        lambda r, s: Move(Kind.COMMAND, f'/help{{"item": "{r.steering}"}}'),
        "en nu?; hoeveel vragen nog?; ik ben er weer",
    ),
    # ── What no topic is for ────────────────────────────────────────────────
    Rule(
        "aside",
        lambda r, s: (
            r.asks not in OWN_WORDS
            and r.aside is not None
            and not (r.aside == "keep_informed" and s.stands)
        ),
        lambda r, s: Move(Kind.ASIDE, r.aside or ""),
        "ik wil een klacht indienen",
    ),
    Rule(
        "elsewhere",
        lambda r, s: r.channel is not None,
        lambda r, s: Move(Kind.ELSEWHERE, r.channel or ""),
        "verder op Telegram",
    ),
    # ── Personal values ─────────────────────────────────────────────────────
    Rule(
        "which_one",
        lambda r, s: bool(r.doubt),
        lambda r, s: Move(Kind.WHICH_ONE, r.doubt[0]),
        "0687654321 of 0612345678",
    ),
    Rule(
        "mailed_digits",
        lambda r, s: DIGITS in r.found and r.asks != DIGITS,
        _command(STATUS),
        "123456 (after a mail with digits)",
        keeps=True,
    ),
    # ── From here on the model has said what the words may mean ─────────────
    Rule(
        "ask_the_model",
        lambda r, s: r.meaning is None,
        lambda r, s: Move(Kind.UNDERSTAND),
        "(every other text)",
    ),
    Rule(
        "kept_as_typed",
        lambda r, s: s.tried == r.asks and _may_be_answer(r, s),
        lambda r, s: Move(Kind.KEEP_AS_TYPED, r.asks or ""),
        "qwertyplaats (typed twice, at the question for a town)",
        keeps=True,
    ),
    Rule(
        "heavy_start_over",
        lambda r, s: r.intent == "restart" and r.is_guess,
        lambda r, s: Move(Kind.REPAIR, detail=r.intent),
        "ik doe van alles wat (taken for starting over)",
        keeps=True,
        misses=True,
    ),
    Rule(
        "start_over",
        lambda r, s: r.intent == "restart",
        _do("restart"),
        "zullen we het van voren af aan doen",
        keeps=True,
    ),
    Rule(
        "answer",
        _answers,
        lambda r, s: Move(Kind.SET, r.intent),
        "mbo 4. Wat kost het? (at the question for a level)",
        keeps=True,
    ),
    Rule(
        "heavy_guess",
        lambda r, s: _is_heavy_guess(r),
        lambda r, s: Move(Kind.REPAIR, detail=r.intent),
        "ik doe van alles wat (taken for erasing)",
        keeps=True,
        misses=True,
    ),
    Rule(
        "cancel_guess",
        lambda r, s: r.intent == "cancel" and r.is_guess and r.asks in CALLBACK,
        lambda r, s: Move(Kind.REPAIR, detail=r.intent),
        "geen zin in een lijst, bel me maar (taken for stopping)",
        keeps=True,
    ),
    Rule(
        "change_guess",
        _is_change_guess,
        lambda r, s: Move(Kind.REPAIR, detail=r.intent),
        "anders dan dat (taken for a change)",
        keeps=True,
    ),
    Rule(
        "supposition",
        lambda r, s: _is_supposed(r),
        _do("what_if"),
        "en als ik volgend jaar mijn mbo 4 heb?",
        keeps=True,
    ),
    Rule(
        "fact_in_doubt",
        lambda r, s: r.intent in DOUBT and bool(r.told),
        _do("inform"),
        "vmbo-tl gedaan, jaren geleden",
        keeps=True,
    ),
    Rule("noted", _is_checked, _do("tell_noted"), "klopt mijn e-mail?", keeps=True),
    Rule(
        "leave",
        lambda r, s: r.intent in DOUBT and r.leaves is not None,
        lambda r, s: Move(Kind.DO, "introduce", r.leaves or ""),
        "ik denk er nog over na",
        keeps=True,
    ),
    Rule(
        "asks_for_somebody_else",
        lambda r, s: r.intent in DOUBT and _asks_for_other(r),
        lambda r, s: Move(Kind.DO, "for_somebody_else", FITS),
        "is dit iets voor mijn man?",
        keeps=True,
    ),
    Rule(
        "for_somebody_else",
        lambda r, s: r.intent in DOUBT and r.asks is None and r.is_for_other and r.wants_to_join,
        _do("for_somebody_else"),
        "iets voor mijn zwager, les geven",
        keeps=True,
    ),
    Rule(
        "role",
        lambda r, s: r.intent in DOUBT and _says_role(r),
        lambda r, s: Move(Kind.DO, "introduce", r.role or ""),
        "ik ben teamleider op een school",
        keeps=True,
    ),
    Rule(
        "introduction",
        lambda r, s: r.intent in DOUBT and r.asks is None and r.shows_interest,
        _do("introduce"),
        "ik ben monteur en denk erover om les te gaan geven",
        keeps=True,
    ),
    Rule("slip", lambda r, s: _is_slip(r), _do("tell_slip"), "piet@voorbeeld", keeps=True),
    Rule(
        "minor_asks",
        lambda r, s: r.intent == "faq" and set(r.topics) <= ABOUT and r.told.get("adult") is False,
        _do("inform"),
        "ik ben 16, mag ik meedoen?",
        keeps=True,
    ),
    Rule(
        "question_about_question",
        lambda r, s: r.intent == "inform" and bool(r.asks) and not r.told and r.asks_something,
        _do("explain_question"),
        "telt mijn stage ook?",
        keeps=True,
    ),
    Rule(
        "change_at_summary",
        lambda r, s: r.intent == "deny" and r.asks == "confirm",
        _do("change_registration"),
        "nee mijn naam klopt niet",
        keeps=True,
    ),
    Rule(
        "yes_to_proposal",
        lambda r, s: r.intent == "affirm" and r.asks is None and s.proposal is not None,
        lambda r, s: Move(Kind.DO, s.proposal or ""),
        "doe maar (after: zullen we kijken of u in aanmerking komt?)",
        keeps=True,
    ),
    Rule(
        "no_answer",
        lambda r, s: _is_no_answer(r),
        lambda r, s: Move(Kind.REPAIR),
        "qwerty asdf (at an open question)",
        keeps=True,
        misses=True,
    ),
    Rule(
        "left_open",
        lambda r, s: r.asks is not None and r.intent in ("dont_know", "deny"),
        lambda r, s: Move(Kind.DO, r.intent),
        "dat wil ik niet zeggen",
        keeps=True,
        misses=True,
    ),
    Rule(
        "by_name",
        lambda r, s: True,
        lambda r, s: Move(Kind.DO, r.intent),
        "wat kost het?; ik wil me aanmelden; bedankt",
        keeps=True,
    ),
)
"""In the order in which they are asked."""
BY_NAME: Final = {rule.name: rule for rule in RULES}


def decide(reading: Reading, state: State) -> Decision:
    """What is done with a message, by the first row that fits."""
    rule = next(each for each in RULES if each.when(reading, state))
    marks = rule.misses and state.tried != reading.asks and _may_be_answer(reading, state)
    return Decision(rule.name, rule.then(reading, state), marks_try=marks)
