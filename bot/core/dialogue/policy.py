"""What a message means, and what is done with it: these tables from top to bottom.

The first row of which the condition holds decides. `BY_WORDS` is read from the words alone, by
written rules; below `ask_the_model` the model has said what the words may mean. Nothing else in the
house decides this: `actions/` carry out what is decided here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.core.dialogue import conditions as if_
from bot.core.dialogue.moves import (
    CHANGE,
    FALLBACK,
    FITS,
    LATER,
    MOMENT,
    MOODS,
    NOT_CLEAR,
    ONLY,
    PLAIN,
    PRAISE,
    STORY,
    TO_A_PERSON,
    TOLD,
    WHY,
    Decision,
    Kind,
    Move,
)
from bot.core.dialogue.reading import Pressed, Reading
from bot.core.dialogue.state import State
from bot.core.dialogue.supposed import ABOUT
from bot.core.questions import CALLBACK, DETAILS, ELIGIBILITY, OWN_WORDS, PROOF
from bot.core.steering import BACK, NEXT, SAID, WAIT
from bot.core.turn import command_for

NOTE: Final = CALLBACK[1]
DIGITS: Final = PROOF[1]
TAKE_BACK_CALL: Final = f'/cancel{{"item": "{CALLBACK[0]}"}}'
TELL_WHEN: Final = '/ask_human{"item": "callback_status"}'
ADD_NOTE: Final = '/ask_human{"item": "callback_noted"}'
SKIP_NOTE: Final = f'/inform{{"{NOTE}": "skip"}}'
OTHER_DIGITS: Final = f'/registration_status{{"item": "{DIGITS}"}}'
BACK_AGAIN: Final = f'/help{{"item": "{BACK}"}}'
NOT_NOTED: Final = f'/help{{"item": "{SAID}"}}'
NEXT_STEP: Final = f'/help{{"item": "{NEXT}"}}'
KEEP_AS_IS: Final = '/change_registration{"sure": "no"}'
STATUS: Final = command_for("registration_status")
FOLLOW_UP: Final = "follow_up"
"""Half a question after a topic: which side of the topic it asks about is told by the model."""

Of = Callable[[Reading], str | None]
Then = Callable[[Reading, State], Move]


@dataclass(frozen=True)
class Rule:
    """A row: its name, when it decides, what is done then, and a message for which it does.

    `misses`: it leaves the open question as it was, although the message may well have been meant
    as its answer.
    """

    name: str
    when: Callable[[Reading, State], bool]
    then: Then
    example: str
    misses: bool = False


def move(kind: Kind, about: str | Of = "", detail: str | Of = "") -> Then:
    """Make a move of this kind, about what is given or what the message says."""

    def then(reading: Reading, _state: State) -> Move:
        said, more = (
            each if isinstance(each, str) else each(reading) or "" for each in (about, detail)
        )
        return Move(kind, said, more)

    return then


def command(payload: str | Of) -> Then:
    """Do what a command of ours says."""
    return move(Kind.COMMAND, payload)


HELP_WITH: Final = command(
    lambda r: f'/help{{"item": "{NEXT if r.steering == SAID else r.steering}"}}'
)


def do(name: str | Of, detail: str | Of = "") -> Then:
    """Do what a name says."""
    return move(Kind.DO, name, detail)


def hold_back() -> Then:
    """Ask the open question again; what was guessed is one tap away."""
    return move(Kind.REPAIR, detail=lambda r: r.intent)


def pressed(reading: Reading) -> Pressed:
    """The button; none is one that does nothing."""
    return reading.pressed or Pressed("")


BY_WORDS: Final = (
    # ── To what was it said, and by which button ────────────────────────────
    Rule(
        "missed_turn",
        lambda r, s: r.is_missed,
        move(Kind.AGAIN),
        "ja (said to a turn that is not the latest)",
    ),
    Rule(
        "button_that_is_void",
        lambda r, s: pressed(r).is_void,
        move(Kind.AGAIN),
        "[Ja, meld mij aan] under an earlier turn",
    ),
    Rule(
        "earlier_button",
        lambda r, s: pressed(r).is_earlier,
        move(Kind.PROPOSE, lambda r: pressed(r).payload),
        "[Bouw] under an earlier turn",
    ),
    Rule(
        "button",
        lambda r, s: r.pressed is not None,
        command(lambda r: pressed(r).payload),
        "[Bouw], or typed: Bouw",
    ),
    Rule(
        "plain_yes_or_no",
        lambda r, s: r.agreed is not None,
        command(lambda r: r.agreed),
        "ja hoor prima (under a question with a yes and a no)",
    ),
    # ── Words of ours, and half questions ───────────────────────────────────
    Rule(
        "own_word",
        lambda r, s: r.link is not None and r.asks != NOTE,
        command(lambda r: r.link),
        "aanmelden",
    ),
    Rule(
        "way_out",
        lambda r, s: r.way_out is not None,
        command(lambda r: r.way_out),
        "stop; mens; terug; help; opnieuw beginnen",
    ),
    Rule(
        FOLLOW_UP,
        lambda r, s: r.follow_up is not None,
        command(lambda r: r.follow_up),
        "en voor zzp'ers? (after: wat kost het?)",
    ),
    # ── What nobody can read ────────────────────────────────────────────────
    Rule("nothing_typed", lambda r, s: not r.words, move(Kind.REFUSE, "utter_empty"), " "),
    Rule("too_long", lambda r, s: r.is_too_long, move(Kind.REFUSE, "utter_too_long"), "lang" * 501),
    Rule("only_signs", lambda r, s: not r.is_readable, move(Kind.REFUSE, "utter_only_emoji"), "🎉"),
    # ── A request to be called, while there is one ──────────────────────────
    Rule(
        "call_taken_back",
        lambda r, s: (s.call.is_open or s.call.is_wanted) and r.takes_back_call,
        command(TAKE_BACK_CALL),
        "jullie hoeven niet meer te bellen",
    ),
    Rule(
        "note_left_out",
        lambda r, s: r.asks == NOTE and r.is_skip,
        command(SKIP_NOTE),
        "overslaan",
    ),
    Rule("when_called", if_.asks_when_called, command(TELL_WHEN), "wanneer word ik gebeld?"),
    Rule(
        "offered_note_left_out",
        lambda r, s: s.call.is_at_hand and r.asks is None and r.is_skip,
        command(TELL_WHEN),
        "overslaan (right after a request was kept)",
    ),
    Rule(
        "moment_after_request",
        lambda r, s: s.call.is_at_hand and r.asks not in CALLBACK and r.names_moment,
        command(ADD_NOTE),
        "liefst dinsdag na vier uur",
    ),
    Rule(
        "other_digits",
        lambda r, s: s.awaits_digits and not (r.asks or r.found) and r.wants_other_digits,
        command(OTHER_DIGITS),
        "stuur de cijfers opnieuw per mail",
    ),
    # ── About the conversation itself, and what no topic is for ─────────────
    Rule(
        "nod",
        lambda r, s: r.is_nod and r.asks is None and s.proposal is None,
        command(command_for("thank")),
        "👍 (where nothing is asked)",
    ),
    Rule(
        "wait",
        lambda r, s: r.asks not in OWN_WORDS and r.steering == WAIT,
        move(Kind.WAIT, "utter_wait"),
        "momentje, de bel gaat",
    ),
    Rule(
        "told_before",
        lambda r, s: r.asks in (*ELIGIBILITY, *DETAILS) and r.steering == SAID,
        command(NOT_NOTED),
        "dat hebben we toch al gehad? (at the question for a branch)",
    ),
    Rule(
        "steering",
        lambda r, s: if_.steers(r, s) and not r.steers_beside,
        HELP_WITH,
        "en nu?; hoeveel vragen nog?; ik ben er weer",
    ),
    Rule(
        "elsewhere",
        lambda r, s: r.channel is not None,
        move(Kind.ELSEWHERE, lambda r: r.channel),
        "verder op Telegram",
    ),
    Rule(
        "which_one",
        lambda r, s: bool(r.doubt),
        move(Kind.WHICH_ONE, lambda r: r.doubt[0]),
        "0687654321 of 0612345678",
    ),
)

BY_MEANING: Final = (
    Rule(
        "mailed_digits",
        lambda r, s: DIGITS in r.found and r.asks != DIGITS,
        command(STATUS),
        "123456 (after a mail with digits)",
    ),
    Rule(
        "ask_the_model",
        lambda r, s: r.meaning is None,
        move(Kind.UNDERSTAND),
        "(every other text)",
    ),
    Rule(
        "steering_beside",
        lambda r, s: if_.steers(r, s) and not if_.names_wish(r, s),
        HELP_WITH,
        "ik weet het ook niet, en nu?",
    ),
    # ── The open question, and nothing heavy by a guess ─────────────────────
    Rule(
        "kept_as_typed",
        lambda r, s: s.tried == r.asks and if_.may_be_answer(r, s),
        lambda r, s: Move(Kind.KEEP_AS_TYPED, r.asks or "", CHANGE if s.is_registered else ""),
        "qwertyplaats (typed twice, at the question for a town)",
    ),
    # ── What is another now of who is on the list ───────────────────────────
    Rule(
        "later_group",
        if_.wants_later_group,
        do(CHANGE, LATER),
        "liever een jaar later (from who is on the list)",
    ),
    Rule(
        "change_on_list",
        if_.changes_on_list,
        do(CHANGE),
        "nieuw nummer 0687654321 (from who is on the list)",
    ),
    Rule(
        "change_refused",
        lambda r, s: r.intent == "deny" and r.asks is None and s.proposal == CHANGE,
        command(KEEP_AS_IS),
        "nee dat klopt niet (after: uw nummer wordt ..., klopt dat?)",
    ),
    Rule(
        "start_over_guess",
        lambda r, s: r.intent == "restart" and r.is_guess,
        hold_back(),
        "ik doe van alles wat (taken for starting over)",
        misses=True,
    ),
    Rule(
        "start_over",
        lambda r, s: r.intent == "restart",
        do("restart"),
        "zullen we het van voren af aan doen",
    ),
    Rule(
        "answer",
        if_.answers,
        move(Kind.SET, lambda r: r.intent),
        "mbo 4. Wat kost het? (at the question for a level)",
    ),
    Rule(
        "likely",
        lambda r, s: bool(r.likely) and not r.asks_something,
        move(Kind.PROPOSE, lambda r: r.asks if r.asks in r.likely else next(iter(r.likely))),
        "ik twijfel, mbo 4 of zo (at the question for a level)",
    ),
    Rule(
        "heavy_guess",
        if_.is_heavy_guess,
        hold_back(),
        "ik doe van alles wat (taken for erasing)",
        misses=True,
    ),
    Rule(
        "moment_before_number",
        if_.names_moment_first,
        do("ask_human", MOMENT),
        "liefst na vijven (at: waar bereiken wij u?)",
    ),
    Rule(
        "call_still",
        if_.wants_call_still,
        do("ask_human", ONLY),
        "geen tijd voor vragen, bel me maar (at: waar bereiken wij u?)",
    ),
    Rule(
        "cancel_guess",
        lambda r, s: r.intent == "cancel" and r.is_guess and r.asks in CALLBACK,
        hold_back(),
        "laat maar komen (taken for stopping, at: wanneer komt dat uit?)",
    ),
    Rule("change_guess", if_.is_change_guess, hold_back(), "anders dan dat (taken for a change)"),
    # ── Facts, and who is there ─────────────────────────────────────────────
    Rule(
        "supposition",
        if_.is_supposed,
        do("what_if"),
        "en als ik volgend jaar mijn mbo 4 heb?",
    ),
    Rule(
        "tells_more",
        if_.tells_for_another,
        do("introduce", TOLD),
        "hij werkt hier al tien jaar (from who asks for another)",
    ),
    Rule(
        "fact_in_doubt",
        if_.states_fact,
        do("inform"),
        "vmbo-tl gedaan, jaren geleden",
    ),
    Rule("noted", if_.is_checked, do("tell_noted"), "klopt mijn e-mail?"),
    Rule(
        "leave",
        lambda r, s: (if_.in_doubt(r, s) or r.intent in MOODS) and r.leaves is not None,
        do("introduce", lambda r: r.leaves),
        "ik denk er nog over na",
    ),
    Rule(
        "asks_for_somebody_else",
        if_.asks_for_other,
        do("for_somebody_else", FITS),
        "is dit iets voor mijn man?",
    ),
    Rule(
        "for_somebody_else",
        if_.joins_for_other,
        do("for_somebody_else"),
        "iets voor mijn zwager, les geven",
    ),
    Rule(
        "registers_another",
        if_.registers_another,
        do("for_somebody_else"),
        "kunt u ze inschrijven? (from an employer)",
    ),
    Rule(
        "role",
        if_.says_role,
        do("introduce", lambda r: r.role),
        "ik ben teamleider op een school",
    ),
    Rule(
        "introduction",
        if_.introduces,
        do("introduce"),
        "ik ben monteur en denk erover om les te gaan geven",
    ),
    Rule("slip", if_.is_slip, do("tell_slip"), "piet@voorbeeld"),
    Rule(
        "minor_asks",
        lambda r, s: r.intent == "faq" and set(r.topics) <= ABOUT and r.told.get("adult") is False,
        do("inform"),
        "ik ben 16, mag ik meedoen?",
    ),
    Rule(
        "not_wanted",
        if_.declines,
        lambda r, s: Move(Kind.DO, "deny", TOLD if s.who in if_.NO_CANDIDATE else r.role or ""),
        "ik hoef geen check; ik wil mij niet aanmelden",
    ),
    Rule(
        "no_call_wanted",
        lambda r, s: r.intent == if_.PERSON and r.wants_no_call,
        command(TAKE_BACK_CALL),
        "ik denk nog. niet bellen",
    ),
    # ── What was not read as an answer, and short words ─────────────────────
    Rule(
        "question_about_question",
        if_.asks_about_question,
        do("explain_question"),
        "telt mijn stage ook?",
    ),
    Rule(
        "change_at_summary",
        lambda r, s: r.intent == "deny" and r.asks == "confirm",
        do("change_registration"),
        "nee mijn naam klopt niet",
    ),
    Rule(
        "no_call",
        lambda r, s: r.intent == "deny" and r.asks == CALLBACK[0],
        do("cancel"),
        "nee dat hoeft niet (at: waar bereiken wij u?)",
    ),
    Rule(
        "yes_to_proposal",
        lambda r, s: r.intent == "affirm" and r.asks is None and s.proposal is not None,
        lambda r, s: Move(Kind.DO, s.proposal or ""),
        "doe maar (after: zullen we kijken of u in aanmerking komt?)",
    ),
    Rule(
        "yes_and_told",
        if_.agrees_and_tells,
        lambda r, s: Move(Kind.DO, s.proposal or ""),
        "ja, vast contract (after: wilt u kijken of u in aanmerking komt?)",
    ),
    Rule(
        "no_answer",
        if_.is_no_answer,
        move(Kind.REPAIR),
        "qwerty asdf (at an open question)",
        misses=True,
    ),
    Rule(
        "left_open",
        lambda r, s: r.asks is not None and r.intent in ("dont_know", "deny"),
        do(lambda r: r.intent),
        "dat wil ik niet zeggen",
        misses=True,
    ),
    Rule(
        "kept_to_oneself",
        if_.keeps_to_oneself,
        do("dont_know"),
        "je krijgt mijn nummer niet (at the question for a number)",
        misses=True,
    ),
    Rule(
        "why_we_ask",
        lambda r, s: r.intent == "explain_question" and r.asks is None and r.asks_why,
        do("explain_question", WHY),
        "waarom wilt u dat allemaal weten? (while nothing is asked)",
    ),
    Rule(
        "is_back",
        lambda r, s: r.intent == FALLBACK and r.asks is None and r.was_here,
        command(BACK_AGAIN),
        "ik was hier vorige week ook al",
    ),
    Rule(
        "praise_in_doubt",
        if_.praises_in_doubt,
        do("dont_know", PRAISE),
        "mooi verhaal, zal wel reclame zijn (after: wat heb ik eraan?)",
    ),
    Rule(
        "when_called_in_doubt",
        if_.asks_when_at_hand,
        command(TELL_WHEN),
        "binnen hoeveel dagen? (right after a request was kept)",
    ),
    Rule(
        "who_calls",
        if_.asks_about_call,
        do("explain_question"),
        "wie belt er dan? (at: waar bereiken wij u?)",
    ),
    Rule(
        "answer_not_clear",
        if_.is_unclear,
        do("dont_know", NOT_CLEAR),
        "ik snap er niks van (after: wat kost het?)",
    ),
    Rule(
        "heavy_asked_again",
        if_.is_unclear_at_heavy,
        lambda r, s: Move(Kind.DO, s.proposal or "", PLAIN),
        "dat zeg ik toch (after: ik wis dan alles, weet u het zeker?)",
    ),
    Rule(
        "waited_in_vain",
        if_.waited_in_vain,
        do("complaint"),
        "ik zou gebeld worden, maar niemand belde (from who asked us for no call)",
    ),
    Rule(
        "join_anew",
        if_.asks_to_join_anew,
        command(NEXT_STEP),
        "kan ik volgend jaar weer meedoen? (right after withdrawing)",
    ),
    Rule(
        "erased_indeed",
        if_.asks_if_erased,
        do(if_.EXPORT),
        "is het nu echt weg? (right after everything was erased)",
    ),
    Rule(
        "verdict_again",
        if_.asks_for_verdict,
        do("check_eligibility"),
        "past dat bij mij? (from who answered every question)",
    ),
    Rule(
        "passed_on",
        if_.is_lost,
        do("out_of_scope", TO_A_PERSON),
        "iets met boeken (for the third time in a row)",
    ),
    Rule(
        "what_was_meant",
        lambda r, s: r.intent == FALLBACK,
        lambda r, s: Move(Kind.DO, FALLBACK, options=if_.fitting(r, s)),
        "iets met geld en les",
    ),
    Rule(
        "is_kept_informed",
        lambda r, s: r.intent == "keep_informed" and s.stands,
        do("registration_status"),
        "hou me op de hoogte (from who is on the list, and hears news by mail)",
    ),
    Rule(
        "tells_on_the_list",
        lambda r, s: r.intent == STORY and s.stands,
        do("inform"),
        "mijn vrouw is er ook blij mee (from who is on the list)",
    ),
    # ── Everything else is what the model says that it is ───────────────────
    Rule(
        "by_name",
        lambda r, s: True,
        do(lambda r: r.intent),
        "wat kost het?; ik wil me aanmelden; bedankt",
    ),
)
"""From here on what is personal in a message is kept, whatever else is done with it."""

RULES: Final = (*BY_WORDS, *BY_MEANING)
KEEPS: Final = frozenset(rule.name for rule in BY_MEANING)


def decide(reading: Reading, state: State) -> Decision:
    """What is done with a message, by the first row that fits."""
    rule = next(each for each in RULES if each.when(reading, state))
    marks = rule.misses and state.tried != reading.asks and if_.may_be_answer(reading, state)
    return Decision(rule.name, rule.then(reading, state), marks_try=marks)
