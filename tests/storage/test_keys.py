"""A new key comes while people go on talking, and the old one can go apart."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.core.errors import StorageUnavailable
from bot.core.turn import Said
from bot.services import callbacks, conversation, registration
from bot.storage.cipher import is_tied, load_cipher
from bot.storage.keys import (
    RETIRED,
    add_key,
    forget_keys,
    is_anything_sealed,
    keys_in_use,
    reseal,
    retire_keys,
    sealed_values,
)
from bot.storage.tables import RegistrationRow
from bot.storage.work import units
from tests.services.test_registration import TOLD, candidate
from tests.support.parts import NOW


def current(path: Path) -> str:
    name: str = json.loads(path.read_text())["current"]
    return name


async def test_everything_is_sealed_anew_and_stays_what_it_was(ports, database, tmp_path):
    known = await candidate(ports)
    await conversation.take_turn(ports, known, Said(text="mijn kanarie"))
    await registration.register(ports, known)
    path = tmp_path / "key"
    first = current(path)
    assert await keys_in_use(database) == {first}
    second = add_key(path)
    assert second != first
    done, left = await reseal(database, path)
    assert done >= 8 and left == 0
    assert await reseal(database, path) == (0, 0)
    assert await keys_in_use(database) == {second}
    [lead] = await registration.list_leads(ports)  # by a process that read only the old key
    assert (lead.name, lead.email) == (TOLD["name"], TOLD["email"])
    assert "mijn kanarie" in [each.said for each in await conversation.history(ports, known)]


async def test_a_process_that_began_with_the_old_key_seals_by_the_new_one(
    ports, database, tmp_path
):
    """Bug: it went on with a key that was thrown away, and confirmed what nobody can read."""
    path = tmp_path / "key"
    known = await candidate(ports)
    add_key(path)
    await reseal(database, path)
    await conversation.take_turn(ports, known, Said(text="nog iets"))
    assert await keys_in_use(database) == {current(path)}
    await registration.register(ports, known)
    async with units(database, load_cipher(path))() as work:
        [lead] = await work.registrations.all()
    assert lead.name == TOLD["name"]


async def test_nothing_is_sealed_while_the_key_file_is_gone_or_another(ports, tmp_path):
    path = tmp_path / "key"
    known = await candidate(ports)
    kept = path.read_bytes()
    path.unlink()
    with pytest.raises(StorageUnavailable):
        await registration.register(ports, known)
    load_cipher(path)  # somebody makes another
    with pytest.raises(StorageUnavailable):
        await registration.register(ports, known)
    path.write_bytes(kept)
    assert (await registration.register(ports, known)).registration


async def test_a_retired_key_opens_what_a_copy_brings_back_and_goes_after_its_term(
    ports, database, tmp_path
):
    path = tmp_path / "key"
    await registration.register(ports, await candidate(ports))
    first = current(path)
    async with database.connect() as connection:
        old = await connection.scalar(select(RegistrationRow.name))
    add_key(path)
    await reseal(database, path)
    assert retire_keys(path, await keys_in_use(database), NOW) == {first}
    assert retire_keys(path, await keys_in_use(database), NOW) == set()
    async with database.begin() as connection:  # as a copy of before
        await connection.execute(update(RegistrationRow).values(name=old))
    async with units(database, load_cipher(path))() as work:
        [lead] = await work.registrations.all()
    assert lead.name == TOLD["name"]
    assert retire_keys(path, await keys_in_use(database), NOW) == set()
    assert first in json.loads(path.read_text())["keys"]  # it closes something again
    await reseal(database, path)
    assert retire_keys(path, await keys_in_use(database), NOW) == {first}
    assert forget_keys(path, NOW + RETIRED - timedelta(seconds=1)) == set()
    assert forget_keys(path, NOW + RETIRED) == {first}
    assert first not in load_cipher(path).keys


async def test_one_can_still_be_found_by_address_under_another_key(ports, database, tmp_path):
    started = await conversation.start(ports, "telegram", "77")
    add_key(tmp_path / "key")
    await reseal(database, tmp_path / "key")
    async with units(database, load_cipher(tmp_path / "key"))() as work:
        assert (await work.conversations.by_address("telegram", "77")).id == started.conversation


async def test_every_value_opens_in_its_own_row_alone(ports, database):
    """Bug: a telephone number copied into another row opened there."""
    one = await candidate(ports, email="een@voorbeeld.nl", phone="+31611111111")
    await registration.register(ports, one)
    await callbacks.request(ports, one)
    await registration.register(
        ports, await candidate(ports, email="twee@voorbeeld.nl", phone="+31622222222")
    )
    assert all([is_tied(each.value) async for each in sealed_values(database)])
    first, second = await registration.list_leads(ports)
    async with database.begin() as connection:
        phone = await connection.scalar(
            select(RegistrationRow.phone).where(RegistrationRow.code == first.code)
        )
        await connection.execute(
            update(RegistrationRow).where(RegistrationRow.code == second.code).values(phone=phone)
        )
    assert [each.code for each in await registration.list_leads(ports)] == [first.code]
    async with ports.work() as work:
        assert await work.registrations.unreadable() == [second.code]


async def test_what_no_key_opens_holds_up_no_new_key(ports, database, tmp_path):
    known = await candidate(ports)
    await registration.register(ports, known)
    async with database.begin() as connection:
        await connection.execute(update(RegistrationRow).values(name=b"\x02k9rubbish"))
    add_key(tmp_path / "key")
    done, left = await reseal(database, tmp_path / "key")
    assert (left, done > 0) == (1, True)


async def test_whether_anything_is_sealed(ports, database):
    assert not await is_anything_sealed(database)
    await conversation.start(ports, "web")
    assert await is_anything_sealed(database)
