"""The door for banks: Bank Indonesia's SNAP at its own addresses, outside ``/api/v1`` and its sessions (docs/banks.md)."""

from collections.abc import Callable
from typing import Any, Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from perisai.api.door import address
from perisai.banks.rules import wire
from perisai.banks.rules.answers import CASES, Case, Rejected, Service, message, response_code
from perisai.banks.services import snap
from perisai.kernel import clock
from perisai.kernel.actor import Actor

MOST_REFUSED: Final = 60
"""So many requests a minute that were not let in are logged and answered; the address then hears 429 and is not logged."""
_PAYMENT_FLAG: Final = {True: "00", False: "01"}

Json = dict[str, Any]


def _door(service: Service, answer: Callable[[snap.Call], Json]) -> Callable[[HttpRequest], HttpResponse]:
    """POST only, small bodies, no cookies; a refusal is answered in the standard's words."""

    @csrf_exempt
    @require_POST
    def view(request: HttpRequest) -> HttpResponse:
        try:
            _refuse_flood(request)
            body = answer(_call(request, service))
            case = Case.SUCCESSFUL
        except Rejected as rejected:
            if rejected.case in (Case.UNAUTHORIZED, Case.TOKEN_INVALID, Case.FIELD_MISSING):
                _count_refused(request)
            case, body = rejected.case, _head(service, rejected.case, rejected.about)
        else:
            case = _CASES[body["responseCode"]]
        stamp = clock.now().astimezone(clock.WIB).isoformat(timespec="seconds")
        return JsonResponse(body, status=CASES[case].status, headers={"X-TIMESTAMP": stamp})

    return view


_CASES: Final = {response_code(service, case): case for service in Service for case in CASES}


def _call(request: HttpRequest, service: Service) -> snap.Call:
    if int(request.META.get("CONTENT_LENGTH") or 0) > wire.MOST_BYTES:
        raise Rejected(Case.BAD_REQUEST)
    sent = request.headers
    return snap.Call(
        service=service,
        path=request.path,
        body=request.read(wire.MOST_BYTES),
        timestamp=sent.get("X-TIMESTAMP", ""),
        signature=sent.get("X-SIGNATURE", ""),
        token=sent.get("Authorization", "").removeprefix("Bearer ").strip(),
        client_key=sent.get("X-CLIENT-KEY", ""),
        partner_id=sent.get("X-PARTNER-ID", ""),
        external_id=sent.get("X-EXTERNAL-ID", ""),
        channel_id=sent.get("CHANNEL-ID", ""),
    )


def _token(call: snap.Call) -> Json:
    token = snap.issue_token(call=call)
    return _head(Service.TOKEN, Case.SUCCESSFUL) | {
        "accessToken": token, "tokenType": "Bearer", "expiresIn": str(snap.TOKEN_SECONDS),
    }  # fmt: skip


def _inquiry(call: snap.Call) -> Json:
    bank = snap.admit(call=call)
    answer = snap.answer_inquiry(actor=Actor.bank(bank.code), bank=bank, call=call)
    told = _account(answer) | {
        "inquiryRequestId": answer.asked.request_id,
        "inquiryStatus": _PAYMENT_FLAG[answer.case is Case.SUCCESSFUL],
        "inquiryReason": _reason(answer),
    }
    if answer.case is Case.SUCCESSFUL:
        told["totalAmount"] = wire.written_amount(answer.amount_idr)
    return _head(Service.INQUIRY, answer.case, answer.about) | {"virtualAccountData": told}


def _payment(call: snap.Call) -> Json:
    bank = snap.admit(call=call)
    answer = snap.take_payment(actor=Actor.bank(bank.code), bank=bank, call=call)
    told = _account(answer) | {
        "paymentRequestId": answer.asked.request_id,
        "paymentFlagStatus": _PAYMENT_FLAG[answer.case is Case.SUCCESSFUL],
        "paymentFlagReason": _reason(answer),
    }
    more: Json = {}
    if answer.case is Case.SUCCESSFUL:
        told["paidAmount"] = wire.written_amount(answer.amount_idr)
        more["additionalInfo"] = {"receiptNumber": answer.receipt_number}
    return _head(Service.PAYMENT, answer.case, answer.about) | {"virtualAccountData": told} | more


def _head(service: Service, case: Case, about: str = "") -> Json:
    return {"responseCode": response_code(service, case), "responseMessage": message(case, about)}


def _account(answer: snap.Answer) -> Json:
    """The account as it was asked for, and whose it is, masked."""
    service_id, code = answer.asked.service_id, answer.asked.code
    return {
        "partnerServiceId": f"{service_id:>{wire.SERVICE_ID_WIDTH}}",
        "customerNo": code,
        "virtualAccountNo": wire.virtual_account(service_id, code),
        "virtualAccountName": answer.masked_name,
    }


def _reason(answer: snap.Answer) -> Json:
    return {"english": message(answer.case, answer.about), "indonesia": _INDONESIAN.get(answer.case, "Ditolak")}


_INDONESIAN: Final = {
    Case.SUCCESSFUL: "Berhasil",
    Case.BILL_UNKNOWN: "Kode bayar tidak dikenal atau sudah dibatalkan",
    Case.BILL_EXPIRED: "Masa berlaku kode bayar habis",
    Case.BILL_PAID: "Sudah dibayar",
    Case.AMOUNT_INVALID: "Jumlah tidak sesuai",
    Case.AMOUNT_LIMIT: "Melebihi batas sekali bayar",
    Case.DAY_LIMIT: "Melebihi batas sehari",
    Case.DUPLICATE: "Nomor pembayaran sudah dipakai",
}


# --- floods ------------------------------------------------------------------------------------------------------------


def _counter(request: HttpRequest) -> str:
    return f"snap:refused:{address(request)}:{int(clock.now().timestamp()) // 60}"


def _refuse_flood(request: HttpRequest) -> None:
    if cache.get(_counter(request), 0) >= MOST_REFUSED:
        raise Rejected(Case.TOO_MANY)


def _count_refused(request: HttpRequest) -> None:
    key = _counter(request)
    if not cache.add(key, 1, 60):
        cache.incr(key)


urlpatterns = [
    path("access-token/b2b", _door(Service.TOKEN, _token), name="token"),
    path("transfer-va/inquiry", _door(Service.INQUIRY, _inquiry), name="inquiry"),
    path("transfer-va/payment", _door(Service.PAYMENT, _payment), name="payment"),
]
