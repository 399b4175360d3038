"""What is only likely meant is the one open question, until a yes, a no, or another answer."""

from typing import Final

import pytest

from tests.dialogue.stage import Message, Outcome, Scene, say, talk

YES, NO = say("ja", "affirm"), say("nee", "deny")


def kept(scene: Scene, item: str) -> object:
    made, runner = scene
    return runner.run(made.draft()).get(item)


def titles(outcome: Outcome) -> list[str]:
    return [each.title for message in outcome.turn.messages for each in message.buttons]


LIKELY = (
    ("sector", "bij een bouwbedrijf, maar daar leg ik de leidingen aan als loodgieter", "bouw"),
    ("employment", "ik werk", "employee"),
    ("education_level", "ik geloof mbo 3", "mbo3"),
    ("education_level", "havo, verder niets", "havo"),
    ("years_experience", "15 jaar min de 3 dat ik kok was", 15),
    ("employer_consent", "mijn oude baas vond het prima", "yes"),
    ("school_type", "vmbo, of nee toch mbo", "mbo"),
    ("name", "Karel Visser met een k, dus Fisker", "Karel Visser"),
    ("email", "sam@gmial.com", "sam@gmail.com"),
    ("email", "mijn zwager is karel@voorbeeld.nl", "karel@voorbeeld.nl"),
    ("phone", "mijn broer heeft 0612345678", "+31612345678"),
    ("region", "half in Assen en half in Emmen", "Assen"),
    ("company", "Istallatiebedrijf Kanarie", "Installatiebedrijf Kanarie"),
)


@pytest.mark.parametrize(("item", "said", "value"), LIKELY)
def test_what_is_likely_is_said_back_and_kept_after_a_yes(
    scene: Scene, item: str, said: str, value: object
) -> None:
    asked = talk(scene, item, say(said))
    assert (asked.turn.asks, len(asked.turn.messages), len(titles(asked))) == (item, 1, 2)
    assert kept(scene, item) is None
    answered = talk(scene, item, say(said), YES)
    assert kept(scene, item) == value
    assert answered.turn.asks != item
    assert "utter_noted_before" not in answered.keys


@pytest.mark.parametrize(("item", "said", "value"), LIKELY)
def test_a_no_is_followed_by_the_question_or_keeps_what_was_typed(
    scene: Scene, item: str, said: str, value: object
) -> None:
    answered = talk(scene, item, say(said), NO)
    assert kept(scene, item) != value
    assert (answered.turn.asks == item) == (kept(scene, item) is None)


def test_another_answer_takes_its_place(scene: Scene) -> None:
    talk(scene, "education_level", say("ik geloof mbo 3"), say("nee, mbo 4"))
    assert kept(scene, "education_level") == "mbo4"


def test_who_says_it_once_more_means_it(scene: Scene) -> None:
    talk(scene, "education_level", say("ik geloof mbo 3"), say("mbo 3 geloof ik"))
    assert kept(scene, "education_level") == "mbo3"


@pytest.mark.parametrize("beside", ["wat kost het?", "zeg dat nog eens"])
def test_it_is_asked_again_after_something_else(scene: Scene, beside: str) -> None:
    topic = say(beside, "faq", "faq/cost") if "kost" in beside else say(beside, "repeat")
    asked = talk(scene, "email", say("sam@gmial.com"), topic)
    assert asked.turn.asks == "email"
    assert "sam@gmail.com" in asked.turn.messages[-1].text
    talk(scene, "email", say("sam@gmial.com"), topic, YES)
    assert kept(scene, "email") == "sam@gmail.com"


def test_a_no_that_goes_on_with_a_question_of_manner_is_said_back(scene: Scene) -> None:
    said = say("nee joh waarom zou hij dat niet willen, hij staat te springen")
    asked = talk(scene, "employer_consent", said)
    assert kept(scene, "employer_consent") is None
    assert titles(asked) == ["Ja", "Nee"]


def test_what_is_told_beside_it_is_kept_at_once(scene: Scene) -> None:
    asked = talk(scene, "sector", say("ik werk in de bouw geloof ik, ik ben zzp'er"))
    assert kept(scene, "employment") == "self_employed"
    assert asked.turn.asks == "sector" and titles(asked) == ["Ja", "Nee"]


def test_an_address_told_too_early_is_said_back_when_it_is_asked(scene: Scene) -> None:
    asked = talk(scene, "name", say("Sam de Wit, sam@gmial.com"))
    assert (kept(scene, "name"), kept(scene, "email")) == ("Sam de Wit", None)
    assert asked.turn.asks == "email" and "sam@gmail.com" in asked.turn.messages[-1].text


def test_a_fact_goes_before_a_topic_that_is_heard_in_it(scene: Scene) -> None:
    hears = ("faq", "faq/employer_role")
    sure = talk(scene, "employer_consent", say("mag wel van mijn chef denk ik", *hears))
    assert kept(scene, "employer_consent") == "not_asked"
    likely = talk(scene, "employer_consent", say("mijn oude baas vond het prima", *hears))
    assert not any(key.startswith("utter_faq") for key in (*sure.keys, *likely.keys))


def test_a_button_for_it_under_an_earlier_turn_does_nothing(scene: Scene) -> None:
    made, runner = scene
    first = runner.run(made.typed("education_level", say("ik geloof mbo 3")))
    runner.run(made.then(say("mbo 4")))
    runner.run(made.press(first.turn, "Ja"))
    assert kept(scene, "education_level") == "mbo4"


def test_nobody_is_asked_twice_whether_the_same_is_meant(scene: Scene) -> None:
    doubt = say("mijn oude baas vond het prima", "faq", "faq/results")
    again = talk(scene, "employer_consent", doubt, NO, doubt)
    assert again.turn.asks == "employer_consent" and kept(scene, "employer_consent") is None
    assert again.keys[0] == "utter_invalid_employer_consent"


def test_a_fact_of_another_goes_before_a_topic_that_is_heard_in_it(scene: Scene) -> None:
    told = say("hij heeft geen diploma", "faq", "faq/certificate")
    outcome = talk(scene, "fresh", say("is dit iets voor mijn man?", "out_of_scope"), told)
    assert kept(scene, "education_level") == "none"
    assert not any(key.startswith("utter_faq") for key in outcome.keys)


def test_a_mistyped_address_of_who_is_on_the_list_goes_to_a_coordinator_as_it_is(
    scene: Scene,
) -> None:
    outcome = talk(scene, "registered", say("mijn mail is nu sam@hotmial.com"))
    assert outcome.keys == ("utter_change_passed_email",)
    assert kept(scene, "email") == "sam@hotmial.com"


def test_who_goes_on_with_other_answers_is_still_asked_what_waits(scene: Scene) -> None:
    """Bug: after two answers to other questions nothing was asked any more, and a yes was lost."""
    made, runner = scene
    others = (say("mbo 3"), say("twintig jaar ervaring"), say("liefst op het vmbo"))
    outcome = talk(scene, "employment", say("vaste baan denk ik"), *others)
    assert (outcome.turn.asks, titles(outcome)) == ("employment", ["Ja", "Nee"])
    runner.run(made.then(YES))
    assert kept(scene, "employment") == "employee"


def test_who_answers_other_questions_is_asked_the_open_one_in_full(scene: Scene) -> None:
    others = (say("mbo 3"), say("twintig jaar ervaring"), say("liefst op het vmbo"))
    assert "In loondienst" in titles(talk(scene, "employment", *others))


CONTRADICTED: Final = "ik heb mbo 2"


def test_what_contradicts_an_earlier_answer_is_asked_and_kept_after_a_yes(scene: Scene) -> None:
    asked = talk(scene, "employer_consent", say(CONTRADICTED))
    assert "mbo niveau 4" in asked.turn.messages[-1].text
    assert "mbo niveau 2" in asked.turn.messages[-1].text
    assert kept(scene, "education_level") == "mbo4"
    answered = talk(scene, "employer_consent", say(CONTRADICTED), YES)
    assert kept(scene, "education_level") == "mbo2"
    assert answered.turn.asks == "employer_consent"


@pytest.mark.parametrize("after", [NO, say("wat kost het?", "faq", "faq/cost")])
def test_without_a_yes_the_earlier_answer_stands_and_we_go_on(scene: Scene, after: Message) -> None:
    outcome = talk(scene, "employer_consent", say(CONTRADICTED), after)
    assert kept(scene, "education_level") == "mbo4"
    assert outcome.keys[-1] == "utter_ask_employer_consent"
    assert "mbo niveau 2" not in outcome.turn.messages[-1].text


def test_it_is_asked_before_the_next_question_of_who_answers_this_one(scene: Scene) -> None:
    outcome = talk(scene, "years_experience", say(f"5 jaar, {CONTRADICTED}"))
    assert (kept(scene, "years_experience"), kept(scene, "education_level")) == (5, "mbo4")
    assert outcome.turn.asks == "employer_consent"
    assert titles(outcome) == ["Ja", "Nee"]


@pytest.mark.parametrize(
    ("state", "said", "item", "value"),
    [
        ("years_experience", "mbo 2", "education_level", "mbo2"),
        ("employer_consent", "nee wacht, 6 jaar", "years_experience", 6),
        ("employer_consent", "ik ben ontslagen", "employment", "unemployed"),
    ],
)
def test_who_puts_something_right_is_not_asked(
    scene: Scene, state: str, said: str, item: str, value: object
) -> None:
    talk(scene, state, say(said))
    assert kept(scene, item) == value
