"""A number behind a switchboard keeps its extension."""

import pytest

from bot.privacy.masking import PersonalDataFinder

FINDER = PersonalDataFinder()


@pytest.mark.parametrize(
    "text",
    [
        "010 123 45 67 toestel 214",
        "010-1234567 ext. 214",
        "010-1234567 ext 214",
        "010-123 45 67 tst 214",
        "010-1234567 tst. 214",
        "010-1234567x214",
        "010-1234567 #214",
        "0101234567, toestelnummer: 214",
        "0101234567 (toestel 214)",
        "+31 10 123 45 67 extensie 214",
        "010-1234567 doorkiesnummer 214",
        "010-1234567 en dan doorkiesnummer 214",
        "toestel 214 op 010-1234567",
        "tst 214, 010-1234567 na 17 uur",
    ],
)
@pytest.mark.parametrize("asks", ["phone", "callback", None])
def test_an_extension_is_kept_with_its_number(asks: str | None, text: str) -> None:
    masked = FINDER.mask(text, asks, {})
    assert masked.known["phone"] == "+31101234567 tst 214"
    assert "[telefoon]" in masked.text and "123" not in masked.text


@pytest.mark.parametrize(
    "text", ["0612345678 na 17 uur", "doorkiesnummer 06-12345678", "0612345678, 12 jaar monteur"]
)
def test_another_number_is_no_extension(text: str) -> None:
    assert FINDER.mask(text, "phone", {}).known == {"phone": "+31612345678"}
