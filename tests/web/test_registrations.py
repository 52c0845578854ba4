"""Rina fills in the form, Laras decides: the office pages of registrations."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.stage.fixtures import REPORT_DAY, signed_in

from perisai.audit.models import Entry
from perisai.contributions import services as payments
from perisai.kernel import clock, ids
from perisai.kernel.actor import Actor, Role
from perisai.membership import selectors, services
from perisai.membership.rules import State
from perisai.organisation import services as organisation
from perisai.site.cast import FAMILY_2017, KOTO_TINGGI, Cast, Worker

pytestmark = pytest.mark.usefixtures("in_2017")
SITI = FAMILY_2017["siti"]
FORM = "/pendaftaran/baru"


def typed(worker: Worker = SITI, **changed: str) -> dict[str, str]:
    """What Rina types into the form."""
    return {
        "registration_id": str(ids.new_id()),
        "nik": worker.nik,
        "kk": "1306081501100021",
        "name": worker.name,
        "born_on": f"{worker.born_on:%d-%m-%Y}",
        "sex": worker.sex,
        "mother_name": worker.mother_name,
        "village_code": f"Koto Tinggi, Baso, Agam, Sumatera Barat ({KOTO_TINGGI})",
        "address": "Jorong Batu Taba",
        "phone": worker.phone,
        "occupation": worker.occupation,
        "income_idr": "1.000.000",
        "programmes": ",".join(worker.programmes),
        "months": "1",
        "consent": "on",
        "attested_work": "Saya lihat sendiri ia bekerja di ladangnya setiap hari.",
        "occurred_on": "30-10-2017",
    } | changed


def refer(cast: Cast, worker: Worker = SITI, by: str = "rina", **changed: Any) -> Any:
    return services.refer_member(
        actor=cast.actors[by],
        registration_id=ids.new_id(),
        applicant=worker.facts(**changed),
        occurred_on=clock.today(),
    )


def sent(cast: Cast) -> Any:
    return selectors.queue(cast.laras)


# --- the form ------------------------------------------------------------------------------------------------------


def test_rina_sends_siti_and_gets_a_slip_that_is_no_card(cast: Cast) -> None:
    rina = signed_in("rina")
    form = typed()
    answer = rina.post(FORM, form)
    assert answer["Location"] == f"/pendaftaran/{form['registration_id']}/slip"
    siti = sent(cast).get()
    assert (str(siti.id), siti.name, siti.income_idr, siti.village.code) == (
        form["registration_id"], "Siti Aminah", 1_000_000, KOTO_TINGGI,
    )  # fmt: skip
    slip = rina.get(answer["Location"]).content.decode()
    assert "BUKAN KARTU PESERTA" in slip
    assert "Rp\u00a016.800" in slip
    assert SITI.nik not in slip
    assert 'data-draft-done="referral"' in slip


def test_the_form_sent_twice_is_one_referral_with_one_slip(cast: Cast) -> None:
    rina, form = signed_in("rina"), typed()
    assert rina.post(FORM, form)["Location"] == rina.post(FORM, form)["Location"]
    assert sent(cast).count() == 1


def test_the_same_form_for_another_worker_gets_a_new_id_and_keeps_what_was_typed(cast: Cast) -> None:
    rina, form = signed_in("rina"), typed()
    rina.post(FORM, form)
    back = rina.post(FORM, typed(FAMILY_2017["nurdin"], registration_id=form["registration_id"]))
    page = back.content.decode()
    assert back.status_code == 422
    assert "sudah pernah terkirim" in page
    assert "Nurdin Sutan" in page
    assert form["registration_id"] not in page


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("nik", "130608500190000", "yang tertulis 15 angka"),
        ("nik", "13060850019000A3", "NIK harus 16 angka"),
        ("nik", "0000000000000000", "nol semua"),
        ("nik", "", "Salin NIK dari KTP"),
        ("kk", "12", "KK"),
        ("born_on", "31-12-2030", "masa depan"),
        ("born_on", "kemarin", "31-12-1990"),
        ("born_on", "31-02-1990", "31-12-1990"),
        ("village_code", "13.06.08.2099", "13.06.08.2099"),
        ("village_code", "13.06.08.2009", "Koto Gadang"),
        ("village_code", "Zzzzqqq", "Coba nama lain"),
        ("income_idr", "-1", "Penghasilan harus lebih dari 0"),
        ("income_idr", "0", "Penghasilan harus lebih dari 0"),
        ("income_idr", "1000000000000000", "Penghasilan harus lebih dari 0"),
        ("income_idr", "sejuta", "rupiah bulat"),
        ("income_idr", "1.5", "rupiah bulat"),
        ("income_idr", "9" * 5000, "rupiah bulat"),
        ("name", "A" * 300, "terlalu panjang"),
        ("name", "😀😀", "Nama"),
        ("name", "a\x00b", "kosong"),
        ("phone", "12345", "HP"),
        ("programmes", "jkk", "Pilihan ini tidak ada"),
        ("months", "2", "Pilihan ini tidak ada"),
        ("occupation", "pilot", "Pilihan ini tidak ada"),
        ("consent", "", "Tanpa persetujuan"),
        ("attested_work", "ya", "attested_work"),
        ("occurred_on", "31-10-2017", "masa depan"),
        ("occurred_on", "01-01-1990", "tidak berlaku pada hari itu"),
        ("registration_id", "bukan id", "Nomor formulir"),
    ],
)
def test_bad_input_comes_back_with_everything_typed(cast: Cast, field: str, text: str, says: str) -> None:
    form = typed() | {"address": 'Jorong <Batu> "Taba"', field: text}
    answer = signed_in("rina").post(FORM, form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "Jorong &lt;Batu&gt; &quot;Taba&quot;" in page
    assert "data-draft-bound" in page
    assert not sent(cast)


def test_all_mistakes_are_told_at_once_each_under_its_field(cast: Cast) -> None:
    page = signed_in("rina").post(FORM, typed(nik="1", phone="1", income_idr="x", village_code="13.06.08.2099"))
    text = page.content.decode()
    for field in ("nik", "phone", "income_idr", "village_code"):
        assert f'id="id_{field}-error"' in text


@pytest.mark.parametrize(
    "written", ["1.000.000", "1000000", "Rp 1.000.000", "rp1.000.000,00", "1,000,000", " 1 000 000 "]
)
def test_an_income_is_read_as_people_write_it(cast: Cast, written: str) -> None:
    signed_in("rina").post(FORM, typed(income_idr=written))
    assert sent(cast).get().income_idr == 1_000_000


@pytest.mark.parametrize(
    "name", ["Nur'aini", 'Siti "Ati" Aminah', "=HYPERLINK(1)", "Siti 😀 Aminah", "<script>alert(1)</script>"]
)
def test_strange_but_true_names_are_kept_and_run_nowhere(cast: Cast, name: str) -> None:
    signed_in("rina").post(FORM, typed(name=name))
    registration = sent(cast).get()
    assert registration.name == name
    laras = signed_in("laras")
    for page in ("/pendaftaran", f"/pendaftaran/{registration.id}", f"/pendaftaran/{registration.id}/slip", "/"):
        assert "<script>alert" not in laras.get(page).content.decode()
    assert signed_in("rina").get(f"/pendaftaran/{registration.id}/slip.pdf").content.startswith(b"%PDF")


def test_a_village_is_chosen_without_script_and_nothing_typed_is_lost(cast: Cast) -> None:
    rina = signed_in("rina")
    asked = rina.post(FORM, typed(village_code="kota tingi")).content.decode()
    assert f'name="choose_village" value="{KOTO_TINGGI}"' in asked
    chosen = rina.post(FORM, typed(village_code="kota tingi", choose_village=KOTO_TINGGI))
    page = chosen.content.decode()
    assert chosen.status_code == 200
    assert f"Koto Tinggi, Baso, Agam, Sumatera Barat ({KOTO_TINGGI})" in page
    assert "Siti Aminah" in page
    assert not sent(cast)


def test_the_parts_that_answer_while_rina_types(cast: Cast) -> None:
    rina = signed_in("rina")
    assert "Koto Tinggi, Baso" in rina.get("/pendaftaran/nagari?village_code=kota+tingi").content.decode()
    hint = rina.post("/pendaftaran/nik", {"nik": SITI.nik}).content.decode()
    assert "Baso, Agam" in hint
    assert "perempuan" in hint
    assert "10\u00a0Jan\u00a01990" in hint
    assert "12 dari 16" in rina.post("/pendaftaran/nik", {"nik": "130608500190"}).content.decode()
    facts = {"income_idr": "1.000.000", "programmes": "jkk,jkm", "months": "3", "occupation": "farmer"}
    price = rina.post("/pendaftaran/iuran", facts).content.decode()
    assert "Rp\u00a050.400" in price
    assert "PP 44/2015" in price
    assert rina.post("/pendaftaran/iuran", {"income_idr": "x", "months": "99"}).status_code == 200


def test_a_nik_never_comes_by_an_address(cast: Cast) -> None:
    assert signed_in("rina").get(f"/pendaftaran/nik?nik={SITI.nik}").status_code == 405


def test_yusuf_is_told_before_he_types_and_refused_if_he_sends(cast: Cast) -> None:
    yusuf = signed_in("yusuf")
    assert "Sertifikat Pelatihan Perisai Anda tidak berlaku" in yusuf.get(FORM).content.decode()
    assert "belum boleh merujuk" not in signed_in("rina").get(FORM).content.decode()
    assert yusuf.post(FORM, typed()).status_code == 422
    assert not sent(cast)


@pytest.mark.parametrize("who", ["laras", "hendri", "nofri", "sudirman", "datuak", "admin", "buyung"])
def test_only_a_perisai_has_the_form(cast: Cast, who: str) -> None:
    assert signed_in(who).get(FORM).status_code == 404
    assert signed_in(who).post(FORM, typed()).status_code == 404


def test_after_the_session_ended_the_form_waits_behind_sign_in(cast: Cast) -> None:
    answer = Client().post(FORM, typed(), headers={"referer": "http://testserver/pendaftaran/baru"})
    assert answer["Location"] == "/masuk?next=%2Fpendaftaran%2Fbaru&habis=1"
    page = signed_in("rina").get(FORM).content.decode()
    assert 'data-draft="referral"' in page
    assert "data-draft-bound" not in page


# --- mending -------------------------------------------------------------------------------------------------------


def test_rina_mends_what_laras_returned_without_typing_the_nik_again(cast: Cast) -> None:
    registration = refer(cast)
    services.return_registration(
        actor=cast.laras, registration_id=registration.id, note="Nama ibu tidak sama dengan KK"
    )
    rina = signed_in("rina")
    assert "Nama ibu tidak sama dengan KK" in rina.get("/").content.decode()
    address = f"/pendaftaran/{registration.id}/perbaiki"
    page = rina.get(address).content.decode()
    assert "Nama ibu tidak sama dengan KK" in page
    assert SITI.nik not in page
    assert "130608******0003" in page
    form = typed(nik="", kk="", mother_name="Upik Sari Dewi")
    del form["occurred_on"]
    assert rina.post(address, form).status_code == 302
    registration.refresh_from_db()
    assert (registration.state, registration.mother_name, registration.nik) == (
        State.SUBMITTED, "Upik Sari Dewi", SITI.nik,
    )  # fmt: skip


def test_what_was_not_returned_is_not_mended(cast: Cast) -> None:
    registration = refer(cast)
    answer = signed_in("rina").get(f"/pendaftaran/{registration.id}/perbaiki")
    assert answer.status_code == 422
    assert signed_in("mira").get(f"/pendaftaran/{registration.id}/perbaiki").status_code == 404


# --- the list ------------------------------------------------------------------------------------------------------


def test_the_queue_is_sorted_by_its_clock(cast: Cast) -> None:
    with clock.turned_to(REPORT_DAY - timedelta(days=5)):
        refer(cast, FAMILY_2017["nurdin"])
    refer(cast)
    page = signed_in("laras").get("/pendaftaran").content.decode()
    assert page.index("Nurdin Sutan") < page.index("Siti Aminah")
    assert "lewat" in page
    assert "12 jam kerja lagi" in page


def test_a_clock_of_years_ago_tells_the_day_it_was_due(cast: Cast) -> None:
    refer(cast)
    with clock.turned_to(REPORT_DAY + timedelta(days=8000)):
        page = signed_in("laras").get("/pendaftaran")
    assert "lewat sejak 31\u00a0Okt\u00a02017" in page.content.decode()


def test_the_neighbour_sees_nothing_and_each_perisai_their_own(cast: Cast) -> None:
    registration = refer(cast)
    assert "Siti Aminah" not in signed_in("gustina").get("/pendaftaran?state=all").content.decode()
    assert "Siti Aminah" not in signed_in("mira").get("/pendaftaran").content.decode()
    assert "Siti Aminah" in signed_in("rina").get("/pendaftaran").content.decode()
    assert "Siti Aminah" in signed_in("buyung").get("/pendaftaran?state=all").content.decode()
    for stranger in ("gustina", "mira", "nofri", "admin"):
        for page in ("", "/slip", "/slip.pdf", "/slip.png"):
            assert signed_in(stranger).get(f"/pendaftaran/{registration.id}{page}").status_code == 404


def test_filters_stand_in_the_address_and_can_be_taken_away(cast: Cast) -> None:
    refer(cast)
    refer(cast, FAMILY_2017["bakri"])
    refer(cast, FAMILY_2017["ali"], by="mira")
    laras = signed_in("laras")
    page = laras.get("/pendaftaran?doubts=1").content.decode()
    assert "Ali Akbar" in page
    assert "Bakri Malin" not in page
    assert 'href="?state=queue"' in page
    agent = laras.get(f"/pendaftaran?agent={cast.agent_ids['mira']}&state=all").content.decode()
    assert "Siti Aminah" not in agent
    assert "Agen: Mira Susanti" in agent
    assert laras.get("/pendaftaran?agent=x&state=y&page=zz&doubts=%00").status_code == 200
    assert "Siti Aminah" in laras.get("/pendaftaran?q=aminah").content.decode()


def test_a_search_by_nik_leaves_no_trace_in_an_address(cast: Cast) -> None:
    refer(cast)
    laras = signed_in("laras")
    found = laras.post("/pendaftaran", {"q": SITI.nik, "state": "queue"})
    assert found.status_code == 200
    assert "Siti Aminah" in found.content.decode()
    assert SITI.nik not in found.content.decode()
    assert laras.post("/pendaftaran", {"q": "aminah", "state": "all"})["Location"] == "/pendaftaran?state=all&q=aminah"


def test_hendri_takes_the_list_as_a_file_that_runs_nothing(cast: Cast) -> None:
    refer(cast, name="=HYPERLINK(1)")
    refer(cast, FAMILY_2017["nurdin"], name="@Nurdin")
    hendri = signed_in("hendri")
    sheet = load_workbook(io.BytesIO(hendri.get("/pendaftaran/unduh/xlsx").content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert {row[1] for row in rows[1:]} == {"'=HYPERLINK(1)", "'@Nurdin"}
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row if cell.value)
    written = hendri.get("/pendaftaran/unduh/csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in written
    assert SITI.nik not in written
    assert "130608******0003" in written
    assert Entry.objects.filter(action="membership.members.exported", actor_user_id=cast.hendri.user_id).count() == 2
    assert hendri.get("/pendaftaran/unduh/exe").status_code == 404
    assert signed_in("laras").get("/pendaftaran/unduh/csv").status_code == 404


# --- deciding ------------------------------------------------------------------------------------------------------


@pytest.fixture
def siti(cast: Cast) -> UUID:
    return UUID(str(refer(cast).id))


def decide(who: str, registration_id: UUID, decision: str, **more: Any) -> Any:
    return signed_in(who).post(f"/pendaftaran/{registration_id}/putuskan", {"decision": decision, **more})


def state(cast: Cast, registration_id: UUID) -> str:
    return str(selectors.registration_for(cast.laras, registration_id).state)


def test_the_consequence_stands_under_each_button(cast: Cast, siti: UUID) -> None:
    page = signed_in("laras").get(f"/pendaftaran/{siti}").content.decode()
    assert "Kode bayar Rp\u00a016.800 dikirim ke 08xx-…0200" in page
    assert SITI.nik not in page
    assert "081200000200" not in page
    for key in "sbht":
        assert f'data-key="{key}"' in page


def test_laras_approves_and_goes_on_to_the_next_case(cast: Cast, siti: UUID) -> None:
    nurdin = refer(cast, FAMILY_2017["nurdin"])
    answer = decide("laras", siti, "approve")
    assert answer["Location"] == f"/pendaftaran/{nurdin.id}"
    assert state(cast, siti) == State.APPROVED
    last = decide("laras", nurdin.id, "approve")
    assert last["Location"] == "/pendaftaran"


@pytest.mark.parametrize("decision", ["return", "hold", "reject"])
def test_a_no_needs_a_reason_and_what_was_ticked_stays(cast: Cast, siti: UUID, decision: str) -> None:
    answer = decide("laras", siti, decision, note="  ")
    assert answer.status_code == 422
    assert 'id="id_note-error"' in answer.content.decode()
    assert state(cast, siti) == State.SUBMITTED
    assert decide("laras", siti, decision, ready=["1"], note="Salin lagi").status_code == 302
    note = selectors.registration_for(cast.laras, siti).decision_note
    assert note == "NIK salah salin. Salin lagi"


def test_approving_twice_tells_who_was_quicker(cast: Cast, siti: UUID) -> None:
    decide("hendri", siti, "approve")
    answer = decide("laras", siti, "approve")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Sudah diputus Hendri Saputra" in page
    assert "Disetujui" in page


def test_buttons_that_the_table_refuses_are_grey(cast: Cast, siti: UUID) -> None:
    decide("laras", siti, "hold", note="Tanya agen")
    page = signed_in("laras").get(f"/pendaftaran/{siti}").content.decode()
    hold = page[page.index('value="hold"') :]
    assert "disabled" in hold[: hold.index(">")]


@pytest.mark.parametrize("who", ["sudirman", "irwansyah", "maharani", "rina", "buyung"])
def test_who_may_look_may_not_decide(cast: Cast, siti: UUID, who: str) -> None:
    assert 'name="decision"' not in signed_in(who).get(f"/pendaftaran/{siti}").content.decode()
    assert decide(who, siti, "approve").status_code == 404
    assert state(cast, siti) == State.SUBMITTED


def test_an_unknown_decision_changes_nothing(cast: Cast, siti: UUID) -> None:
    assert decide("laras", siti, "complete").status_code == 422
    assert signed_in("laras").get(f"/pendaftaran/{siti}/putuskan").status_code == 405
    assert state(cast, siti) == State.SUBMITTED


def test_two_referrals_of_one_nik_stand_side_by_side(cast: Cast) -> None:
    refer(cast, FAMILY_2017["bakri"])
    ali = refer(cast, FAMILY_2017["ali"], by="mira")
    page = signed_in("laras").get(f"/pendaftaran/{ali.id}").content.decode()
    assert "NIK ini dirujuk lebih dari sekali" in page
    rivals = page[page.index("Bersisian") : page.index("Yang dikirim agen")]
    assert "Bakri Malin" in rivals
    assert rivals.count('class="differs-word"') == 2, "name and phone"
    assert FAMILY_2017["bakri"].nik not in page
    refused = decide("laras", ali.id, "approve")
    assert refused.status_code == 422
    assert "Selesaikan yang itu dulu" in refused.content.decode()


def test_a_card_that_says_otherwise_than_its_nik_is_a_soft_warning(cast: Cast) -> None:
    registration = refer(cast, born_on=SITI.born_on.replace(year=1991), sex="m")
    page = signed_in("laras").get(f"/pendaftaran/{registration.id}").content.decode()
    assert "angka NIK berkata 10\u00a0Jan\u00a01990" in page
    assert "angka NIK berkata perempuan" in page
    assert decide("laras", registration.id, "approve").status_code == 302


def test_an_expired_code_is_issued_again(cast: Cast, siti: UUID) -> None:
    decide("laras", siti, "approve")
    laras = signed_in("laras")
    assert laras.post(f"/pendaftaran/{siti}/kode", {"months": "3"}).status_code == 422, "the first can still be paid"
    with clock.turned_to(REPORT_DAY + timedelta(days=9)):
        laras = signed_in("laras")
        assert "Terbitkan kode baru" in laras.get(f"/pendaftaran/{siti}").content.decode()
        assert laras.post(f"/pendaftaran/{siti}/kode", {"months": "3"}).status_code == 302
        assert "Rp\u00a050.400" in laras.get(f"/pendaftaran/{siti}").content.decode()
        assert laras.post(f"/pendaftaran/{siti}/kode", {"months": "x"}).status_code == 422


def test_when_paid_the_page_leads_to_the_member(cast: Cast, siti: UUID) -> None:
    code = payments.approve_with_code(actor=cast.laras, registration_id=siti)
    payment = payments.record_payment(
        actor=cast.nofri, code=code.code, amount_idr=code.amount_idr, channel="bank", channel_reference="1",
        paid_at=clock.now(),
    )  # fmt: skip
    page = signed_in("laras").get(f"/pendaftaran/{siti}").content.decode()
    assert payment.payer_number and payment.payer_number in page
    assert 'name="decision"' not in page


@pytest.mark.parametrize("part", ["", "/slip", "/slip.pdf", "/perbaiki"])
def test_a_registration_that_is_none_is_not_found(cast: Cast, part: str) -> None:
    who: Callable[[str], Client] = signed_in
    assert who("rina").get(f"/pendaftaran/{ids.new_id()}{part}").status_code == 404


def test_who_entered_a_case_is_told_that_a_colleague_decides_it(cast: Cast, siti: UUID) -> None:
    organisation.grant_role(
        actor=Actor.job("test"),
        user_id=cast.rina.person_id,
        role=Role.BRANCH_OFFICER,
        office_code="BKT",
        region_code=None,
        starts_on=clock.today(),
    )
    page = signed_in("rina").get(f"/pendaftaran/{siti}").content.decode()
    assert "rekan lain yang memutus" in page
    approve = page[page.index('value="approve"') :]
    assert "disabled" in approve[: approve.index(">")]
    assert "Minta rekan lain memutus" in decide("rina", siti, "approve").content.decode()
    assert state(cast, siti) == State.SUBMITTED
