"""What is sealed stays shut without the right key and purpose."""

import json
import re
import stat

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import StorageUnavailable, StorageUnreadable
from bot.storage.cipher import Cipher, is_tied, key_of, load_cipher

CIPHER = Cipher("k1", {"k1": b"1" * 32}, b"i" * 32)


@given(st.text(st.characters(codec="utf-8")))
def test_what_goes_in_comes_out(value):
    assert CIPHER.open(CIPHER.seal(value, "table.column", 1), "table.column", 1) == value


def test_equal_values_are_sealed_differently():
    assert CIPHER.seal("jan@voorbeeld.nl", "a", 1) != CIPHER.seal("jan@voorbeeld.nl", "a", 1)


def test_a_value_for_another_purpose_does_not_open():
    with pytest.raises(StorageUnavailable):
        CIPHER.open(CIPHER.seal("geheim", "a", 1), "b", 1)


def test_a_value_copied_to_another_row_does_not_open():
    """Bug: only the column was part of the seal."""
    with pytest.raises(StorageUnreadable):
        CIPHER.open(CIPHER.seal("06 12345678", "a", "HT-1"), "a", "HT-2")


def test_a_value_of_before_opens_until_it_is_sealed_anew_and_cannot_be_made_to_look_so():
    nonce = b"n" * 12
    old = b"\x02k1" + nonce + AESGCM(b"1" * 32).encrypt(nonce, b"geheim", b"a")
    assert not is_tied(old) and key_of(old) == "k1"
    assert CIPHER.open(old, "a", "HT-1") == CIPHER.open(old, "a", "HT-2") == "geheim"
    new = CIPHER.seal("geheim", "a", "HT-1")
    with pytest.raises(StorageUnreadable):
        CIPHER.open(bytes([new[0] & 0x7F]) + new[1:], "a", "HT-1")


@given(st.binary(max_size=60))
def test_whatever_stands_in_a_column_is_unreadable_and_nothing_worse(rubbish):
    with pytest.raises(StorageUnreadable):
        CIPHER.open(rubbish, "a", 1)


def test_another_key_does_not_open():
    other = Cipher("k1", {"k1": b"2" * 32}, b"i" * 32)
    with pytest.raises(StorageUnavailable):
        other.open(CIPHER.seal("geheim", "a", 1), "a", 1)


def test_an_old_key_still_opens_after_a_new_one_came():
    newer = Cipher("k2", {"k1": b"1" * 32, "k2": b"2" * 32}, b"i" * 32)
    assert newer.open(CIPHER.seal("geheim", "a", 1), "a", 1) == "geheim"
    assert CIPHER.index("x", "a") == newer.index("x", "a")


def test_the_key_file_is_made_once_for_its_owner_only(tmp_path):
    path = tmp_path / "keys" / "key"
    first, second = load_cipher(path), load_cipher(path)
    assert first.keys == second.keys
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(json.loads(path.read_text())["keys"]) == 1
    assert not re.search(r"\bb'", repr(first))  # no bytes; the name of a key may end in a b
