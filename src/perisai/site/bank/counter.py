"""The bank's counter: a page where somebody pays a code, as at a machine in the wall. Standard library only."""

import html
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import parse_qs

from perisai.kernel.money import format_idr
from perisai.site.bank import teller
from perisai.site.bank.teller import Desk

_MOST_BYTES: Final = 4096
_PAGE: Final = """<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>body{{font:17px/1.5 system-ui;max-width:30rem;margin:3rem auto;padding:0 1rem;color:#14213d;
background:#fbfaf7}}input,button{{font:inherit;padding:.6rem;width:100%;box-sizing:border-box;margin:.3rem 0 1rem}}
button{{background:#1d4e89;color:#fff;border:0}}p.fiction{{color:#b45309}}</style>
<h1>{title}</h1><p class="fiction">Bank ini rekaan: tidak ada uang sungguhan.</p>{body}</html>"""
_ASK: Final = """<form method="post"><label for="code">Kode bayar (11 angka)</label>
<input id="code" name="code" inputmode="numeric" autocomplete="off" autofocus required maxlength="20">
<button>Lihat tagihan</button></form>"""
_BILL: Final = """<p>Tagihan atas nama <strong>{name}</strong></p><p><strong>{amount}</strong></p>
<form method="post"><input type="hidden" name="code" value="{code}"><input type="hidden" name="pay" value="1">
<button>Bayar</button></form><p><a href="/">Batal</a></p>"""
_DONE: Final = """<p role="status">{words}</p><p><a href="/">Bayar kode lain</a></p>"""


def serve(port: int, desk_of: Callable[[], Desk], perisai: str) -> None:
    """Until interrupted. ``desk_of`` gives a desk for one request, ``perisai`` is where a receipt is checked."""

    class Counter(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(_ASK)

        def do_POST(self) -> None:
            length = min(int(self.headers.get("Content-Length") or 0), _MOST_BYTES)
            typed = parse_qs(self.rfile.read(length).decode("utf-8", "replace"))
            code = "".join(typed.get("code", [""])[0].split())
            self._say(_answer(desk_of(), code, "pay" in typed, perisai))

        def _say(self, body: str) -> None:
            page = _PAGE.format(title="Bank Simulasi Nagari", body=body).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            """Codes are nobody's business."""

    with ThreadingHTTPServer(("127.0.0.1", port), Counter) as server:
        server.serve_forever()


def _answer(desk: Desk, code: str, pays: bool, perisai: str) -> str:
    """The bill, or what came of paying it."""
    bill = desk.inquire(code)
    if not bill.payable:
        return _DONE.format(words=html.escape(bill.words))
    if not pays:
        return _BILL.format(
            name=html.escape(bill.name), amount=html.escape(format_idr(bill.amount_idr)), code=html.escape(code)
        )
    paid = desk.pay(code, bill.amount_idr)
    words = html.escape(paid.words)
    if paid.receipt:
        address = html.escape(teller.receipt_address(perisai, paid.receipt))
        words += f'. Kuitansi <a href="{address}">{html.escape(paid.receipt)}</a>'
    return _DONE.format(words=words)
