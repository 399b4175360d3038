"""Who is on the list changes their own number, town and company; the rest a coordinator sees."""

import asyncio
import re
from datetime import timedelta

import pytest

from bot.core.answers.changes import changed_in, wants_later
from bot.core.callback import Way
from bot.core.registration import Registration
from bot.services import callbacks, registration
from bot.services.records import Mail
from tests.dialogue.stage import Message, Outcome, Stage, say

Scene = tuple[Stage, asyncio.Runner]
JA = say("ja", "affirm")


def on_list(scene: Scene, state: str = "registered") -> Registration:
    made, runner = scene
    own = runner.run(registration.of_conversation(made.ports, made.talk))
    assert own is not None
    return own


def talk(scene: Scene, *messages: Message, state: str = "registered") -> Outcome:
    """What comes of the last of these, said one after the other from a state."""
    made, runner = scene
    outcome = runner.run(made.typed(state, messages[0]))
    for each in messages[1:]:
        outcome = runner.run(made.then(each))
    return outcome


def words(outcome: Outcome) -> str:
    return "\n".join(each.text for each in outcome.turn.messages)


CHANGED = (
    ("nieuw nummer 0687654321", "change_registration", "phone", "+31687654321"),
    ("mijn 06 is nu 0687654321", "inform", "phone", "+31687654321"),
    ("ik ben verhuisd en woon nu in Deventer", "story", "city", "Deventer"),
    ("ik woon tegenwoordig in Almelo", "faq", "city", "Almelo"),
    ("ik werk tegenwoordig bij Hofstra Techniek", "inform", "company", "Hofstra Techniek"),
    ("mijn bedrijf heet nu Hofstra Techniek", "out_of_scope", "company", "Hofstra Techniek"),
)


@pytest.mark.parametrize("state", ["registered", "waiting list", "registered, in review"])
@pytest.mark.parametrize(("told", "intent", "field", "value"), CHANGED)
def test_what_is_new_is_said_back_and_kept_after_a_yes(
    scene: Scene, told: str, intent: str, field: str, value: str, state: str
) -> None:
    asked = talk(scene, say(told, intent), state=state)
    before = on_list(scene)
    assert asked.keys[-1] == "utter_change_confirm"
    assert value in words(asked)
    assert getattr(before, field) != value
    made, runner = scene
    done = runner.run(made.then(JA))
    assert done.keys[0] == "utter_changed" and value in words(done)
    after = on_list(scene)
    assert getattr(after, field) == value
    assert (after.status, after.code) == (before.status, before.code)


@pytest.mark.parametrize(
    ("wish", "asks", "answer", "field", "value"),
    [
        ("ik heb een ander telefoonnummer", "phone", "het is 0687654321", "phone", "+31687654321"),
        ("ik ben verhuisd", "region", "Almelo", "city", "Almelo"),
        ("ik heb een nieuwe baas", "company", "Hofstra Techniek", "company", "Hofstra Techniek"),
    ],
)
def test_half_of_a_change_is_asked_for(
    scene: Scene, wish: str, asks: str, answer: str, field: str, value: str
) -> None:
    assert talk(scene, say(wish, "change_registration")).turn.asks == asks
    made, runner = scene
    runner.run(made.then(say(answer)))
    runner.run(made.then(JA))
    assert getattr(on_list(scene), field) == value


def test_two_values_in_one_message_are_said_back_together(scene: Scene) -> None:
    talk(scene, say("ik woon nu in Almelo en mijn nummer is 0687654321"), JA)
    own = on_list(scene)
    assert (own.city, own.province, own.phone) == ("Almelo", "Overijssel", "+31687654321")


def test_a_question_beside_a_change_is_answered_and_the_change_comes_last(scene: Scene) -> None:
    told = "ik woon nu in Almelo, wat kost het eigenlijk?"
    outcome = talk(scene, say(told, "faq", "faq/cost"))
    assert outcome.keys == ("utter_faq/cost", "utter_change_confirm")
    made, runner = scene
    runner.run(made.then(JA))
    assert on_list(scene).city == "Almelo"


NOT_A_YES = (
    ("ja maar niet nu", "affirm"),
    ("denk het wel", "affirm"),
    ("dat zei ik toch", "out_of_scope"),
)


@pytest.mark.parametrize(("words_", "intent"), NOT_A_YES)
def test_only_an_exact_yes_changes_anything(scene: Scene, words_: str, intent: str) -> None:
    talk(scene, say("nieuw nummer 0687654321", "change_registration"), say(words_, intent))
    assert on_list(scene).phone == "+31612345678"


def test_a_no_changes_nothing_and_says_so(scene: Scene) -> None:
    change = say("nieuw nummer 0687654321", "change_registration")
    for no in (say("nee", "deny"), say("nee dat klopt toch niet helemaal", "deny")):
        assert talk(scene, change, no).keys == ("utter_change_dropped",)
        made, runner = scene
        runner.run(made.then(JA))
        assert on_list(scene).phone == "+31612345678"


def test_what_waits_for_a_yes_is_not_lost_over_a_question(scene: Scene) -> None:
    change = say("nieuw nummer 0687654321", "change_registration")
    outcome = talk(scene, change, say("wat kost het", "faq", "faq/cost"), JA)
    assert on_list(scene).phone == "+31612345678"  # that yes was to nothing
    assert outcome.keys == ("utter_change_confirm",)
    made, runner = scene
    assert runner.run(made.then(JA)).keys == ("utter_changed",)
    assert on_list(scene).phone == "+31687654321"


def test_what_stands_there_already_is_said_to(scene: Scene) -> None:
    assert talk(scene, say("nieuw nummer 0612345678", "change_registration")).keys == (
        "utter_change_same_phone",
    )


def test_half_a_number_is_told_to_be_none_and_asked_for(scene: Scene) -> None:
    outcome = talk(scene, say("nieuw nummer 06 1122", "out_of_scope"))
    assert outcome.keys == ("utter_invalid_phone", "utter_ask_phone")
    assert outcome.turn.asks == "phone"


def test_who_skips_the_question_for_a_new_company_keeps_the_old_one(scene: Scene) -> None:
    boss = say("ik heb een nieuwe baas", "story")
    for skip in (say("Overslaan"), say("sla maar over")):
        assert talk(scene, boss, skip).keys == ("utter_change_dropped",)
    assert on_list(scene).company is None


def test_a_town_that_nobody_knows_is_kept_as_typed_at_a_second_try(scene: Scene) -> None:
    nowhere = say("qwertyplaats", "out_of_scope")
    moved = say("ik ben verhuisd", "change_registration")
    assert talk(scene, moved, nowhere).keys[0] == "utter_invalid_region"
    made, runner = scene
    assert runner.run(made.then(nowhere)).keys == ("utter_change_confirm",)
    runner.run(made.then(JA))
    assert on_list(scene).city == "qwertyplaats"


def test_a_question_in_between_leaves_the_open_one_open(scene: Scene) -> None:
    made, runner = scene
    boss = say("ik heb een nieuwe baas", "story")
    assert talk(scene, boss, say("wat kost het", "faq", "faq/cost")).turn.asks == "company"
    runner.run(made.then(say("Hofstra Techniek")))
    runner.run(made.then(JA))
    assert on_list(scene).company == "Hofstra Techniek"


@pytest.mark.parametrize(
    "told",
    ["ik ben zzp'er geworden", "mijn baas vindt het toch niet goed", "ik werk nu in de bouw"],
)
def test_what_decides_about_a_place_goes_to_a_coordinator_in_their_words(
    scene: Scene, told: str
) -> None:
    before = talk(scene, say(told, "inform"))
    assert before.keys == ("utter_change_decides",)
    made, runner = scene
    kept = runner.run(callbacks.newest(made.ports, made.talk))
    assert kept is not None and told in (kept.question or "")
    assert on_list(scene).verdict.outcome.value == "eligible"


def test_a_later_group_is_written_down_and_said_truthfully(scene: Scene) -> None:
    made, runner = scene
    outcome = talk(scene, say("liever een jaar later", "faq", "faq/duration"))
    assert outcome.keys == ("utter_later_passed",)
    kept = runner.run(callbacks.newest(made.ports, made.talk))
    assert kept is not None and "liever een jaar later" in (kept.question or "")
    assert on_list(scene).intake == "2027-11"


def test_who_asks_for_a_later_group_is_offered_a_person(scene: Scene) -> None:
    made, runner = scene
    asked = say("kan ik ook een jaar later beginnen?", "faq", "faq/start_dates")
    assert talk(scene, asked).keys == ("utter_later_ask",)
    assert runner.run(callbacks.newest(made.ports, made.talk)) is None
    assert runner.run(made.then(say("ja graag", "affirm"))).loop == "callback_form"


def test_a_new_address_is_passed_on_and_goes_by_mail(scene: Scene) -> None:
    made, runner = scene
    wish = say("mijn mailadres klopt niet meer", "change_registration")
    assert talk(scene, wish).turn.asks == "email"
    outcome = runner.run(made.then(say("jan.nieuw@voorbeeld.nl")))
    assert outcome.keys == ("utter_change_passed_email",)
    kept = runner.run(callbacks.newest(made.ports, made.talk))
    assert kept is not None
    assert (kept.way, kept.address) == (Way.EMAIL, "jan.nieuw@voorbeeld.nl")


def test_a_number_for_a_call_is_no_change(scene: Scene) -> None:
    made, runner = scene
    talk(scene, say("bel me op 0687654321", "ask_human"))
    kept = runner.run(callbacks.newest(made.ports, made.talk))
    assert kept is not None and kept.address == "+31687654321"
    assert on_list(scene).phone == "+31612345678"


def test_an_open_request_goes_by_the_number_that_is_registered_now(scene: Scene) -> None:
    made, runner = scene
    change = say("mijn telefoonnummer is veranderd in 0687654321", "change_registration")
    talk(scene, say("ik wil gebeld worden over mijn diploma", "ask_human"), change, JA)
    kept = runner.run(callbacks.newest(made.ports, made.talk))
    assert kept is not None and kept.address == "+31687654321"


def test_what_was_wanted_is_remembered_over_a_question(scene: Scene) -> None:
    ways = (
        say("ik heb een nieuw nummer", "change_registration"),
        say("wat kost het", "faq", "faq/cost"),
        say("kunt u dat aanpassen", "change_registration"),
    )
    assert talk(scene, *ways).turn.asks == "phone"


def test_of_a_change_that_is_not_named_what_can_be_changed_is_said(scene: Scene) -> None:
    wish = say("er moet iets veranderd worden", "change_registration")
    assert talk(scene, wish).keys == ("utter_change_after",)
    made, runner = scene
    assert runner.run(made.then(say("ja graag", "affirm"))).loop == "callback_form"


def test_a_question_for_the_number_has_no_place_in_a_row(scene: Scene) -> None:
    wish = say("ik heb een ander telefoonnummer", "change_registration")
    turn = talk(scene, wish).turn
    assert not any(each.text.startswith("Vraag ") for each in turn.messages)


def test_what_is_no_number_is_asked_again_outside_any_form(scene: Scene) -> None:
    wish = say("ik heb een nieuw nummer", "change_registration")
    outcome = talk(scene, wish, say("even de mail erbij zoeken hoor", "out_of_scope"))
    assert outcome.keys == ("utter_invalid_phone", "utter_ask_phone")
    assert outcome.turn.asks == "phone"


@pytest.mark.parametrize(
    "asked",
    ["hoi ik ben er weer, klopt mijn nummer nog", "hallo! staat mijn telefoonnummer goed?"],
)
def test_who_is_back_and_asks_for_their_number_hears_it(scene: Scene, asked: str) -> None:
    outcome = talk(scene, say(asked, "greet"))
    assert outcome.keys == ("utter_noted_as",)
    assert "+31612345678" in words(outcome)


@pytest.mark.parametrize("back", ["doe toch maar niet", "nee laat toch maar", "laat maar zitten"])
@pytest.mark.parametrize("state", ["registered", "fresh"])
def test_a_request_to_be_called_is_taken_back_at_once(scene: Scene, back: str, state: str) -> None:
    made, runner = scene
    wish = say("ik wil gebeld worden op 0687654321", "ask_human")
    talk(scene, wish, say(back, "out_of_scope"), state=state)
    kept = runner.run(callbacks.newest(made.ports, made.talk))
    assert kept is not None and not kept.is_open


def test_who_registered_elsewhere_is_asked_to_prove_it(scene: Scene) -> None:
    wish = say("mijn telefoonnummer is veranderd", "change_registration")
    assert talk(scene, wish, state="fresh").keys == ("utter_registration_none",)


@pytest.mark.parametrize(
    "text",
    [
        "ik wil niet later beginnen",
        "ik wil het gesprek uitstellen",
        "ik kan later starten met werken",
        "ik ben niet verhuisd",
        "ik heb geen nieuw nummer",
        "mijn werkgever is verhuisd naar Almere",
        "ik werk voor het geld",
        "heb nu al drie keer mijn nummer doorgegeven",
    ],
)
def test_what_is_denied_or_is_of_another_is_no_change(text: str) -> None:
    assert changed_in(text) is None and not wants_later(text)


@pytest.mark.parametrize(
    "told",
    ["ik heb een mail gestuurd naar info@school.nl", "Met vriendelijke groet, Jan de Vries"],
)
def test_an_address_or_name_that_passes_by_changes_nothing(scene: Scene, told: str) -> None:
    made, runner = scene
    talk(scene, say(told, "story"))
    assert runner.run(callbacks.newest(made.ports, made.talk)) is None


def test_of_a_number_and_an_address_the_address_goes_to_the_coordinator(scene: Scene) -> None:
    made, runner = scene
    new = say("nieuw nummer 0687654321 en nieuwe mail jan@nieuw.nl", "change_registration")
    talk(scene, new)
    request = runner.run(callbacks.newest(made.ports, made.talk))
    assert request is not None
    assert (request.way, request.address) == (Way.EMAIL, "jan@nieuw.nl")
    runner.run(made.then(JA))
    assert on_list(scene).phone == "+31687654321"


def test_of_two_changes_the_one_without_a_value_is_asked_after_the_yes(scene: Scene) -> None:
    both = say("ik ben verhuisd en heb een nieuw nummer 0687654321", "story")
    asked = talk(scene, both, JA)
    assert asked.keys[0] == "utter_changed" and asked.turn.asks == "region"


def test_a_number_that_is_no_more_is_asked_for_anew(scene: Scene) -> None:
    made, runner = scene
    talk(scene, say("nieuw nummer 0687654321", "change_registration"), JA)
    old = runner.run(made.then(say("mijn nummer is niet meer 0687654321", "change_registration")))
    assert old.turn.asks == "phone"


MAILED = "registered, with mail"
MOVED = say("mijn mail is nu jan@nieuw.nl", "change_registration")


def posted(scene: Scene) -> list[Mail]:
    """Every mail that waits, taken out."""
    made, runner = scene

    async def taken() -> list[Mail]:
        now, found = made.ports.clock.now(), []
        async with made.ports.work() as work:
            while waiting := await work.mails.claim(now, now + timedelta(days=1)):
                found.append(waiting.mail)
            await work.commit()
        return found

    return runner.run(taken())


def digits_to(scene: Scene, address: str) -> str:
    """The digits of the newest mail to an address."""
    *_, mail = (each for each in posted(scene) if each.to == address)
    found = re.search(r"\b\d{6}\b", mail.text)
    assert found is not None
    return found[0]


def test_a_new_address_stands_once_its_digits_are_typed(scene: Scene) -> None:
    asked = talk(scene, MOVED, state=MAILED)
    assert asked.keys[-1] == "utter_change_confirm" and "jan@nieuw.nl" in words(asked)
    made, runner = scene
    posted(scene)
    assert runner.run(made.then(JA)).keys == ("utter_change_mailed",)
    assert on_list(scene).email == "jan@voorbeeld.nl"
    digits = digits_to(scene, "jan@nieuw.nl")
    wrong = runner.run(made.then(say("000000" if digits != "000000" else "000001")))
    assert wrong.keys == ("utter_confirm_wrong",)
    assert on_list(scene).email == "jan@voorbeeld.nl"
    done = runner.run(made.then(say(digits)))
    assert done.keys[0] == "utter_changed" and "jan@nieuw.nl" in words(done)
    own = on_list(scene)
    assert own.email == "jan@nieuw.nl" and own.proven_at is not None
    to_old = [each for each in posted(scene) if each.to == "jan@voorbeeld.nl"]
    assert len(to_old) == 1 and "nieuw.nl" not in to_old[0].text


def test_digits_of_one_address_never_prove_another(scene: Scene) -> None:
    made, runner = scene
    talk(scene, MOVED, JA, state=MAILED)
    digits = digits_to(scene, "jan@nieuw.nl")
    runner.run(made.then(say("mijn mail is nu jan@ander.nl", "change_registration")))
    runner.run(made.then(say(digits)))
    assert on_list(scene).email == "jan@nieuw.nl"
    runner.run(made.then(say("mijn mail is nu jan@ander.nl", "change_registration")))
    runner.run(made.then(JA))
    assert runner.run(made.then(say(digits))).keys == ("utter_confirm_wrong",)
    assert on_list(scene).email == "jan@nieuw.nl"


def test_a_new_address_and_a_new_number_each_go_their_way(scene: Scene) -> None:
    both = say("nieuw nummer 0687654321 en nieuwe mail jan@nieuw.nl", "change_registration")
    done = talk(scene, both, JA, state=MAILED)
    assert done.keys == ("utter_change_mailed", "utter_changed")
    own = on_list(scene)
    assert (own.phone, own.email) == ("+31687654321", "jan@voorbeeld.nl")


def test_digits_can_be_mailed_anew_and_not_without_end(scene: Scene) -> None:
    made, runner = scene
    talk(scene, MOVED, JA, state=MAILED)
    first = digits_to(scene, "jan@nieuw.nl")
    again = say("stuur mij nieuwe cijfers", "registration_status")
    assert runner.run(made.then(again)).keys == ("utter_change_mailed",)
    assert runner.run(made.then(say(first))).keys == ("utter_confirm_wrong",)
    runner.run(made.then(again))
    assert runner.run(made.then(again)).keys == ("utter_change_mailed_too_often",)


def test_nobody_mails_strangers_from_a_registration(scene: Scene) -> None:
    made, runner = scene
    talk(scene, MOVED, JA, state=MAILED)
    for number in range(5):
        new = say(f"mijn mail is nu vreemde{number}@nieuw.nl", "change_registration")
        runner.run(made.then(new))
        runner.run(made.then(JA))
    assert sum(each.to.startswith("vreemde") for each in posted(scene)) == 2
