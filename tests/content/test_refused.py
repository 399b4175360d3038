"""A slip of an editor never reaches a visitor: the last good set stays, and the slip is named."""

import os
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import httpx
import pytest

from bot.channels.web import gateway
from bot.content.facts import FactsFromFiles
from bot.content.last_resort import SENTENCE
from bot.content.source import FACTS, TEXTS
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


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"- een\n- twee\n", b"\0"])
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
