"""What nobody should send us is left out, and what only looks like it stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn

from bot.privacy.sensitive import LEFT_OUT, left_out


@pytest.mark.parametrize(
    "text",
    [
        "123456782",
        "mijn bsn is 123456782",
        "1234 56 782",
        "BSN: 999990019",
        "burgerservicenummer 123.456.789",
        "sofinummer 12345678",
        "NL91ABNA0417164300",
        "nl91 abna 0417 1643 00 graag daarop",
        "BE68 5390 0754 7034",
        "4111 1111 1111 1111",
        "mijn kaart is 5500-0000-0000-0004.",
        "ik heb diabetes",
        "ik ben afgekeurd",
        "ik had een burn-out. Kan ik meedoen?",
        "mijn vrouw is zwanger",
        "ik slik antidepressiva",
        "burn out gehad, mag ik starten",
        "nr.123456782",
        "NL91-ABNA-0417-1643-00",
        "sofi-nummer: 12345678",
        "ik heb borstkanker",
        "ik ben autist",
        "ik heb MS",
        "ik heb PTSD",
        "ik heb hartfalen",
        "mijn man had een hersenbloeding",
        "ik ben student en heb adhd",
        "ik ben voor 80% afgekeurd",
        "mijn man is afgekeurd",
        "afgekeurd",
        "ik slik medicijnen",
        "ik zat in een psychiatrische kliniek",
    ],
)
def test_it_is_left_out(text: str):
    assert LEFT_OUT in left_out(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "ik ben doof",
            "Ik ben slechthorend.",
            "ik ben vanaf mijn geboorte blind",
            "ik ben moslim",
        ),
        *("ik zit in een rolstoel", "ik loop bij een psycholoog", "ik zit in de ziektewet"),
        *("ik heb een strafblad", "ik heb een strafblad, is dat erg?", "ik ben ooit veroordeeld"),
        *("ik heb vastgezeten", "ik heb een lichte beperking", "ik ben katholiek"),
        *("mijn man is doof", "ik ga elke week naar de moskee", "ik heb rugklachten"),
        *(
            "ik heb in de gevangenis gezeten en zat in detentie",
            "ik ben onder behandeling bij de ggz",
        ),
        *("ik heb een zeldzame spierziekte", "ik draag een gehoorapparaat", "ik ben gehandicapt"),
        *("bsn123456782", "ik ben homo", "Ik ben doof. Kan ik meedoen?"),
    ],
)
def test_what_somebody_tells_of_body_faith_or_past_is_left_out(text: str):
    assert LEFT_OUT in left_out(text)


@pytest.mark.parametrize(
    "text",
    [
        *("moet ik een VOG hebben met een strafblad?", "mag ik meedoen met een strafblad"),
        *(
            "kan ik meedoen als ik doof ben?",
            "is er een gebedsruimte?",
            "is de school christelijk?",
        ),
        *("kan ik met een rolstoel naar binnen?", "wat als ik in de ziektewet kom"),
        *("ik werk in een gevangenis als monteur", "ik repareer rolstoelen", "ik ben psycholoog"),
        *("ik onderhoud de lift in een kerk", "ik heb een klant in een rolstoel"),
        *("ik ben niet doof", "ik heb geen strafblad", "ik werk bij een psycholoog in de bouw"),
        *("ik wil lesgeven op een christelijke school", "ik ben monteur bij de ggz"),
        *("ik heb een blinde flens gelast", "ik ben lid van de vakbond", "ik zit in de bouw"),
        *("leerlingen met een beperking", "is het examen ook voor doven?"),
        *("s123456782@student.nl", "mijn mail is s123456782@student.nl", "123456782@voorbeeld.nl"),
        *("s123456782 (at) student.nl", "nl91abna0417164300@voorbeeld.nl", "HT-12345678"),
        *("https://voorbeeld.nl/123456782", "www.voorbeeld.nl/?id=123456782", "s123456782"),
    ],
)
def test_a_question_a_trade_and_an_address_stay_whole(text: str):
    assert left_out(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "0612345678",
        "06-12345678",
        "612345678",
        "+31 6 12345678",
        "020-1234567",
        "1234567",
        "123456789",
        "4111 1111 1111 1112",
        "2005 2006 2007 2008",
        "10 jaar, sinds 2012, mbo 4",
        "HT-12345678",
        "hulp bij dyslexie?",
        "leer je omgaan met leerlingen met adhd en autisme",
        "ik wil leren omgaan met leerlingen met adhd",
        "wat als ik ziek word",
        "ik zit in de wia",
        "bsn",
        "moet ik mijn bsn geven?",
        "Sofi 0612345678",
        "020-123456782",
        "ik heb studenten met adhd in de klas",
        "mijn diploma is afgekeurd",
        "mijn baas heeft het afgekeurd",
        "ik werk in een fabriek voor medicijnen",
        "ik ben monteur in een psychiatrisch ziekenhuis",
        "ik heb ms office geleerd",
    ],
)
def test_it_stays(text: str):
    assert left_out(text) == text


def test_a_number_of_nine_at_the_question_for_a_phone_may_be_a_phone():
    assert left_out("123456782", expects_phone=True) == "123456782"
    assert LEFT_OUT in left_out("mijn bsn is 123456782", expects_phone=True)


@given(st.integers(10**7, 10**9 - 1))
def test_every_citizen_number_is_left_out_unless_it_can_be_called(number: int):
    digits = f"{number:09}"
    if bsn.is_valid(digits) and not digits.startswith("6"):
        assert left_out(f"het is {digits} hoor") == f"het is {LEFT_OUT} hoor"


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str):
    assert isinstance(left_out(text), str)


@given(st.text(alphabet="0123456789 .-NLABna", max_size=300))
def test_it_is_fast_whatever_is_typed(text: str):
    left_out(text * 6)
