"""A new key comes while people go on talking, and the old one can go."""

import json

from bot.core.turn import Said
from bot.services import conversation, registration
from bot.storage.cipher import load_cipher
from bot.storage.keys import add_key, forget_keys, keys_in_use, reseal
from bot.storage.work import units
from tests.services.test_registration import TOLD, candidate


async def test_everything_is_sealed_anew_and_stays_what_it_was(ports, database, tmp_path):
    known = await candidate(ports)
    await conversation.take_turn(ports, known, Said(text="mijn kanarie"))
    await registration.register(ports, known)
    path = tmp_path / "key"
    assert await keys_in_use(database) == {"k1"}
    assert add_key(path) == "k2"
    assert await reseal(database, path) >= 8
    assert await reseal(database, path) == 0
    assert await keys_in_use(database) == {"k2"}
    [lead] = await registration.list_leads(ports)  # by a process that read only the old key
    assert (lead.name, lead.email) == (TOLD["name"], TOLD["email"])
    assert "mijn kanarie" in [each.said for each in await conversation.history(ports, known)]


async def test_what_an_old_process_seals_meanwhile_is_found_by_the_next_round(
    ports, database, tmp_path
):
    path = tmp_path / "key"
    known = await candidate(ports)
    add_key(path)
    await reseal(database, path)
    await conversation.take_turn(ports, known, Said(text="nog iets"))
    assert await keys_in_use(database) == {"k1", "k2"}
    assert forget_keys(path, await keys_in_use(database)) == set()
    assert await reseal(database, path) > 0
    assert forget_keys(path, await keys_in_use(database)) == {"k1"}
    assert list(json.loads(path.read_text())["keys"]) == ["k2"]
    async with units(database, load_cipher(path))() as work:
        found = await work.conversations.by_id(known)
    assert found.draft["name"] == TOLD["name"]


async def test_one_can_still_be_found_by_address_under_another_key(ports, database, tmp_path):
    started = await conversation.start(ports, "telegram", "77")
    add_key(tmp_path / "key")
    await reseal(database, tmp_path / "key")
    async with units(database, load_cipher(tmp_path / "key"))() as work:
        assert (await work.conversations.by_address("telegram", "77")).id == started.conversation
