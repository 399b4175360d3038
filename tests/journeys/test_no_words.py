"""Nothing that a visitor types stands in any file or database of a running house, unless sealed."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.test_web import FRAGMENTS, walk
from tests.support.house import ROOT, House, running_house
from tests.support.postgres import programs, running_postgres
from tests.support.visitor import Visitor

SAID = {
    "Fatima El Amrani hier": ["Fatima", "Amrani"],
    "ik werk bij Van der Velden Installatietechniek": ["Velden"],
    "ik zit bij Croonwolter&dros": ["Croonwolter"],
    "mail me op fatima.elamrani gmail.com": ["elamrani"],
    "ik werk bij Feenstra, mijn baas is Piet Zwart": ["Feenstra"],
    "mijn chef heet Bouchra Tahiri": ["Bouchra", "Tahiri"],
    "groetjes, Wouter Kwisthout": ["Wouter", "Kwisthout"],
    "met vriendelijke groet Sjoerd Hoitinga": ["Sjoerd", "Hoitinga"],
    "ik ben de vrouw van Ruud Pannekoek": ["Ruud", "Pannekoek"],
    "mijn dochter Fenneliesje wil dit ook": ["Fenneliesje"],
    "ik woon aan de Zwanebloemlaan 14 in Zwolle": ["Zwanebloemlaan"],
    "mijn adres is 8043 QX Westenholte": ["Westenholte"],
    "ik kom uit Ommerkanaal": ["Ommerkanaal"],
    "ik ben geboren op drieentwintig maart negentientachtig": ["drieentwintig", "negentientachtig"],
    "jarig op zeventien brumaire": ["brumaire"],
    "mijn nummer is nul zes twaalf vierendertig zesenvijftig": ["vierendertig", "zesenvijftig"],
    "bel me op zero six twelve thirtyfour": ["thirtyfour"],
    "linkedin.com/in/joost-vlierboom-88a1": ["vlierboom"],
    "volg mij op instagram @kaatjevonk": ["kaatjevonk"],
    "www.loodgieterbrandsma.nl is mijn bedrijf": ["loodgieterbrandsma"],
    "ik ben slechthorend sinds mijn twaalfde": ["slechthorend"],
    "ik zit in een rolstoel": ["rolstoel"],
    "ik loop bij een psycholoog": ["psycholoog"],
    "ik zit in de ziektewet": ["ziektewet"],
    "ik kreeg ooit een taakstraf": ["taakstraf"],
    "ik ben moslim, kan ik bidden?": ["moslim"],
    "ik ben homoseksueel": ["homoseksueel"],
    "ik ben raadslid van de partij": ["raadslid"],
    "mijn bsn ken ik niet maar mijn paspoort is NWB7KL4P2": ["NWB7KL4P2"],
    "kenteken van de bus is VX-417-B": ["VX-417-B"],
    "de buurman van nummer 9, Ömer Çelikkol, raadde het aan": ["Çelikkol", "elikkol"],
    "ik verdien 3471 euro bij Breman": ["Breman"],
    "vraag maar naar Gijsje op de vestiging Hattemerbroek": ["Gijsje", "Hattemerbroek"],
    "mijn wachtwoord is zonnebrandgeit": ["zonnebrandgeit"],
    "Tadeusz Wojciechowski, ik spreek beetje nederlands": ["Tadeusz", "Wojciechowski"],
    "kunt u dat herhalen tegen Annefloor?": ["Annefloor"],
}
"""What people say of themselves, and the words of it that no text of ours holds."""


def tell_everything(house: House) -> None:
    """Say all of it with nothing open, at a question about the work, and at a personal one."""
    with Visitor(house.url) as visitor:
        for text in SAID:
            visitor.say(text)
    with Visitor(house.url) as visitor:
        visitor.say("kom ik in aanmerking?")
        for text in list(SAID)[::3]:
            visitor.say(text)
        visitor.say("/begin opnieuw")
    with Visitor(house.url) as visitor:
        person = {"$name": "Jan Kwetterbeek", "$email": "kwetterbeek@voorbeeld.nl"}
        for fragment in ("eligible_candidate", "gives_consent", "gives_details"):
            walk(visitor, FRAGMENTS[fragment], person)
        for text in list(SAID)[::4]:
            visitor.say(text)
        visitor.say("ik wil iemand spreken")
        for text in list(SAID)[1::4]:
            visitor.say(text)


def found_in(content: bytes) -> list[str]:
    """The words that can be read there."""
    low = content.lower()
    words = [word for words in SAID.values() for word in (*words, "Kwetterbeek")]
    return sorted({word for word in words if word.encode().lower() in low})


def test_the_words_that_are_looked_for_are_none_of_ours() -> None:
    texts = b"".join(path.read_bytes() for path in (ROOT / "bot/content").rglob("*.yml"))
    assert found_in(texts) == []


@pytest.mark.engine
def test_no_word_of_a_visitor_stands_in_any_file(house: House) -> None:
    tell_everything(house)
    assert b"action_answer" in (house.var / "tracker.db").read_bytes()
    assert found_in(house.all_bytes()) == []
    house.kill("engine")
    house.await_ready()
    assert found_in(house.all_bytes()) == []


@pytest.fixture
def on_postgres(tmp_path: Path) -> Iterator[tuple[House, list[str]]]:
    """A house whose engine keeps its events on a server, and the command that shows them."""
    folder = programs()
    if folder is None:
        pytest.fail("PostgreSQL is not installed; .ci/run installs it")
    with running_postgres(folder) as url:
        subprocess.run([folder / "psql", url, "-qc", "CREATE DATABASE tracker"], check=True)
        tracker = url.removesuffix("postgres") + "tracker"
        with running_house(tmp_path, tracker_url=tracker) as house:
            yield house, [str(folder / "pg_dump"), "--data-only", tracker]


@pytest.mark.engine
@pytest.mark.postgres
def test_nor_in_the_store_of_the_engine_on_postgresql(
    on_postgres: tuple[House, list[str]],
) -> None:
    house, show = on_postgres
    tell_everything(house)
    content = subprocess.run(show, check=True, capture_output=True).stdout
    assert b"action_answer" in content
    assert found_in(content + house.all_bytes()) == []
