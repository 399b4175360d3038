"""How a message is cut into parts, and which parts ask something of their own."""

from collections.abc import Sequence

import pytest

from bot.understanding.several import Judge, Ranking, best_cover, parts_of, pieces_of, signs_of

KEYWORDS = {"kost": "faq/cost", "lang": "faq/duration", "waar": "faq/locations"}


def rank(texts: Sequence[str]) -> list[Ranking]:
    """Sure where one keyword stands, in doubt where none or several do."""
    ranked = []
    for text in texts:
        names = [name for word, name in KEYWORDS.items() if word in text] or ["inform"]
        chance = 0.95 if len(names) == 1 else 0.5
        ranked.append([(names[0], chance), ("chitchat", 1 - chance)])
    return ranked


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in pieces_of(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("wat kost het", ["wat kost het"]),
        ("wat kost het en hoe lang duurt het?", ["wat kost het", "hoe lang duurt het"]),
        ("Wat kost het? En waar?", ["Wat kost het", "waar"]),
        ("waar is het wat kost het", ["waar is het", "wat kost het"]),
        ("prijs, duur, plaats", ["prijs", "duur", "plaats"]),
        ("...", []),
        ("", []),
    ],
)
def test_a_message_is_cut_where_a_question_could_begin(text: str, pieces: list[str]) -> None:
    assert cut(text) == pieces


def test_a_very_long_message_is_cut_into_a_bounded_number_of_pieces() -> None:
    text = ", ".join(f"wat kost deel {number}" for number in range(500))
    pieces = pieces_of(text)
    assert len(pieces) == 7
    assert pieces[-1][1] == len(text)


def test_pieces_stay_together_when_that_is_surer() -> None:
    apart = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.5}
    together = {(0, 1): 0.3, (1, 2): 0.9, (0, 2): 0.9}
    assert best_cover(2, apart) == [(0, 1), (1, 2)]
    assert best_cover(2, together) == [(0, 2)]


def test_the_parts_of_a_message_keep_their_order_and_what_stood_around_them() -> None:
    parts = parts_of(
        "wat kost het? en hoe lang duurt het",
        rank(["wat kost het? en hoe lang duurt het"])[0],
        rank,
    )
    assert [part.name for part in parts] == ["faq/cost", "faq/duration"]
    assert [part.asked for part in parts] == [True, False]
    assert parts[0].before == ""
    assert "?" in parts[1].before


def test_one_question_has_no_parts() -> None:
    assert parts_of("wat kost het", rank(["wat kost het"])[0], rank) == []


def test_a_part_that_asks_is_told_from_the_story_around_it() -> None:
    messages = {
        "wat kost het en hoe lang duurt het": ["faq/cost", "faq/duration"],
        "hoe lang is het, en wat kost dat?": ["faq/cost", "faq/duration"],
        "waar is het? wat kost het?": ["faq/locations", "faq/cost"],
        "ik heb lang gewerkt bij een baas, wat kost het": ["faq/cost"],
        "mijn collega zei waar hij zat, hoe lang duurt het": ["faq/duration"],
        "ik kost mijn baas geld genoeg, waar is het": ["faq/locations"],
    }
    signs, asks = [], []
    for text, asked in messages.items():
        (whole,) = rank([text])
        for part in parts_of(text, rank([text])[0], rank):
            signs.append(signs_of(part, whole))
            asks.append(part.name in asked)
    judge = Judge.fit(signs, asks)
    text = "ik loop al lang rond met dit idee, wat kost het"
    (whole,) = rank([text])
    story, question = parts_of(text, rank([text])[0], rank)
    assert judge.chance(question, whole) > judge.chance(story, whole)
