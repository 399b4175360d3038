"""The table itself: each row decides its own example, every message is decided, nobody is held."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
import yaml

from bot.core.dialogue.commands import LINKS, PHRASES
from bot.core.dialogue.decided import as_message
from bot.core.dialogue.message import Meaning
from bot.core.dialogue.moves import Kind, Move
from bot.core.dialogue.policy import RULES, decide
from bot.core.dialogue.reading import Pressed, Reading
from bot.core.dialogue.state import Call, State
from bot.core.questions import SLOTS
from tests.dialogue.messages import EXAMPLES, FACTS, ROOT
from tools import policy

TODAY = date(2026, 11, 23)
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text())
WITHDRAW = "withdraw_registration"
OPEN_CALL = Call(is_open=True, was_made=True, was_spoken_of=True)


def said(words: str, asks: str | None = None, **more: object) -> Reading:
    """What somebody typed at a question."""
    return replace(Reading(TODAY, asks, words=words, masked=words), **more)


def meant(
    words: str, intent: str, asks: str | None = None, sure: float = 1.0, **more: object
) -> Reading:
    """The same, with what the model makes of it."""
    topics = () if intent in ("inform", "affirm", "deny", "nlu_fallback") else (intent,)
    return said(words, asks, meaning=Meaning(intent, sure, topics), **more)


def at(asks: str | None, **more: object) -> State:
    return replace(State(asks), **more)


ROWS: list[tuple[str, Reading, State]] = [
    ("missed_turn", said("ja", is_missed=True), at("consent")),
    (
        "button_that_is_void",
        said("", pressed=Pressed("/affirm", is_earlier=True, is_void=True)),
        at(None),
    ),
    ("earlier_button", said("", pressed=Pressed("/inform", is_earlier=True)), at("sector")),
    ("button", said("", pressed=Pressed("/register")), at(None)),
    ("plain_yes_or_no", said("ja hoor", agreed='/inform{"consent": "yes"}'), at("consent")),
    ("own_word", said("aanmelden", "sector"), at("sector")),
    ("way_out", said("ik wil nu stoppen", "name"), at("name")),
    ("way_out", said("opnieuw beginnen"), at(None)),
    ("follow_up", said("en voor zzp'ers?", before="faq/cost"), at(None)),
    ("nothing_typed", said(""), at("sector")),
    ("too_long", said("lang" * 501, is_too_long=True), at("sector")),
    ("only_signs", said("🎉", is_readable=False), at("sector")),
    ("call_taken_back", said("jullie hoeven niet meer te bellen"), at(None, call=OPEN_CALL)),
    ("note_left_out", said("overslaan", "callback_note"), at("callback_note")),
    ("when_called", said("wanneer word ik gebeld?"), at(None, call=Call(was_made=True))),
    ("offered_note_left_out", said("overslaan"), at(None, call=OPEN_CALL)),
    ("moment_after_request", said("liefst dinsdag na vier uur"), at(None, call=OPEN_CALL)),
    ("other_digits", said("stuur de cijfers opnieuw per mail"), at(None, awaits_digits=True)),
    ("wait", said("momentje, de bel gaat", "sector"), at("sector")),
    ("steering", said("en nu?", "sector"), at("sector")),
    ("steering_beside", meant("ik weet het ook niet, en nu?", "doubtful"), at(None)),
    ("elsewhere", said("verder op Telegram", "company"), at("company")),
    ("which_one", said("06.. of 06..", "phone", doubt=("phone",)), at("phone")),
    ("mailed_digits", said("[code]", found=frozenset({"digits"})), at(None)),
    ("ask_the_model", said("wat kost het?"), at(None)),
    (
        "kept_as_typed",
        meant("qwertyplaats", "out_of_scope", "region"),
        at("region", tried="region"),
    ),
    (
        "later_group",
        meant("liever een jaar later", "faq"),
        at(None, is_registered=True, stands=True),
    ),
    (
        "change_on_list",
        meant("ik woon nu in Zwolle", "inform"),
        at(None, is_registered=True, stands=True),
    ),
    (
        "change_on_list",
        meant("mijn nummer is veranderd", "story", changed="phone"),
        at(None, is_registered=True, stands=True),
    ),
    (
        "change_refused",
        meant("nee dat klopt niet", "deny"),
        at(None, proposal="change_registration"),
    ),
    ("start_over_guess", meant("ik doe van alles", "restart", "sector", 0.7), at("sector")),
    ("start_over", meant("van voren af aan", "restart", "sector"), at("sector")),
    ("answer", meant("mbo 4", "inform", "education_level"), at("education_level")),
    ("answer", meant("mbo 4", "faq", "education_level"), at("education_level")),
    (
        "likely",
        meant("ik twijfel, mbo 4 of zo", "out_of_scope", "education_level"),
        at("education_level"),
    ),
    ("heavy_guess", meant("van alles", "delete_my_data", "sector", 0.7), at("sector")),
    ("cancel_guess", meant("bel me maar", "cancel", "callback_note", 0.8), at("callback_note")),
    ("change_guess", meant("vergist", "change_registration", "sector", 0.7), at("sector")),
    (
        "supposition",
        meant("en als ik volgend jaar mijn mbo 4 heb?", "nlu_fallback", "sector"),
        at("sector"),
    ),
    ("fact_in_doubt", meant("ik heb mbo 4", "out_of_scope"), at(None)),
    ("fact_in_doubt", meant("ik heb mbo 4", "faq"), at(None)),
    ("by_name", meant("ik heb mbo 4, een certificaat", "faq"), at(None)),
    (
        "noted",
        meant("klopt mijn e-mail?", "out_of_scope", "region"),
        at("region", noted=frozenset({"email"})),
    ),
    ("leave", meant("ik denk er nog over na", "out_of_scope", "sector"), at("sector")),
    ("asks_for_somebody_else", meant("is dit iets voor mijn man?", "out_of_scope"), at(None)),
    ("role", meant("ik ben teamleider op een school", "out_of_scope"), at(None)),
    ("for_somebody_else", meant("mijn man wil meedoen", "out_of_scope"), at(None)),
    ("introduction", meant("ik denk erover les te geven", "out_of_scope"), at(None)),
    ("slip", meant("[email onjuist]", "inform", "sector"), at("sector")),
    (
        "minor_asks",
        replace(
            meant("ik ben 16, mag ik meedoen?", "faq"),
            meaning=Meaning("faq", 1.0, ("faq/audience",)),
        ),
        at(None),
    ),
    ("question_about_question", meant("telt stage ook?", "inform", "sector"), at("sector")),
    ("change_at_summary", meant("nee mijn naam klopt niet", "deny", "confirm"), at("confirm")),
    ("no_call", meant("nee dat doet hij zelf", "deny", "callback"), at("callback")),
    ("yes_to_proposal", meant("doe maar", "affirm"), at(None, proposal="register")),
    ("registers_another", meant("kunt u ze inschrijven", "register"), at(None, who="employer")),
    (
        "yes_and_told",
        meant("ja, vast contract", "faq"),
        at(None, proposal="check_eligibility"),
    ),
    ("no_answer", meant("qwerty asdf", "out_of_scope", "sector"), at("sector")),
    ("left_open", meant("dat wil ik niet zeggen", "deny", "name"), at("name")),
    ("answer_not_clear", meant("ik snap het niet", "dont_know", before="faq/cost"), at(None)),
    ("passed_on", meant("iets met boeken", "nlu_fallback"), at(None)),
    ("passed_on", meant("iets met boeken", "out_of_scope"), at(None, missed=1)),
    ("passed_on", meant("iets met boeken", "out_of_scope"), at(None, who="school")),
    (
        "what_was_meant",
        said("iets", meaning=Meaning("nlu_fallback", 0.4, (), ("faq/cost",))),
        at(None),
    ),
    ("leave", meant("goed, ik wacht af", "doubtful"), at(None)),
    ("moment_before_number", meant("liefst na vijven", "faq", "callback", 0.6), at("callback")),
    ("call_still", meant("geen tijd, bel me maar", "cancel", "callback", 0.6), at("callback")),
    ("call_still", meant("ik heb haast", "hurried", "callback"), at("callback")),
    (
        "when_called_in_doubt",
        said("binnen hoeveel dagen?", meaning=Meaning("nlu_fallback", 0.5)),
        at(None, call=OPEN_CALL),
    ),
    ("who_calls", meant("wie belt er dan?", "nlu_fallback", "callback"), at("callback")),
    ("not_wanted", meant("ik hoef geen check", "check_eligibility"), at(None)),
    (
        "by_name",
        meant("ik wil me aanmelden, maar ik wil niet gebeld worden", "register"),
        at(None),
    ),
    ("no_call_wanted", meant("ik denk nog. niet bellen", "ask_human"), at(None)),
    ("why_we_ask", meant("waarom wilt u dat weten?", "explain_question"), at(None)),
    ("is_back", meant("ik was hier vorige week ook al", "nlu_fallback"), at(None)),
    (
        "praise_in_doubt",
        meant("mooi, zal wel reclame zijn", "feedback_positive", None, 0.7, before="faq/cost"),
        at(None),
    ),
    ("tells_more", meant("hij werkt hier al tien jaar", "story"), at(None, who="employer")),
    (
        "heavy_asked_again",
        said("dat zeg ik toch", meaning=Meaning("nlu_fallback", 0.4, (), ("complaint",))),
        at(None, proposal="delete_my_data"),
    ),
    (
        "heavy_asked_again",
        meant("ik weet het zeker denk ik", "doubtful"),
        at(None, proposal="withdraw_registration"),
    ),
    ("nod", said("👍"), at(None)),
    ("told_before", said("dat hebben we toch al gehad?", "sector"), at("sector")),
    (
        "kept_to_oneself",
        replace(
            meant("mijn nummer krijgt u niet", "faq", "phone"),
            meaning=Meaning("faq", 1.0, ("faq/privacy",)),
        ),
        at("phone"),
    ),
    (
        "by_name",
        replace(
            meant("wie ziet mijn nummer?", "faq", "phone"),
            meaning=Meaning("faq", 1.0, ("faq/privacy",)),
        ),
        at("phone"),
    ),
    ("question_about_question", meant("moet dat?", "nlu_fallback", "name"), at("name")),
    ("waited_in_vain", meant("hij zou gebeld worden", "registration_status"), at(None)),
    ("by_name", meant("ik zou graag gebeld worden", "registration_status"), at(None)),
    ("by_name", meant("niemand belde", "registration_status"), at(None, stands=True)),
    (
        "join_anew",
        meant("kan ik volgend jaar wel weer meedoen?", "nlu_fallback", before=WITHDRAW),
        at(None),
    ),
    (
        "erased_indeed",
        meant("is het nu echt weg?", "nlu_fallback", before="delete_my_data"),
        at(None),
    ),
    (
        "verdict_again",
        said("past dat bij mij?", meaning=Meaning("nlu_fallback", 0.4, (), ("check_eligibility",))),
        at(None, answers={"sector": "not_technical"}),
    ),
    (
        "by_name",
        replace(
            meant("kan dat als je zzp'er bent?", "faq"),
            meaning=Meaning("faq", 1.0, ("faq/self_employed",)),
            answers={"employment": "self_employed"},
        ),
        at(None, who="for_somebody_else"),
    ),
    (
        "answer_not_clear",
        meant("dat bedoel ik niet", "explain_question", before="faq/study_load"),
        at(None),
    ),
    ("tells_more", meant("hij heet Daan en is 27, werkt hier", "story"), at(None, who="employer")),
    (
        "praise_in_doubt",
        meant("mooi praatje", "feedback_positive", None, 0.6, before="help"),
        at(None),
    ),
    ("is_kept_informed", meant("hou me op de hoogte", "keep_informed"), at(None, stands=True)),
    ("tells_on_the_list", meant("mijn vrouw is ook blij", "story"), at(None, stands=True)),
    ("role", meant("ik ben teamleider op een school", "story"), at(None)),
    ("no_answer", meant("ik leid jonge gasten op", "story", "school_type"), at("school_type")),
    ("by_name", meant("ik zie er tegenop", "worried", "sector"), at("sector")),
    ("by_name", meant("wat kost het?", "faq"), at(None)),
    ("by_name", meant("bedankt", "thank", "sector"), at("sector")),
]


@pytest.mark.parametrize(("rule", "reading", "state"), ROWS, ids=lambda each: str(each)[:30])
def test_a_row_decides_what_it_is_for(rule: str, reading: Reading, state: State) -> None:
    assert decide(reading, state).rule == rule


def test_every_row_is_tried_and_named_once() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert {name for name, _, _ in ROWS} == set(names)
    assert all(rule.example for rule in RULES)


def test_the_page_shows_the_table_of_today() -> None:
    """After a change: .venv/bin/python -m tools.policy."""
    assert policy.PAGE.read_text() == policy.page()


STATES = [None, *SLOTS]
WORDS = [*EXAMPLES.values(), *FACTS]
INTENTS = [each for each in DOMAIN["intents"] if each in EXAMPLES or each == "faq"]


def test_every_message_is_decided_in_every_state_and_the_engine_knows_the_name() -> None:
    known = {*DOMAIN["intents"], "nlu_fallback"}
    for asks, words, intent in product(STATES, WORDS[::7], INTENTS):
        reading = meant(words, intent, asks)
        decision = decide(reading, at(asks))
        assert decision.move.kind is not Kind.UNDERSTAND
        if decision.move.kind in (Kind.SET, Kind.DO, Kind.REPAIR, Kind.KEEP_AS_TYPED):
            assert as_message(reading, decision)["intent"]["name"] in known


@pytest.mark.parametrize("asks", STATES)
def test_words_that_steer_go_before_whatever_is_open(asks: str | None) -> None:
    for words in PHRASES:
        decision = decide(said(words, asks), at(asks, tried=asks))
        assert (decision.rule, decision.move.about) == ("way_out", PHRASES[words])
    for words, command in LINKS.items():
        rule = decide(said(words, asks), at(asks))
        assert (rule.move.about == command) == (asks != "callback_note")


@pytest.mark.parametrize("asks", SLOTS)
@pytest.mark.parametrize("intent", ["restart", "delete_my_data", "withdraw_registration"])
def test_nothing_heavy_is_done_by_a_guess(asks: str, intent: str) -> None:
    for words in ("ik doe van alles wat", "qwerty", "terug naar af"):
        decision = decide(meant(words, intent, asks, 0.7), at(asks))
        assert decision.move.kind is not Kind.DO


@pytest.mark.parametrize("intent", ["restart", "delete_my_data", "withdraw_registration"])
def test_out_of_the_blue_something_heavy_is_asked_first(intent: str) -> None:
    """Bug: "ik kan in november niet, kan het later" opened the question whether to withdraw."""
    state = at(None, stands=True, is_registered=True)
    decision = decide(meant("ik kan in november niet", intent, None, 0.7), state)
    assert decision.move == Move(Kind.DO, "nlu_fallback", options=(intent,))
    beside = Meaning("faq", 0.4, (intent, "faq/after_program"))
    assert replace(said("kan het later"), meaning=beside).topics == ("faq/after_program",)


@pytest.mark.parametrize("asks", ["consent", "confirm"])
@pytest.mark.parametrize("intent", ["affirm", "inform", "faq", "nlu_fallback"])
def test_what_binds_is_never_read_from_words(asks: str, intent: str) -> None:
    for words in ("ja", "ja dat mag", "akkoord", "ja maar", "denk het wel"):
        assert asks not in meant(words, intent, asks).told


def test_the_same_answer_is_never_refused_a_third_time_where_a_person_can_read_it() -> None:
    for asks in ("name", "region", "company"):
        first = decide(meant("Qwertyborg", "out_of_scope", asks), at(asks))
        assert (first.move.kind, first.marks_try) == (Kind.REPAIR, True)
        again = decide(meant("Qwertyborg", "out_of_scope", asks), at(asks, tried=asks))
        assert again.move.kind is Kind.KEEP_AS_TYPED


def offered(*names: str, **state: object) -> tuple[str, ...]:
    """What is offered of these names, when it is not clear which is meant."""
    reading = said("iets", meaning=Meaning("nlu_fallback", 0.4, (), names))
    return decide(reading, at(None, **state)).move.options


def test_nothing_is_offered_that_nobody_can_want_here() -> None:
    assert offered("faq/cost", "withdraw_registration", "change_registration") == ("faq/cost",)
    assert offered("faq/cost", "register", is_registered=True) == ("faq/cost",)
    assert offered("faq/cost", "check_eligibility", who="employer") == ("faq/cost",)
    assert offered("faq/cost", "faq/salary", "register", missed=1) == (
        *("faq/cost", "faq/salary"),
        "ask_human",
    )
    assert offered("faq/cost", missed=2) == ()
