"""Only the proxy that was named says for whom it asks; for the limits others are who they are."""

from dataclasses import replace

import httpx
import pytest
import uvicorn
from pydantic import ValidationError

from bot import serving
from bot.channels.limits import NETWORK, STARTS
from bot.channels.web import gateway
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.settings import Settings

ALLOWED = NETWORK[STARTS].amount
BRIDGE = "172.30.80.1"


@pytest.fixture
def served(ports, clock):
    """The gateway as it is served behind a proxy."""
    facts = FactsFromFiles.load()
    app = gateway(replace(ports, facts=facts, texts=TextsFromFiles(facts, clock)))

    def behind(proxy: str):
        config = uvicorn.Config(app, log_config=None, **serving.manner(proxy))
        config.load()
        return config.loaded_app

    return behind


async def begun(app, host: str, claims: list[str]) -> list[int]:
    """The answers to somebody at an address who says each time that he is another."""
    transport = httpx.ASGITransport(app, client=(host, 5000))
    async with httpx.AsyncClient(transport=transport, base_url="http://instap") as client:
        answers = [
            await client.post("/api/v1/conversations", headers={"X-Forwarded-For": claim})
            for claim in claims
        ]
    return [each.status_code for each in answers]


OTHERS = [f"198.51.{number}.7" for number in range(ALLOWED + 1)]


@pytest.mark.parametrize("trusted", ["127.0.0.1", BRIDGE, "172.30.80.0/24"])
async def test_what_a_stranger_claims_about_himself_is_not_believed(served, trusted):
    assert (await begun(served(trusted), "203.0.113.7", OTHERS))[-1] == 429


@pytest.mark.parametrize("trusted", [BRIDGE, "172.30.80.0/24"])
async def test_visitors_behind_the_proxy_of_the_containers_have_each_their_own_limit(
    served, trusted
):
    assert set(await begun(served(trusted), BRIDGE, OTHERS)) == {201}


async def test_behind_the_proxy_the_last_one_that_it_saw_counts(served):
    """A visitor may put a name of his own before the one that the proxy adds."""
    claims = [f"{other}, 203.0.113.7" for other in OTHERS]
    assert (await begun(served(BRIDGE), BRIDGE, claims))[-1] == 429


@pytest.mark.parametrize("value", ["*", "0.0.0.0/0", "::/0", "proxy", "10.0.0.1,10.0.0.2", "1.2.3"])
def test_nobody_can_be_told_to_believe_everybody(value):
    with pytest.raises(ValidationError, match="INSTAP_TRUSTED_PROXY"):
        Settings(_env_file=None, trusted_proxy=value)
