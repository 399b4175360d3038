"""A typed yes counts for the question on the screen, and only when it is nothing but yes."""

import pytest

from bot.core.turn import Said
from bot.services import conversation
from bot.services.records import Spoken

SURE = '/delete_my_data{"sure": "yes"}'
CONSENT = Spoken(
    "Mogen wij uw gegevens bewaren?",
    (("Ja, dat mag", '/inform{"consent": "yes"}'), ("Nee", '/inform{"consent": "no"}')),
    "utter_ask_consent",
)
CONFIRM = Spoken(
    "Klopt dit, en wilt u zich zo aanmelden?",
    (
        ("Ja, meld mij aan", '/inform{"confirm": "yes"}'),
        ("Nee, nog niet", '/inform{"confirm": "no"}'),
        ("Ik wil iets aanpassen", "/change_registration"),
    ),
    "utter_ask_confirm",
)
ERASE = Spoken("Weet u het zeker?", (("Ja, wis alles", SURE), ("Nee", "/deny")))
WITHDRAW = Spoken(
    "Weet u het zeker?",
    (("Ja, trek terug", '/withdraw_registration{"sure": "yes"}'), ("Nee", "/deny")),
)
HINT = Spoken(
    "Bedoelt u misschien jan@gmail.com?",
    (
        ("Ja, dat bedoel ik", '/change_registration{"item": "email"}'),
        ("Nee, mijn adres klopt", "/help"),
    ),
)
PHONE = Spoken("Op welk telefoonnummer bent u bereikbaar?", key="utter_ask_phone")


async def heard(ports, engine, text: str, *spoken: Spoken) -> dict[str, str | None]:
    """What the engine hears of a text after it said this."""
    name = (await conversation.start(ports, "web")).conversation
    engine.says = spoken
    await conversation.take_turn(ports, name, Said(text="hallo"))
    engine.says = (Spoken("Goed."),)
    await conversation.take_turn(ports, name, Said(text=text))
    [*_, last] = await conversation.history(ports, name)
    assert last.said and last.said.casefold().replace(",", "") == text.replace(",", "")
    return engine.heard[-1]


@pytest.mark.parametrize(
    ("spoken", "text", "command"),
    [
        (CONSENT, "jazeker, dat mag", '/inform{"consent": "yes"}'),
        (CONSENT, "nee, liever niet", '/inform{"consent": "no"}'),
        (CONFIRM, "ja hoor, schrijf me maar in", '/inform{"confirm": "yes"}'),
        (CONFIRM, "nog niet", '/inform{"confirm": "no"}'),
        (CONFIRM, "nee, dat klopt niet", "/change_registration"),
        (ERASE, "ja, wis maar", SURE),
        (ERASE, "nee hoor", "/deny"),
        (WITHDRAW, "ja trek maar in", '/withdraw_registration{"sure": "yes"}'),
        (WITHDRAW, "toch maar niet", "/deny"),
    ],
)
async def test_a_plain_yes_or_no_is_the_button_for_it(ports, engine, spoken, text, command):
    assert await heard(ports, engine, text, spoken) == {"text": None, "command": command}


@pytest.mark.parametrize("spoken", [CONSENT, CONFIRM, ERASE, WITHDRAW])
@pytest.mark.parametrize(
    "text", ["ja wacht even", "ja, maar wie leest dat?", "denk het wel", "1", "ja over een maand"]
)
async def test_what_is_more_than_yes_reaches_the_engine_as_words(ports, engine, spoken, text):
    assert (await heard(ports, engine, text, spoken))["text"] == text


@pytest.mark.parametrize(
    ("text", "command"), [("ja", HINT.buttons[0][1]), ("nee, dank u", HINT.buttons[1][1])]
)
async def test_yes_to_a_hint_above_the_next_question_takes_the_hint(ports, engine, text, command):
    told = await heard(ports, engine, text, HINT, PHONE)
    assert told["command"] == command


async def test_yes_to_a_question_that_is_no_longer_the_last_is_no_button(ports, engine):
    later = Spoken("Wat bedoelt u?", (("Wat kost het?", "/faq"), ("Iets anders", "/help")))
    assert await heard(ports, engine, "ja", CONFIRM, later) == {"text": "ja", "command": None}


async def test_who_asks_to_start_over_in_so_many_words_is_not_asked_again(ports, engine):
    told = await heard(ports, engine, "begin maar opnieuw", PHONE)
    assert told["command"] == '/restart{"sure": "yes"}'


async def test_the_title_of_a_button_counts_without_its_comma(ports, engine):
    told = await heard(ports, engine, "ja dat bedoel ik", HINT, PHONE)
    assert told["command"] == HINT.buttons[0][1]
