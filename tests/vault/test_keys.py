"""The keyring is private, never overwritten, and says plainly what is wrong with it."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from perisai.vault import KeysUnavailable, SealBroken, keys, seal, unseal

NIK = "membership.person.nik"


def test_made_keys_are_private_and_work(key_file: Path) -> None:
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert unseal(seal("Siti", context=NIK), context=NIK) == "Siti"


def test_keys_are_not_overwritten(key_file: Path) -> None:
    before = key_file.read_text()
    with pytest.raises(KeysUnavailable, match="already"):
        keys.make_keys()
    assert key_file.read_text() == before
    assert list(key_file.parent.iterdir()) == [key_file]


def test_a_file_that_others_can_read_is_refused(key_file: Path) -> None:
    key_file.chmod(0o640)
    with pytest.raises(KeysUnavailable, match="chmod 600"):
        keys.reload()


def test_a_missing_file_says_how_to_make_one(key_file: Path) -> None:
    key_file.unlink()
    with pytest.raises(KeysUnavailable, match="make-keys"):
        keys.reload()


@pytest.mark.parametrize("damage", ["", "{", "[]", "{}", '{"version": 2}'])
def test_damaged_files_are_named(key_file: Path, damage: str) -> None:
    key_file.write_text(damage)
    with pytest.raises(KeysUnavailable, match="damaged"):
        keys.reload()


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("sealing", "current", 9),
        ("sealing", "keys", {"1": "c2hvcnQ="}),
        ("sealing", "keys", {"0": "A" * 43 + "="}),
        ("sealing", "keys", {"1": "not base64!"}),
        ("signing", "current", None),
        ("signing", "keys", []),
        ("signing", "retired", {"1": 5}),
    ],
)
def test_every_part_is_checked_when_read(key_file: Path, part: str, name: str, value: object) -> None:
    read = json.loads(key_file.read_text())
    read[part][name] = value
    key_file.write_text(json.dumps(read))
    with pytest.raises(KeysUnavailable, match="damaged"):
        keys.reload()


def test_old_seals_open_under_a_new_key(key_file: Path) -> None:
    old = seal("Siti", context=NIK)
    assert keys.add_sealing_key() == 2
    new = seal("Siti", context=NIK)
    assert old[1:3] != new[1:3]
    assert unseal(old, context=NIK) == unseal(new, context=NIK) == "Siti"


def test_a_running_process_learns_a_key_that_another_one_added(key_file: Path) -> None:
    seal("warms this process up", context=NIK)
    other = f"from perisai.vault import keys, seal; keys.add_sealing_key();print(seal('Siti', context={NIK!r}).hex())"
    blob = subprocess.run([sys.executable, "-c", other], capture_output=True, check=True, text=True).stdout
    assert unseal(bytes.fromhex(blob), context=NIK) == "Siti"


def test_keys_added_at_once_are_all_kept(key_file: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: keys.add_sealing_key(), range(8)))
    assert sorted(keys.reload().sealing) == list(range(1, 10))


def test_keys_of_the_environment_come_first_and_are_not_changed(
    key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blob = seal("Siti", context=NIK)
    monkeypatch.setenv("PERISAI_KEYS", keys.new_keyring().to_json())
    with pytest.raises(SealBroken):
        unseal(blob, context=NIK)
    with pytest.raises(KeysUnavailable, match="PERISAI_KEYS"):
        keys.add_sealing_key()


def test_keys_stay_out_of_repr() -> None:
    ring = keys.keyring()
    assert not any(str(key) in repr(ring) for key in (ring.index, *ring.sealing.values(), *ring.signing.values()))
