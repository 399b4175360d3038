"""What is sealed stays shut without the right key and purpose."""

import json
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import StorageUnavailable
from bot.storage.cipher import Cipher, load_cipher

CIPHER = Cipher("k1", {"k1": b"1" * 32}, b"i" * 32)


@given(st.text(st.characters(codec="utf-8")))
def test_what_goes_in_comes_out(value):
    assert CIPHER.open(CIPHER.seal(value, "table.column"), "table.column") == value


def test_equal_values_are_sealed_differently():
    assert CIPHER.seal("jan@voorbeeld.nl", "a") != CIPHER.seal("jan@voorbeeld.nl", "a")


def test_a_value_for_another_purpose_does_not_open():
    with pytest.raises(StorageUnavailable):
        CIPHER.open(CIPHER.seal("geheim", "a"), "b")


def test_another_key_does_not_open():
    other = Cipher("k1", {"k1": b"2" * 32}, b"i" * 32)
    with pytest.raises(StorageUnavailable):
        other.open(CIPHER.seal("geheim", "a"), "a")


def test_an_old_key_still_opens_after_a_new_one_came():
    newer = Cipher("k2", {"k1": b"1" * 32, "k2": b"2" * 32}, b"i" * 32)
    assert newer.open(CIPHER.seal("geheim", "a"), "a") == "geheim"
    assert CIPHER.index("x", "a") == newer.index("x", "a")


def test_the_key_file_is_made_once_for_its_owner_only(tmp_path):
    path = tmp_path / "keys" / "key"
    first, second = load_cipher(path), load_cipher(path)
    assert first.keys == second.keys
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(json.loads(path.read_text())["keys"]) == 1
    assert "b'" not in repr(first)
