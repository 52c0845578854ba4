"""What comes from the phones, on the pages of the office."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.stage.fixtures import signed_in
from tests.sync.phone import Phone
from tests.sync.test_changes import becomes_member
from tests.sync.test_parcels import sealed
from tests.sync.test_pictures import NAME, PHOTO

from perisai.kernel import clock
from perisai.membership import selectors as membership
from perisai.membership import services as members
from perisai.site.cast import FAMILY_NOW, KOTO_TINGGI, Cast


def test_the_agents_page_shows_the_phone_its_clock_and_takes_it_out_of_use(cast: Cast) -> None:
    phone = Phone("rina")
    phone.clock_at = (clock.now() + timedelta(hours=3)).isoformat()
    phone.call("GET", "/changes")
    hendri, agent = signed_in("hendri"), f"/agen/{cast.agent_ids['rina']}"
    page = hendri.get(agent).content.decode()
    assert "jamnya 180 menit dari jam kantor" in page
    revoke = f"{agent}/ponsel/{phone.id}/cabut"
    assert revoke in page
    assert revoke not in signed_in("laras").get(agent).content.decode(), "an officer may look only"
    assert hendri.post(revoke, {"reason": ""}).status_code == 422
    assert hendri.post(revoke, {"reason": "Hilang di pasar"}).status_code == 302
    page = hendri.get(agent).content.decode()
    assert "Dicabut" in page and "Hilang di pasar" in page and revoke not in page


def test_an_agent_without_a_phone_has_an_empty_list(cast: Cast) -> None:
    assert "Belum ada ponsel" in signed_in("hendri").get(f"/agen/{cast.agent_ids['zul']}").content.decode()


def test_the_decision_page_shows_the_photo_when_it_has_come(cast: Cast) -> None:
    phone, laras = Phone("rina"), signed_in("laras")
    command = phone.refers(FAMILY_NOW["wati"], photo=NAME)
    phone.sends(command)
    page = f"/pendaftaran/{command['entity']}"
    assert "Foto KTP belum sampai" in laras.get(page).content.decode()
    phone.call(
        "PUT",
        f"/blobs/{NAME}",
        PHOTO,
        Content_Range=f"bytes 0-{len(PHOTO) - 1}/{len(PHOTO)}",
        content_type="image/jpeg",
    )
    assert f"{page}/bukti/photo" in laras.get(page).content.decode()
    picture = laras.get(f"{page}/bukti/photo")
    assert (picture["Content-Type"], picture.content) == ("image/jpeg", PHOTO)
    assert "no-store" in picture["Cache-Control"]
    assert laras.get(f"{page}/bukti/signature").status_code == 404
    assert laras.get(f"{page}/bukti/anything").status_code == 404
    assert "Foto atau tanda tangan dibuka" in laras.get(page).content.decode()


def test_laras_takes_in_a_file_and_reads_what_became_of_it(cast: Cast) -> None:
    phone, laras = Phone("rina"), signed_in("laras")
    parcel = sealed(phone, phone.refers(FAMILY_NOW["wati"]), phone.refers(FAMILY_NOW["joni"], nik="12"))

    def upload(content: bytes) -> tuple[int, str]:
        answer = laras.post("/pendaftaran/berkas-luring", {"parcel": SimpleUploadedFile("kotak.prsi", content)})
        return answer.status_code, answer.content.decode()

    for _ in range(2):
        status, page = upload(parcel)
        assert status == 200 and "Rina Marlina" in page and "Diterima" in page and "NIK harus 16 angka" in page
    status, page = upload(b"PRSI1" + b"x" * 200)
    assert status == 422 and "Berkas ini tidak dapat dibuka" in page
    assert laras.post("/pendaftaran/berkas-luring").status_code == 422
    gustina = signed_in("gustina")
    answer = gustina.post("/pendaftaran/berkas-luring", {"parcel": SimpleUploadedFile("kotak.prsi", parcel)})
    assert answer.status_code == 422 and "cabang lain" in answer.content.decode()


def test_the_office_corrects_contact_data_and_is_told_who_was_quicker(cast: Cast) -> None:
    phone, laras = Phone("rina"), signed_in("laras")
    member_id = becomes_member(cast, phone, "wati").member_id
    form = f"/peserta/{member_id}/kontak"
    typed = {"version": "1", "phone": "081200000277", "address": "Jorong A", "village_code": KOTO_TINGGI}
    assert form in laras.get(f"/peserta/{member_id}").content.decode()
    assert laras.post(form, typed).status_code == 302
    person = membership.member_for(cast.laras, member_id).person
    assert (person.phone, person.address, person.version) == ("+6281200000277", "Jorong A", 2)
    stale = laras.post(form, typed | {"address": "Jorong B"})
    assert stale.status_code == 422 and "diubah orang lain" in stale.content.decode()
    assert form not in signed_in("rina").get(f"/peserta/{member_id}").content.decode()


@pytest.mark.parametrize(("choice", "address"), [("take", "Jorong Lama"), ("keep", "Jorong Baru")])
def test_both_values_stand_side_by_side_and_one_is_chosen(choice: str, address: str, cast: Cast) -> None:
    phone, laras = Phone("rina"), signed_in("laras")
    member_id = becomes_member(cast, phone, "wati").member_id
    members.correct_contact(actor=cast.laras, member_id=member_id, base_version=1, changes={"address": "Jorong Baru"})
    phone.sends(phone.command("change_contact", {"base_version": 1, "address": "Jorong Lama"}, entity=member_id))
    assert "Rahmawati" in laras.get("/peserta/perbedaan").content.decode()
    clash = f"/peserta/perbedaan/{membership.clashes_open_to(cast.laras)[0].id}"
    page = laras.get(clash).content.decode()
    assert "Jorong Baru" in page and "Jorong Lama" in page
    assert laras.post(clash, {"choice": "both"}).status_code == 422
    assert laras.post(clash, {"choice": choice}).status_code == 302
    assert membership.member_for(cast.laras, member_id).person.address == address
    assert laras.post(clash, {"choice": choice}).status_code == 422, "settled once"
    assert "Tidak ada perbedaan" in laras.get("/peserta/perbedaan").content.decode()


def test_lists_are_honest_when_they_are_empty(cast: Cast) -> None:
    laras = signed_in("laras")
    assert "Belum ada kegiatan" in laras.get("/kegiatan").content.decode()
    assert "Tidak ada keberatan" in laras.get("/insentif/keberatan").content.decode()
