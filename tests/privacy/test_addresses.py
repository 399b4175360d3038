"""An address is kept without what stands around it, or asked about."""

import pytest

from bot.privacy.masking import PersonalDataFinder

FINDER = PersonalDataFinder()


@pytest.mark.parametrize(
    "text",
    [
        "mailto:sam@example.com",
        "<mailto:sam@example.com>",
        "[sam@example.com](mailto:sam@example.com)",
        "sam@example.com…",
        "sam@example.com...",
        "«sam@example.com»",
        "**sam@example.com**",
        "`sam@example.com`",
        "'sam@example.com'",
        "{sam@example.com}",
        "|sam@example.com|",
        "sam@example.com👍",
        "📧sam@example.com",
        "✉️ sam@example.com ✅",
        "✉️sam@example.com",
        "mail=sam@example.com",
        "e-mail=sam@example.com",
        "e-mail:sam@example.com",
        "mijn mail is:sam@example.com!",
        "sam@example.com?subject=hoi",
        "(sam@example.com).",
        "SAM@Example.com",
        "sam@example.com/",
        "-sam@example.com-",
    ],
)
def test_what_stands_around_an_address_is_no_part_of_it(text: str) -> None:
    masked = FINDER.mask(text, "email", {})
    assert dict(masked.known) == {"email": "sam@example.com"}
    assert "sam" not in masked.text and not masked.doubt


@pytest.mark.parametrize("text", ["sam👍x@example.com", "sa*m@example.com", "a|b@example.com"])
def test_what_stands_inside_an_address_is_asked_about(text: str) -> None:
    assert not FINDER.mask(text, "email", {}).known


@pytest.mark.parametrize("email", ["o'brien+x@voorbeeld.nl", "jörg@voorbeeld.de", "_a-b_@x-y.co"])
def test_signs_that_addresses_have_are_kept(email: str) -> None:
    assert FINDER.mask(f"mijn mail: {email}.", None, {}).known == {"email": email}
