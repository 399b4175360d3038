"""An address and a number are read as people say them, where we ask for them."""

import pytest

from bot.privacy.masking import PersonalDataFinder
from bot.privacy.sensitive import left_out

FINDER = PersonalDataFinder()


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("kim punt mol apenstaartje voorbeeld punt nl", "kim.mol@voorbeeld.nl"),
        ("mijn mail is kim streepje mol apestaartje voorbeeld punt nl", "kim-mol@voorbeeld.nl"),
        ("kim underscore mol at voorbeeld punt kom", "kim_mol@voorbeeld.com"),
        ("kim de mol 7 apenstaart voorbeeld punt nl alles aan elkaar", "kimdemol7@voorbeeld.nl"),
        ("kim @ voorbeeld . nl", "kim@voorbeeld.nl"),
        ("kim(at)voorbeeld(punt)nl", "kim@voorbeeld.nl"),
        ("e-mailadres kim [at] voorbeeld.nl", "kim@voorbeeld.nl"),
        ("het is kim@voorbeeld.nl", "kim@voorbeeld.nl"),
        ("fatima el amrani fatima@voorbeeld.nl", "fatima@voorbeeld.nl"),
    ],
)
def test_an_address_is_read_as_it_is_said(text: str, email: str) -> None:
    masked = FINDER.mask(text, "email", {})
    assert masked.known == {"email": email} and not masked.doubt


@pytest.mark.parametrize(
    "text",
    [
        *("kim mol@voorbeeld.nl", "van den mol@voorbeeld.nl", "kim. mol@voorbeeld.nl"),
        *("kim acht en zeventig at voorbeeld punt nl", "kim@voorbeeld.nl klopt niet"),
    ],
)
def test_half_an_address_is_asked_about(text: str) -> None:
    masked = FINDER.mask(text, "email", {})
    assert not masked.known and "[email onjuist]" in masked.text


def test_elsewhere_words_stay_words() -> None:
    assert not FINDER.mask("kim apenstaartje voorbeeld punt nl", "company", {}).known


@pytest.mark.parametrize(
    "text",
    [
        "nul zes elf tweeentwintig drieendertig vierenveertig",
        "nulzes, elf, tweeentwintig, drieendertig, vierenveertig",
        "plus eenendertig zes elf twee\u00ebntwintig drie\u00ebndertig vierenveertig",
        "06 elf tweeentwintig en dan twee keer de drie en dubbel vier",
        "0031611223344",
        "het nummer van mijn vrouw is 0699887766, ik heb 0611223344",
    ],
)
def test_a_number_is_read_as_it_is_said(text: str) -> None:
    masked = FINDER.mask(left_out(text, expects_phone=True), "phone", {})
    assert masked.known == {"phone": "+31611223344"} and not masked.doubt


@pytest.mark.parametrize("number", ["0671234567", "0691234567"])
def test_a_mobile_number_in_a_new_range_is_one(number: str) -> None:
    assert FINDER.mask(number, "phone", {}).known == {"phone": f"+31{number[1:]}"}


@pytest.mark.parametrize(
    "text",
    [
        "0612345679, nee 78 op het eind",
        "0612345678 klopt niet",
        "nul zes drie en nog iets",
        "0612345",
    ],
)
def test_half_a_number_and_one_that_is_taken_back_are_no_number(text: str) -> None:
    assert "phone" not in FINDER.mask(text, "phone", {}).known
