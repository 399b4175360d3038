"""Takes the words of visitors out of a store that was made when they were still written down.

Once: a table says that it was done. An engine that is stopped in the middle begins again.
"""

import json
from typing import Any

import sqlalchemy as sa

from bot.understanding.wordless import without_words

PIECE = 1_000
"""Events at a time."""

MARK = sa.Table("wordless", sa.MetaData(), sa.Column("done", sa.Integer, primary_key=True))

TOLD_BACK = ("utter_noted", "utter_ask_confirm", "utter_export")
"""Texts of ours in which a town stood."""


def take_out_words(engine: Any, events: Any) -> int:
    """Clean every event of before; how many were changed."""
    MARK.create(engine, checkfirst=True)
    with engine.connect() as connection:
        if connection.execute(sa.select(MARK.c.done)).first() is not None:
            return 0
    changed, last = 0, -1
    while (found := _clean_piece(engine, events, last)) is not None:
        last, more = found
        changed += more
    if changed:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM"))  # else they stand in what is free now
    with engine.begin() as connection:
        if connection.execute(sa.select(MARK.c.done)).first() is None:
            connection.execute(MARK.insert().values(done=1))
    return changed


def _clean_piece(engine: Any, events: Any, last: int) -> Any:
    """Clean the next events after `last`: the new last, and how many changed; None at the end."""
    with engine.begin() as connection:
        query = sa.select(events.c.id, events.c.data).where(events.c.id > last)
        rows = connection.execute(query.order_by(events.c.id).limit(PIECE)).all()
        changes = [
            (number, kept)
            for number, data in rows
            if (kept := json.dumps(_cleaned(json.loads(data)))) != data
        ]
        for number, kept in changes:
            connection.execute(events.update().where(events.c.id == number).values(data=kept))
    return (rows[-1][0], len(changes)) if rows else None


def _cleaned(data: dict[str, Any]) -> dict[str, Any]:
    """An event of before, as it would be written now."""
    kept = without_words(data)
    signs = (kept.get("data") or {}).get("custom") if kept.get("event") == "bot" else None
    told_back = isinstance(signs, dict) and signs.get("key") in TOLD_BACK
    return {**kept, "text": ""} if told_back else kept
