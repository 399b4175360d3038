"""Behind the gateway nothing opens to a stranger, and everything stands on loopback only."""

import httpx
import psutil
import pytest

from tests.support.house import House
from tests.support.patience import PATIENCE

pytestmark = pytest.mark.engine

OF_RASA = (
    *("/status", "/version", "/domain", "/conversations/x/tracker", "/webhooks/rest/webhook"),
    *("/webhooks/rest", "/webhooks/telegram/webhook", "/webhooks/socketio", "/socket.io/"),
    *("/webhooks/callback/webhook", "/model", "/model/train", "/model/parse", "/docs"),
)
"""What Rasa's own API and channels would answer to."""

TURN = {"conversation": "a" * 22, "turn": "1", "channel": "web", "text": "hoi"}
LOOPBACK = {"127.0.0.1", "::1"}


def port(house: House, name: str) -> int:
    return int(house.environment[f"INSTAP_{name}"])


@pytest.mark.parametrize("path", OF_RASA)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_rasas_own_doors_are_not_there(house: House, method: str, path: str) -> None:
    url = f"http://127.0.0.1:{port(house, 'RASA_PORT')}{path}"
    assert httpx.request(method, url, timeout=PATIENCE).status_code in (404, 405)


@pytest.mark.parametrize("secret", [None, "", "x" * 43])
def test_the_engine_takes_turns_of_our_gateway_alone(house: House, secret: str | None) -> None:
    headers = {} if secret is None else {"X-Instap-Secret": secret}
    base = f"http://127.0.0.1:{port(house, 'RASA_PORT')}/webhooks/gateway"
    said = httpx.post(f"{base}/turns", json=TURN, headers=headers, timeout=PATIENCE)
    read = httpx.post(f"{base}/readings", json={"text": "hallo"}, headers=headers, timeout=PATIENCE)
    assert (read.status_code, read.json()) == (401, {"error": "secret"})
    ready = httpx.get(f"{base}/ready", headers=headers, timeout=PATIENCE)
    assert said.status_code == ready.status_code == 401
    assert said.json() == ready.json() == {"error": "secret"}


def test_every_part_listens_on_this_machine_only(house: House) -> None:
    listening = {
        (name, found.laddr.ip)
        for name, child in house.children().items()
        for found in child.net_connections(kind="inet")
        if found.status == psutil.CONN_LISTEN
    }
    assert {name for name, _ in listening} >= {"engine", "actions", "gateway"}
    assert {ip for _, ip in listening} <= LOOPBACK


def test_nobody_is_told_where_we_are(house: House) -> None:
    """No part talks to another machine: no telemetry, no model server, no fonts."""
    for name, child in house.children().items():
        for found in child.net_connections(kind="inet"):
            assert not found.raddr or found.raddr.ip in LOOPBACK, (name, found)
        if name == "engine":
            assert child.environ()["RASA_TELEMETRY_ENABLED"] == "false"
            assert not any("KEY_FILE" in each or "TOKEN" in each for each in child.environ())
