"""Every promise names the code that keeps it, and the page that lists them is fresh."""

import pytest

from tools.promises import NO_PROMISE, PAGE, page, promises, resolve, said

PROMISES = promises()


def test_nothing_is_promised_that_nobody_keeps():
    assert [(key, sentence) for key, sentence, keeps in said() if not keeps] == []


@pytest.mark.parametrize("name", sorted({name for each in PROMISES for name in each.keeps}))
def test_who_keeps_a_promise_is_real_code(name):
    assert callable(resolve(name))


def test_a_name_that_is_no_code_is_found_out():
    with pytest.raises((ImportError, AttributeError)):
        resolve("bot.services.callbacks.call_them_ourselves")


def test_the_page_of_promises_is_what_the_texts_say_today():
    """Else: .venv/bin/python -m tools.promises."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_what_is_reviewed_as_no_promise_has_a_reason():
    assert all(NO_PROMISE.values())
