"""The keyring: sealing keys, the index key, signing keys, parcel keys. Kept outside the database, or a dump would open itself.

It is read from the variable ``PERISAI_KEYS`` (the JSON itself), else from the file ``PERISAI_KEY_FILE``, else from
``keys.json`` in ``PERISAI_HOME``.
"""

import base64
import binascii
import fcntl
import json
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_BYTES = 32
_MOST_KEYS = 0xFFFF
_DEFAULT_HOME = Path(__file__).resolve().parents[3] / "var"


class KeysUnavailable(Exception):
    """The keyring is missing or damaged: ``sentence`` says what happened and why, ``advice`` what to do next."""

    def __init__(self, sentence: str, advice: str) -> None:
        super().__init__(f"{sentence} {advice}")
        self.sentence, self.advice = sentence, advice


@dataclass(frozen=True)
class Keyring:
    """Keys by id (1 to 65535). New seals and signatures use the ``current`` ids, old ones stay readable.

    ``retired`` holds the public halves of signing keys whose private half is gone: old cards stay checkable, but nobody
    can sign another one with them. ``parcel`` holds the P-256 scalars that open what a phone seals for the office; the
    newest one is handed out, and old ones stay, for a phone may use a public half for weeks. A keyring from before
    there were parcels has none. Key material is 32 bytes each and stays out of ``repr``.
    """

    sealing: dict[int, bytes] = field(repr=False)
    sealing_current: int
    index: bytes = field(repr=False)
    signing: dict[int, bytes] = field(repr=False)
    signing_current: int
    retired: dict[int, bytes]
    parcel: dict[int, bytes] = field(repr=False, default_factory=dict)

    @cached_property
    def ciphers(self) -> dict[int, AESGCM]:
        return {number: AESGCM(key) for number, key in self.sealing.items()}

    @cached_property
    def signer(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.signing[self.signing_current])

    @cached_property
    def verifiers(self) -> dict[int, Ed25519PublicKey]:
        """Every public key that a genuine token may carry, retired ones too."""
        own = {number: Ed25519PrivateKey.from_private_bytes(key).public_key() for number, key in self.signing.items()}
        return {number: Ed25519PublicKey.from_public_bytes(key) for number, key in self.retired.items()} | own

    @cached_property
    def openers(self) -> list[ec.EllipticCurvePrivateKey]:
        """The private halves for parcels, the newest first."""
        newest_first = sorted(self.parcel.items(), reverse=True)
        return [ec.derive_private_key(int.from_bytes(scalar, "big"), ec.SECP256R1()) for _, scalar in newest_first]

    @cached_property
    def _index_keys(self) -> dict[str, bytes]:
        return {}

    def index_key(self, context: str) -> bytes:
        """The HMAC key of one context: equal texts in two contexts have unrelated indexes."""
        known = self._index_keys.get(context)
        if known is None:
            info = b"perisai blind index " + context.encode()
            known = self._index_keys[context] = HKDF(SHA256(), _KEY_BYTES, None, info).derive(self.index)
        return known

    def to_json(self) -> str:
        return json.dumps(
            {
                "version": 1,
                "sealing": {"current": self.sealing_current, "keys": _texts(self.sealing)},
                "index": base64.b64encode(self.index).decode(),
                "signing": {
                    "current": self.signing_current,
                    "keys": _texts(self.signing),
                    "retired": _texts(self.retired),
                },
                "parcel": {"keys": _texts(self.parcel)},
            },
            indent=1,
        )

    @classmethod
    def from_json(cls, text: str, origin: str) -> "Keyring":
        """Raises KeysUnavailable naming ``origin``; the damaged text itself is never shown."""
        try:
            read = json.loads(text)
            if read["version"] != 1:
                raise ValueError("version")
            ring = cls(
                sealing=_keys(read["sealing"]["keys"]),
                sealing_current=read["sealing"]["current"],
                index=_key(read["index"]),
                signing=_keys(read["signing"]["keys"]),
                signing_current=read["signing"]["current"],
                retired=_keys(read["signing"]["retired"]),
                parcel=_keys(read["parcel"]["keys"]) if "parcel" in read else {},
            )
            _ = ring.sealing[ring.sealing_current], ring.signing[ring.signing_current]
            _ = ring.verifiers, ring.openers
        except (ValueError, KeyError, TypeError, AttributeError, binascii.Error):
            raise KeysUnavailable(
                f"The keys in {origin} are damaged.",
                "Put back the copy that was kept when they were made; new keys cannot open old data.",
            ) from None
        return ring

    def with_new_sealing_key(self) -> "Keyring":
        number = max(self.sealing) + 1
        if number > _MOST_KEYS:
            raise KeysUnavailable("The keyring is full.", f"It holds at most {_MOST_KEYS} sealing keys.")
        return replace(self, sealing={**self.sealing, number: secrets.token_bytes(_KEY_BYTES)}, sealing_current=number)

    def with_new_signing_key(self) -> "Keyring":
        """The old private half is forgotten; what it signed stays checkable."""
        number = max(self.verifiers) + 1
        retired = {old: public.public_bytes_raw() for old, public in self.verifiers.items()}
        return replace(self, signing={number: secrets.token_bytes(_KEY_BYTES)}, signing_current=number, retired=retired)

    def with_new_parcel_key(self) -> "Keyring":
        return replace(self, parcel={**self.parcel, max(self.parcel, default=0) + 1: _new_scalar()})


def new_keyring() -> Keyring:
    """Fresh random keys, ids from 1."""
    sealing, index, signing = (secrets.token_bytes(_KEY_BYTES) for _ in range(3))
    return Keyring({1: sealing}, 1, index, {1: signing}, 1, {}, {1: _new_scalar()})


def _new_scalar() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(_KEY_BYTES, "big")


def key_file() -> Path:
    """Where the keyring lies when it is not in the environment."""
    named = os.environ.get("PERISAI_KEY_FILE")
    return Path(named) if named else Path(os.environ.get("PERISAI_HOME") or _DEFAULT_HOME) / "keys.json"


_loaded: tuple[object, Keyring] | None = None
_PLACES = ("PERISAI_KEYS", "PERISAI_KEY_FILE", "PERISAI_HOME")


def keyring() -> Keyring:
    """The keyring of this process, read at first use. Raises KeysUnavailable."""
    global _loaded
    origin = [os.environ.get(name) for name in _PLACES]
    if _loaded is None or _loaded[0] != origin:
        text = origin[0]
        ring = Keyring.from_json(text, "the variable PERISAI_KEYS") if text else _read(key_file())
        _loaded = (origin, ring)
    return _loaded[1]


def reload() -> Keyring:
    """Read again: another process may have added a key since."""
    global _loaded
    _loaded = None
    return keyring()


def make_keys(path: Path | None = None) -> Path:
    """Write a new keyring to ``path`` (default: key_file()), readable by its owner only.

    Raises KeysUnavailable where one stands already, for overwriting it would lose every sealed row, or where the place
    cannot be written.
    """
    target = path or key_file()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = _written_beside(target, new_keyring().to_json())
        try:
            os.link(fresh, target)
        finally:
            fresh.unlink()
    except FileExistsError:
        raise KeysUnavailable(
            f"There are keys in {target} already.", "Nothing was changed. To add a new key use rotate-keys --new-key."
        ) from None
    except OSError as problem:
        raise _unwritable(target, problem) from None
    return target


def add_sealing_key() -> int:
    """From now on new seals use a fresh key; returns its id. Raises KeysUnavailable."""
    return _changed(Keyring.with_new_sealing_key).sealing_current


def add_signing_key() -> int:
    """From now on tokens are signed with a fresh key; returns its id. Raises KeysUnavailable."""
    return _changed(Keyring.with_new_signing_key).signing_current


def add_parcel_key() -> int:
    """From now on phones are given a fresh key for their parcels; returns its id. Raises KeysUnavailable."""
    return max(_changed(Keyring.with_new_parcel_key).parcel)


def _changed(change: Callable[[Keyring], Keyring]) -> Keyring:
    if os.environ.get("PERISAI_KEYS"):
        raise KeysUnavailable(
            "The keys come from the variable PERISAI_KEYS, which this program cannot change.",
            "Add the new key where that variable is set, then start again.",
        )
    target = key_file()
    _read(target)
    try:
        with _locked(target):
            text = change(_read(target)).to_json()
            _written_beside(target, text).replace(target)
    except OSError as problem:
        raise _unwritable(target, problem) from None
    return reload()


def _read(path: Path) -> Keyring:
    try:
        with path.open(encoding="utf-8") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise KeysUnavailable(
                    f"The key file {path} can be read by others on this machine.",
                    f"Take that right away: chmod 600 {path}",
                )
            text = file.read()
    except FileNotFoundError:
        raise KeysUnavailable(
            f"There is no key file {path}.",
            "Make one with: perisai make-keys. If there is sealed data already, put its keys back instead.",
        ) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise KeysUnavailable(
            f"The key file {path} cannot be read ({type(problem).__name__}).",
            "Check that it is an ordinary file of the user who runs this program.",
        ) from None
    return Keyring.from_json(text, str(path))


def _written_beside(target: Path, text: str) -> Path:
    """The text in a new private file next to ``target``, safely on disk."""
    path = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return path


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Two key changes at once would lose one of the new keys, and with it what was sealed meanwhile."""
    with target.with_name(f".{target.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _unwritable(target: Path, problem: OSError) -> KeysUnavailable:
    return KeysUnavailable(
        f"The key file {target} cannot be written ({type(problem).__name__}).",
        "Choose a place you may write to with PERISAI_KEY_FILE or PERISAI_HOME.",
    )


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != _KEY_BYTES:
        raise ValueError("length")
    return key


def _keys(texts: dict[str, str]) -> dict[int, bytes]:
    keys = {int(number): _key(text) for number, text in texts.items()}
    if any(not 1 <= number <= _MOST_KEYS for number in keys):
        raise ValueError("id")
    return keys


def _texts(keys: dict[int, bytes]) -> dict[str, str]:
    return {str(number): base64.b64encode(key).decode() for number, key in keys.items()}
