"""What the simulated bank owns: its key pair, and what it was given when it was registered. Files of one owner."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from perisai.site import places

CODE = "simulasi nagari"
NAME = "Bank Simulasi Nagari (fiktif)"
PARTNER_ID = "SIMULASI-NAGARI"
SERVICE_ID = "88899"


@dataclass(frozen=True, slots=True)
class Papers:
    """What Perisai's head office handed over, and the bank's own key."""

    client_key: str
    client_secret: str
    partner_id: str = PARTNER_ID
    service_id: str = SERVICE_ID

    def save(self) -> None:
        _write(home() / "partner.json", json.dumps(asdict(self), indent=1))


def home() -> Path:
    """The bank's own folder."""
    return places.home() / "bank-simulator"


def papers() -> Papers:
    """Raises click.ClickException where the bank is not registered."""
    try:
        return Papers(**json.loads((home() / "partner.json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise click.ClickException(
            "The simulated bank is not registered with Perisai. `make demo` does it; so does "
            "`perisai bank-simulator register`, once the database is there."
        ) from None


def private_key() -> RSAPrivateKey:
    """The bank's key, made at first use; its private half stays in this folder."""
    path = home() / "key.pem"
    if not path.exists():
        key = generate_private_key(public_exponent=65537, key_size=2048)
        _write(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())
    read = load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(read, RSAPrivateKey)
    return read


def public_pem() -> str:
    return private_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)
