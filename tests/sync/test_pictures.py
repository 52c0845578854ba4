"""Photos and signatures: in pieces, in order, checked when whole, kept sealed, opened by who decides."""

import hashlib
from typing import Any

import pytest
from django.core.files.storage import storages
from tests.sync.phone import Phone

from perisai.audit.selectors import history_of
from perisai.kernel.errors import NotFound
from perisai.site.cast import FAMILY_NOW, Cast
from perisai.sync import selectors, services

PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 400
NAME = hashlib.sha256(PHOTO).hexdigest()


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return Phone("rina")


def sends(phone: Phone, content: bytes, first: int, last: int, **changed: Any) -> tuple[int, Any]:
    name, total = changed.pop("name", NAME), changed.pop("total", len(content))
    headers = {"Content_Range": f"bytes {first}-{last}/{total}", "content_type": "image/jpeg"} | changed
    return phone.call("PUT", f"/blobs/{name}", content[first : last + 1], **headers)


def received(phone: Phone, name: str = NAME) -> int:
    assert phone.call("HEAD", f"/blobs/{name}")[0] == 200
    return int(phone.headers["X-Received"])


def test_a_photo_comes_in_two_pieces_with_the_line_cut_between(phone: Phone) -> None:
    assert received(phone) == 0
    assert sends(phone, PHOTO, 0, 65_535) == (200, {"received": 65_536, "complete": False})
    assert received(phone) == 65_536
    assert sends(phone, PHOTO, 0, 65_535)[1]["received"] == 65_536, "sent again it changes nothing"
    assert sends(phone, PHOTO, 65_536, len(PHOTO) - 1) == (200, {"received": len(PHOTO), "complete": True})
    assert sends(phone, PHOTO, 0, 65_535)[1]["complete"] is True


def test_it_lies_sealed_in_the_storage(phone: Phone) -> None:
    sends(phone, PHOTO, 0, len(PHOTO) - 1)
    with storages["pictures"].open(f"{NAME[:2]}/{NAME}") as file:
        kept = file.read()
    assert PHOTO[:64] not in kept and len(kept) > len(PHOTO)


@pytest.mark.parametrize(
    ("first", "last", "changed", "status", "code"),
    [
        (10, 20, {}, 422, "blob_piece_wrong"),
        (0, 20, {"Content_Range": "bytes 0-9/100"}, 422, "blob_piece_wrong"),
        (0, 20, {"Content_Range": "all"}, 422, "blob_piece_wrong"),
        (0, 20, {"total": 400 * 1024 + 1}, 422, "blob_too_large"),
        (0, 20, {"content_type": "text/html"}, 422, "blob_not_picture"),
        (0, 20, {"name": "0" * 63}, 422, "field_wrong"),
        (0, 20, {"name": "../secret"}, 404, "not_found"),
    ],
)
def test_a_piece_that_does_not_join_is_refused(
    first: int, last: int, changed: dict[str, Any], status: int, code: str, phone: Phone
) -> None:
    answered, body = sends(phone, PHOTO, first, last, **changed)
    assert (answered, body["error"]["code"]) == (status, code)


def test_what_is_not_what_its_name_says_is_dropped_and_may_come_again(phone: Phone) -> None:
    wrong = PHOTO[:-1] + b"\x00"
    status, body = sends(phone, wrong, 0, len(wrong) - 1)
    assert (status, body["error"]["code"]) == (422, "blob_damaged")
    assert received(phone) == 0
    assert sends(phone, PHOTO, 0, len(PHOTO) - 1)[1]["complete"] is True


def test_what_is_no_picture_is_dropped(phone: Phone) -> None:
    page = b"<html>" * 20
    status, body = sends(phone, page, 0, len(page) - 1, name=hashlib.sha256(page).hexdigest())
    assert (status, body["error"]["code"]) == (422, "blob_not_picture")


def test_a_referral_may_come_before_its_photo_and_laras_opens_it(cast: Cast, phone: Phone) -> None:
    command = phone.refers(FAMILY_NOW["wati"], photo=NAME, position={"lat": -0.25, "lon": 100.45, "accuracy_m": 9})
    phone.sends(command)
    sent = selectors.evidence_of(command["entity"])
    assert sent is not None and (sent.photo, sent.signature, sent.position) == ("coming", "", "-0.250000 100.450000 9")
    with pytest.raises(NotFound):
        services.open_evidence(actor=cast.laras, registration_id=command["entity"], which="photo")
    sends(phone, PHOTO, 0, len(PHOTO) - 1)
    opened = services.open_evidence(actor=cast.laras, registration_id=command["entity"], which="photo")
    assert (opened.media_type, opened.content) == ("image/jpeg", PHOTO)
    assert "sync.evidence.opened" in {each.action for each in history_of([command["entity"]])}
    for stranger in (cast.rina, cast.buyung, cast.gustina, cast.sudirman, cast.nofri):
        with pytest.raises(NotFound):
            services.open_evidence(actor=stranger, registration_id=command["entity"], which="photo")
