"""Of two values in one message the last one never wins in silence."""

import pytest

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
