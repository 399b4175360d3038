"""Names of companies."""

import pytest

from bot.core.answers import read_company
from bot.core.answers.reading import answer_to


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jansen BV", "Jansen BV"),
        ("jansen bv", "Jansen BV"),
        ("bij Jansen BV", "Jansen BV"),
        ("ik werk bij Jansen Installatietechniek", "Jansen Installatietechniek"),
        ("Bij Jansen B.V.", "Jansen B.V."),
        ("bij Jansen B.V. in Utrecht", "Jansen B.V."),
        ("mijn werkgever is De Vries & Zn.", "De Vries & Zn"),
        ("het bedrijf heet Koeltech", "Koeltech"),
        ("ASML", "ASML"),
        ("Tata Steel IJmuiden", "Tata Steel IJmuiden"),
        ("VDL", "VDL"),
        ("bedrijf: Van Dijk Elektro", "Van Dijk Elektro"),
        ("Bouwbedrijf 3B", "Bouwbedrijf 3B"),
        ("Jansen BV. wat kost het?", "Jansen BV"),
        ("ik ben in dienst bij Smit Metaal", "Smit Metaal"),
        ("nu al 5 jaar bij Bosch", "Bosch"),
        ("Installatiebedrijf Bakker", "Installatiebedrijf Bakker"),
        ("Kosten en Baten Techniek", "Kosten en Baten Techniek"),
        ("Waarom Niet Elektro", "Waarom Niet Elektro"),
        ("help mij liften", "Help Mij Liften"),
        ("Dit is Dak", "Dit is Dak"),
        ("Het Bedrijf Van Nu", "Het Bedrijf Van Nu"),
        ("Wonen in Limburg", "Wonen in Limburg"),
        ("bedrijf = Smit Bouw 🔧", "Smit Bouw"),
        ("Visser Bouw, nee sorry Vissers Bouw", "Vissers Bouw"),
        ("vroeger Stork, nu Siemens", "Siemens"),
        ("gedetacheerd via Brunel bij een gemeente", "Brunel"),
        ("bij een bedrijfje dat Zonnig heet", "Zonnig"),
        ("ik werk bij bosch in tilburg", "Bosch"),
        ("als monteur bij hollandia sinds 2010", "Hollandia"),
        ("Heijmans, afdeling wegen", "Heijmans"),
        ("stichting Het Huis", "Stichting Het Huis"),
        ("politie", "Politie"),
        ("tno", "TNO"),
        ("fa. de boer", "Fa. de Boer"),
    ],
)
def test_an_answer_is_a_company(text: str, name: str) -> None:
    assert read_company(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "waarom wilt u dat weten?",
        "is dat nodig?",
        "Jansen BV?",
        "nee",
        "liever niet",
        "overslaan",
        "geen",
        "zzp",
        "ik ben zzp'er",
        "weet ik niet",
        "dat zeg ik niet",
        "een klein bedrijf",
        "mijn eigen bedrijf",
        "een installatiebedrijf in Zwolle",
        "bij een bedrijf",
        "groot bedrijf",
        "bij mijn oom",
        "mijn baas heet Piet",
        "Jansen of Pietersen",
        "in de bouw",
        "is er nog plaats in de groep",
        "/start",
        "12345",
        "jan@example.nl",
        "hallo",
        "ik wil een mens spreken",
        "ik snap de vraag niet",
        "x" * 81,
    ],
)
def test_what_is_no_company(text: str) -> None:
    assert read_company(text) is None


@pytest.mark.parametrize(
    "text",
    ["nee", "Nee.", "overslaan", "sla maar over", "liever niet", "geen", "nvt", "n.v.t.", "zzp",
     "zzp'er",
     "ik ben zzp'er", "niet van toepassing", "dat zeg ik liever niet", "skip", "geen bedrijf", "-",
     "ik werk voor mezelf", "nee, liever niet", "werkloos", "gepensioneerd", "nix",
     "ik heb nu geen baas", "ben ontslagen",
     "laat maar open", "liever niet want mijn baas weet het niet", "niemand, ik zit thuis",
     "ik werk bij mezelf", "wil ik liever niet kwijt"],
)  # fmt: skip
def test_leaving_it_out(text: str) -> None:
    assert answer_to("company", text) == "skip"


@pytest.mark.parametrize("text", ["Jansen BV", "waarom?", "weet ik niet", "ja", "", "bij Geen BV"])
def test_not_leaving_it_out(text: str) -> None:
    assert answer_to("company", text) is None


@pytest.mark.parametrize("text", ["dat is niet van toepassing", "niet zeggen"])
def test_who_has_none_to_name_leaves_the_company_out(text: str) -> None:
    assert answer_to("company", text) == "skip"


def test_agreeing_is_no_company() -> None:
    assert read_company("Ja, zo is het goed") is None


@pytest.mark.parametrize("text", ["-" * 2000 + "a", "nee liever niet " * 120 + "a"])
def test_a_long_text_that_almost_leaves_it_out_takes_no_long_time(text: str) -> None:
    assert answer_to("company", text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("mijn zus werkt bij Orbit, ik bij Staalhart", "Staalhart"),
        ("mijn neef zit bij Orbit", None),
        ("Staalhart, vroeger Orbit", "Staalhart"),
        ("ik werk niet bij Orbit maar bij Staalhart", "Staalhart"),
        ("nou, dat is gewoon bij Staalhart Techniek hier in de straat", "Staalhart Techniek"),
        ("ogenblikje hoor", None),
        ("Orbit of Staalhart", None),
        ("sdfghj", None),
    ],
)
def test_a_firm_is_that_of_the_speaker_now(text: str, name: str | None) -> None:
    assert read_company(text) == name
