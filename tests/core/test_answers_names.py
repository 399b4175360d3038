"""Names of people, asked for and told unasked."""

import pytest

from bot.core.answers import name_answer, name_in, read_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jan de Vries", "Jan de Vries"),
        ("jan de vries", "Jan de Vries"),
        ("JAN DE VRIES", "Jan de Vries"),
        ("Jan", "Jan"),
        ("jan", "Jan"),
        ("mijn naam is Jan de Vries", "Jan de Vries"),
        ("Mijn naam is jan", "Jan"),
        ("mn naam is kees bakker", "Kees Bakker"),
        ("ik heet Fatima el Idrissi", "Fatima el Idrissi"),
        ("met Piet", "Piet"),
        ("met Piet Jansen", "Piet Jansen"),
        ("u spreekt met Anna Smit", "Anna Smit"),
        ("ik ben Jan de Vries", "Jan de Vries"),
        ("dat is Henk Visser", "Henk Visser"),
        ("hallo, ik ben Henk", "Henk"),
        ("naam: Jan Jansen", "Jan Jansen"),
        ("Jan-Willem van 't Hof", "Jan-Willem van 't Hof"),
        ("jan-willem van 't hof", "Jan-Willem van 't Hof"),
        ("Jan-Willem van ’t Hof", "Jan-Willem van ’t Hof"),
        ("Noëlle d'Angelo", "Noëlle d'Angelo"),
        ("noëlle d'angelo", "Noëlle d'Angelo"),
        ("Şahin Yılmaz", "Şahin Yılmaz"),
        ("A.B. Jansen", "A.B. Jansen"),
        ("a.b. jansen", "A.B. Jansen"),
        ("P. Bakker", "P. Bakker"),
        ("de heer P. Bakker", "P. Bakker"),
        ("mevrouw De Boer", "De Boer"),
        ("dhr. K. Timmerman", "K. Timmerman"),
        ("piet van der berg", "Piet van der Berg"),
        ("Piet van den Broek-Smit", "Piet van den Broek-Smit"),
        ("ijsbrand de wit", "IJsbrand de Wit"),
        ("Sjoerd de Jong.", "Sjoerd de Jong"),
        ("Jan de Vries, wat kost het?", "Jan de Vries"),
        ("Jan de Vries. hoe lang duurt het eigenlijk", "Jan de Vries"),
        ("Jan Jansen en ik wil me aanmelden", "Jan Jansen"),
        ("ik heet gewoon Jan", "Jan"),
        ("Jan Timmerman", "Jan Timmerman"),
        ("María José García", "María José García"),
        ("Nguyễn Văn An", "Nguyễn Văn An"),
        ("O'Neill", "O'Neill"),
        ("Wit", "Wit"),
        ("Piotr Kowalski", "Piotr Kowalski"),
        ("Mohammed Ben Ali", "Mohammed Ben Ali"),
        ("  jan   jansen  ", "Jan Jansen"),
    ],
)
def test_an_answer_is_a_name(text: str, name: str) -> None:
    assert read_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "123",
        "Jan 2",
        "/start",
        "wat kost het",
        "wat kost het?",
        "waarom wilt u dat weten?",
        "hoe lang duurt het",
        "weet ik niet",
        "liever niet",
        "overslaan",
        "dat zeg ik niet",
        "nee",
        "ja",
        "ja hoor",
        "ok",
        "hallo",
        "goedemorgen",
        "ik wil een medewerker spreken",
        "elektricien",
        "monteur bij een bedrijf",
        "mbo 4",
        "installatietechniek",
        "jan@example.nl",
        "06-12345678",
        "een twee drie vier vijf zes zeven",
        "ik snap de vraag niet",
        "dank je wel",
        "stop",
        "mijn naam is niet belangrijk",
        "<script>",
        "👍",
        "x",
        "..",
        "van de",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert read_name(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hoi, ik ben Jan de Vries en ik wil me aanmelden", "Jan de Vries"),
        ("ik ben jan en ik ben lasser", "jan"),
        ("mijn naam is jan", "jan"),
        ("Mijn naam is Şahin Yılmaz, ik ben lasser", "Şahin Yılmaz"),
        ("ik heet Fatima el Idrissi", "Fatima el Idrissi"),
        ("ik heet fatima el idrissi en woon in ede", "fatima el idrissi"),
        ("wat kost het? groeten, Piet Jansen", "Piet Jansen"),
        ("Ik hoor het graag.\nmet vriendelijke groet\nJan Jansen", "Jan Jansen"),
        ("Ik hoor het graag.\n\nMet vriendelijke groet,\n\nJan Jansen", "Jan Jansen"),
        ("mvg, Kees", "Kees"),
        ("gr. Henk", "Henk"),
        ("goedemorgen, met Piet Jansen", "Piet Jansen"),
        ("Met Anna Smit, ik heb een vraag", "Anna Smit"),
        ("alvast bedankt, Jan", "Jan"),
        ("alvast bedankt!\nJan de Vries", "Jan de Vries"),
        ("noem me maar Kees", "Kees"),
        ("naam: Jan van 't Hof", "Jan van 't Hof"),
        ("Ik ben Jan-Willem van Dijk.", "Jan-Willem van Dijk"),
        ("Ik ben A.B. Jansen en heb een vraag", "A.B. Jansen"),
        ("Mijn naam is P. Bakker. Wat kost het?", "P. Bakker"),
    ],
)
def test_a_name_told_unasked(text: str, name: str) -> None:
    span = name_in(text)
    assert span is not None
    assert text[slice(*span)] == name


@pytest.mark.parametrize(
    "text",
    [
        "ik ben elektricien",
        "Ik ben Elektricien",
        "ik ben Nederlander",
        "ik ben Cv Monteur",
        "IK BEN BOOS OP JULLIE",
        "ik ben nieuw hier",
        "ik ben met pensioen",
        "ik ben 45 jaar",
        "ik ben het zat",
        "hoe heet ik dan",
        "wat is uw naam",
        "mijn naam is niet belangrijk",
        "mijn baas heet Piet",
        "ik ben van Jansen BV",
        "bedankt voor de hulp",
        "Alvast bedankt",
        "groeten",
        "met vriendelijke groet",
        "ik werk met hout",
        "met mbo 4 kan ik beginnen",
        "dit is een test",
        "",
    ],
)
def test_no_name_told(text: str) -> None:
    assert name_in(text) is None


@pytest.mark.parametrize(
    "name",
    [
        *("Jan Klein", "Wil de Boer", "Per Olsen", "Ali Kan", "Kan Demir", "Kees de Goede"),
        *("Carla Wacht", "Jan Best", "Joke Weg", "Kees Weet", "Wil Graag", "Jaap Nee"),
        *("Eva de Mens", "Ana I. García", "Jan U. Proefman", "Su U", "U Thant", "Wie Lan"),
        *("Chantal Vos geb. Stolk", 'Willem "Wim" de Boer', "Jan (roepnaam Jip) Smit"),
        *("Oh Min-jun", "Dag Hammarskjöld", "Nguyễn Tiến Đạt", "राजेश कुमार", "Li·Wei Zhang"),
        *("Saïd ben Brahim", "drs. Anna Smit", "van 't Hart", "Jan-Peter Jansen - de Boer"),
        "Maria da Conceição dos Santos Ferreira de Oliveira",
        "Pieter Jan Willem Alexander van der Berg",
        "Aap Noot Mies Wim Zus Jet Teun",
    ],
)
def test_a_name_of_words_or_of_any_length_is_neither_refused_nor_cut(name: str) -> None:
    assert read_name(name) == name
    assert read_name(f"mijn naam is {name}") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ik heet Jan Best", "Jan Best"),
        ("Mijn naam is Jan Klein en ik werk al jaren", "Jan Klein"),
        ("mijn naam is Wil de Boer", "Wil de Boer"),
        ("ik heet Ana I. Proefman", "Ana I. Proefman"),
        ("ik heet jan best", "jan best"),
        ("ik heet jan hoor", "jan"),
        ("Goedemiddag, Ingrid Bakker", "Ingrid Bakker"),
        ("Fatima El Amrani hier", "Fatima El Amrani"),
    ],
)
def test_a_name_told_unasked_is_told_whole(text: str, name: str) -> None:
    span = name_in(text)
    assert span is not None
    assert text[slice(*span)] == name


@pytest.mark.parametrize("text", ["Weet Ik Niet", "Liever Niet", "Geen Idee", "ben klaar"])
def test_a_refusal_in_capitals_is_no_name(text: str) -> None:
    assert read_name(text) is None


@pytest.mark.parametrize("text", ["Installatietechniek Zwolle", "Jan", "hallo Jan, wat kost het"])
def test_who_begins_with_something_else_tells_no_name(text: str) -> None:
    assert name_in(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("O'Brien, Sean", "Sean O'Brien"), ("Vries, J. de", "J. de Vries")),
        *(("visser, karim", "Karim Visser"), ("El Amrani, Fatima", "Fatima El Amrani")),
        *(("Jan, maar ze noemen me Jantje", "Jan"), ("Zeg maar Bep, Bep Smit", "Bep Smit")),
        *(("Bas, achternaam Molenaar", "Bas Molenaar"), ("kees van dam hier", "Kees van Dam")),
        *(
            ("kees smit, nee sorry smits", "Kees Smits"),
            ("niet Smit maar Smid, Bo Smid", "Bo Smid"),
        ),
        *(("Karin spatie Post", "Karin Post"), ("Schrijf maar op: Wil de Wit", "Wil de Wit")),
        *(("ali ben salah", "Ali Ben Salah"), ("Ria Mol geboren Kuil", "Ria Mol geb. Kuil")),
        *(("Eva Mulder / monteur", "Eva Mulder"), ("Jan Post 🔧", "Jan Post")),
        *(
            ("Els Vink met een k", "Els Vink"),
            ("Voornaam: Bo\nachternaam: Mol", "Bo Mol"),
        ),
        *(
            ("j p de wit", "J P de Wit"),
            ("Kim\nVerhoef", "Kim Verhoef"),
            ("rob van les", "Rob van Les"),
        ),
        *(("Donald Duck", None), ("Jan of Johan Smit", None), ("noem me Batman haha", None)),
    ],
)
def test_a_whole_answer_is_read_for_the_name_in_it(text: str, name: str | None) -> None:
    assert name_answer(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ja dat kan, Bo Zandstra", "Bo Zandstra"),
        ("mijn dochter heet Fem, zelf heet ik Bo Zandstra", "Bo Zandstra"),
        ("lasser, Bo Zandstra", "Bo Zandstra"),
        ("mijn collega heet Bo Zandstra", None),
    ],
)
def test_a_name_among_other_words_is_that_of_the_speaker(text: str, name: str | None) -> None:
    assert name_answer(text) == name
