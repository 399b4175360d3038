"""Trades and branches: from what somebody does to the sector it belongs to."""

import pytest

from bot.core.answers import facts_in
from bot.core.answers.lexicon import read_rows
from bot.core.answers.reading import answer_to

SECTORS = {"installatietechniek", "metaalbewerking", "metalektro", "bouw", "other", "not_technical"}


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("installatietechniek", "installatietechniek"),
        ("Installatie techniek", "installatietechniek"),
        ("installatie", "installatietechniek"),
        ("elektricien", "installatietechniek"),
        ("ik ben loodgieter", "installatietechniek"),
        ("loodgietr", "installatietechniek"),
        ("cv-monteur", "installatietechniek"),
        ("cvmonteur", "installatietechniek"),
        ("ik zet ketels en warmtepompen", "installatietechniek"),
        ("zonnepanelen", "installatietechniek"),
        ("koeltechnicus", "installatietechniek"),
        ("liftmonteur", "installatietechniek"),
        ("elektro", "installatietechniek"),
        ("instalatietechniek", "installatietechniek"),
        ("niv 3 elektrotechniek", "installatietechniek"),
        ("metaal", "metaalbewerking"),
        ("ik zit in de metaal", "metaalbewerking"),
        ("lasser", "metaalbewerking"),
        ("onderwaterlasser", "metaalbewerking"),
        ("TIG-lasser", "metaalbewerking"),
        ("constructiebankwerker", "metaalbewerking"),
        ("cnc frezer", "metaalbewerking"),
        ("verspaner", "metaalbewerking"),
        ("plaatwerk", "metaalbewerking"),
        ("metalektro", "metalektro"),
        ("metaal en elektro", "metalektro"),
        ("machinebouw", "metalektro"),
        ("mechatronicus", "metalektro"),
        ("werktuigbouw", "metalektro"),
        ("op de scheepswerf", "metalektro"),
        ("schakelkasten", "metalektro"),
        ("bouw", "bouw"),
        ("de bouw", "bouw"),
        ("timmerman", "bouw"),
        ("ik ben stukadoor en tegelzetter", "bouw"),
        ("metselaars", "bouw"),
        ("schilder van beroep", "bouw"),
        ("dakdekker", "bouw"),
        ("kraanmachinist", "bouw"),
        ("andere techniek", "other"),
        ("automonteur", "other"),
        ("ict", "other"),
        ("procesoperator", "other"),
        ("maritiem", "other"),
        ("fietsenmaker", "other"),
        ("bakker", "not_technical"),
        ("ik werk in de zorg", "not_technical"),
        ("winkel", "not_technical"),
        ("kantoor", "not_technical"),
        ("ik werk niet in de techniek", "not_technical"),
        ("horeca", "not_technical"),
        ("nu een winkel, maar ik was bankwerker", "not_technical"),
        ("installatietechniek. wat kost het?", "installatietechniek"),
        ("bouw, en wat kost het dan?", "bouw"),
        ("niet in de bouw maar in de metaal", "metaalbewerking"),
    ],
)
def test_an_answer_is_a_sector(text: str, sector: str) -> None:
    assert answer_to("sector", text) == sector


@pytest.mark.parametrize(
    "text",
    [
        "techniek",
        "monteur",
        "telt de bouw ook?",
        "horen schilders er ook bij?",
        "welke branches zijn er",
        "wat bedoelt u",
        "ik weet het niet",
        "mijn broer is lasser",
        "stel ik ga de bouw in",
        "ja",
        "hallo",
        "",
    ],
)
def test_what_is_no_sector(text: str) -> None:
    assert answer_to("sector", text) is None


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("ik werk al 12 jaar als elektromonteur", "installatietechniek"),
        ("ik ben lasser en wil voor de klas", "metaalbewerking"),
        ("timmerman", "bouw"),
        ("ik zit in de koeltechniek, is dat ook goed", "installatietechniek"),
        ("ik ben automonteur", "other"),
        ("ik werk in de zorg", "not_technical"),
    ],
)
def test_a_sector_told_unasked(text: str, sector: str) -> None:
    assert [fact.value for fact in facts_in(text) if fact.entity == "sector"] == [sector]


@pytest.mark.parametrize(
    "text",
    [
        "horen schilders er ook bij?",
        "ik zoek een goede aannemer",
        "de loodgieter heeft mijn muur beschadigd",
        "zorg dat het goed komt",
        "ik wil les geven in elektrotechniek",
        "mijn zoon is lasser",
        "hoe laat gaat de winkel open",
        "ik bouw op jullie",
        "hij is lasser",
    ],
)
def test_no_sector_of_the_speaker(text: str) -> None:
    assert "sector" not in [fact.entity for fact in facts_in(text)]


def test_the_table_of_trades_is_sound() -> None:
    rows = list(read_rows("trades.tsv"))
    assert len(rows) > 300
    assert all(2 <= len(row) <= 3 and row[1] in SECTORS for row in rows)
    assert all(row[2:] in ([], ["answer"]) for row in rows)
    assert len({row[0] for row in rows}) == len(rows)
