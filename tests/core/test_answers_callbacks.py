"""What somebody who waits for a call says: that it is off, or when it comes."""

import pytest

from bot.core.answers.callbacks import asks_when, takes_back
from bot.core.answers.roles import role_in

OFF = (
    "hoeft niet meer",
    "laat maar",
    "laat maar, hoeft niet meer",
    "bel me toch maar niet",
    "ik wil toch niet gebeld worden",
    "bel mij niet meer",
    "Je hoeft me niet te bellen hoor, het is al opgelost.",
    "nee u hoeft niet meer te bellen dank u wel",
    "vergeet het maar",
    "haal me van de lijst",
    "haal mijn nummer van de lijst af",
    "trek mijn verzoek in",
    "annuleer het belverzoek",
    "terugbellen is niet meer nodig",
    "toch maar niet",
    "nee toch niet",
    "hoeft neit meer",
    "bellen hoeft niet",
    "ik hoef geen contact",
    "ik wil geen telefoontje",
    "stop maar, ik hoef niet gebeld te worden",
    "ik wil niet meer gemaild worden",
    "doe toch maar niet",
    "het is al opgelost, bedankt",
    "het is niet meer nodig",
    "u hoeft niet te bellen want ik weet het al",
    "laat maar, ik vraag het aan mijn baas",
    "bel me maar niet, mijn baas heeft het uitgelegd",
)
NOT_OFF = (
    "bel me niet op maandag",
    "bel me niet voor negen uur",
    "niet bellen maar mailen",
    "bel me liever niet thuis maar op mijn werk",
    "ik kan niet bellen onder het werk",
    "ja graag",
    "nee",
    "nee bedankt",
    "stop",
    "over de kosten",
    "hoeft mijn baas niet mee te doen?",
    "moet ik bellen of niet?",
    "ik heb geen diploma",
    "ik werk niet meer",
    "het is nog niet opgelost",
    "vergeet het niet",
    "vergeet niet te bellen",
    "bel me maar niet, ik ben maandag pas terug",
    "bel me niet, stuur een email",
    "bel niet op mijn werk, want mijn baas weet het niet",
    "laat maar weten wanneer",
    "het maakt niet uit",
    "trek mijn aanmelding in",
    "bel me niet op dat nummer maar op een ander",
    "",
)


@pytest.mark.parametrize("text", OFF)
def test_a_message_of_nothing_but_that_takes_the_request_back(text):
    assert takes_back(text)


@pytest.mark.parametrize("text", NOT_OFF)
def test_a_word_more_says_something_else(text):
    assert not takes_back(text)


def test_at_a_question_that_may_be_skipped_that_is_all_it_says():
    assert takes_back("hoeft niet") and not takes_back("hoeft niet", can_skip=True)
    assert takes_back("hoeft niet meer", can_skip=True)


@pytest.mark.parametrize(
    "text",
    [
        "wanneer bellen jullie",
        "wanneer word ik gebeld?",
        "hoe laat bellen jullie me",
        "hoe snel hoor ik iets",
        "hoelang duurt het voor ik gebeld word",
        "ik ben nog niet gebeld",
        "niemand heeft me teruggebeld",
        "word ik nog gebeld",
        "ik heb nog steeds niets gehoord",
        "gaan jullie me nog bellen?",
    ],
)
def test_it_is_read_that_somebody_waits(text):
    assert asks_when(text)


@pytest.mark.parametrize(
    "text",
    ["wanneer kan ik jullie bellen", "wanneer begint het", "bel me morgen", "hoe laat is de les"],
)
def test_another_question_is_none_about_the_call(text):
    assert not asks_when(text)


def test_who_registered_may_ask_for_something_else_when_he_wants_to_hear():
    assert not asks_when("wanneer hoor ik iets", also_hear=False)
    assert asks_when("wanneer word ik gebeld", also_hear=False)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ik ben hr-manager bij een installatiebedrijf", "employer"),
        ("ik heb twee monteurs, een van mijn monteurs wil dit", "employer"),
        ("als werkgever wil ik graag weten wat het kost", "employer"),
        ("u spreekt met de directeur", "employer"),
        ("ik ben decaan op een vmbo", "school"),
        ("wij zijn een school in Zwolle", "school"),
        ("ik ben loopbaancoach", "adviseur"),
        ("mijn zoon zoekt iets met techniek", "for_somebody_else"),
        ("ik ben de moeder van Daan", "for_somebody_else"),
        ("ik ben journalist bij een vakblad", "press"),
        ("mijn werkgever vindt het goed", None),
        ("weet mijn baas ervan", None),
        ("mijn man vindt het een goed plan", None),
        ("ik werk in de bouw", None),
    ],
)
def test_a_role_is_read_from_what_somebody_says_of_himself(text, role):
    assert role_in(text) == ("adviser" if role == "adviseur" else role)
