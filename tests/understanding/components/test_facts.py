"""Facts as Rasa entities, with their place in the text."""

from datetime import date

from bot.understanding.facts import entities_in

DAY = date(2026, 11, 24)


def test_facts_have_a_value_and_a_place() -> None:
    text = "ben elektromonteur, mbo 4, al 15 jaar, woon in Zwolle"
    found = {each["entity"]: each for each in entities_in(text, DAY)}
    assert found["sector"]["value"] == "installatietechniek"
    assert found["education_level"]["value"] == "mbo4"
    assert found["years_experience"]["value"] == 15
    assert text[found["city"]["start"] : found["city"]["end"]] == "Zwolle"


def test_what_the_gateway_took_out_is_still_known_by_its_kind() -> None:
    found = entities_in("ik heet [naam], mail naar [email]", DAY)
    assert [each["entity"] for each in found] == ["person_name", "email"]


def test_a_question_states_nothing() -> None:
    assert entities_in("telt mbo 3 ook en hoe zit dat in Zwolle?", DAY) == []
