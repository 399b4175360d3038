"""The action server's edge: an action that takes too long says so, and the engine goes on."""

import asyncio

import httpx

from actions import webhook

TROUBLE = webhook.trouble_of("action_registration_status", "TimeoutError")
SECRET = "s" * 32
LATE = 3.0
"""Seconds more than which a test does not wait for what should come in time."""


async def test_an_action_that_the_database_keeps_tells_so_in_time(ports, database, monkeypatch):
    async def nothing() -> None:
        return None

    transport = httpx.ASGITransport(webhook.webhook(ports, SECRET, nothing))
    headers = {"X-Instap-Secret": SECRET}
    tracker = {"sender_id": "a" * 20, "slots": {}, "latest_message": {}, "events": []}
    call = {"next_action": "action_registration_status", "sender_id": "a" * 20, "tracker": tracker}
    async with httpx.AsyncClient(transport=transport, base_url="http://a", headers=headers) as door:
        async with database.connect() as holding, holding.begin():
            if database.dialect.name == "postgresql":
                await holding.exec_driver_sql("LOCK TABLE registrations")
            monkeypatch.setattr(webhook, "DEADLINE", 0.3)
            async with asyncio.timeout(LATE):
                answer = await door.post("/webhook", json=call)
        assert answer.json() == TROUBLE
        monkeypatch.undo()
        again = (await door.post("/webhook", json=call)).json()
        assert TROUBLE["responses"][0] not in again["responses"]
