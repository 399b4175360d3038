"""An answer and a question in one message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answers.beside import answer_beside_question


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("mbo 4. Wat kost het eigenlijk?", ("mbo 4.", "Wat kost het eigenlijk?")),
        ("mbo 4" + " " * 1900 + "a. Wat kost het?", ("mbo 4" + " " * 1900 + "a.", "Wat kost het?")),
        ("mbo 4, dus, wat kost het?", ("mbo 4", "wat kost het?")),
        ("15 jaar, en hoe lang duurt het dan?", ("15 jaar", "hoe lang duurt het dan?")),
        ("Jan de Vries. Wat kost de opleiding?", ("Jan de Vries.", "Wat kost de opleiding?")),
        ("Wat kost het?", None),
        ("mbo 4", None),
        ("wat kost het? mbo 4.", None),
    ],
)
def test_the_answer_and_the_question_are_told_apart(text: str, parts: object) -> None:
    assert answer_beside_question(text) == parts


@given(st.text(max_size=60))
def test_any_text_is_cut_in_order_or_not_at_all(text: str) -> None:
    parts = answer_beside_question(text)
    assert parts is None or (text.startswith(parts[0]) and text.endswith(parts[1]))
