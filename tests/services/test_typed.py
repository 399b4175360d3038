"""What is typed is read where anybody can read it, and no longer than the engine reads."""

import pytest

from bot.services.typed import is_readable


@pytest.mark.parametrize("sign", ["👌", "👌🏽", "✅", "❌", "👍", "👎", "✔️", "?"])
def test_a_sign_that_is_a_yes_or_a_no_is_not_refused(sign):
    assert is_readable(sign)


@pytest.mark.parametrize("sign", ["😀", "🍕🍕", "..."])
def test_a_sign_that_says_nothing_is_refused(sign):
    assert not is_readable(sign)
