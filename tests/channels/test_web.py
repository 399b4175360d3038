"""The chat API: what it gives, and what it says to what it cannot take."""

import asyncio
import json
from dataclasses import replace

import httpx
import pytest

from bot.channels.web import STRINGS, gateway
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.services import deadline
from bot.services.ports import Doors, Ports
from bot.services.records import Spoken
from tests.support.patience import PATIENCE

"""Seconds more than which a test does not wait for what should come in time."""


@pytest.fixture
def real_texts(ports: Ports, clock) -> Ports:
    facts = FactsFromFiles.load()
    doors = Doors(website="https://www.voorbeeld.nl")
    return replace(ports, facts=facts, texts=TextsFromFiles(facts, clock), doors=doors)


@pytest.fixture
async def client(real_texts):
    app = gateway(real_texts, origins=["https://www.voorbeeld.nl"])
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://instap") as client:
        yield client


@pytest.fixture
async def opened(client):
    """A client that carries the token of a conversation."""
    answer = await client.post("/api/v1/conversations")
    assert answer.status_code == 201
    client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    return client


def is_problem(answer: httpx.Response, status: int) -> bool:
    body = answer.json()
    return (
        answer.status_code == status == body["status"]
        and answer.headers["content-type"] == "application/problem+json"
        and len(body["detail"].split()) > 3
    )


async def test_a_conversation_starts_by_saying_that_it_is_no_person(client):
    answer = await client.post("/api/v1/conversations", json={})
    turn = answer.json()["turn"]
    assert "digitale assistent" in " ".join(message["text"] for message in turn["messages"])
    told = {
        "messages",
        "topics",
        "clarify",
        "asks",
        "outcome",
        "registration",
        "files",
        "links",
        "id",
        "noted",
        "facets",
    }
    assert set(turn) == told and turn["files"] == turn["links"] == []


async def test_a_message_gives_a_turn(opened, engine):
    engine.says = (
        Spoken("Dat weet ik.", (("Ja", "/affirm"),), "utter_faq/cost"),
        Spoken(signs={"topics": ["faq/cost"]}),
        Spoken("Uw nummer?", key="utter_ask_phone"),
    )
    answer = await opened.post("/api/v1/messages", json={"text": "wat kost het", "id": "a"})
    turn = answer.json()
    assert turn["topics"] == ["faq/cost"]
    assert turn["asks"] == "phone"
    assert turn["messages"][0]["buttons"][0]["title"] == "Ja"
    assert turn["outcome"] is None and turn["registration"] is None and turn["clarify"] == []
    again = await opened.post("/api/v1/messages", json={"text": "wat kost het", "id": "a"})
    assert again.json() == turn


async def test_the_history_shows_both_sides(opened):
    await opened.post("/api/v1/messages", json={"text": "hoi <b>daar</b>"})
    shown = (await opened.get("/api/v1/messages")).json()["messages"]
    assert [each["from"] for each in shown] == ["assistant", "assistant", "visitor", "assistant"][
        -len(shown) :
    ]
    assert "hoi <b>daar</b>" in [each["text"] for each in shown]


CONFIRM = Spoken(
    "Klopt dit?",
    (("Ja, meld mij aan", '/inform{"confirm": "yes"}'), ("Nee", '/inform{"confirm": "no"}')),
    "utter_ask_confirm",
)


async def test_a_view_of_before_gets_the_open_question_again_and_keeps_nothing(opened, engine):
    first = (await opened.get("/api/v1/messages")).json()
    engine.says = (CONFIRM,)
    latest = (await opened.post("/api/v1/messages", json={"text": "aanmelden"})).json()
    engine.heard.clear()
    for body in ({"text": "ja"}, {"button": latest["messages"][0]["buttons"][0]["id"]}):
        answer = await opened.post("/api/v1/messages", json={**body, "turn": first["turn"]})
        turn = answer.json()
        assert (turn["id"], turn["asks"]) == (latest["id"], "confirm")
        assert turn["messages"][1:] == latest["messages"] and engine.heard == []
    shown = (await opened.get("/api/v1/messages")).json()
    assert (shown["turn"], shown["asks"]) == (latest["id"], "confirm")
    assert "ja" not in [each["text"] for each in shown["messages"]]
    await opened.post("/api/v1/messages", json={"text": "ja", "turn": shown["turn"]})
    assert engine.heard[-1]["command"] == '/inform{"confirm": "yes"}'


@pytest.mark.parametrize("token", ["", "Bearer ", "Bearer verzonnen", "Basic abc"])
async def test_without_the_token_nobody_reads_or_writes(opened, token):
    headers = {"Authorization": token}
    read = await opened.get("/api/v1/messages", headers=headers)
    write = await opened.post("/api/v1/messages", headers=headers, json={"text": "hoi"})
    assert is_problem(read, 401) and is_problem(write, 401)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[" * 20000, 400),
        (b'{"text": NaN}', 400),
        (b"[]", 422),
        (b"null", 422),
        (b"{}", 422),
        (b'{"text": 5}', 422),
        (b'{"text": null}', 422),
        (b'{"text": {"a": 1}}', 422),
        (b'{"text": "a", "button": "b"}', 422),
        (b'{"text": "a", "sender": "b"}', 422),
        (b'{"text": "a", "id": ""}', 422),
        (b'{"text": "a", "turn": 5}', 422),
        (b'{"button": "verzonnen"}', 422),
        (json.dumps({"text": "x" * 40_000}).encode(), 413),
    ],
)
async def test_a_body_that_is_no_message_is_a_dutch_problem(opened, body, status):
    answer = await opened.post(
        "/api/v1/messages", content=body, headers={"Content-Type": "application/json"}
    )
    assert is_problem(answer, status)
    assert (await opened.post("/api/v1/messages", json={"text": "hoi"})).status_code == 200


@pytest.mark.parametrize(
    "text", ["", "   ", "x" * 5000, "😀😀", "\x00", "<script>", "'; DROP TABLE x;", "{slot}"]
)
async def test_an_odd_text_gets_a_dutch_sentence(opened, text):
    answer = await opened.post("/api/v1/messages", json={"text": text})
    assert answer.status_code == 200
    assert answer.json()["messages"][0]["text"]


async def test_a_lone_surrogate_is_answered(opened):
    answer = await opened.post(
        "/api/v1/messages",
        content=b'{"text": "hoi \\ud800"}',
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code in (200, 422)
    assert (await opened.get("/api/v1/messages")).status_code == 200


async def test_a_silent_engine_is_said_in_dutch(opened, engine):
    engine.is_down = True
    answer = await opened.post("/api/v1/messages", json={"text": "hoi"})
    assert answer.status_code == 200
    assert answer.json()["messages"][0]["text"]
    assert is_problem(await opened.get("/health/ready"), 503)


async def test_an_engine_that_hangs_is_said_in_dutch_and_in_time(opened, engine, monkeypatch):
    monkeypatch.setattr(deadline, "ENGINE", 0.2)

    async def hang(_asked: object) -> None:
        await asyncio.Event().wait()

    engine.take_turn, works = hang, engine.take_turn
    async with asyncio.timeout(PATIENCE):
        answer = await opened.post("/api/v1/messages", json={"text": "hoi", "id": "een"})
    assert answer.status_code == 200
    assert "Het lukt nu even niet" in answer.json()["messages"][0]["text"]
    engine.take_turn = works
    monkeypatch.setattr(deadline, "ENGINE", PATIENCE)
    again = await opened.post("/api/v1/messages", json={"text": "hoi", "id": "een"})
    assert again.json()["messages"][0]["text"] == "Goed."


async def test_a_database_that_stands_still_is_a_problem_in_time(opened, database, monkeypatch):
    monkeypatch.setattr(deadline, "TURN", 0.5)
    async with database.connect() as holding, holding.begin():
        if database.dialect.name == "postgresql":
            await holding.exec_driver_sql("LOCK TABLE exchanges")
        async with asyncio.timeout(PATIENCE):
            answer = await opened.post("/api/v1/messages", json={"text": "hoi", "id": "een"})
    assert is_problem(answer, 503) and answer.headers["retry-after"]


async def test_ready_is_what_the_engine_says_of_itself(client, engine):
    assert (await client.get("/health/ready")).status_code == 200
    engine.is_down = True
    assert is_problem(await client.get("/health/ready"), 503)
    assert (await client.get("/health/live")).json() == {"status": "ok"}


OFFER = (
    Spoken("Dit is van u bewaard.\n\nU kunt het wissen."),
    Spoken(signs={"files": ["my_data"]}),
)


async def test_a_turn_and_the_history_name_the_file_that_is_offered(opened, engine):
    engine.says = OFFER
    turn = (await opened.post("/api/v1/messages", json={"text": "mijn gegevens"})).json()
    assert turn["files"] == ["my_data"]
    shown = (await opened.get("/api/v1/messages")).json()["messages"]
    assert [each.get("files") for each in shown][-3:] == [None, None, ["my_data"]]


async def test_the_file_is_a_download_that_nobody_keeps(opened):
    await opened.post("/api/v1/messages", json={"text": "ik hou van ruïnes"})
    answer = await opened.get("/api/v1/files/my_data")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="mijn-gegevens.txt"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "ik hou van ruïnes" in answer.text


async def test_the_file_of_one_conversation_has_nothing_of_another(opened):
    await opened.post("/api/v1/messages", json={"text": "mijn kanarie zingt"})
    other = (await opened.post("/api/v1/conversations")).json()["token"]
    headers = {"Authorization": f"Bearer {other}"}
    theirs = await opened.get("/api/v1/files/my_data", headers=headers)
    assert theirs.status_code == 200 and "kanarie" not in theirs.text
    assert "kanarie" in (await opened.get("/api/v1/files/my_data")).text


@pytest.mark.parametrize("token", ["", "Bearer ", "Bearer verzonnen", "Basic abc"])
async def test_without_the_token_there_is_no_file(opened, token):
    for name in ("my_data", "geheim"):
        answer = await opened.get(f"/api/v1/files/{name}", headers={"Authorization": token})
        assert is_problem(answer, 401)


@pytest.mark.parametrize("name", ["geheim", "MY_DATA", "..%2Fmy_data", ""])
async def test_an_unknown_file_is_a_problem(opened, name):
    assert is_problem(await opened.get(f"/api/v1/files/{name}"), 404)


async def test_unknown_places_and_methods_are_problems(client):
    assert is_problem(await client.get("/api/v1/geheim"), 404)
    assert is_problem(await client.delete("/api/v1/messages"), 405)


async def test_only_named_sites_may_embed(client):
    async def allowed(origin: str) -> bool:
        answer = await client.options(
            "/api/v1/messages",
            headers={"Origin": origin, "Access-Control-Request-Method": "POST"},
        )
        return answer.headers.get("access-control-allow-origin") == origin

    assert await allowed("https://www.voorbeeld.nl")
    for origin in ("https://voorbeeld.nl", "https://www.voorbeeld.nl.boef.nl", "null"):
        assert not await allowed(origin)
    asked = await client.get("/api/v1/widget", headers={"Origin": "https://www.voorbeeld.nl"})
    assert asked.headers["access-control-expose-headers"] == "Content-Disposition, Retry-After"


async def test_the_page_and_the_widget_are_served_with_a_strict_policy(client):
    page = await client.get("/")
    assert (
        page.status_code == 200 and "default-src 'none'" in page.headers["content-security-policy"]
    )
    assert (await client.get("/widget/instap.js")).status_code == 200
    assert set((await client.get("/api/v1/widget")).json()) == set(STRINGS)
    assert (await client.get("/privacy")).status_code == 200


# ── From one door to the other ──────────────────────────────────────────────


async def test_a_link_to_the_website_opens_the_same_conversation_there(opened):
    said = {"text": "ik hou van ruïnes"}
    await opened.post("/api/v1/messages", json=said)
    turn = (await opened.post("/api/v1/messages", json={"text": "verder op de website"})).json()
    [link] = turn["links"]
    token = link["url"].rpartition("=")[2]
    answer = await opened.post("/api/v1/conversations", json={"continue": token})
    assert answer.status_code == 201
    assert "Welkom" in answer.json()["turn"]["messages"][0]["text"]
    headers = {"Authorization": f"Bearer {answer.json()['token']}"}
    shown = (await opened.get("/api/v1/messages", headers=headers)).json()["messages"]
    assert "ik hou van ruïnes" in [each["text"] for each in shown]
    assert [each["links"] for each in shown if "links" in each] == [[link]]


@pytest.mark.parametrize("token", ["v-verzonnen", "", "x" * 200])
async def test_a_link_that_is_made_up_or_used_is_refused_kindly(client, token):
    answer = await client.post("/api/v1/conversations", json={"continue": token})
    assert is_problem(answer, 410)
    assert "Vraag in uw gesprek om een nieuwe" in answer.json()["detail"]


async def test_a_token_of_no_length_that_exists_is_a_body_that_is_wrong(client):
    answer = await client.post("/api/v1/conversations", json={"continue": "x" * 201})
    assert is_problem(answer, 422)


@pytest.mark.parametrize(
    ("name", "kind", "saved_as"),
    [
        ("calendar", "text/calendar; charset=utf-8", "start-techniekopleider.ics"),
        ("summary", "application/pdf", "techniekopleider-voor-uw-werkgever.pdf"),
    ],
)
async def test_the_calendar_and_the_page_for_an_employer_can_be_had(opened, name, kind, saved_as):
    answer = await opened.get(f"/api/v1/files/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert answer.headers["content-disposition"] == f'attachment; filename="{saved_as}"'
    assert len(answer.content) > 300
