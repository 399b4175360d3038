"""The database has these columns and no other, and whatever is personal is sealed."""

from sqlalchemy import LargeBinary

from bot.storage.tables import Base

SEALED = {
    "conversations": {"address", "draft", "memory"},
    "exchanges": {"said", "reply", "decided"},
    "registrations": {"name", "email", "phone", "company", "city", "decision_reason"},
    "callbacks": {"address", "name", "moment", "question", "role"},
    "mails": {"content"},
    "telegram_updates": {"content"},
}
"""What somebody told, typed or heard: docs/privacy.md names these."""

HASHED = {
    "conversations": {"token_hash", "address_index"},
    "registrations": {"email_index", "name_index", "proof_digits"},
    "proofs": {"digits"},
    "passages": {"token_hash"},
    "mailings": {"address_index"},
}
"""What can be looked up and not read."""

OPEN = {
    "registrations": {"province", "answers", "verdict", "intake", "status", "channel", "code"},
    "buttons": {"title", "payload"},
}
"""About somebody, without his name: docs/privacy.md says so."""

NEVER = ("bsn", "birth", "geboorte", "gender", "geslacht", "iban", "health", "ip_", "agent", "cv")


def test_what_is_personal_is_sealed_and_nothing_else_is_bytes():
    found = {
        table.name: {each.name for each in table.columns if isinstance(each.type, LargeBinary)}
        for table in Base.metadata.sorted_tables
    }
    assert {name: columns for name, columns in found.items() if columns} == SEALED


def test_a_registration_has_no_other_column():
    """A new field needs a line here, in docs/privacy.md and in the register of docs/law."""
    table = Base.metadata.tables["registrations"]
    rest = {"conversation_id", "consent_version", "consent_at", "consent_shown_at"}
    rest |= {"created_at", "updated_at"} | {"withdrawn_at", "marked_at"}
    rest |= {"looks_like", "likeness", "needs_proof", "proof_tries", "proven_at", "vouched_at"}
    rest |= {"takes_place", "decision", "decided_at"}
    known = SEALED["registrations"] | HASHED["registrations"] | OPEN["registrations"] | rest
    assert {each.name for each in table.columns} == known


def test_what_is_looked_up_is_kept_as_a_hash_of_fixed_length():
    for name, columns in HASHED.items():
        table = Base.metadata.tables[name]
        assert {table.columns[each].type.length for each in columns} == {64}


def test_nowhere_is_there_a_place_for_what_we_never_ask():
    names = [
        f"{table.name}.{each.name}"
        for table in Base.metadata.sorted_tables
        for each in table.columns
    ]
    assert [name for name in names if any(word in name.split(".")[1] for word in NEVER)] == []
