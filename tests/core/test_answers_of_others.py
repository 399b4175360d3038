"""What is told of another is not one's own; a hope of what the employer thinks is no yes."""

import pytest

from bot.core.answers import facts_in
from bot.core.answers.reading import answer_to


@pytest.mark.parametrize(
    ("item", "text", "value"),
    [
        ("education_level", "mijn zus heeft hbo, ik mbo 2", "mbo2"),
        ("education_level", "m'n oom heeft mbo 4", None),
        ("region", "mijn schoonouders wonen in Breda, wij in Tilburg", None),
        ("years_experience", "mijn oom 25 jaar, ik 9", 9),
        ("employment", "mijn zwager is werkloos", None),
        ("employer_consent", "mijn vriendin vindt het prima", None),
        ("employer_consent", "mijn man is tegen maar mijn chef wel", "yes"),
        ("employer_consent", "hij weet het nog niet maar vindt het vast goed", "not_asked"),
        ("employer_consent", "hij gaat er vast mee akkoord", "not_asked"),
        ("employer_consent", "hij is akkoord, mits het op vrijdag is", None),
        ("school_type", "eerst wilde ik mbo maar vmbo trekt me meer", "vmbo"),
        ("employment", "was zzp'er, sinds mei in loondienst", "employee"),
    ],
)
def test_an_answer_is_about_the_speaker_now(item: str, text: str, value: object) -> None:
    assert answer_to(item, text) == value


def test_of_another_it_counts_where_the_conversation_is_for_them() -> None:
    assert facts_in("hij heeft mbo 2") == ()
    assert [each.value for each in facts_in("hij heeft mbo 2", for_other=True)] == ["mbo2"]
    assert answer_to("education_level", "hij heeft geen diploma") is None
    assert answer_to("education_level", "hij heeft geen diploma", for_other=True) == "none"
