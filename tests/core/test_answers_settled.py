"""Which part of an answer counts: not what is taken back, nor what was so before."""

from datetime import date

import pytest

from bot.core.answers.reading import answer_to

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("item", "text", "value"),
    [
        ("years_experience", "15, nee 16 jaar", 16),
        ("years_experience", "elf.. nee twaalf jaar", 12),
        ("years_experience", "niet 10 maar 20 jaar", 20),
        ("education_level", "mbo 3, o nee wacht 4", "mbo4"),
        ("school_type", "vmbo nee mbo bedoel ik", "mbo"),
        ("school_type", "mbo niet, vmbo wel", "vmbo"),
        ("school_type", "niet op het vmbo, wel mbo", "mbo"),
        ("employment", "zzp, sorry ik bedoel loondienst", "employee"),
        ("region", "Venlo, nee wacht Venray", "Venray"),
    ],
)
def test_what_is_taken_back_does_not_count(item: str, text: str, value: object) -> None:
    assert answer_to(item, text, today=TODAY) == value


@pytest.mark.parametrize(
    ("item", "text", "value"),
    [
        ("region", "vroeger Breda, nu Zundert", "Zundert"),
        ("region", "verhuisd van Hilversum naar Baarn", "Baarn"),
        ("sector", "eerst metselaar geweest maar nu al 10 jaar elektricien", "installatietechniek"),
        ("employment", "eerst in loondienst en toen ben ik voor mezelf begonnen", "self_employed"),
        ("employer_consent", "eerst zei hij nee maar nu vindt hij het toch goed", "yes"),
        ("employment", "nu in loondienst, vroeger zzp", "employee"),
    ],
)
def test_what_was_so_before_does_not_count(item: str, text: str, value: object) -> None:
    assert answer_to(item, text, today=TODAY) == value


@pytest.mark.parametrize(
    ("item", "text", "value"),
    [
        ("employer_consent", "hij vindt het nie goed", "no"),
        ("employer_consent", "mijn baas weet het nie", "not_asked"),
        ("employer_consent", "nee", "no"),
        ("employer_consent", "ja hoor, nee geen probleem", "yes"),
        ("education_level", "eerst mts en later hts", "hbo"),
        ("region", "'t Harde", "'t Harde"),
    ],
)
def test_a_no_that_is_the_answer_and_small_words_are_read(
    item: str, text: str, value: object
) -> None:
    assert answer_to(item, text, today=TODAY) == value
