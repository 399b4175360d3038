"""What of a message reaches the engine: never a person."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answers import facts_in
from bot.core.answers.names import is_common, is_first_name
from bot.core.answers.ordinary import is_ordinary, ordinary_words
from bot.core.answers.text import fold
from bot.privacy.masking import PersonalDataFinder

FINDER = PersonalDataFinder()
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "masked", "known"),
    [
        ("mail jan@x.nl maar", "mail [email] maar", {"email": "jan@x.nl"}),
        ("Jan.Jansen@Voorbeeld.NL.", "[email]", {"email": "jan.jansen@voorbeeld.nl"}),
        ("jan@gmial.com", "[email]", {"email": "jan@gmial.com"}),
        ("jan@kpnmail.n", "[email]", {"email": "jan@kpnmail.n"}),
        ("jan@@x", "[email onjuist]", {}),
        ("jan @ x.nl", "[email onjuist]", {}),
        ("jan (at) voorbeeld.nl", "[email onjuist]", {}),
        ("jan apenstaartje voorbeeld punt nl", "[email onjuist]", {}),
        ("bel 06-12345678", "bel [telefoon]", {"phone": "+31612345678"}),
        ("bel 06 12 34 56 78", "bel [telefoon]", {"phone": "+31612345678"}),
        ("06–12 34 56 78", "[telefoon]", {"phone": "+31612345678"}),
        ("tel0612345678", "tel[telefoon]", {"phone": "+31612345678"}),
        ("038-4211234", "[telefoon]", {"phone": "+31384211234"}),
        ("+32 470 12 34 56", "[telefoon]", {"phone": "+32470123456"}),
        ("0049 30 901820", "[telefoon]", {"phone": "+4930901820"}),
        ("06-1234567", "[nummer onjuist]", {}),
        ("0900-1234567", "[nummer onjuist]", {}),
        ("geboren 12-03-1985", "geboren 1985", {}),
        ("NL91 ABNA 0417 1643 00", "[nummer onjuist]", {}),
        ("NL91ABNA0417164300", "[nummer onjuist]", {}),
        ("mijn naam is jan de vries", "mijn naam is [naam]", {"name": "Jan de Vries"}),
        ("ik werk al 15 jaar, mbo 4", "ik werk al 15 jaar, mbo 4", {}),
        ("in 12 jaar werk nodig", "in 12 jaar werk nodig", {}),
        ("tussen 2012 en 2020", "tussen 2012 en 2020", {}),
        ("in november 2027?", "in november 2027?", {}),
        ("van 2005-2015", "van 2005-2015", {}),
        ("begint het op 01-11-2027?", "begint het op 01-11-2027?", {}),
        ("2.500 - 3.000 euro", "2.500 - 3.000 euro", {}),
        ("€2500-3000 bruto", "€2500-3000 bruto", {}),
        ("2005-2015, 06-12345678", "2005-2015, [telefoon]", {"phone": "+31612345678"}),
        ("06-11-2027 12", "[telefoon]", {"phone": "+31611202712"}),
        ("NL91-ABNA-0417-1643-00", "[nummer onjuist]", {}),
        ("“jan@x.nl”", "[email]", {"email": "jan@x.nl"}),
    ],
)
def test_personal_data_is_taken_out_wherever_it_stands(text, masked, known):
    found = FINDER.mask(text, None, {})
    assert (found.text, dict(found.written)) == (masked, known)


@pytest.mark.parametrize(
    ("asks", "text", "masked"),
    [
        ("name", "Piet Jansen", "[naam]"),
        ("name", "waarom wilt u dat weten?", "waarom wilt u dat weten?"),
        ("name", "wat kost de opleiding?", "wat kost de opleiding?"),
        ("name", "waarom? Kanarie Zwartkop", "waarom? [naam onjuist]"),
        ("name", "Kanarie123", "[naam onjuist]"),
        ("email", "kanarie.voorbeeld.nl", "[email onjuist]"),
        ("email", "heb ik niet", "heb ik niet"),
        ("phone", "nul zes kanarie", "nul zes [nummer onjuist]"),
        ("company", "Kanarie Installaties BV", "[bedrijf]"),
        ("company", "overslaan", "overslaan"),
    ],
)
def test_at_a_personal_question_no_strange_word_passes(asks, text, masked):
    assert FINDER.mask(text, asks, {}).text == masked


@pytest.mark.parametrize(
    ("asks", "text", "masked"),
    [
        ("phone", "jan jansen, 0612345678", "[telefoon]"),
        ("phone", "jan 0612345678", "[telefoon]"),
        ("callback", "Jan Jansen, 0612345678", "… [telefoon]"),
        ("callback", "Kanarie Zwartkop", "…"),
        ("callback", "06 12 34", "…"),
        ("phone", "ja dat is 0612345678", "ja dat is [telefoon]"),
        ("callback", "bel me na 5 uur op 0612345678", "bel me na 5 uur op [telefoon]"),
        ("callback", "na 17:30 op 0612345678 graag", "na 17:30 op [telefoon] graag"),
        ("callback", "Ben na 5 uur thuis 0612345678", "Ben na 5 uur thuis [telefoon]"),
        ("email", "x@y.nl en ik woon in Zutphen", "[email] en ik woon in Zutphen"),
    ],
)
def test_a_name_beside_the_answer_is_left_away_and_ordinary_words_stay(asks, text, masked):
    assert FINDER.mask(text, asks, {}).text == masked


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Jan de Wit, jan@wit.nl, 0612345678, Apeldoorn", ("Jan de Wit", "Apeldoorn", None)),
        (
            "Jan de Wit jan@wit.nl 0612345678 apeldoorn en omstreken",
            ("Jan de Wit", "Apeldoorn", None),
        ),
        ("Piet Jansen\njan@wit.nl\n0612345678\nDen Haag", ("Piet Jansen", "Den Haag", None)),
        (
            "naam: Jan de Wit, e-mail: jan@wit.nl, tel: 06-12345678, woonplaats: Almelo",
            ("Jan de Wit", "Almelo", None),
        ),
        (
            "mijn naam is Kees van den Berg uit Almelo, mail jan@wit.nl, telefoon 0612345678",
            ("Kees van den Berg", "Almelo", None),
        ),
        (
            "Bart Olthuis, Klaverveld Klimaat BV, Ede, jan@wit.nl 0612345678",
            ("Bart Olthuis", "Ede", "Klaverveld Klimaat BV"),
        ),
        (
            "sem bakker, jan@wit.nl, 0612345678, woon in arnhem en werk bij bakker techniek",
            ("Sem Bakker", "Arnhem", "Bakker Techniek"),
        ),
        (
            "Serkan Yilmaz, jan apenstaartje wit punt nl, nul zes twaalf vierendertig zesenvijftig "
            "achtenzeventig, almelo overijssel",
            ("Serkan Yilmaz", "Almelo", None),
        ),
    ],
)
def test_details_that_are_given_together_are_all_read(text, told):
    name, town, firm = told
    masked = FINDER.mask(text, "name", {})
    assert (masked.known["name"], masked.known.get("company")) == (name, firm)
    assert masked.known["email"] == "jan@wit.nl" and masked.known["phone"] == "+31612345678"
    assert masked.text.endswith(f"woon in {town}") and not masked.likely


@pytest.mark.parametrize(
    ("text", "name"), [("Piet Zwolle", "Piet Zwolle"), ("Hoorn, Piet", "Piet Hoorn")]
)
def test_a_town_that_is_a_surname_is_no_town(text, name):
    masked = FINDER.mask(text, "name", {})
    assert (masked.text, masked.known) == ("[naam]", {"name": name})


def test_a_name_that_is_not_known_yet_is_kept_where_another_detail_is_asked():
    text = "Bart Olthuis, bart@voorbeeld.nl, 06-25417730, Apeldoorn en omstreken"
    assert FINDER.mask(text, "email", {}).known["name"] == "Bart Olthuis"
    assert "name" not in FINDER.mask(text, "email", {"name": "Bart de Groot"}).known


def test_a_first_name_that_nobody_asked_for_is_half_a_name():
    known = {"name_before": "Bart"}
    assert FINDER.mask("Olthuis", "name", known).known == {"name": "Bart Olthuis"}
    assert FINDER.mask("Bart Olthuis", "name", known).known == {"name": "Bart Olthuis"}
    assert FINDER.mask("Bart", "name", known).known == {"name": "Bart"}
    assert FINDER.mask("van den Berg", "name", known).known == {"name": "Bart van den Berg"}
    assert FINDER.mask("bakker", "name", known).known == {"name": "Bart Bakker"}
    assert FINDER.mask("weet ik niet", "name", known).known == {}


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("ik woon in Ede en werk bij Bakker Techniek", "Bakker Techniek"),
        ("in loondienst, bij Klaverveld Klimaat", "Klaverveld Klimaat"),
        ("ik ben monteur bij Feenstra", "Feenstra"),
        ("ik wil me aanmelden, ik werk bij Bakker Techniek", "Bakker Techniek"),
        ("vast bij Van Dam Installaties", "Van Dam Installaties"),
        ("ik wil werken bij Damen", None),
        ("werk voor de KPN", "KPN"),
        ("ik werk al 12 jaar bij van der Kok installaties", "van der Kok installaties"),
        ("ik werk bij een installatiebedrijf", None),
        ("ik werk bij mijn vader in de zaak", None),
        ("vroeger werkte ik bij Philips", None),
        ("hij werkt bij ASML", None),
        ("ik wil les geven bij het ROC", None),
    ],
)
def test_the_firm_that_somebody_works_at_is_heard_unasked(text, firm):
    assert FINDER.mask(text, None, {}).known.get("company") == firm


@pytest.mark.parametrize(
    "text",
    [
        *("Contract voor Onbepaalde tijd", "ik werk van Huis uit", "In dienst bij Vader"),
        *("Ik werk als ZZP voor Klanten", "Ik zoek een baan bij Instap"),
        *("ik werk bij Jansen niet meer", "ik heb een baan bij De Jong Metaal gehad"),
        *("mijn contract bij Damen is afgelopen", "ik stop met werk bij Damen"),
    ],
)
def test_what_is_no_firm_or_not_theirs_is_not_kept(text):
    assert FINDER.mask(text, None, {}).known == {}


@pytest.mark.parametrize(
    "text",
    [
        *("0612345678, is Zwolle ook goed?", "0612345678, in Ede?", "0612345678, Zwolle of Ede"),
        *("0612345678, Zwolle is te ver", "0612345678, bedrijf in Ede"),
        *("Anna Smit (mijn vrouw) 0612345678", "Anna Smit van de administratie, 0612345678"),
    ],
)
def test_beside_a_number_only_a_lone_town_and_an_own_name_are_details(text):
    masked = FINDER.mask(text, "phone", {})
    assert masked.known == {"phone": "+31612345678"} and "woon in" not in masked.text


def test_a_dictated_address_takes_no_word_of_the_name():
    for text in ("Jan de Wit apenstaartje gmail punt com", "Jan Smit werkt at home punt nl"):
        assert "email" not in FINDER.mask(text, "name", {}).known


def test_the_branch_is_left_beside_a_firm():
    masked = FINDER.mask("ik werk bij Volker Wessels in de bouw", None, {})
    assert (masked.text, masked.known) == (
        "ik werk bij [bedrijf] in de bouw",
        {"company": "Volker Wessels"},
    )


def test_a_firm_that_tells_the_branch_is_left_where_that_is_asked():
    assert FINDER.mask("ik werk bij Jansen Installatietechniek", "sector", {}).known == {}
    assert FINDER.mask("ik werk bij Bakker", "sector", {}).known == {"company": "Bakker"}


def test_a_known_name_is_no_part_of_a_word_and_a_skipped_company_no_name():
    known = {"name": "Daan", "company": "skip"}
    assert FINDER.mask("gedaan door Daan", None, known).text == "gedaan door [naam]"
    assert FINDER.mask("skip die vraag", None, known).text == "skip die vraag"


@pytest.mark.parametrize("name", ["Klein", "Bakker"])
def test_a_name_that_is_a_word_is_no_name_wherever_that_word_stands(name):
    text = f"ik werk bij een {name.lower()} bedrijf"
    assert FINDER.mask(text, None, {"name": name}).text == text


def test_it_does_not_start_without_the_ordinary_words(tmp_path):
    with pytest.raises(FileNotFoundError):
        ordinary_words(tmp_path / "none.txt")


def test_no_word_is_ordinary_because_a_training_sentence_has_it():
    taught = " ".join(path.read_text() for path in (ROOT / "nlu").rglob("*.yml"))
    assert "jan" in re.findall(r"\w+", fold(taught))
    assert is_ordinary("diploma") and not is_ordinary("Jan") and not is_ordinary("Hupkens")


def test_no_first_name_is_an_ordinary_word_unless_it_is_one():
    names = {word for word in ordinary_words() if is_first_name(word) and not is_common(word)}
    assert names == set()


def test_what_was_told_before_is_taken_out_again():
    known = {"name": "Kanarie de Gele"}
    assert FINDER.mask("hier kanarie de gele weer", None, known).text == "hier [naam] weer"


@given(st.text(max_size=400), st.sampled_from([None, "name", "email", "phone", "company"]))
def test_any_text_can_be_masked(text, asks):
    FINDER.mask(text, asks, {})


SENTENCES = yaml.safe_load((Path(__file__).parents[1] / "understanding/must_hold.yml").read_text())


@pytest.mark.parametrize("asks", ["name", "email", "phone", "company"])
def test_no_plain_question_or_wish_is_taken_for_a_personal_answer(asks: str) -> None:
    finder = PersonalDataFinder()
    masked = {text: finder.mask(text, asks, {}) for text in SENTENCES.values()}
    assert [text for text, each in masked.items() if each.text != text or each.known] == []


@pytest.mark.parametrize("text", ["HT-7K3M9Q2A", "ht 7k3m9q2a", "mijn code is HT7K3M9Q2A."])
def test_the_code_of_a_registration_never_reaches_the_engine(text):
    masked = PersonalDataFinder().mask(text, None, {})
    assert masked.known == {"code": "HT-7K3M9Q2A"}
    assert "7k3m9q2a" not in masked.text.casefold() and "[code]" in masked.text


def test_mailed_digits_are_taken_out_where_we_ask_for_them():
    assert PersonalDataFinder().mask("het is 048 151", "digits", {}).known == {"digits": "048151"}
    assert PersonalDataFinder().mask("048151", "region", {}).known == {}


@pytest.mark.parametrize("asks", ["name", "email", "phone", "company"])
def test_a_correction_of_an_earlier_answer_can_be_read_at_a_personal_question(asks):
    for text in ("niet hbo maar mbo 4", "nee, 12 jaar"):
        assert PersonalDataFinder().mask(text, asks, {}).text == text
    assert "34" not in PersonalDataFinder().mask("06 12 34", asks, {}).text


@pytest.mark.parametrize("asks", ["name", "company"])
@pytest.mark.parametrize("text", ["bakker", "kok.", "timmerman", "slager"])
def test_a_surname_that_is_a_trade_is_no_job_and_the_second_time_a_name(asks, text):
    first = FINDER.mask(text, asks, {})
    assert "onjuist" in first.text and not facts_in(first.text)
    assert asks in FINDER.mask(text, asks, {}, again=True).known


@pytest.mark.parametrize(
    ("asks", "text"),
    [
        (None, "Goedemiddag, Ingrid Bakker"),
        (None, "u spreekt met mevrouw Kok"),
        (None, "Groeten, Jan Timmerman"),
        ("email", "Ingrid Bakker ingrid@voorbeeld.nl"),
        ("phone", "Tjorven Slager 0612345678"),
        (None, "ik werk bij Van der Kok installaties"),
    ],
)
def test_nobody_has_a_trade_by_his_name(asks, text):
    facts = facts_in(FINDER.mask(text, asks, {}).text)
    assert "sector" not in [fact.entity for fact in facts]


def test_whoever_is_addressed_is_not_who_writes():
    assert not FINDER.mask("Beste mevrouw Jansen, wat kost het?", None, {}).known


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("nee, mijn achternaam is Bergh", "Jan Bergh"),
        ("en mijn achternaam is de Boer", "Jan de Boer"),
        ("voornaam is Piet", "Piet van der Berg"),
        ("groeten, Jan", "Jan van der Berg"),
        ("groeten, Piet", "Jan van der Berg"),
        ("mijn naam is Piet Klein", "Piet Klein"),
    ],
)
def test_half_a_name_never_takes_a_whole_one_away(text, name):
    assert FINDER.mask(text, "confirm", {"name": "Jan van der Berg"}).known["name"] == name


def test_half_a_name_that_is_asked_anew_changes_half():
    before = {"name_before": "Jan van der Berg"}
    assert FINDER.mask("achternaam is de Boer", "name", before).known == {"name": "Jan de Boer"}
    assert FINDER.mask("Piet Klein", "name", before).known == {"name": "Piet Klein"}


@pytest.mark.parametrize("asks", ["name", "company"])
@pytest.mark.parametrize(
    "text",
    [
        *("opnieuw beginnen", "hou maar op", "hou op", "Hou op", "herhaal", "Herhaal", "leg uit"),
        *("verder op telegram", "klootzak", "Rot Op", "kap ermee", "pauze", "Huh", "annuleer"),
        *("begin opnieuw", "lekker dan", "n.v.t.", "Weet Ik Niet", "Waarom Vraagt U Dat"),
    ],
)
def test_what_is_made_of_ordinary_words_is_first_for_the_engine_to_understand(asks, text):
    assert not FINDER.mask(text, asks, {}).known
    assert not FINDER.mask(text, asks, {}, again=True).known


@pytest.mark.parametrize("day", ["12-03-2011", "12/3/2011", "12.03.2011", "12 03 2011"])
def test_of_a_day_of_birth_only_the_year_goes_on(day: str) -> None:
    masked = FINDER.mask(f"ik ben geboren op {day}", None, {})

    assert masked.text == "ik ben geboren op 2011"
    assert not masked.known


@pytest.mark.parametrize("text", ["I do not understand this question", "what do you mean"])
@pytest.mark.parametrize("asks", ["name", "company"])
@pytest.mark.parametrize("again", [False, True])
def test_talk_of_ordinary_words_is_kept_as_nobodys_name(text, asks, again):
    masked = FINDER.mask(text, asks, {}, again=again)
    assert not masked.known and "do" in masked.text.split()


@pytest.mark.parametrize("text", ["karel van de grote molen", "Ik ben Jan de Zeer Grote"])
def test_a_first_name_or_a_capital_in_a_line_is_still_somebodys(text):
    assert FINDER.mask(text, "name", {}, again=True).known
