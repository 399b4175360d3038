"""A slip of an editor never reaches a visitor: the last good set stays, and the slip is named."""

import os
from dataclasses import replace
from pathlib import Path
from shutil import copytree, rmtree

import httpx
import pytest

from bot.channels.web import gateway
from bot.content.facts import FactsFromFiles
from bot.content.last_resort import SENTENCE
from bot.content.source import FACTS, TEXTS, Content
from bot.content.texts import TextsFromFiles
from tests.support.parts import StandingClock


class Editor:
    """Somebody who saves files beside a running assistant."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.saved = 0
        copytree(FACTS, folder / "facts")
        copytree(TEXTS, folder / "texts")

    def save(self, name: str, raw: bytes) -> None:
        self.saved += 1
        path = self.folder / name
        path.write_bytes(raw)
        at = 2_000_000_000 + self.saved
        os.utime(path, (at, at))

    def slip(self, name: str, old: str, new: str) -> None:
        raw = (self.folder / name).read_bytes()
        assert old.encode() in raw
        self.save(name, raw.replace(old.encode(), new.encode(), 1))


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    return Editor(tmp_path)


def started(editor: Editor) -> TextsFromFiles:
    """As a process that starts now reads the files."""
    facts = FactsFromFiles.load(editor.folder / "facts", editor.folder / "content.json")
    return TextsFromFiles(facts, StandingClock(), editor.folder / "texts")


PRICE = "cost_now:"
NEVER_KNOWN = "values: {2020-01-01: null}"


def price(values: str) -> tuple[str, str]:
    """The values of the first fact of the file, which is the price."""
    return NEVER_KNOWN, f"values: {values}"


SLIPS = {
    "an amount with a comma and no quotes": (
        "facts/money.yml",
        *price("{2020-01-01: null, 2026-11-29: € 750,00}"),
    ),
    "a Dutch date": ("facts/money.yml", *price('{29-11-2026: "€ 900"}')),
    "a tab": ("facts/money.yml", "  meaning: wat", "\tmeaning: wat"),
    "a bare number": ("facts/money.yml", *price("{2020-01-01: 750}")),
    "a number in quotes": ("facts/money.yml", *price('{2020-01-01: "750"}')),
    "no values at all": ("facts/money.yml", *price("")),
    "the same day twice": ("facts/money.yml", *price('{2026-01-01: "€ 1", 2026-01-01: "€ 2"}')),
    "a kind that does not exist": ("facts/money.yml", "type: money", "type: geld"),
    "a fact twice": ("facts/money.yml", PRICE, "mbo_salary_range:"),
    "a fact renamed": ("facts/money.yml", PRICE, "cost_nu:"),
    "a needed fact not known any more": (
        "facts/privacy.yml",
        '{2020-01-01: "30 dagen"}',
        "{2020-01-01: null}",
    ),
    "a time without a unit": ("facts/privacy.yml", '"30 dagen"', '"30"'),
    "a year that is none": (
        "facts/money.yml",
        '{2020-06-01: "2020"}',
        '{2020-06-01: "vorig jaar"}',
    ),
    "an address that is none": ("facts/contact.yml", '"info@oom.nl"', '"info at oom.nl"'),
    "a lost quote": ("texts/faq.yml", 'title: "Wat kost het?"', 'title: "Wat kost het?'),
    "a placeholder with a typo": ("texts/faq.yml", "{cost_now}", "{cost_nu}"),
    "a placeholder that is open": ("texts/faq.yml", "{cost_now}", "{cost_now"),
    "a text that stands twice": ("texts/faq.yml", "  utter_faq/privacy:", "  utter_faq/contact:"),
    "a text of nothing": ("texts/moves.yml", "responses:\n", "responses:\n  utter_new:\n"),
    "a day that does not exist": ("facts/money.yml", *price('{2026-11-31: "€ 1"}')),
    "a month that does not exist": ("facts/money.yml", *price('{2026-13-01: "€ 1"}')),
    "a moment for a day": ("facts/money.yml", *price('{2026-01-01 12:00:00: "€ 1"}')),
    "a list for a name": ("facts/money.yml", *price('{[2026-01-01]: "€ 1"}')),
    "a number longer than any": ("facts/money.yml", *price("{2026-01-01: " + "9" * 5000 + "}")),
    "curly quotes": ("facts/money.yml", *price("{2026-01-01: “€ 750”}")),
    "an empty value": ("facts/money.yml", *price('{2026-01-01: ""}')),
    "a brace in a value": ("facts/money.yml", *price('{2026-01-01: "€ {bedrag}"}')),
    "a field with a typo": ("facts/money.yml", "  meaning: wat", "  waarde: 3\n  meaning: wat"),
    "a fact that is known later only": (
        "facts/privacy.yml",
        '{2020-01-01: "30 dagen"}',
        '{2099-01-01: "31 dagen"}',
    ),
    "a placeholder without a name": ("texts/faq.yml", "{cost_now}", "{}"),
    "a placeholder with a form": ("texts/faq.yml", "{cost_now}", "{cost_now:d}"),
    "double braces": ("texts/faq.yml", "{cost_now}", "{{cost_now}}"),
    "what only other texts are given": ("texts/faq.yml", "{cost_now}", "{name}"),
    "a text of another name": ("texts/faq.yml", "  utter_faq/contact:", "  utter_faq/kontakt:"),
    "a button without words": ("texts/faq.yml", 'title: "Wat kost het?"', "title:"),
    "a button that asks nobody": (
        "texts/faq.yml",
        'payload: "/check_eligibility"',
        'payload: "/check_eligibilty"',
    ),
    "a question without an answer": (
        "texts/faq.yml",
        '"topic": "curriculum"',
        '"topic": "curiculum"',
    ),
    "a kind of condition that is none": ("texts/faq.yml", "type: fact", "type: feit"),
    "a colon too many": ("texts/moves.yml", "responses:", "responses: :"),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_slip_is_named_and_what_was_good_stays(
    editor: Editor, slip: tuple[str, str, str]
) -> None:
    texts = started(editor)
    before = {key: texts.render(key).text for key in ("utter_faq/cost", "utter_faq/privacy")}
    editor.slip(*slip)
    assert {key: texts.render(key).text for key in before} == before
    assert texts.problems(), "nobody is told"
    assert any(
        name in each
        for each in texts.problems()
        for name in (slip[0], "cost_now", "retention_chat")
    )
    again = started(editor)  # also for a process that starts now
    assert {key: again.render(key).text for key in before} == before
    assert again.problems() == texts.problems()


FILES = {
    "empty": b"",
    "of another program": b"\xff\xfe\x00",
    "a list": b"- een\n- twee\n",
    "a zero": b"\0",
    "of Windows": "responses:\n  x:\n  - text: één".encode("cp1252"),
    "far too big": b"# " + b"x" * 2_000_000,
    "deeper than a parser can go": b"responses: " + b"[" * 100_000,
    "steps without end": b"- " * 100_000,
}


@pytest.mark.parametrize("raw", FILES.values(), ids=FILES)
def test_a_file_that_is_none_is_named(editor: Editor, raw: bytes) -> None:
    texts = started(editor)
    before = texts.render("utter_faq/cost").text
    editor.save("texts/faq.yml", raw)
    assert texts.render("utter_faq/cost").text == before
    assert texts.problems()[0].startswith("texts/faq.yml")


def test_a_file_that_is_gone_takes_nothing_along(editor: Editor) -> None:
    texts = started(editor)
    before = texts.render("utter_faq/cost").text
    (editor.folder / "texts/faq.yml").unlink()
    assert texts.render("utter_faq/cost").text == before
    assert started(editor).render("utter_faq/cost").text == before


@pytest.mark.parametrize(
    ("slip", "named"),
    [
        (SLIPS["a day that does not exist"], "facts/money.yml, regel 10: cost_now: "),
        (SLIPS["a tab"], "facts/money.yml, regel 4: cost_now: "),
        (SLIPS["double braces"], "texts/faq.yml, regel 264: utter_faq/cost: "),
        (SLIPS["a list for a name"], "facts/money.yml, regel 10: cost_now: "),
        (
            ("texts/faq.yml", "Het scholingstraject leidt", "\tHet scholingstraject leidt"),
            "texts/faq.yml, regel 24: utter_faq/about_program: ",
        ),
    ],
)
def test_a_slip_is_named_with_its_file_line_and_fact_or_text(
    editor: Editor, slip: tuple[str, str, str], named: str
) -> None:
    editor.slip(*slip)
    [problem, *_] = started(editor).problems()
    assert problem.startswith(named)


def test_what_an_editors_program_leaves_beside_a_file_is_not_read(editor: Editor) -> None:
    """Bug: the lock of an editor's program took every answer away."""
    texts = started(editor)
    before = texts.render("utter_faq/cost").text
    (editor.folder / "texts/.#faq.yml").symlink_to("somebody@elsewhere.1234")
    (editor.folder / "texts/._faq.yml").write_bytes(b"\0\5\x16\7")
    (editor.folder / "texts/faq.yml~").write_bytes(b"half")
    assert texts.render("utter_faq/cost").text == before and not texts.problems()


@pytest.mark.parametrize("name", ["texts/nieuw.yml", "facts/nieuw.yml"])
def test_a_file_that_cannot_be_opened_is_named(editor: Editor, name: str) -> None:
    """Bug: nobody was told, and a start took the words of last resort."""
    texts = started(editor)
    before = texts.render("utter_faq/cost").text
    (editor.folder / name).mkdir()
    for each in (texts, started(editor)):
        assert each.render("utter_faq/cost").text == before
        assert each.problems() == [f"{name}: is niet te openen (IsADirectoryError)"]
    (editor.folder / name).rmdir()
    assert not texts.problems()


def test_a_file_of_another_ending_is_not_passed_over(editor: Editor) -> None:
    texts = started(editor)
    before = texts.render("utter_faq/cost").text
    (editor.folder / "texts/faq.yml").rename(editor.folder / "texts/faq.yaml")
    assert texts.render("utter_faq/cost").text == before
    assert texts.problems()[0].startswith("texts/faq.yaml: een naam eindigt")


def test_an_empty_folder_is_no_set(editor: Editor) -> None:
    rmtree(editor.folder / "texts")
    assert Content(editor.folder / "facts", editor.folder / "texts").newest().texts == {}
    assert started(editor).problems()[0].startswith("texts: ")


def test_a_copy_of_the_last_good_set_that_is_spoilt_or_cannot_be_made_is_no_harm(
    editor: Editor,
) -> None:
    kept = editor.folder / "content.json"
    for raw in ("", "[]", '{"code": 3}', '{"files": []}', '{"files": {"texts/faq.yml": 3}}'):
        kept.write_text(raw)
        assert started(editor).render("utter_faq/cost").text
    kept.unlink()
    kept.mkdir()
    assert started(editor).render("utter_faq/cost").text


def test_a_turn_is_of_one_set_and_looks_at_the_files_once(editor: Editor) -> None:
    texts = started(editor)
    with texts.steady():
        before = texts.render("utter_faq/cost").text
        editor.slip("facts/money.yml", *price('{2020-01-01: "€ 750"}'))
        assert texts.render("utter_faq/cost").text == before
    assert "€ 750" in texts.render("utter_faq/cost").text


def test_a_mended_file_with_a_mark_or_other_line_ends_is_read(editor: Editor) -> None:
    texts = started(editor)
    for name in ("facts/money.yml", "texts/faq.yml"):
        raw = (editor.folder / name).read_bytes()
        editor.save(name, b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    editor.slip("facts/money.yml", *price('{2020-01-01: "€\u00a0750"}'))
    assert not texts.problems()
    words = texts.render("utter_faq/cost").text
    assert "€\u00a0750" in words and "\r" not in words


def test_a_slip_that_is_mended_counts_at_once(editor: Editor) -> None:
    texts = started(editor)
    editor.slip("facts/money.yml", *price("{2020-01-01: 750}"))
    assert texts.problems()[0].startswith("facts/money.yml, regel 3: cost_now: '750' kan niet")
    editor.slip("facts/money.yml", "{2020-01-01: 750}", '{2020-01-01: "€ 750"}')
    assert "€ 750" in texts.render("utter_faq/cost").text and not texts.problems()


async def test_without_any_good_set_everybody_still_hears_a_sentence(ports, editor: Editor) -> None:
    for path in (editor.folder / "texts").glob("*.yml"):
        editor.save(f"texts/{path.name}", b"{")
    app = gateway(replace(ports, texts=started(editor)))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://instap") as client:
        opened = await client.post("/api/v1/conversations")
        assert opened.status_code == 201 and "digitale assistent" in opened.text
        assert (await client.get("/api/v1/widget")).json()["title"] == "Instap"
        refused = await client.get("/api/v1/messages")
        assert refused.status_code == 401 and refused.json()["detail"] == SENTENCE
        assert (await client.get("/privacy")).status_code == 200
        ready = await client.get("/health/ready")
        assert ready.status_code == 200 and "faq.yml" in ready.text
