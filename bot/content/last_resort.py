"""What is said when there is no content at all: sentences that no file can take away."""

from typing import Final

SENTENCE: Final = "Het lukt nu even niet. Probeer het over een paar minuten opnieuw."
WORDS: Final = {
    "utter_greet": "Goedendag, ik ben Instap, een digitale assistent en geen mens. "
    "Ik kan nu even geen antwoorden geven. Probeer het over een paar minuten opnieuw.",
    "widget_title": "Instap",
    "widget_subtitle": "Digitale assistent",
    "widget_open": "Open de chat",
    "widget_close": "Sluiten",
    "widget_input_label": "Uw bericht",
    "widget_placeholder": "Typ uw vraag",
    "widget_send": "Versturen",
    "widget_typing": "Even geduld",
    "widget_retry": "Opnieuw",
    "widget_restart": "Nieuw gesprek",
    "widget_privacy": "Privacy",
    "widget_you": "U",
    "widget_bot": "Assistent",
    "widget_log_label": "Gesprek",
    "widget_start": "Begin",
    "widget_more": "Verder lezen",
    "widget_restart_sure": "Uw gesprek begint dan opnieuw. Wilt u dat?",
    "link_telegram": "Verder op Telegram",
    "link_website": "Verder op de website",
}
"""By the key of the text; every other key has the one sentence."""


def words_for(key: str) -> str:
    """The words of last resort for a text."""
    return WORDS.get(key, SENTENCE)
