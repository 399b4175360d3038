"""Towns and provinces."""

import pytest

from bot.core.answers import facts_in, province_of
from bot.core.answers.lexicon import read_rows
from bot.core.answers.places import PROVINCES
from bot.core.answers.reading import answer_to


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Zwolle", "Zwolle"),
        ("zwolle", "Zwolle"),
        ("ZWOLLE", "Zwolle"),
        ("in zwolle", "Zwolle"),
        ("ik woon in Deventer", "Deventer"),
        ("ik woonin tilburg", "Tilburg"),
        ("omgeving eindhoven", "Eindhoven"),
        ("regio rotterdam", "Rotterdam"),
        ("uit Arnhem", "Arnhem"),
        ("Den Haag", "Den Haag"),
        ("'s-Gravenhage", "Den Haag"),
        ("s gravenhage", "Den Haag"),
        ("den bosch", "Den Bosch"),
        ("'s-Hertogenbosch", "Den Bosch"),
        ("Bergen op Zoom", "Bergen op Zoom"),
        ("alphen aan den rijn", "Alphen aan den Rijn"),
        ("alphen a/d rijn", "Alphen aan den Rijn"),
        ("wijk aan zee", "Wijk aan Zee"),
        ("IJmuiden", "IJmuiden"),
        ("Súdwest-Fryslân", "Sneek"),
        ("ljouwert", "Leeuwarden"),
        ("St. Oedenrode", "Sint-Oedenrode"),
        ("Hengelo", "Hengelo"),
        ("hengelo (ov)", "Hengelo"),
        ("Best", "Best"),
        ("in best", "Best"),
        ("Ede", "Ede"),
        ("Epe", "Epe"),
        ("Goes", "Goes"),
        ("haren", "Haren"),
        ("Een", "Een"),
        ("amersfort", "Amersfoort"),
        ("rotterdm", "Rotterdam"),
        ("nijmwegen", "Nijmegen"),
        ("1234 AB Utrecht", "Utrecht"),
        ("friesland, vlakbij drachten", "Drachten"),
        ("utrecht", "Utrecht"),
        ("brabant", "Noord-Brabant"),
        ("noord brabant", "Noord-Brabant"),
        ("Noord-Holland", "Noord-Holland"),
        ("gelderlnad", "Gelderland"),
        ("Fryslân", "Friesland"),
        ("zuid-limburg", "Limburg"),
        ("uit de achterhoek", "Gelderland"),
        ("twente", "Overijssel"),
        ("Zwolle. wat kost het?", "Zwolle"),
        ("Breda, is dat te ver?", "Breda"),
        ("ik woon in gouda en niet in goes", "Gouda"),
        ("almere", "Almere"),
        ("Kaatsheuvel", "Kaatsheuvel"),
        ("Kuzemer", "Kuzemer"),
        ("ik woon in een klein dorp bij Zwolle", "Zwolle"),
        ("'t Harde", "'t Harde"),
        ("hoorn (nh)", "Hoorn"),
        ("7411 AB deventer", "Deventer"),
        ("ik woon in turnhout in belgie", "Turnhout"),
        ("Kelmis, belgie", "Kelmis"),
        ("nordhorn", "Nordhorn"),
        ("kantoor in Assen, huis in Emmen", "Emmen"),
        ("geboren in Delft, woon in Leiden", "Leiden"),
        ("Dordt", "Dordrecht"),
        ("sgravenzande", "'s-Gravenzande"),
        ("ik kom uit syrie maar woon in almelo", "Almelo"),
    ],
)
def test_an_answer_is_a_place(text: str, place: str) -> None:
    assert answer_to("region", text) == place


@pytest.mark.parametrize(
    "text",
    [
        "waar is de opleiding",
        "is er iets in Zwolle?",
        "waarom wilt u dat weten?",
        "weet ik niet",
        "liever niet",
        "ja",
        "nee",
        "hoi",
        "Parijs",
        "ik werk in Assen",
        "Delft of Leiden",
        "door de week in Delft, in het weekend Leiden",
        "in het noorden",
        "ergens in het land",
        "het oosten",
        "ik woon niet in nederland",
        "uit duitsland",
        "het is heel ver",
        "Jan de Vries",
        "mijn dochter woont in Breda",
        "",
    ],
)
def test_what_is_no_place(text: str) -> None:
    assert answer_to("region", text) is None


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("ik woon in deventer", "city", "Deventer"),
        ("ik kom uit limburg", "province", "Limburg"),
        ("omgeving Ede", "city", "Ede"),
        ("ik woon in Best.", "city", "Best"),
        ("zwolle", "city", "Zwolle"),
        ("Ik ben lasser, woon in Goes en heb mbo 4", "city", "Goes"),
        ("provincie utrecht", "province", "Utrecht"),
        ("ik ben verhuisd naar breda", "city", "Breda"),
        ("uit de achterhoek", "province", "Gelderland"),
    ],
)
def test_a_place_told_unasked(text: str, entity: str, value: str) -> None:
    found = [(fact.entity, fact.value) for fact in facts_in(text)]
    assert (entity, value) in found


@pytest.mark.parametrize(
    "text",
    [
        "dat is echt best goed",
        "ik heb een vraag",
        "ik woon in een dorp",
        "kan het ook in Zwolle?",
        "is amersfoort een van de plekken",
        "ik werk in utrecht bij een bouwbedrijf",
        "ik wil de houten vloer leggen",
        "dat goor gedoe",
        "open de radio",
        "de lamp uit zetten",
        "mijn zoon woont in breda",
        "vlissingen of middelburg",
    ],
)
def test_no_place_of_the_speaker(text: str) -> None:
    assert not {"city", "province"} & {fact.entity for fact in facts_in(text)}


def test_provinces() -> None:
    assert province_of("Zwolle") == "Overijssel"
    assert province_of("Den Haag") == "Zuid-Holland"
    assert province_of("Noord-Brabant") == "Noord-Brabant"
    assert province_of("Hengelo") is None
    assert province_of("Atlantis") is None


def test_the_list_of_places_is_sound() -> None:
    rows = [*read_rows("places.tsv"), *read_rows("places_added.tsv")]
    towns = {row[0] for row in rows}
    assert len(towns) > 2500
    assert {row[1] for row in rows} == set(PROVINCES)
    assert all(len(row) == 2 for row in rows)


TOWNS = {row[0] for name in ("places.tsv", "places_added.tsv") for row in read_rows(name)}


@pytest.mark.parametrize("alias", [row[1] for row in read_rows("place_aliases.tsv")])
def test_an_alias_leads_to_a_place_that_exists(alias: str) -> None:
    assert alias in PROVINCES or alias in TOWNS


def test_a_town_abroad_has_no_province_of_ours() -> None:
    assert answer_to("region", "Lommel") == "Lommel"
    assert province_of("Lommel") is None
