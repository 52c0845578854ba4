"""Office pages over HTTP, on this installation's data, against the page that reads nothing.

    python -m bench.pages

The regional head's board on the report's day and today, the newest registrations and members, the branch's home page.
The last line is JSON: p50 of the board in milliseconds; the baseline is p50 of the about page in the same run.
"""

import http.client
import re
from urllib.parse import urlencode

from bench.common import line, one_after_another, p50, p95, served, stage

PASSES = 60
PAGES = (
    ("board, 30 Sep 2017", "irwansyah", "/target?kantor=03&per=2017-09-30"),
    ("board, today", "irwansyah", "/target?kantor=03"),
    ("rank of regions", "irwansyah", "/target/peringkat?per=2017-09-30"),
    ("newest registrations", "irwansyah", "/pendaftaran?state=completed"),
    ("newest members", "irwansyah", "/peserta"),
    ("home of the branch", "laras", "/"),
)


class Browser:
    """Keeps the connection and the cookies of one signed-in person."""

    def __init__(self, port: int, username: str) -> None:
        from perisai.site import cast

        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        form = self.get("/masuk")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token is not None
        fields = {"csrfmiddlewaretoken": token[1], "username": username, "password": cast.PASSWORD}
        self._ask("POST", "/masuk", urlencode(fields), "application/x-www-form-urlencoded")

    def get(self, address: str) -> str:
        status, page = self._ask("GET", address)
        assert status == 200, (address, status)
        return page

    def _ask(self, method: str, address: str, body: str = "", kind: str = "") -> tuple[int, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Content-Type": kind} if kind else {"Cookie": cookies}
        self.connection.request(method, address, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        for value in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer.status, page


def main() -> None:
    with stage():
        from perisai.kernel.actor import Actor
        from perisai.targets import services as targets

        targets.refresh_tally(actor=Actor.job("bench"))
        with served() as port:
            people = {username: Browser(port, username) for _, username, _ in PAGES}
            nothing = one_after_another(lambda: people["laras"].get("/tentang"), PASSES)
            taken = {
                name: one_after_another(lambda: people[username].get(address), PASSES)  # noqa: B023 - called at once
                for name, username, address in PAGES
            }
    print(f"about page p50 {p50(nothing):.1f} ms")
    for name, times in taken.items():
        print(f"{name}: p50 {p50(times):.1f} ms, p95 {p95(times):.1f} ms")
    line(
        "the region's board on the report's day, p50 in ms, baseline the about page",
        p50(taken["board, 30 Sep 2017"]),
        p50(nothing),
        **{name: round(p50(times), 2) for name, times in taken.items()},
    )


if __name__ == "__main__":
    main()
