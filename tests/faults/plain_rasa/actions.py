"""The custom actions of the plain assistant, as the documentation of rasa-sdk teaches them."""

import os
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, Final

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

DATABASE: Final = os.environ["PLAIN_LEADS_DB"]
PERSONAL: Final = ("name", "email", "phone", "company")
LEVELS: Final = ("wo", "universiteit", "hbo", "mbo", "havo", "vwo", "vmbo", "mavo")
SECTORS: Final = ("installatie", "elektro", "metaal", "bouw", "techniek", "zorg", "handel")
NUMBERS: Final = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
PHONE: Final = re.compile(r"(?:\+|00|0)\d{9,13}")
TABLE: Final = """
CREATE TABLE IF NOT EXISTS registrations (
    id INTEGER PRIMARY KEY,
    conversation TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    phone TEXT NOT NULL,
    company TEXT NOT NULL,
    eligible INTEGER,
    created_at TEXT NOT NULL
)"""
# Who registers twice is registered once, with what he said last.
INSERT: Final = """
INSERT INTO registrations (conversation, name, email, phone, company, eligible, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (email) DO UPDATE SET
    name = excluded.name, phone = excluded.phone, company = excluded.company"""


class ValidateEligibilityForm(FormValidationAction):
    """Checks the answers that decide who may start."""

    def name(self) -> str:
        return "validate_eligibility_form"

    def validate_highest_level(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        if set(re.findall(r"[a-z]+", value.lower())) & set(LEVELS):
            return {"highest_level": value.strip()}
        dispatcher.utter_message(response="utter_invalid_highest_level")
        return {"highest_level": None}

    def validate_years_experience(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        for word in re.findall(r"\w+", str(value).lower()):
            if word.isdecimal():
                return {"years_experience": int(word)}
            if word in NUMBERS:
                return {"years_experience": NUMBERS.index(word)}
        dispatcher.utter_message(response="utter_invalid_years_experience")
        return {"years_experience": None}

    def validate_sector(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        if any(sector in value.lower() for sector in SECTORS):
            return {"sector": value.strip()}
        dispatcher.utter_message(response="utter_invalid_sector")
        return {"sector": None}


class ValidateRegistrationForm(FormValidationAction):
    """Checks who registers."""

    def name(self) -> str:
        return "validate_registration_form"

    def validate_name(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        name = value.strip()
        if 2 <= len(name) <= 100 and not re.search(r"[\d@]", name):
            return {"name": name}
        dispatcher.utter_message(response="utter_invalid_name")
        return {"name": None}

    def validate_email(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        email = value.strip().lower()
        if EMAIL.fullmatch(email):
            return {"email": email}
        dispatcher.utter_message(response="utter_invalid_email")
        return {"email": None}

    def validate_phone(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        phone = re.sub(r"[\s().-]", "", value)
        if PHONE.fullmatch(phone):
            return {"phone": phone}
        dispatcher.utter_message(response="utter_invalid_phone")
        return {"phone": None}

    def validate_company(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        if 2 <= len(value.strip()) <= 100:
            return {"company": value.strip()}
        dispatcher.utter_message(response="utter_invalid_company")
        return {"company": None}


class ActionCheckEligibility(Action):
    """Says whether he may start."""

    def name(self) -> str:
        return "action_check_eligibility"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        level = tracker.get_slot("highest_level").lower()
        high_enough = any(word in level for word in ("mbo 4", "mbo4", "hbo", "wo", "universiteit"))
        technical = not re.search("zorg|handel", tracker.get_slot("sector").lower())
        eligible = high_enough and technical and tracker.get_slot("years_experience") >= 3
        dispatcher.utter_message(response="utter_eligible" if eligible else "utter_not_eligible")
        return [SlotSet("eligible", eligible)]


class ActionRegister(Action):
    """Saves the registration; the rule says afterwards that it was done."""

    def name(self) -> str:
        return "action_register"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        person = [tracker.get_slot(slot) for slot in PERSONAL]
        now = datetime.now(UTC).isoformat()
        row = (tracker.sender_id, *person, tracker.get_slot("eligible"), now)
        with closing(sqlite3.connect(DATABASE)) as connection, connection:
            connection.execute(TABLE)
            connection.execute(INSERT, row)
        return []


class ActionClearRegistration(Action):
    """Forgets what was given: a next registration begins empty."""

    def name(self) -> str:
        return "action_clear_registration"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        return [SlotSet(slot, None) for slot in (*PERSONAL, "confirmed")]
