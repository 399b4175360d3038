"""No personal value can be read in the database files."""

from bot.core.turn import Said
from bot.services import conversation, drafts, registration
from tests.services.test_registration import TOLD

CANARIES = ("Kanarie de Gele", "kanarie@voorbeeld.nl", "+31687654321", "Kanariebouw BV")


async def test_the_database_file_holds_no_personal_value(ports, database, tmp_path, engine):
    name, email, phone, company = CANARIES
    started = await conversation.start(ports, "web")
    personal = {"name": name, "email": email, "phone": phone, "company": company}
    await drafts.remember(ports, started.conversation, {**TOLD, **personal})
    await conversation.take_turn(ports, started.conversation, Said(text=f"{email} en 0687654321"))
    await registration.register(ports, started.conversation)
    if database.dialect.name == "sqlite":
        raw = b"".join(path.read_bytes() for path in tmp_path.glob("instap.db*"))
    else:
        async with database.connect() as connection:
            rows = [
                str(row)
                for table in ("conversations", "exchanges", "registrations", "buttons")
                for row in await connection.exec_driver_sql(f"SELECT * FROM {table}")
            ]
        raw = "\n".join(rows).encode()
    for canary in (*CANARIES, "687654321", "Kanarie", started.token):
        assert canary.encode() not in raw
