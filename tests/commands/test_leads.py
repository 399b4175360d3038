"""`instap leads`: a coordinator settles a registration after talking with the candidate."""

import asyncio
import csv
import hashlib
import json

import pytest
from typer.testing import CliRunner, Result

from bot import bootstrap
from bot.cli import cli
from bot.export import flat
from bot.services import consent, drafts, intakes, registration
from bot.settings import Settings
from tests.services.test_registration import candidate

RUNNER = CliRunner()


def instap(*words: str) -> Result:
    return RUNNER.invoke(cli, words)


@pytest.fixture
def codes(own_database) -> list[str]:
    """Two who registered for a group of one."""

    async def begin() -> list[str]:
        app = bootstrap.build(Settings(_env_file=None))
        found = []
        for number in (1, 2):
            name = await candidate(app.ports, email=f"{number}@voorbeeld.nl")
            done = await registration.register(app.ports, name)
            await intakes.set_intake(app.ports, done.intake, capacity=1)
            found.append(done.registration.code)
        await app.close()
        return found

    return asyncio.run(begin())


@pytest.fixture
def agreed(own_database) -> str:
    """The code of somebody who said yes to a question that was shown."""

    async def begin() -> str:
        app = bootstrap.build(Settings(_env_file=None))
        name = await candidate(app.ports, consent=None)
        words = app.ports.texts.render("utter_ask_consent", intake="de groep van het najaar")
        await consent.show(app.ports, name, "2027-11", words)
        await drafts.remember(app.ports, name, {"consent": "yes"})
        done = await registration.register(app.ports, name)
        await app.close()
        return done.registration.code

    return asyncio.run(begin())


def test_the_very_words_that_somebody_agreed_to_are_shown(agreed):
    shown = instap("leads", "show", agreed).stdout
    assert "Uw aanmelding is voor de groep van het najaar." in shown
    kept = json.loads(instap("leads", "show", agreed, "--json").stdout)["consent"]
    digest = hashlib.sha256(kept["text"].encode()).hexdigest()
    assert kept["text_version"] == f"utter_ask_consent@{digest[:12]}"
    assert kept["shown_at"] <= kept["at"]


def statuses() -> list[str]:
    return [lead["status"] for lead in json.loads(instap("leads", "list", "--json").stdout)]


def test_a_place_is_given_when_there_is_one(codes):
    first, second = codes
    assert statuses() == ["registered", "waiting_list"]
    full = instap("leads", "place", second)
    assert full.exit_code == 1 and "is vol" in full.output
    assert instap("leads", "withdraw", first.lower()).exit_code == 0
    done = instap("leads", "place", second.lower())
    assert done.exit_code == 0 and second in done.output
    assert statuses() == ["withdrawn", "registered"]


def test_a_number_is_corrected_or_said_to_be_unclear(codes):
    assert instap("leads", "correct", codes[0], "phone", "0687654321").exit_code == 0
    [first, _] = json.loads(instap("leads", "list", "--json").stdout)
    assert first["phone"] == "+31687654321"
    done = instap("leads", "correct", codes[0], "phone", "weet ik niet")
    assert done.exit_code == 1 and "phone" in done.output
    taken = instap("leads", "correct", codes[0], "email", "2@voorbeeld.nl")
    assert taken.exit_code == 1 and "dat e-mailadres" in taken.output


def test_an_extension_stands_wherever_a_coordinator_looks(codes, tmp_path):
    assert instap("leads", "correct", codes[0], "phone", "010-1234567 toestel 214").exit_code == 0
    [first, other] = json.loads(instap("leads", "list", "--json").stdout)
    assert (first["phone"], first["phone_extension"]) == ("+31101234567", "214")
    assert other["phone_extension"] is None
    assert "+31101234567 tst 214" in instap("leads", "list").stdout
    assert "214" in instap("leads", "show", codes[0]).stdout
    assert instap("leads", "export", str(tmp_path / "leads.csv")).exit_code == 0
    assert "214" in (tmp_path / "leads.csv").read_text(encoding="utf-8-sig")


def test_a_name_is_corrected_to_what_a_coordinator_writes(codes):
    for name in ("Jan Klein", "o", "Weet Niet", "X Æ A-12"):
        assert instap("leads", "correct", codes[0], "name", name).exit_code == 0
        assert json.loads(instap("leads", "list", "--json").stdout)[0]["name"] == name


@pytest.mark.parametrize("width", ["80", "60", "200"])
def test_nothing_of_a_list_is_cut_however_narrow_the_window(codes, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", width)
    shown = instap("leads", "list").stdout
    for lead in json.loads(instap("leads", "list", "--json").stdout):
        for name in ("code", "email", "phone", "name"):
            assert lead[name] in shown
    assert "…" not in shown


def test_a_decision_is_kept_and_said_to_be_told_or_not(codes):
    done = instap("leads", "decide", codes[0], "declined", "--reason", "Wij bellen u.")
    assert done.exit_code == 0 and "laat het zelf weten" in done.output
    again = instap("leads", "decide", codes[0], "declined")
    assert again.exit_code == 0 and "stond al zo" in again.output
    assert statuses() == ["declined", "waiting_list"]
    assert "een plaats" in instap("leads", "place", codes[1]).output


def test_of_who_withdrew_and_of_a_double_it_is_said_why_there_is_no_place(codes):
    instap("leads", "withdraw", codes[0])
    done = instap("leads", "place", codes[0])
    assert done.exit_code == 1 and "teruggetrokken" in done.output


def test_a_start_is_told_or_names_whom_to_call(codes):
    done = instap("intakes", "set", "2027-11", "--starts-on", "2027-11-08")
    assert done.exit_code == 0
    assert f"Laat het zelf weten aan: {codes[0]}, {codes[1]}." in done.output
    again = instap("intakes", "set", "2027-11", "--starts-on", "2027-11-08")
    assert "Laat het" not in again.output


def test_a_code_that_nobody_has_is_said_to_be_unknown(codes):
    for command in ("place", "withdraw"):
        done = instap("leads", command, "HT-NIEMAND0")
        assert done.exit_code == 1 and "Dat is er niet: HT-NIEMAND0" in done.output


def test_a_coordinator_reads_dutch_above_every_column_of_the_file(codes, tmp_path):
    assert instap("leads", "export", str(tmp_path / "leads.csv")).exit_code == 0
    with (tmp_path / "leads.csv").open(newline="", encoding="utf-8-sig") as file:
        [first, _] = csv.DictReader(file, delimiter=";")
    assert (first["code"], first["groep"][:6]) == (codes[0], "groep ")
    names = set(flat(json.loads(instap("leads", "list", "--json").stdout)[0]))
    assert not names - {"code"} & set(first) and len(first) == len(names)


@pytest.mark.parametrize("where", ["leads.csv", ".", "nergens/leads.csv", ""])
def test_a_file_that_cannot_be_made_is_told_in_dutch(codes, tmp_path, monkeypatch, where):
    """Bug: a trace of the code on the screen of a coordinator."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "leads.csv").write_text("van vorige week")
    done = instap("leads", "export", where)
    assert done.exit_code == 1 and isinstance(done.exception, SystemExit)
    assert "is er al" in done.output or "is niet te maken" in done.output
    assert (tmp_path / "leads.csv").read_text() == "van vorige week"


def test_a_code_is_read_as_people_type_it_over(codes):
    code = codes[0]
    half = f"{code[:7]} {code[7:]}"
    for typed in (f" {code} ", code.lower(), code[3:], half, code.replace("-", " ")):
        assert json.loads(instap("leads", "show", typed, "--json").stdout)["code"] == code
    asked = instap("erase", code[3:].lower())
    assert code in asked.output and asked.exit_code == 1
    assert instap("leads", "withdraw", f"{code} ").exit_code == 0


def test_what_was_done_is_said_with_the_person_it_was_done_to(codes):
    done = instap("leads", "correct", codes[0], "region", "Den Haag")
    assert "Den Haag" in done.stdout
    name = json.loads(instap("leads", "show", codes[0], "--json").stdout)["name"]
    assert name in instap("leads", "withdraw", codes[0]).stdout
