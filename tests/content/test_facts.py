"""A fact has a meaning, a source and a first day; the words follow what is known on a day."""

import ast
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Final

import pytest
import yaml

from bot.content.facts import FOLDER, Fact, FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.errors import FactUnknown, TextUnknown
from bot.doctor import TO_FILL_IN
from tests.content.test_texts import ARGUMENTS
from tests.support.parts import NOW, StandingClock

ROOT: Final = Path(__file__).parents[2]
FACTS: Final = {fact.name: fact for fact in FactsFromFiles()}
TEXTS: Final = dict(TextsFromFiles(FactsFromFiles(), StandingClock()))
CONFIDENCES: Final = frozenset({"seed", "official", "third_party", "unconfirmed"})
FIELDS: Final = {"meaning", "type", "confidence", "source", "source_date", "checked_on", "values"}
TODAY: Final = NOW.date()
NEVER_SEEN: Final = "n.z."

every_fact = pytest.mark.parametrize("fact", FACTS.values(), ids=FACTS)


def raw_facts() -> dict[str, dict[str, object]]:
    """The facts as they stand in the files, in that order."""
    return {
        name: raw
        for path in sorted(FOLDER.glob("*.yml"))
        for name, raw in yaml.safe_load(path.read_text()).items()
    }


# ── Every fact ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("name", "raw"), raw_facts().items(), ids=raw_facts())
def test_a_fact_has_exactly_the_fields_that_the_editor_knows(
    name: str, raw: dict[str, object]
) -> None:
    assert set(raw) - {"placeholder"} == FIELDS
    assert re.fullmatch(r"[a-z][a-z0-9_]*", name)


@pytest.mark.parametrize(("name", "raw"), raw_facts().items(), ids=raw_facts())
def test_the_days_of_a_fact_stand_in_order_and_its_values_are_text(
    name: str, raw: dict[str, object]
) -> None:
    values = raw["values"]
    assert isinstance(values, dict)
    assert list(values) == sorted(values)
    assert all(value is None or isinstance(value, str) for value in values.values()), name
    assert all(value is None or value == value.strip() != "" for value in values.values())


@every_fact
def test_a_fact_says_what_it_means_and_where_it_comes_from(fact: Fact) -> None:
    assert fact.meaning.strip()
    assert fact.source.strip()
    assert fact.source_date.strip()
    assert fact.confidence in CONFIDENCES


@every_fact
def test_a_fact_was_checked_on_a_day_that_is_not_before_its_source(fact: Fact) -> None:
    checked = date.fromisoformat(fact.checked_on)
    found = re.search(r"\d{4}-\d{2}-\d{2}", fact.source_date)
    assert checked <= TODAY
    assert found is None or date.fromisoformat(found[0]) <= checked


@every_fact
def test_what_is_sure_has_a_source_that_can_be_looked_up(fact: Fact) -> None:
    if fact.confidence != "unconfirmed":
        assert fact.source.startswith(("https://", "http://")) or fact.name.startswith("example_")


@every_fact
def test_a_value_that_nobody_found_is_not_called_sure(fact: Fact) -> None:
    if any(value is None for _, value in fact.values):
        assert fact.confidence == "unconfirmed" or len(fact.values) > 1


def used_by_code() -> set[str]:
    """Names of facts that the code looks up itself."""
    found: set[str] = set()
    for path in [*(ROOT / "actions").rglob("*.py"), *(ROOT / "bot").rglob("*.py")]:
        found |= {
            node.value
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return found & FACTS.keys()


def test_every_fact_fills_a_text_or_decides_on_one() -> None:
    variants = [variant for variants in TEXTS.values() for variant in variants]
    used = {name for each in variants for name in (*each.placeholders(), *each.needs)}
    assert FACTS.keys() - used == set()


def test_what_the_code_looks_up_is_known_today_and_is_a_number() -> None:
    assert used_by_code() - set(TO_FILL_IN) == {"minimum_years_experience"}
    assert float(FACTS["minimum_years_experience"].on(TODAY)) >= 0


def test_every_condition_of_a_text_is_a_fact() -> None:
    needed = {name for variants in TEXTS.values() for each in variants for name in each.needs}
    assert needed <= FACTS.keys()


def test_a_fact_that_can_be_unknown_is_said_only_where_it_is_a_condition() -> None:
    unsure = {
        name for name, fact in FACTS.items() if any(value is None for _, value in fact.values)
    }
    unguarded = [
        (key, name)
        for key, variants in TEXTS.items()
        for each in variants
        for name in (each.placeholders() & unsure) - set(each.needs)
    ]
    assert unguarded == []


# ── Days ────────────────────────────────────────────────────────────────────


@every_fact
def test_before_its_first_day_a_fact_is_unknown(fact: Fact) -> None:
    with pytest.raises(FactUnknown):
        fact.on(fact.values[0][0] - timedelta(days=1))


def test_a_fact_has_the_value_of_that_day_and_never_the_last_one_by_habit() -> None:
    days = ((date(2026, 1, 1), "a"), (date(2026, 3, 1), None), (date(2026, 5, 1), "b"))
    fact = Fact("f", "m", "seed", "s", "n.z.", "2026-01-01", days)
    assert fact.on(date(2026, 1, 1)) == fact.on(date(2026, 2, 28)) == "a"
    assert fact.on(date(2026, 5, 1)) == fact.on(date(2030, 1, 1)) == "b"
    for unknown in (date(2025, 12, 31), date(2026, 3, 1), date(2026, 4, 30)):
        with pytest.raises(FactUnknown):
            fact.on(unknown)


def test_a_name_that_is_no_fact_is_unknown() -> None:
    with pytest.raises(FactUnknown):
        FactsFromFiles().value("price_of_tea", TODAY)


# ── Which words, with files of our own ──────────────────────────────────────

FACT: Final = """
{name}:
  meaning: een voorbeeld
  confidence: unconfirmed
  source: verzonnen
  source_date: n.z.
  checked_on: 2026-11-23
  values: {values}
"""
COST: Final = """
responses:
  utter_cost:
  - condition:
    - type: fact
      name: price
    - type: fact
      name: payer
    text: "{payer} betaalt {price}."
    buttons:
    - title: "Alles"
      payload: "/help"
  - condition:
    - type: fact
      name: price
    text: "Het kost {price}."
  - text: "Dat weet ik niet zeker, {name}."
"""


UNKNOWN: Final = {"price": "{2020-01-01: null}", "payer": "{2020-01-01: null}"}


def texts(
    folder: Path,
    values: Mapping[str, str],
    clock: StandingClock | None = None,
    written: str = COST,
) -> TextsFromFiles:
    """Texts on files in a folder of the test; `values` is what stands after `values:`."""
    (folder / "facts").mkdir(exist_ok=True)
    (folder / "texts").mkdir(exist_ok=True)
    parts = [FACT.format(name=name, values=each) for name, each in values.items()]
    (folder / "facts/money.yml").write_text("".join(parts))
    (folder / "texts/faq.yml").write_text(written)
    facts = FactsFromFiles(folder / "facts")
    return TextsFromFiles(facts, clock or StandingClock(), folder / "texts")


@pytest.mark.parametrize(
    ("price", "payer", "words"),
    [
        ('{2020-01-01: "€ 500"}', '{2020-01-01: "Het fonds"}', "Het fonds betaalt € 500."),
        ('{2020-01-01: "€ 500"}', "{2020-01-01: null}", "Het kost € 500."),
        ("{2020-01-01: null}", '{2020-01-01: "Het fonds"}', "Dat weet ik niet zeker, Sam."),
        ("{2020-01-01: null}", "{2020-01-01: null}", "Dat weet ik niet zeker, Sam."),
        ('{2026-11-24: "€ 500"}', "{2020-01-01: null}", "Dat weet ik niet zeker, Sam."),
        ('{2026-11-23: "€ 500"}', "{2020-01-01: null}", "Het kost € 500."),
        (
            '{2020-01-01: "€ 1", 2026-11-23: null}',
            "{2020-01-01: null}",
            "Dat weet ik niet zeker, Sam.",
        ),
    ],
)
def test_the_first_variant_of_which_all_facts_are_known_today_is_said(
    tmp_path: Path, price: str, payer: str, words: str
) -> None:
    said = texts(tmp_path, {"price": price, "payer": payer}).render("utter_cost", name="Sam")
    assert said.text == words
    assert bool(said.buttons) == (words == "Het fonds betaalt € 500.")


def test_a_condition_on_a_fact_that_does_not_exist_is_named(tmp_path: Path) -> None:
    said = texts(tmp_path, {"payer": '{2020-01-01: "Het fonds"}'})
    problem = said.problems()[0]
    assert problem.startswith("texts/faq.yml, regel 3: utter_cost") and "{price}" in problem


def test_an_argument_does_not_stand_in_for_a_fact_in_a_condition(tmp_path: Path) -> None:
    said = texts(tmp_path, UNKNOWN)
    assert "weet ik niet" in said.render("utter_cost", price="niets", name="Sam").text


def test_without_its_argument_a_text_is_refused_and_no_placeholder_is_shown(tmp_path: Path) -> None:
    with pytest.raises(FactUnknown):
        texts(tmp_path, UNKNOWN).render("utter_cost")


def test_what_a_visitor_typed_is_filled_in_as_it_is(tmp_path: Path) -> None:
    said = texts(tmp_path, UNKNOWN)
    assert (
        said.render("utter_cost", name="{price} {0}").text == "Dat weet ik niet zeker, {price} {0}."
    )


def test_a_day_begins_at_midnight_in_the_netherlands(tmp_path: Path) -> None:
    clock = StandingClock(datetime(2026, 12, 31, 22, 59, tzinfo=UTC))
    said = texts(tmp_path, UNKNOWN | {"price": '{2027-01-01: "€ 600"}'}, clock)
    assert "weet ik niet" in said.render("utter_cost", name="Sam").text
    clock.moment += timedelta(minutes=1)
    assert said.render("utter_cost", name="Sam").text == "Het kost € 600."


def test_a_text_that_does_not_exist_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(TextUnknown, match="utter_tea"):
        texts(tmp_path, UNKNOWN).render("utter_tea")


@pytest.mark.parametrize("kind", ["facts", "texts"])
def test_a_name_in_two_files_is_refused(tmp_path: Path, kind: str) -> None:
    texts(tmp_path, UNKNOWN)
    (first,) = (tmp_path / kind).glob("*.yml")
    (tmp_path / kind / "zz.yml").write_text(first.read_text())
    said = TextsFromFiles(FactsFromFiles(tmp_path / "facts"), StandingClock(), tmp_path / "texts")
    assert "staat ook in een ander bestand" in said.problems()[0]


@pytest.mark.parametrize("values", ['"€ 500"', '["€ 500"]', '{morgen: "€ 500"}'])
def test_a_value_without_its_day_is_refused(tmp_path: Path, values: str) -> None:
    said = texts(tmp_path, UNKNOWN | {"price": values})
    assert said.problems()[0].startswith("facts/money.yml, regel 2: price: ")


# ── Which words, with the real files ────────────────────────────────────────


class WithFacts:
    """The real facts, of which some are known and others are not."""

    def __init__(self, known: Mapping[str, bool]) -> None:
        self._known = known

    def value(self, name: str, day: date) -> str:
        if name not in self._known:
            return FACTS[name].on(day) if name in FACTS else _unknown(name)
        return f"<{name}>" if self._known[name] else _unknown(name)


def _unknown(name: str) -> str:
    raise FactUnknown(name)


CONDITIONAL: Final = [key for key, variants in TEXTS.items() if len(variants) > 1]


@pytest.mark.parametrize("key", CONDITIONAL)
def test_whatever_the_coordinator_fills_in_there_are_words_with_just_that(key: str) -> None:
    needs = sorted({name for variant in TEXTS[key] for name in variant.needs})
    own = {name for variant in TEXTS[key] if not variant.needs for name in variant.given}
    given = {name: value for name, value in ARGUMENTS.items() if name not in own}
    for known in product([True, False], repeat=len(needs)):
        facts = WithFacts(dict(zip(needs, known, strict=True)))
        words = TextsFromFiles(facts, StandingClock()).render(key, **given).text
        assert not re.search(r"[{}]", words)
        absent = [name for name, is_known in zip(needs, known, strict=True) if not is_known]
        assert [name for name in absent if f"<{name}>" in words] == []
        if needs and all(known):
            assert f"<{needs[0]}>" in words
