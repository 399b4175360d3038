"""Every text keeps the tone of the house, and each rule of that tone can fail."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from bot.content.facts import Fact, FactsFromFiles
from bot.content.texts import TextsFromFiles, Variant
from tests.content.test_texts import ARGUMENTS
from tests.content.tone import (
    HOLE,
    bubbles,
    crowded,
    exclamations,
    familiar,
    latest,
    lines,
    long_lines,
    passives,
    sentences,
    typed_values,
    undated,
    words,
)
from tests.content.vocabulary import english, glossary, is_in_english, is_readable, uncommon
from tests.support.parts import StandingClock

FACTS: Final = {fact.name: fact for fact in FactsFromFiles()}
VARIANTS: Final = [
    (key, variant)
    for key, variants in TextsFromFiles(FactsFromFiles(), StandingClock())
    for variant in variants
]


def pieces(variant: Variant) -> list[str]:
    """The text and what its buttons say."""
    return [variant.text, *(title for title, _ in variant.buttons)]


def shown(text: str) -> str:
    """A text as a visitor reads it."""
    return HOLE.sub(lambda hole: filled_in(hole[1]), text)


def filled_in(name: str) -> str:
    """What the code gives, or the value of a fact, or what its meaning gives as an example."""
    if name not in FACTS:
        return str(ARGUMENTS.get(name, name))
    given = re.search(r'bijvoorbeeld "(.+?)"', FACTS[name].meaning)
    return latest(FACTS[name]) or (given[1] if given else name)


TERMS: Final = dict(
    line.split(": ", 1)
    for line in (Path(__file__).parent / "known_words.txt").read_text().splitlines()
)
EXPLAINED: Final = glossary(shown(variant.text) for _, variant in VARIANTS)
NAMES: Final = frozenset(w.lower() for fact in FACTS.values() for w in words(latest(fact)))
KNOWN: Final = frozenset(TERMS) | EXPLAINED | NAMES

Rule = Callable[[str], list[str]]
RULES: Final[dict[str, Rule]] = {
    "a sentence has at most 15 words": lambda text: long_lines(shown(text)),
    "a bubble has at most 3 sentences, a text 2 bubbles": crowded,
    "a visitor is u": familiar,
    "nobody shouts": exclamations,
    "a sentence says who does it": passives,
    "a word is common or explained": lambda text: uncommon(text, KNOWN),
    "the language is Dutch": lambda text: english(text, KNOWN),
    "a value is a fact": typed_values,
    "what a dated source says has its year": lambda text: undated(text, FACTS),
}


PAGES: Final = frozenset({"page_privacy"})
"""Read on a page and not in bubbles."""


@pytest.mark.parametrize("rule", RULES)
def test_in_every_text_and_button(rule: str) -> None:
    wrong = [
        (key, found)
        for key, variant in VARIANTS
        for piece in pieces(variant)
        if (found := RULES[rule](piece)) and not (key in PAGES and rule.startswith("a bubble"))
    ]
    assert wrong == []


def test_every_term_has_a_reason_and_is_needed() -> None:
    said = [piece for _, variant in VARIANTS for piece in pieces(variant)]
    needed = {term for term in TERMS if any(uncommon(one, KNOWN - {term}) for one in said)}
    assert needed == TERMS.keys()
    assert all(TERMS.values())


# ── Each rule can fail ──────────────────────────────────────────────────────


def fact(name: str, value: str, source_date: str = "2020-12-17", **other: str) -> Fact:
    """A fact as it stands in the files."""
    given = {"confidence": "official", "source": "https://bron.nl", **other}
    values = ((date(2020, 1, 1), value),)
    return Fact(name, "", source_date=source_date, checked_on="", values=values, **given)


MADE_UP: Final = {
    each.name: each
    for each in (
        fact("price", "€ 500"),
        fact("year", "2020"),
        fact("later", "2024"),
        fact("hours", "6", "n.z."),
        fact("school_year", "2016-2017"),
        fact("ours", "3", "n.z.", confidence="unconfirmed"),
        fact("sample", "06 12", "n.z.", source="eigen voorbeeld"),
        fact("site", "www.bron.nl"),
    )
}


def test_a_text_is_counted_as_a_reader_counts_it() -> None:
    text = "Dit is er een. En dit?\nNaam: zo\nWww.voorbeeld.nl is er nog een.\n\nLos."
    assert [len(sentences(each)) for each in bubbles(text)] == [3, 1]


@pytest.mark.parametrize(("count", "long"), [(15, False), (16, True)])
def test_a_sentence_or_a_line_may_be_so_long(count: int, long: bool) -> None:
    line = " ".join(["woord"] * count)
    assert long_lines(f"Kort. {line}.") == ([f"{line}."] if long else [])
    assert long_lines(line) == ([line] if long else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Een. Twee. Drie.\n\nVier.", 0),
        ("Een. Twee. Drie. Vier.", 1),
        ("Een.\n\nTwee.\n\nDrie.\n\nVier.", 2),
        ("Naam: {name}\nE-mail: ⟦email⟧\n\nTwee.\n\nDrie.", 0),
        ("Zo staat het:\n{criteria}\n\nTwee.\n\nDrie.", 0),
        ("Het ziet er zo uit: {example}.\n\nTwee.\n\nDrie.", 1),
        ("Een:\n{criteria}\n\nEen. Twee. Drie. Vier.", 1),
    ],
)
def test_a_text_is_crowded_unless_it_is_a_receipt(text: str, found: int) -> None:
    assert len(crowded(text)) == found


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        (familiar, "Wat wil je weten?", "Wat wilt u weten?"),
        (familiar, "JOUW gegevens", "Uw gegevens"),
        (exclamations, "Gelukt! Tot ziens.", "Gelukt. Tot ziens."),
        (passives, "Uw aanmelding wordt bekeken.", "Een mens bekijkt uw aanmelding."),
        (passives, "Dat werd toen niet aangeboden.", "Wilt u docent worden, zeg het gerust."),
        (passives, "Uw gegevens worden daarna gewist.", "Veel docenten worden ouder."),
        (passives, "Dat werd in een gids besproken.", "Wordt u docent, wilt u dat bespreken?"),
        (passives, "Dat zal worden vergoed.", "Dat vergoeden de fondsen."),
        (typed_values, "Het duurt 12 maanden.", "Het duurt {duration}."),
        (typed_values, "Het duurt twaalf maanden.", "Schrijf bijvoorbeeld: twaalf maanden."),
        (typed_values, "Het traject duurt een jaar.", "U bent een vakman."),
        (typed_values, "Het begint in november.", "Het begint in {month}."),
        (typed_values, "Het kost geen €.", "U hebt mbo niveau 4, of mbo-4."),
        (typed_values, "Twee groepen per keer.", "Hoe zit het met twee werkgevers?"),
    ],
)
def test_a_rule_fires_on_the_bad_and_not_on_the_good(rule: Rule, bad: str, good: str) -> None:
    assert rule(bad) != []
    assert rule(good) == []


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("Het kost {price}.", "In {year} kostte het {price}."),
        ("Het kost {price}.\n\nDat was in {year}.", "Het kost {price}. Dat was in {year}."),
        ("In {later} kostte het {price}.", "In {school_year} kostte het {price}."),
        ("Het kost {price}, zegt een bron zonder datum.", "De site is {site}."),
        ("Een gastdocent geeft {hours} uur les.", "Een bron zonder datum noemt {hours} uur."),
        ("Het traject was voor technici.", "In {year} was het traject voor technici."),
        ("Deelnemers waren tevreden.", "Wat u zei, was niet duidelijk."),
        ("Uw diploma is {price}.", "Uw diploma is {price} of hoger, of minder dan {price}."),
        ("Er zijn {hours} groepen.", "Wij houden {ours} jaar aan, en {sample} als voorbeeld."),
    ],
)
def test_what_a_dated_source_says_names_its_year(bad: str, good: str) -> None:
    assert undated(bad, MADE_UP) != []
    assert undated(good, MADE_UP) == []


HARD: Final = (
    "conform vigerende participeren faciliteren bekostiging implementeren competenties derhalve"
    " desbetreffende kwalificatie accreditatie flexibiliteit optimaliseren ingevolge krachtens"
)
PLAIN: Final = (
    "school werkgever lerarenopleiding burgerservicenummer meedenken aangemeld startdatum"
    " contactgegevens één beroepsonderwijs"
)


@pytest.mark.parametrize("word", HARD.split())
def test_an_official_word_is_not_common(word: str) -> None:
    assert not is_readable(word, frozenset())


@pytest.mark.parametrize("word", PLAIN.split())
def test_a_common_word_or_one_made_of_common_words_is_readable(word: str) -> None:
    assert is_readable(word, frozenset())


def test_a_word_that_is_not_common_needs_an_explanation() -> None:
    plain = "U hebt een VOG nodig."
    assert uncommon(plain, frozenset()) == ["VOG"]
    assert uncommon(plain, glossary([plain])) == ["VOG"]
    assert uncommon(plain, glossary(["Een VOG (een bewijs van goed gedrag)."])) == []


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("OOM is er voor de metaal.", "oom"),
        ("Een coördinator is een mens.", "coördinator"),
        ("Kies een Associate degree (een hbo-opleiding).", "associate"),
    ],
)
def test_a_text_can_explain_a_word(text: str, known: str) -> None:
    assert known in glossary([text])
    assert known not in glossary([f"Er is geen uitleg over {known}."])


def test_english_words_have_no_place_in_a_dutch_sentence() -> None:
    assert english("Wij geven u support bij uw skills.", frozenset()) == ["support", "skills"]
    assert english("Wij geven u steun bij wat u kunt.", frozenset()) == []


def test_one_english_sentence_may_stand_with_a_dutch_one() -> None:
    foreign, dutch = "I only understand Dutch.", "Ik begrijp alleen Nederlands."
    assert english(f"{foreign}\n{dutch}", frozenset()) == []
    assert english(foreign, frozenset()) == [foreign]
    assert english(f"{foreign}\nAsk another person.\n{dutch}", frozenset()) != []


def test_only_who_writes_another_language_reads_english() -> None:
    read = {key for key, each in VARIANTS if any(map(is_in_english, lines(each.text)))}
    assert read == {"utter_other_language"}
