"""Of two values in one message the last one never wins in silence."""

import pytest

from bot.core.answers.pointing import pointed_at
from bot.privacy.masking import PersonalDataFinder

FINDER = PersonalDataFinder()
A, B = "een@voorbeeld.nl", "twee@voorbeeld.nl"


@pytest.mark.parametrize(
    "text",
    ["{a} of {b}", "{a} en {b}", "{a} {b}", "werk: {a}, thuis: {b}", "{a}\n{b}", "{b} / {a}"],
)
def test_two_values_are_a_question(text: str) -> None:
    assert set(FINDER.mask(text.format(a=A, b=B), "email", {}).doubt["email"]) == {A, B}
    text = text.format(a="06-12345678", b="020-7654321")
    assert set(FINDER.mask(text, "phone", {}).doubt["phone"]) == {"+31612345678", "+31207654321"}


@pytest.mark.parametrize(
    "text",
    [
        *("niet {a} maar {b}", "{a}, nee {b}", "{b} ipv {a}", "{b} in plaats van {a}"),
        *("{b}, niet {a}", "{b} en niet {a}", "{a} moet {b} zijn", "{a} sorry {b}"),
        *("{a} is fout, het is {b}", "mijn oude adres was {a}, nu {b}", "van {a} naar {b}"),
        *("{a} klopt niet, {b} wel", "{a} ik bedoel {b}", "{a} is mijn oude, gebruik {b}"),
        "{b} of anders: {b}",
    ],
)
def test_a_correction_is_the_new_value(text: str) -> None:
    masked = FINDER.mask(text.format(a=A, b=B), "email", {})
    assert not masked.doubt and masked.known["email"] == B


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("de eerste", A), ("doe maar de tweede", B), ("de laatste graag", B), ("1e", A)),
        *(("de derde", None), ("eerste en tweede", None), ("dat weet ik niet", None)),
    ],
)
def test_somebody_can_point_at_one_of_them(text: str, value: str | None) -> None:
    assert pointed_at(text, (A, B)) == value
