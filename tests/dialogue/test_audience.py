"""Who is no candidate is answered as who they are, and hears what they can do next."""

import asyncio

import pytest

from bot.core.answers.roles import role_in
from bot.core.steering import is_no_wish
from tests.dialogue.stage import Stage, say

Scene = tuple[Stage, asyncio.Runner]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Hallo, Karin hier, decaan op een vmbo", "school"),
        ("ik ben directeur van een mbo-school", "school"),
        ("bedrijfsleider, wij bouwen schakelkasten", "employer"),
        ("mijn beste lasser wil voor de klas", "employer"),
        ("ik vraag het namens mijn vriend", "for_somebody_else"),
        ("mijn vrouw wil dat ik dit doe", None),
        ("voorman bij een aannemer", None),
        ("mbo, richting elektro", None),
        ("werkgever vindt het prima", None),
        ("werkgever: Bosch", None),
        ("prima, directeur is akkoord", None),
        ("zzp'er, eigenaar van een installatiebedrijf", None),
        ("ik werk voor een vriend", None),
        ("ik val vaak in voor een collega", None),
        ("mijn vrouw wil graag dat ik lesgeef", None),
        ("teamleider bij Philips", None),
        ("ik heb dit gehoord van een school", None),
        ("manager technische dienst mbo 4", None),
        ("mijn directeur vindt het goed", None),
        ("ik werk voor een kennis van mij", None),
        ("teamleider techniek op een roc", "school"),
        ("vraagje voor een collega, wanneer begint het", "for_somebody_else"),
        ("ik ben eigenaar van een garage", "employer"),
    ],
)
def test_who_somebody_is_is_heard_without_ik_ben(text: str, role: str | None) -> None:
    assert role_in(text) == role


def test_an_answer_makes_nobody_an_employer_unless_he_says_to_be_one() -> None:
    assert role_in("een van mijn collega's vroeg het hem", is_answer=True) is None
    assert role_in("ik ben bedrijfsleider", is_answer=True) == "employer"


def test_who_answers_an_open_question_stays_who_he_was(scene: Scene) -> None:
    made, runner = scene
    runner.run(made.typed("fresh", say("ik wil de check doen", "check_eligibility")))
    runner.run(made.then(say("bedrijfsleider, metaal", "inform")))
    turn = runner.run(made.then(say("wat heb ik eraan?", "faq", "faq/benefits"))).turn
    assert "faq/employer_benefits" not in turn.topics


@pytest.mark.parametrize(
    ("text", "is_none"),
    [
        ("ik wil niet langer wachten, schrijf me in", False),
        ("ik wil niets liever dan meedoen", False),
        ("graag aanmelden, ik hoef geen brochure", False),
        ("ik wil me aanmelden, ik wil geen spijt krijgen", False),
        ("ik wil niet wachten, ik wil nu starten met aanmelden", False),
        ("ik wil niet gebeld worden en me aanmelden", False),
        ("ik hoef geen check, schrijf me in", False),
        ("ik hoef geen check", True),
        ("ik wil mij niet aanmelden", True),
        ("ik wil mij niet aanmelden, ik vraag dit als school", True),
        ("ik hoef geen test te doen", True),
        ("stel me niet voor, ik wil niet inschrijven", True),
    ],
)
def test_only_who_denies_what_we_offer_does_not_want_it(text: str, is_none: bool) -> None:
    assert is_no_wish(text) is is_none


def test_what_is_in_it_for_an_employer_is_the_employers_gain(scene: Scene) -> None:
    made, runner = scene
    runner.run(made.typed("fresh", say("ik ben werkgever", "story")))
    gain = runner.run(made.then(say("wat heb ik eraan?", "faq", "faq/benefits")))
    assert gain.turn.topics == ("faq/employer_benefits",)
    time = runner.run(made.then(say("hoeveel tijd kost dat?", "faq", "faq/study_load")))
    assert time.turn.topics == ("faq/study_load", "faq/combine_with_job")
    assert "Uw medewerker" in " ".join(each.text for each in time.turn.messages)


def test_nobody_who_asks_for_another_is_offered_a_check_of_his_own(scene: Scene) -> None:
    made, runner = scene
    runner.run(made.typed("fresh", say("ik ben teamleider op een school", "story")))
    turn = runner.run(made.then(say("wat zijn de eisen?", "faq", "faq/requirements"))).turn
    shown = [button.title for each in turn.messages for button in each.buttons]
    assert "Kijk of u in aanmerking komt" not in shown


def test_who_tells_more_hears_what_can_be_done(scene: Scene) -> None:
    made, runner = scene
    runner.run(made.typed("fresh", say("ik ben teamleider op een school", "story")))
    told = runner.run(made.then(say("we kennen een vader die wel wil", "story")))
    assert told.keys == ("utter_told_school",)
    assert runner.run(made.then(say("ja graag", "affirm"))).turn.asks == "callback"


def test_who_says_what_he_does_not_want_does_not_get_it(scene: Scene) -> None:
    made, runner = scene
    no = say("ik wil mij niet aanmelden, ik vraag dit als school", "register", confidence=0.6)
    assert runner.run(made.typed("fresh", no)).keys == ("utter_who_school",)
    check = say("ik hoef geen test te doen", "check_eligibility", confidence=0.6)
    assert runner.run(made.typed("fresh", check)).keys == ("utter_deny_nothing",)


def test_an_employer_who_wants_to_register_staff_is_not_asked_about_himself(scene: Scene) -> None:
    made, runner = scene
    runner.run(made.typed("fresh", say("ik ben hr manager, twee monteurs willen dit", "story")))
    staff = runner.run(made.then(say("kunt u ze inschrijven", "register", confidence=0.9)))
    assert staff.turn.asks is None and staff.turn.topics == ("register",)
    own = runner.run(made.then(say("en ik wil mezelf ook aanmelden", "register", confidence=0.9)))
    assert own.turn.asks is not None


def test_a_yes_with_a_fact_is_a_yes(scene: Scene) -> None:
    made, runner = scene
    runner.run(made.typed("fresh", say("ik ben lasser met 15 jaar ervaring", "inform")))
    turn = runner.run(made.then(say("ja vast contract", "faq", "faq/two_employers"))).turn
    assert turn.topics == ("check_eligibility",) and turn.asks == "education_level"


def test_a_relative_is_not_spoken_to_as_an_employer_nor_as_who_will_teach(scene: Scene) -> None:
    made, runner = scene
    runner.run(made.typed("fresh", say("ik vraag het voor mijn zoon", "story")))
    refused = runner.run(made.then(say("kan ik hem opgeven?", "register"))).turn
    assert "werkgever" not in " ".join(each.text for each in refused.messages)
    pay = runner.run(made.then(say("wat verdient hij?", "faq", "faq/salary"))).turn
    assert "Uw loon" not in " ".join(each.text for each in pay.messages)
    more = [runner.run(made.then(say("hij is sociaal", "story"))) for _ in range(2)]
    assert more[-1].turn.messages[0].text.startswith("Dank u, een coördinator")
    assert runner.run(made.then(say("ja graag", "affirm"))).loop == "callback_form"


def test_what_is_supposed_of_another_is_answered_by_its_topic(scene: Scene) -> None:
    """Bug: "kan dat als je zzp'er bent" got a verdict on what was told of him before."""
    made, runner = scene
    runner.run(made.typed("fresh", say("ik vraag het voor mijn man", "story")))
    runner.run(made.then(say("hij heeft een eigen zaak", "story")))
    asked = say("kan dat wel als je zzp'er bent?", "faq", "faq/self_employed")
    assert runner.run(made.then(asked)).turn.topics == ("faq/self_employed",)


def test_who_was_welcomed_and_tells_a_fact_hears_what_can_be_asked(scene: Scene) -> None:
    made, runner = scene
    runner.run(made.typed("fresh", say("ik vraag het voor mijn dochter", "story")))
    keys = runner.run(made.then(say("ze is 26 jaar", "inform"))).keys
    assert keys[-1] == "utter_told_other"


@pytest.mark.parametrize("topic", ["certificate", "employer_role", "after_program", "salary"])
def test_who_asks_for_another_is_not_told_of_their_own_job(scene: Scene, topic: str) -> None:
    made, runner = scene
    for told in ("ik vraag het voor mijn dochter", "ik ben teamleider op een vmbo-school"):
        runner.run(made.typed("fresh", say(told, "story")))
        turn = runner.run(made.then(say("hoe zit dat?", "faq", f"faq/{topic}"))).turn
        words = " ".join(each.text for each in turn.messages)
        assert not any(each in words for each in ("uw werkgever", "uw baan", "kreeg u", "Uw loon"))
