"""Ways of working."""

import pytest

from bot.core.answers import facts_in
from bot.core.answers.reading import answer_to


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("in loondienst", "employee"),
        ("loondienst", "employee"),
        ("ik werk bij een installatiebedrijf", "employee"),
        ("vast", "employee"),
        ("ik heb een vast contract van 40 uur", "employee"),
        ("uitzendkracht", "employee"),
        ("parttime monteur", "employee"),
        ("gewoon in dienst bij een baas", "employee"),
        ("werknemer", "employee"),
        ("ik heb een baan", "employee"),
        ("detacheringsbureau", "employee"),
        ("ik ben geen zzper maar in loondienst", "employee"),
        ("gewoon bij een baas", "employee"),
        ("ik werk 40 uur", "employee"),
        ("zzp", "self_employed"),
        ("zzp'er", "self_employed"),
        ("zzper", "self_employed"),
        ("ZZP-er", "self_employed"),
        ("zelfstandig", "self_employed"),
        ("zelfstandige zonder personeel", "self_employed"),
        ("eigen bedrijf", "self_employed"),
        ("ik heb een eigen zaak", "self_employed"),
        ("eigen baas", "self_employed"),
        ("ik werk voor mezelf", "self_employed"),
        ("eenmanszaak", "self_employed"),
        ("dga", "self_employed"),
        ("freelancer", "self_employed"),
        ("ondernemer", "self_employed"),
        ("werkloos", "unemployed"),
        ("werkeloos sinds maart", "unemployed"),
        ("werkzoekend", "unemployed"),
        ("ik zit in de ww", "unemployed"),
        ("ww", "unemployed"),
        ("ik zoek werk", "unemployed"),
        ("zonder werk", "unemployed"),
        ("op dit moment geen baan", "unemployed"),
        ("ik heb geen werk", "unemployed"),
        ("gepensioneerd", "retired"),
        ("met pensioen", "retired"),
        ("ik ben net met pensioen", "retired"),
        ("aow'er", "retired"),
        ("student", "student"),
        ("ik studeer nog", "student"),
        ("ik zit nog op school", "student"),
        ("scholier", "student"),
        ("docent", "teacher"),
        ("leraar op een vmbo", "teacher"),
        ("ik sta al voor de klas", "teacher"),
        ("ik geef al les", "teacher"),
        ("in loondienst, wat moet mijn baas doen?", "employee"),
    ],
)
def test_an_answer_is_a_way_of_working(text: str, value: str) -> None:
    assert answer_to("employment", text) == value


@pytest.mark.parametrize(
    "text",
    [
        "kan het ook als zzp'er?",
        "mag je ook zzp zijn",
        "ik wil docent worden",
        "ik ga over 2 jaar met pensioen",
        "mijn man is werkloos",
        "waarom vraagt u dat",
        "ik weet het niet",
        "wat bedoelt u met loondienst?",
        "als ik zzp'er word",
        "ja",
        "",
    ],
)
def test_what_is_no_way_of_working(text: str) -> None:
    assert answer_to("employment", text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ik ben zzp'er in de elektra", "self_employed"),
        ("heb een eigen lasbedrijf", "self_employed"),
        ("ik werk bij een bouwbedrijf", "employee"),
        ("ik ben al docent op een roc", "teacher"),
        ("ik ben student werktuigbouw", "student"),
        ("ik zit in de ww kan ik ook meedoen", "unemployed"),
        ("ben net met pensioen", "retired"),
    ],
)
def test_told_unasked(text: str, value: str) -> None:
    assert [fact.value for fact in facts_in(text) if fact.entity == "employment"] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "ik wil docent worden",
        "ik heb twee studerende kinderen",
        "ww aanvragen",
        "over een half jaar ga ik met pensioen",
        "kan een zzp'er ook meedoen?",
        "mijn baas heeft een contract getekend",
        "docent nederlands gezocht",
        "mijn vrouw is werkloos",
    ],
)
def test_nothing_about_the_speaker(text: str) -> None:
    assert "employment" not in [fact.entity for fact in facts_in(text)]
