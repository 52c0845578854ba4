"""Hendri keeps the papers of the Wadah and its Perisai; what lacks is told before a referral fails."""

from datetime import datetime
from typing import Any

import pytest
from tests.stage.fixtures import signed_in
from tests.web import people

from perisai.agents.models import Agent, Pks, SuratTugas, Wadah
from perisai.certification import selectors as certification
from perisai.kernel import clock, ids
from perisai.site.cast import KOTO_TINGGI, Cast

pytestmark = pytest.mark.usefixtures("in_2017")


def text(response: Any) -> str:
    return str(response.content.decode()).replace("\u00a0", " ")


def test_the_list_tells_who_may_refer_and_what_the_others_lack(cast: Cast) -> None:
    people.member(cast)
    page = text(signed_in("laras").get("/agen"))
    assert "kurang: sertifikat pelatihan" in page, "Yusuf"
    assert "kurang: tidak aktif" in page, "Dedi"
    assert "Rp 16.800" in page, "Rina's member has paid"


def test_standings_in_sets_are_the_standing_one_by_one(cast: Cast) -> None:
    days = [clock.today(), datetime(2017, 1, 1).date(), datetime(2019, 6, 1).date(), datetime(2030, 1, 1).date()]
    for day in days:
        sets = certification.papers_of_agents(cast.agent_ids.values(), day)
        assert {key: each.standing for key, each in sets.items()} == {
            key: certification.may_act(key, day) for key in cast.agent_ids.values()
        }


def test_a_paper_that_ends_soon_is_told(cast: Cast) -> None:
    with clock.turned_to(datetime(2019, 1, 10, 3, tzinfo=clock.WIB)):
        page = text(signed_in("hendri").get(f"/agen/{cast.agent_ids['rina']}"))
    assert "boleh, sampai 31 Jan 2019" in page and "Segera habis" in page


def test_the_list_asks_the_same_for_one_and_for_five(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = signed_in("hendri")
    for address in ("/agen", "/agen?tab=wadah", f"/agen/wadah/{cast.wadah_id}"):
        with django_assert_max_num_queries(14):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"), [("buyung", 200), ("sudirman", 200), ("gustina", 404), ("rina", 404), ("admin", 404)]
)
def test_who_sees_rina(cast: Cast, who: str, status: int) -> None:
    client = signed_in(who)
    assert client.get(f"/agen/{cast.agent_ids['rina']}").status_code == status
    assert client.get(f"/agen/wadah/{cast.wadah_id}").status_code == status
    assert client.get(f"/agen/{ids.new_id()}").status_code == 404


@pytest.mark.parametrize("who", ["laras", "sudirman", "buyung", "irwansyah"])
def test_only_the_branch_head_changes_anything(cast: Cast, who: str) -> None:
    client, rina = signed_in(who), cast.agent_ids["rina"]
    for address in (
        f"/agen/{rina}/langkah/tangguhkan", f"/agen/{rina}/langkah/berhentikan", f"/agen/{rina}/surat-tugas",
        f"/agen/{rina}/sertifikat", f"/agen/wadah/{cast.wadah_id}/pks", f"/agen/wadah/{cast.wadah_id}/angkat",
        "/agen/wadah/baru",
    ):  # fmt: skip
        assert client.post(address, {"reason": "x"}).status_code == 404
    assert "Tindakan</h2>" not in text(client.get(f"/agen/{rina}"))


def test_suspended_reinstated_and_ended_for_good(cast: Cast) -> None:
    client, rina = signed_in("hendri"), cast.agent_ids["rina"]
    address = f"/agen/{rina}/langkah"
    assert client.post(f"{address}/tangguhkan", {"reason": ""}).status_code == 422
    assert client.post(f"{address}/tangguhkan", {"reason": "Diperiksa"}).status_code == 302
    assert client.post(f"{address}/tangguhkan", {"reason": "Diperiksa"}).status_code == 422
    assert client.post(f"{address}/aktifkan", {"reason": "Bersih"}).status_code == 302
    wrong = client.post(f"{address}/berhentikan", {"reason": "Uang ditahan", "confirm": "Rina"})
    assert wrong.status_code == 422 and "Belum sama" in text(wrong)
    assert (
        client.post(f"{address}/berhentikan", {"reason": "Uang ditahan", "confirm": "rina marlina"}).status_code == 302
    )
    assert Agent.objects.get(pk=rina).state == "terminated"
    assert client.get(f"{address}/hapus").status_code == 404
    page = text(client.get(f"/agen/{rina}"))
    assert "Uang ditahan" in page and "Perisai diberhentikan" in page


def test_papers_are_entered_with_their_last_day(cast: Cast) -> None:
    client, rina = signed_in("hendri"), cast.agent_ids["rina"]
    typed = {"number": "ST/9", "starts_on": "01-02-2019", "last_on": "31-01-2020"}
    assert client.post(f"/agen/{rina}/surat-tugas", typed).status_code == 302
    assert SuratTugas.objects.get(number="ST/9").during.upper == datetime(2020, 2, 1).date()
    twice = client.post(f"/agen/{rina}/surat-tugas", typed | {"number": "ST/10"})
    assert twice.status_code == 422 and 'id="id_starts_on-error"' in text(twice)
    backwards = client.post(f"/agen/{rina}/sertifikat", typed | {"kind": "training", "last_on": "01-01-2018"})
    assert backwards.status_code == 422 and 'id="id_last_on-error"' in text(backwards)
    assert client.post(f"/agen/{rina}/sertifikat", typed | {"kind": "training", "number": "L/9"}).status_code == 302


def test_a_wadah_its_pks_and_a_perisai(cast: Cast) -> None:
    client = signed_in("hendri")
    typed = {"branch_code": "BKT", "code": "BKT-009", "name": "Koperasi <b>Baso</b>", "registered_on": "30-10-2017"}
    assert client.post("/agen/wadah/baru", typed | {"branch_code": "SLK"}).status_code == 422
    made = client.post("/agen/wadah/baru", typed)
    wadah = Wadah.objects.get(code="BKT-009")
    assert made.headers["Location"] == f"/agen/wadah/{wadah.id}"
    assert client.post("/agen/wadah/baru", typed).status_code == 422
    pks = {"number": "PKS/9", "starts_on": "30-10-2017", "last_on": "29-10-2018"}
    assert client.post(made.headers["Location"] + "/pks", pks).status_code == 302
    assert Pks.objects.filter(wadah=wadah).count() == 1
    person = {
        "name": "Desi 'Upik' Ratna", "nik": "1306085203880022", "number": "BKT-P009", "village_code": KOTO_TINGGI,
        "phone": "0812 0000 0109", "username": "", "appointed_on": "30-10-2017",
    }  # fmt: skip
    assert 'id="id_village_code-error"' in text(
        client.post(made.headers["Location"] + "/angkat", person | {"village_code": "13.99"})
    )
    assert 'id="id_nik-error"' in text(client.post(made.headers["Location"] + "/angkat", person | {"nik": "123"}))
    assert 'id="id_username-error"' in text(
        client.post(made.headers["Location"] + "/angkat", person | {"username": "tidakada"})
    )
    appointed = client.post(made.headers["Location"] + "/angkat", person)
    assert appointed.status_code == 302
    assert client.post(made.headers["Location"] + "/angkat", person).status_code == 422
    page = text(client.get(appointed.headers["Location"]))
    assert "Koperasi &lt;b&gt;Baso" in page and "kurang: sertifikat pelatihan, Surat Tugas" in page
