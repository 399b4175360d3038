"""What a message tells: the learned intent has no say in what counts."""

import pytest

from bot.core.dialogue.message import Message
from bot.core.dialogue.told import told
from tests.support.decided import reading_of


def heard(text: str, intent: str, asked: str) -> Message:
    return reading_of({"text": text, "intent": {"name": intent}}, asked)


@pytest.mark.parametrize("intent", ["affirm", "deny", "dont_know", "inform"])
@pytest.mark.parametrize("asked", ["consent", "confirm", "employer_consent", "school_type"])
@pytest.mark.parametrize(
    "text", ["ik hoop het", "zal wel", "ja wacht even", "mwah", "komt vast goed", "tuut"]
)
def test_what_the_model_thinks_of_a_message_sets_nothing_that_counts(
    text: str, asked: str, intent: str
) -> None:
    assert told(heard(text, intent, asked)) == {}


@pytest.mark.parametrize("asked", ["consent", "confirm"])
@pytest.mark.parametrize("text", ["ja", "nee", "ja dat mag", "akkoord"])
def test_words_bind_nobody_here_the_gateway_makes_them_a_button(text: str, asked: str) -> None:
    assert told(heard(text, "affirm", asked)) == {}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ja", "yes"),
        ("ja die vindt het goed", "yes"),
        ("nee", "no"),
        ("weet ik niet", "not_asked"),
        ("geen idee", "not_asked"),
        ("nog niet gevraagd", "not_asked"),
    ],
)
def test_what_is_written_of_the_employer_is_read_whatever_the_model_thinks(
    text: str, value: str
) -> None:
    for intent in ("affirm", "deny", "out_of_scope"):
        assert told(heard(text, intent, "employer_consent")) == {"employer_consent": value}
