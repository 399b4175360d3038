"""An edit is live at once, and who agreed to other words agreed to another version."""

import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.errors import TextUnknown
from tests.support.parts import NOW, StandingClock

CONSENT: Final = """
responses:
  utter_ask_consent:
  - condition:
    - type: fact
      name: controller
    text: "Mag {controller} uw naam {period} bewaren voor {intake}?"
  - text: "Mogen wij uw naam {period} bewaren voor {intake}?"
"""
RULES: Final = """
controller:
  meaning: wie het bewaart
  values: {2020-01-01: null}
period:
  meaning: hoe lang
  values: {2020-01-01: "4 weken", 2027-01-01: "5 weken"}
"""


@dataclass
class Editor:
    """Somebody who changes files while the assistant runs."""

    folder: Path
    edits: int = 0

    def save(self, name: str, words: str) -> None:
        """Save a file; each time a little later, as people do."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(words)
        self.edits += 1
        at = int(NOW.timestamp()) + self.edits
        os.utime(path, (at, at))

    def replace(self, name: str, old: str, new: str) -> None:
        """Change some words in a file."""
        before = (self.folder / name).read_text()
        assert old in before
        self.save(name, before.replace(old, new))


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    editor = Editor(tmp_path)
    editor.save("texts/questions.yml", CONSENT)
    editor.save("facts/privacy.yml", RULES)
    return editor


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def texts(editor: Editor, clock: StandingClock) -> TextsFromFiles:
    facts = FactsFromFiles.load(editor.folder / "facts")
    return TextsFromFiles(facts, clock, editor.folder / "texts")


def say(texts: TextsFromFiles, intake: str = "november") -> str:
    return texts.render("utter_ask_consent", intake=intake).text


# ── Live ────────────────────────────────────────────────────────────────────


def test_an_edited_text_is_said_at_once(editor: Editor, texts: TextsFromFiles) -> None:
    assert say(texts) == "Mogen wij uw naam 4 weken bewaren voor november?"
    editor.replace("texts/questions.yml", "Mogen wij", "Vindt u goed dat wij")
    assert say(texts) == "Vindt u goed dat wij uw naam 4 weken bewaren voor november?"


def test_an_edited_fact_is_said_at_once(editor: Editor, texts: TextsFromFiles) -> None:
    say(texts)
    editor.replace("facts/privacy.yml", "4 weken", "6 weken")
    assert say(texts) == "Mogen wij uw naam 6 weken bewaren voor november?"


def test_a_fact_that_is_filled_in_brings_its_own_words(
    editor: Editor, texts: TextsFromFiles
) -> None:
    say(texts)
    editor.replace("facts/privacy.yml", "2020-01-01: null", '2020-01-01: "het fonds"')
    assert say(texts) == "Mag het fonds uw naam 4 weken bewaren voor november?"
    editor.replace("facts/privacy.yml", '2020-01-01: "het fonds"', "2020-01-01: null")
    assert say(texts).startswith("Mogen wij")


def test_an_edit_of_the_same_length_is_seen(editor: Editor, texts: TextsFromFiles) -> None:
    say(texts)
    editor.replace("facts/privacy.yml", "4 weken", "8 weken")
    assert "8 weken" in say(texts)


def test_an_edit_that_keeps_the_time_of_the_file_is_seen(
    editor: Editor, texts: TextsFromFiles
) -> None:
    say(texts)
    path = editor.folder / "facts/privacy.yml"
    before = path.stat()
    path.write_text(path.read_text().replace("4 weken", "12 weken"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "12 weken" in say(texts)


def test_a_new_file_counts_at_once_and_a_removed_one_no_longer(
    editor: Editor, texts: TextsFromFiles
) -> None:
    with pytest.raises(TextUnknown):
        texts.render("utter_new")
    editor.save("texts/new.yml", 'responses:\n  utter_new:\n  - text: "{price}"\n')
    with pytest.raises(TextUnknown):  # nobody knows the price yet
        texts.render("utter_new")
    editor.save("facts/new.yml", 'price:\n  meaning: m\n  values: {2020-01-01: "€ 1"}\n')
    assert texts.render("utter_new").text == "€ 1"
    (editor.folder / "facts/new.yml").unlink()
    assert texts.render("utter_new").text == "€ 1"
    assert "price" in texts.problems()[0]


def test_all_who_ask_the_facts_see_the_edit(editor: Editor) -> None:
    facts = FactsFromFiles(editor.folder / "facts")
    assert facts.names() == {"controller", "period"}
    editor.save("facts/new.yml", 'price:\n  meaning: m\n  values: {2020-01-01: "€ 1"}\n')
    assert facts.names() == {"controller", "period", "price"}
    assert {fact.name for fact in facts} == facts.names()
    assert facts.value("price", NOW.date()) == "€ 1"


def test_files_that_did_not_change_are_not_read_again(
    texts: TextsFromFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(texts)

    def refuse(self: Path) -> str:
        raise AssertionError(f"{self.name} was read again")

    monkeypatch.setattr(Path, "read_text", refuse)
    assert "4 weken" in say(texts)


# ── Versions ────────────────────────────────────────────────────────────────


def test_the_same_words_have_the_same_version(editor: Editor, texts: TextsFromFiles) -> None:
    version = texts.version("utter_ask_consent")
    assert version.startswith("utter_ask_consent@")
    assert texts.version("utter_ask_consent") == version
    editor.replace("texts/questions.yml", "responses:", "# een opmerking\nresponses:")
    assert texts.version("utter_ask_consent") == version


def test_other_words_have_another_version(editor: Editor, texts: TextsFromFiles) -> None:
    version = texts.version("utter_ask_consent")
    editor.replace("texts/questions.yml", "Mogen wij", "Vindt u goed dat wij")
    assert texts.version("utter_ask_consent") != version


def test_another_fact_in_the_same_words_is_another_version(
    editor: Editor, texts: TextsFromFiles
) -> None:
    version = texts.version("utter_ask_consent")
    editor.replace("facts/privacy.yml", "4 weken", "6 weken")
    assert texts.version("utter_ask_consent") != version


def test_a_fact_that_changes_by_itself_on_a_day_makes_another_version(
    texts: TextsFromFiles, clock: StandingClock
) -> None:
    version = texts.version("utter_ask_consent")
    clock.moment += timedelta(days=1)
    assert texts.version("utter_ask_consent") == version
    clock.moment += timedelta(days=60)
    assert texts.version("utter_ask_consent") != version


def test_words_that_are_not_said_today_do_not_count(editor: Editor, texts: TextsFromFiles) -> None:
    version = texts.version("utter_ask_consent")
    editor.replace("texts/questions.yml", "Mag {controller}", "Mag nu {controller}")
    assert texts.version("utter_ask_consent") == version
    editor.replace("facts/privacy.yml", "2020-01-01: null", '2020-01-01: "het fonds"')
    assert texts.version("utter_ask_consent") != version


def test_what_is_filled_in_for_one_visitor_is_no_part_of_the_version(
    texts: TextsFromFiles,
) -> None:
    version = texts.version("utter_ask_consent")
    assert say(texts, "november") != say(texts, "maart")
    assert texts.version("utter_ask_consent") == version


def test_the_version_of_a_text_that_does_not_exist_is_refused(texts: TextsFromFiles) -> None:
    with pytest.raises(TextUnknown):
        texts.version("utter_tea")


def test_the_real_question_for_consent_has_a_version_that_follows_its_facts() -> None:
    clock, known = StandingClock(), FactsFromFiles.load()
    real = TextsFromFiles(known, clock)

    class LongerKept:
        """The facts, but registrations are kept longer."""

        def value(self, name: str, day: object) -> str:
            kept = name == "retention_registration"
            return "8 weken" if kept else known.value(name, clock.now().date())

    other = TextsFromFiles(LongerKept(), clock)
    assert other.version("utter_ask_consent") != real.version("utter_ask_consent")
    assert other.version("utter_greet") == real.version("utter_greet")
