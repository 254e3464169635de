"""The storage key and what it protects."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from service.errors import StorageFailed
from service.storage.encryption import StorageKey, load_or_make_storage_key

KEY = StorageKey(bytes(range(32)))


@given(content=st.binary(max_size=300), identity=st.text(max_size=40))
def test_content_comes_back_under_its_own_identity(content: bytes, identity: str) -> None:
    assert KEY.decrypt(KEY.encrypt(content, identity), identity) == content


@given(content=st.binary(max_size=60), data=st.data())
def test_any_altered_byte_is_noticed(content: bytes, data: st.DataObject) -> None:
    stored = bytearray(KEY.encrypt(content, "filing"))
    stored[data.draw(st.integers(0, len(stored) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(StorageFailed):
        KEY.decrypt(bytes(stored), "filing")


@given(content=st.binary(min_size=1, max_size=60), data=st.data())
def test_cut_content_is_noticed(content: bytes, data: st.DataObject) -> None:
    stored = KEY.encrypt(content, "filing")
    with pytest.raises(StorageFailed):
        KEY.decrypt(stored[: data.draw(st.integers(0, len(stored) - 1))], "filing")


def test_content_of_one_record_does_not_pass_for_anothers() -> None:
    with pytest.raises(StorageFailed, match="flg_2 was altered, exchanged"):
        KEY.decrypt(KEY.encrypt(b"facts", "flg_1"), "flg_2")


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(StorageFailed, match="another storage key"):
        StorageKey(b"x" * 32).decrypt(KEY.encrypt(b"facts", "flg_1"), "flg_1")


def test_the_same_content_is_never_stored_the_same_way_twice() -> None:
    assert len({KEY.encrypt(b"facts", "flg_1") for _ in range(200)}) == 200


def test_the_format_is_plain_aes_256_gcm_that_another_program_can_open() -> None:
    stored = KEY.encrypt(b"facts", "flg_1")
    header, nonce, sealed = stored[:5], stored[5:17], stored[17:]
    assert header == b"OCSE\x01"
    assert AESGCM(KEY.material).decrypt(nonce, sealed, b"OCSE\x01flg_1") == b"facts"


def test_a_key_shows_its_material_nowhere() -> None:
    assert KEY.material.hex() not in f"{KEY!r} {KEY.fingerprint}"
    assert "material" not in repr(KEY)


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(StorageFailed, match="256 bits"):
        StorageKey(b"short")


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    made = load_or_make_storage_key(tmp_path / "keys" / "service")
    assert load_or_make_storage_key(tmp_path / "keys" / "service") == made
    file = tmp_path / "keys" / "service" / "storage.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == stat.S_IMODE(file.parent.parent.stat().st_mode) == 0o700
    assert [entry.name for entry in file.parent.iterdir()] == ["storage.key"]


def test_two_first_runs_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: load_or_make_storage_key(tmp_path / "keys"), range(8)))
    assert len(keys) == 1


def test_a_key_file_others_can_read_is_refused(tmp_path: Path) -> None:
    load_or_make_storage_key(tmp_path)
    (tmp_path / "storage.key").chmod(0o640)
    with pytest.raises(StorageFailed, match="chmod 600"):
        load_or_make_storage_key(tmp_path)


@pytest.mark.parametrize("damaged", ["", "not hexadecimal", "abcd", "é" * 64])
def test_a_damaged_key_file_is_refused_and_kept(tmp_path: Path, damaged: str) -> None:
    file = tmp_path / "storage.key"
    file.write_text(damaged, encoding="utf-8")
    file.chmod(0o600)
    with pytest.raises(StorageFailed):
        load_or_make_storage_key(tmp_path)
    assert file.read_text(encoding="utf-8") == damaged


def test_a_key_directory_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file stands where the directory should be")
    with pytest.raises(StorageFailed, match="cannot be read or made"):
        load_or_make_storage_key(tmp_path / "keys")
