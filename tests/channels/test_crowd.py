"""When many write at once, who is inside is answered and the next hears that it is busy."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.crowd import MOST_INSIDE, Crowd
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles


@pytest.fixture
def texts(clock):
    return TextsFromFiles(FactsFromFiles.load(), clock)


def visitor(application) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://instap")


async def test_when_it_is_full_the_next_hears_so_at_once_and_who_is_inside_is_answered(texts):
    arrived, may_go = asyncio.Semaphore(0), asyncio.Event()

    async def work(_request: Request) -> Response:
        arrived.release()
        await may_go.wait()
        return Response("klaar")

    full = Crowd(Starlette(routes=[Route("/", work, methods=["GET", "POST"])]), texts)
    async with visitor(full) as client:
        inside = [asyncio.create_task(client.post("/")) for _ in range(MOST_INSIDE)]
        for _ in inside:
            await arrived.acquire()
        refused = await client.post("/")
        assert refused.status_code == 429
        assert refused.headers["retry-after"] == "3"
        assert refused.json()["detail"] == texts.render("problem_busy").text
        reads = asyncio.create_task(client.get("/"))
        await arrived.acquire()
        may_go.set()
        answers = await asyncio.gather(*inside, reads)
        assert {each.text for each in answers} == {"klaar"}
        assert (await client.post("/")).text == "klaar"


async def test_a_place_is_free_again_when_the_work_breaks(texts):
    async def breaks(_request: Request) -> Response:
        raise RuntimeError

    crowd = Crowd(Starlette(routes=[Route("/", breaks, methods=["POST"])]), texts)
    async with visitor(crowd) as client:
        for _ in range(MOST_INSIDE + 1):
            with pytest.raises(RuntimeError):
                await client.post("/")
