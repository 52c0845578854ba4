"""The outbox as a page: the offices one may see, the phone masked, in the reader's language."""

from typing import Any

import pytest
from tests.stage.fixtures import signed_in
from tests.web import people

from perisai.notices.kinds import text as said
from perisai.notices.services import deliver
from perisai.site.cast import FAMILY_2017, Cast
from perisai.web.views.notices import masked_phone

pytestmark = pytest.mark.usefixtures("in_2017")


def text(response: Any) -> str:
    return str(response.content.decode()).replace("\u00a0", " ")


def test_laras_reads_what_siti_was_told(cast: Cast) -> None:
    siti = people.member(cast)
    client = signed_in("laras")
    page = text(client.get("/pesan"))
    assert f"nomor {siti.number}" in page and "0812••••0200" in page
    assert FAMILY_2017["siti"].phone not in page and f"/peserta/{siti.id}" in page
    client.post("/bahasa", {"language": "en"})
    assert said("member_number", {"number": siti.number}, "en") in text(client.get("/pesan"))


def test_what_was_sent_is_told_from_what_waits(cast: Cast) -> None:
    people.member(cast)
    client = signed_in("laras")
    assert "Siti" not in text(client.get("/pesan?state=sent"))
    assert "nomor" not in text(client.get("/pesan?state=sent")).split("<main")[1]
    deliver(lambda to, words: None)
    assert "Terkirim" in text(client.get("/pesan?state=sent"))
    assert client.get("/pesan?state=x&page=999").status_code == 200


def test_the_neighbour_reads_nothing_and_who_may_not_finds_no_page(cast: Cast) -> None:
    siti = people.member(cast)
    assert siti.number not in text(signed_in("gustina").get("/pesan"))
    assert siti.number in text(signed_in("sudirman").get("/pesan"))
    for who in ("rina", "datuak", "admin"):
        assert signed_in(who).get("/pesan").status_code == 404


@pytest.mark.parametrize(
    ("phone", "shown"), [("+6281200000200", "0812••••0200"), ("081200000200", "0812••••0200"), ("12345", "12342345")]
)
def test_a_phone_keeps_four_digits_at_each_end(phone: str, shown: str) -> None:
    assert masked_phone(phone) == shown
