"""What somebody typed at an open question, kept to the letter: the rule of the second try.

Whoever is asked the same again and types his answer once more is not refused for good. Only what
is clearly no answer stays one: a question, a refusal, an address, a sentence of ordinary words.
"""

import re
import unicodedata
from typing import Final

from bot.core.answers.clauses import Clause
from bot.core.answers.companies import is_skip
from bot.core.answers.names import OF_SENTENCES, REFUSAL, bare, is_capital, is_common, is_initial
from bot.core.answers.text import fold, squeeze

LONGEST: Final = 200
STRANGE: Final = re.compile(r"[@<>{}\\]|https?:|www\.|^/|\[[a-z ]+\]", re.IGNORECASE)
"""An address, a command, or what stands for something that was taken out."""


def as_typed(text: str, longest: int = LONGEST) -> str | None:
    """The answer as it was typed, with single spaces; None when it is clearly none."""
    told = as_written(text, longest)
    return None if told is None or "?" in told or _says_something(told) else told


def as_written(text: str, longest: int = LONGEST) -> str | None:
    """What somebody wrote who knows what he writes: whatever has a letter and is no address."""
    told = squeeze(unicodedata.normalize("NFC", text))
    if len(told) > longest or STRANGE.search(told):
        return None
    return told if any(letter.isalpha() for letter in told) else None


def name_as_typed(text: str) -> str | None:
    """A name as it was typed, without the words around it ("mijn naam is ...")."""
    return as_typed(bare(unicodedata.normalize("NFC", text)))


def _says_something(told: str) -> bool:
    """Whether it asks, refuses or is a sentence; one ordinary word alone may be an answer."""
    words = [(word, fold(word).strip(".,!;:'\"()-")) for word in told.split()]
    common = [plain for word, plain in words if is_common(plain) and not is_initial(word)]
    is_title = len(words) > 1 and all(is_capital(word) for word, _ in words)
    if is_title and len(common) < len(words):
        return False
    folded = fold(told)
    if len(told) > 1 and (is_skip(told) or (REFUSAL.search(folded) and len(common) == len(words))):
        return True
    if len(common) > 1 and (Clause(folded, 0, False).is_question or REFUSAL.search(folded)):
        return True
    is_sentence = bool(OF_SENTENCES.intersection(common))
    return is_sentence and (len(common) > 1 or len(words) == 1)
