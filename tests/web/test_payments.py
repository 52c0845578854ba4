"""Nofri copies the bank's proof; what does not fit is refused at its field, with what to do."""

from datetime import timedelta
from typing import Any

import pytest
from tests.stage.fixtures import signed_in
from tests.web import people

from perisai.audit.models import Entry
from perisai.contributions import services
from perisai.contributions.models import Payment, PaymentCode
from perisai.kernel import clock
from perisai.site.cast import Cast

pytestmark = pytest.mark.usefixtures("in_2017")


def proof(code: Any, /, **changed: str) -> dict[str, str]:
    now = clock.now().astimezone(clock.WIB)
    return {
        "code": code.code,
        "amount_idr": "16.800",
        "channel": "bank nagari",
        "channel_reference": "TRX-1",
        "paid_on": f"{now:%d-%m-%Y}",
        "paid_time": f"{now:%H.%M}",
    } | changed


def text(response: Any) -> str:
    return str(response.content.decode()).replace("\u00a0", " ")


def test_nofri_sees_for_whom_then_books_and_prints(cast: Cast) -> None:
    code = people.approved(cast, name=people.HARD_NAME)
    client = signed_in("nofri")
    look = client.post("/iuran/catat", proof(code))
    assert look.status_code == 200
    assert "Iuran pertama" in text(look) and "S*** " in text(look) and "script" not in text(look).split("<main")[1][:0]
    assert "O&#x27;Rajo" not in text(look), "only the masked name before the booking"
    assert not Payment.objects.exists()
    booked = client.post("/iuran/catat", proof(code, confirmed="1"))
    payment = Payment.objects.get()
    assert booked.headers["Location"] == f"/iuran/{payment.id}"
    receipt = text(client.get(booked.headers["Location"]))
    assert "Okt 2017" in receipt and "Rp 16.800" in receipt
    assert " ".join((payment.receipt_number[:4], payment.receipt_number[4:8])) in receipt
    pdf = client.get(booked.headers["Location"] + "/kuitansi.pdf")
    assert (pdf["Content-Type"], pdf.content[:4]) == ("application/pdf", b"%PDF")


def test_a_form_sent_twice_is_one_payment(cast: Cast) -> None:
    code = people.approved(cast)
    client = signed_in("nofri")
    addresses = {client.post("/iuran/catat", proof(code, confirmed="1")).headers["Location"] for _ in range(2)}
    assert len(addresses) == 1 and Payment.objects.count() == 1
    assert client.post("/iuran/catat", proof(code)).headers["Location"] in addresses, (
        "the first step finds the receipt, too"
    )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"amount_idr": "16.799"}, "amount_idr"),
        ({"amount_idr": "enam belas"}, "amount_idr"),
        ({"amount_idr": "-16800"}, "amount_idr"),
        ({"code": "123"}, "code"),
        ({"channel": ""}, "channel"),
        ({"channel_reference": " "}, "channel_reference"),
        ({"paid_on": "31-10-2017", "paid_time": "23.59"}, "paid_on"),
        ({"paid_on": "29-10-2017"}, "paid_on"),
        ({"paid_on": "kemarin"}, "paid_on"),
        ({"paid_time": "25.00"}, "paid_time"),
    ],
)
@pytest.mark.parametrize("step", [{}, {"confirmed": "1"}])
def test_what_does_not_fit_is_told_at_its_field(cast: Cast, changed: dict[str, str], field: str, step: Any) -> None:
    code = people.approved(cast)
    page = signed_in("nofri").post("/iuran/catat", proof(code, **changed, **step))
    assert page.status_code == 422
    assert f'id="id_{field}-error"' in text(page)
    assert not Payment.objects.exists()


def test_a_mistyped_code_is_caught_by_its_last_digit(cast: Cast) -> None:
    code = people.approved(cast)
    wrong = code.code[:-1] + str((int(code.code[-1]) + 1) % 10)
    page = signed_in("nofri").post("/iuran/catat", proof(code, code=wrong))
    assert page.status_code == 422 and "angka terakhir tidak cocok" in text(page)


def test_money_that_is_refused_leaves_a_trace(cast: Cast) -> None:
    code = people.approved(cast)
    signed_in("nofri").post("/iuran/catat", proof(code, amount_idr="20.000"))
    entry = Entry.objects.get(action="contributions.payment.refused")
    assert entry.subject_id == str(code.id)
    assert "16.800" in entry.note and "20.000" in entry.note


def test_a_second_payment_is_told_the_receipt_of_the_first(cast: Cast) -> None:
    code = people.approved(cast)
    paid = people.pay(cast, code)
    page = signed_in("nofri").post("/iuran/catat", proof(code, channel="bni", channel_reference="LAIN"))
    assert page.status_code == 422 and paid.receipt_number in text(page)
    assert Payment.objects.count() == 1


def test_an_expired_and_a_cancelled_code_are_refused(cast: Cast) -> None:
    expired, cancelled = people.approved(cast), people.approved(cast, "bakri")
    PaymentCode.objects.filter(pk=expired.pk).update(expires_at=clock.now() - timedelta(hours=1))
    services.cancel_code(actor=cast.laras, code=cancelled.code, reason="Salah bulan")
    for code in (expired, cancelled):
        page = signed_in("nofri").post("/iuran/catat", proof(code))
        assert page.status_code == 422 and 'id="id_code-error"' in text(page)


def test_the_neighbours_code_is_unknown_and_only_finance_records(cast: Cast) -> None:
    for who in ("laras", "rina", "sudirman", "hendri", "gustina"):
        assert signed_in(who).get("/iuran/catat").status_code == 404
    assert signed_in("rina").get("/iuran").status_code == 404


def test_codes_that_wait_stand_in_the_order_they_expire_and_can_be_cancelled(cast: Cast) -> None:
    late, soon = people.approved(cast), people.approved(cast, "bakri")
    PaymentCode.objects.filter(pk=soon.pk).update(expires_at=clock.now() + timedelta(hours=1))
    client = signed_in("laras")
    page = text(client.get("/iuran?tab=kode"))
    assert page.index("Bakri Malin") < page.index("Siti Aminah")
    address = f"/iuran/kode/{late.code}/batal"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Salah bulan"}).status_code == 302
    assert PaymentCode.objects.get(pk=late.pk).state == "cancelled"
    assert client.post(address, {"reason": "Salah bulan"}).status_code == 404
    for who in ("nofri", "sudirman", "gustina"):
        assert signed_in(who).get(f"/iuran/kode/{soon.code}/batal").status_code == 404


def test_a_receipt_of_another_branch_is_unknown(cast: Cast) -> None:
    payment = people.pay(cast, people.approved(cast))
    for who in ("gustina", "yusuf", "admin"):
        assert signed_in(who).get(f"/iuran/{payment.id}").status_code == 404
        assert signed_in(who).get(f"/iuran/{payment.id}/kuitansi.pdf").status_code == 404
    assert signed_in("sudirman").get(f"/iuran/{payment.id}").status_code == 200
