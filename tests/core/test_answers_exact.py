"""What binds somebody is nothing but yes: one word that is not ours, and it is neither."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answers.exact import MOST_WORDS, is_restart, is_unknown, read_exact

QUESTIONS = ("consent", "confirm", "delete_my_data", "withdraw_registration")
WORDS_TO_US = {
    "yes": (
        "jazeker, dat mag",
        "ja. prima. akkoord.",
        "JAAAA GRAAG",
        "okeee doe maar hoor",
        "ja natuurlijk mevrouw",
        "zeker weten!",
        "ja, van mij mag het",
        "prima, ga uw gang",
        "ja dat is helemaal goed zo",
        "helemaal akkoord, dank u wel",
        "ja 😊",
        "👌🏾",
        "ja, daar ga ik mee akkoord",
        "joa heur",
        "tis goed zo",
        "da's akkoord",
        "helemaal goed, en dat is juist weergegeven",
        "daar heb ik geen bezwaar tegen",
        "wat mij betreft is alles in orde",
        "ziet er prima uit",
        "naturlijk, klopt allemaal",
        "akkord",
        "ok dan",
        "vooruit, akkoord dan",
        "yes 👍",
        "gaat u gerust uw gang",
        "ja hoor, doe dat maar, bedankt",
        "Klopt helemaal",
        "alles is goed",
        "dat wil ik graag",
        "ik weet het zeker",
        "dat is geen probleem",
        "tuurlijk mag dat",
    ),
    "no": (
        "neee hoor, dank u",
        "nee, dat wil ik niet",
        "liever nog niet",
        "ik geef geen toestemming",
        "nee, laat maar zitten",
        "nee ik wil niet dat jullie dat bewaren",
        "vandaag niet",
        "daar ga ik niet mee akkoord",
        "👎🏽",
        "ik hoef niet",
        "toch maar niet",
        "nee en nogmaals nee",
        "dat wil ik nie hebben",
        "bij nader inzien niet, sorry",
        "ik zie ervan af",
    ),
    "wrong": (
        "nee, dat klopt niet",
        "er klopt iets niet",
        "dat is niet goed",
        "verkeerd!",
    ),
    None: (
        "ja, mits u niets doorgeeft",
        "ja momentje",
        "ja hallo",
        "jaja",
        "nou ja",
        "ja toch?",
        "ja, morgen dan",
        "ja, als mijn vrouw het ook goed vindt",
        "ja in principe wel",
        "ja eigenlijk",
        "ja en dan?",
        "ja ik lees het nog even door",
        "ja, Jan",
        "ja 06-12345678",
        "ja, maar ik ben verhuisd",
        "ja dat was mijn vorige baas",
        "ja, alleen mijn naam is anders",
        "ja ja ja het zal wel",
        "oke maar eerst een vraag",
        "zal wel",
        "het zal wel goed zijn",
        "volgens mij klopt het",
        "ik geloof van wel",
        "vast wel",
        "ja denk ik",
        "moet dat echt",
        "mag dat",
        "is dat goed",
        "mag ik",
        "goed, en de kosten?",
        "kk",
        "1",
        "ja en",
        "ja en dan",
        "ok dan maar niet",
        "ja nog een keer",
        "lekker dan",
        "dat loopt",
        "zeer",
        "ja met mijn man",
        "akkoord onder voorbehoud",
        "geen bezwaar behalve de telefoon",
        "niet zeker",
        "dat gaat u niets aan",
        "verder niets",
        "niet delen",
        "nee, met twee s",
        "ja 🤔",
        "ja 🙄",
        "yes or no",
        "nee, of toch wel",
        "nee ja",
        "ja nee",
        "nee wacht",
        "nee, eerst iets anders",
        "nee hoezo",
        "",
        "...",
        "?",
        "dank u wel",
        "hoor",
        "echt",
        "ik wil",
        "wis mijn gegevens",
        "trek mijn aanmelding in",
        "ik wil me aanmelden",
    ),
}
OF_ONE_QUESTION = (
    ("confirm", "ja, meld mij aan"),
    ("confirm", "meld me maar aan"),
    ("confirm", "ja graag inschrijven"),
    ("confirm", "zet me er maar op"),
    ("confirm", "klopt, en ik verzoek u mij in te schrijven"),
    ("consent", "u mag ze bewaren"),
    ("consent", "ja, ik ga ermee akkoord dat u mijn gegevens bewaart"),
    ("delete_my_data", "wis alles maar"),
    ("delete_my_data", "ja, wis mijn gegevens"),
    ("delete_my_data", "verwijder het maar"),
    ("withdraw_registration", "trek maar in"),
    ("withdraw_registration", "ja, trek hem terug"),
    ("withdraw_registration", "schrijf me maar uit"),
)


@pytest.mark.parametrize("about", QUESTIONS)
@pytest.mark.parametrize(
    ("means", "text"), [(means, text) for means, row in WORDS_TO_US.items() for text in row]
)
def test_a_whole_message_is_yes_or_no_or_neither(about: str, means: str | None, text: str) -> None:
    assert read_exact(text, about) == means


@pytest.mark.parametrize(("about", "text"), OF_ONE_QUESTION)
def test_some_words_are_a_yes_to_one_question_only(about: str, text: str) -> None:
    assert read_exact(text, about) == "yes"
    others = {
        "consent": ("delete_my_data", "withdraw_registration"),
        "confirm": ("delete_my_data", "withdraw_registration"),
        "delete_my_data": ("consent", "confirm", "withdraw_registration"),
        "withdraw_registration": ("consent", "confirm", "delete_my_data"),
    }[about]
    assert [read_exact(text, other) for other in others] == [None] * len(others)


YES = st.sampled_from(["ja", "graag", "prima", "dat klopt", "doe maar", "akkoord", "dat mag"])
FILLER = st.sampled_from(["hoor", "dank u", "mevrouw", "helemaal", "alstublieft"])
OURS = st.lists(YES | FILLER, max_size=4)
FOREIGN = st.sampled_from(
    ["maar", "als", "straks", "wacht", "mits", "waarom", "piet", "12", "niet", "of", "even", "?"]
)


@given(OURS, YES, OURS, st.sampled_from([" ", ", ", ". ", "! "]))
def test_yes_words_and_fillers_in_any_order_are_a_yes(
    before: list[str], yes: str, after: list[str], between: str
) -> None:
    assert read_exact(between.join([*before, yes, *after]), "confirm") == "yes"


@given(OURS, YES, OURS, FOREIGN, st.integers(0, 9))
def test_one_other_word_anywhere_makes_it_no_yes(
    before: list[str], yes: str, after: list[str], foreign: str, where: int
) -> None:
    words = [*before, yes, *after]
    words.insert(where, foreign)
    assert read_exact(" ".join(words), "confirm") != "yes"


@given(st.text(max_size=200))
def test_any_text_is_read_without_trouble(text: str) -> None:
    assert read_exact(text, "consent") in ("yes", "no", "wrong", None)


def test_a_very_long_yes_is_none() -> None:
    assert read_exact("ja " * MOST_WORDS, "confirm") == "yes"
    assert read_exact("ja " * (MOST_WORDS + 1), "confirm") is None


@pytest.mark.parametrize(
    "text", ["weet ik niet", "ik weet het niet", "geen idee hoor", "tja, dat weet ik nog niet"]
)
def test_who_does_not_know_says_nothing_else(text: str) -> None:
    assert is_unknown(text)


@pytest.mark.parametrize(
    "text", ["ik hoop het", "weet ik niet zeker maar ik denk van wel", "niet", "ik weet het", ""]
)
def test_hope_is_another_thing_than_not_knowing(text: str) -> None:
    assert not is_unknown(text)


@pytest.mark.parametrize(
    "text", ["begin opnieuw", "Opnieuw beginnen!", "ik wil helemaal opnieuw beginnen", "opnieuw"]
)
def test_starting_over_is_said_in_so_many_words(text: str) -> None:
    assert is_restart(text)


@pytest.mark.parametrize(
    "text",
    [
        "terug",
        "terug naar de vorige vraag",
        "ik doe van alles wat",
        "opnieuw mijn naam",
        "beginnen",
    ],
)
def test_what_may_mean_something_else_starts_nothing_over(text: str) -> None:
    assert not is_restart(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *(("nee dat klopt zo", "no"), ("mijn adres klopt", "no"), ("nee, is goed zo", "no")),
        *(("dat klopt", "yes"), ("ja graag", "yes"), ("nee wacht even", None)),
    ],
)
def test_who_keeps_what_he_wrote_says_no_to_another_spelling(text, said):
    assert read_exact(text, "email") == said


@pytest.mark.parametrize(("text", "said"), [("j", "yes"), ("J.", "yes"), ("n", "no")])
def test_one_letter_is_a_yes_or_no_only_to_what_somebody_tells(text: str, said: str) -> None:
    assert [read_exact(text, about) for about in ("consent", "confirm")] == [said, said]
    assert [read_exact(text, about) for about in QUESTIONS[2:]] == [None, None]


@pytest.mark.parametrize(
    "text", ["klopt wel maar meld me niet aan", "alles klopt, maar liever niet"]
)
def test_who_finds_it_right_may_still_not_want_it(text: str) -> None:
    assert read_exact(text, "confirm") == "no"


@pytest.mark.parametrize("text", ["bewaar ze maar", "mijn gegevens mogen bewaard worden"])
def test_leave_to_keep_is_no_leave_to_erase(text: str) -> None:
    assert read_exact(text, "consent") == "yes"
    assert read_exact(text, "delete_my_data") is None


@pytest.mark.parametrize("text", ["ok jammer", "zeker jammer", "goed, helaas", "ja jammer"])
def test_regret_is_no_yes_to_withdrawing(text: str) -> None:
    assert read_exact(text, "withdraw_registration") is None
    wish = "ja trek maar in, ik vind het echt jammer"
    assert read_exact(wish, "withdraw_registration") == "yes"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *(("ja, die nieuwe is goed", "yes"), ("pas het maar aan", "yes")),
        *(("pas", None), ("ok pas", None), ("die nieuwe klopt", None)),
    ],
)
def test_a_yes_to_a_change_may_name_what_is_new(text: str, said: str | None) -> None:
    assert read_exact(text, "change_registration") == said
