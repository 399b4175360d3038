"""The words of each closed question; a slip of the finger in an answer is put right by them."""

from typing import Final

from bot.core.answers.diplomas import WHEN_ASKED as DIPLOMAS
from bot.core.answers.employers import AGREED, NOT_ASKED, REFUSED
from bot.core.answers.employment_forms import FORMS, WHEN_ASKED
from bot.core.answers.levels import MBO
from bot.core.answers.schools import ANSWER, BOTH, UNDECIDED
from bot.core.answers.spelling import own_words

EMPLOYMENT: Final = own_words(
    *(form for _, form in (*FORMS, *WHEN_ASKED)), also="zzp vut aow loondienst"
)
LEVELS: Final = own_words(
    MBO,
    *(form for _, form in DIPLOMAS),
    also="niveau mbo hbo vmbo mts hts lts lbo havo vwo mavo bbl bol",
)
CONSENT: Final = own_words(NOT_ASKED.pattern, REFUSED.pattern, AGREED.pattern)
SCHOOLS: Final = own_words(ANSWER.pattern, BOTH.pattern, UNDECIDED.pattern, also="mbo vmbo roc")
