"""What is typed is read where anybody can read it, and no longer than the engine reads."""

from types import SimpleNamespace

import pytest

from bot.services.typed import refusal


class Texts:
    """Says the name of what it is asked for."""

    def render(self, name: str, **_: object) -> str:
        return name


@pytest.mark.parametrize("sign", ["👌", "👌🏽", "✅", "❌", "👍", "👎", "✔️", "?"])
def test_a_sign_that_is_a_yes_or_a_no_is_not_refused(sign):
    assert refusal(SimpleNamespace(texts=Texts()), sign) is None


@pytest.mark.parametrize("sign", ["😀", "🍕🍕", "..."])
def test_a_sign_that_says_nothing_is_refused(sign):
    assert refusal(SimpleNamespace(texts=Texts()), sign) == "utter_only_emoji"
