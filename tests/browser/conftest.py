"""A real browser before a real server: the office as its people meet it, on the cast's database of today.

The plugin of Playwright for pytest keeps its event loop running until the whole run ends, where Django refuses to touch
the database for every test that comes later. So the browser here is ours, and gone when this folder's tests are.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from tests.stage.fixtures import signed_in

from perisai.site.cast import PASSWORD, Cast

_PATIENCE = 15_000
"""Milliseconds; a machine that runs everything else, too, is slow, and nothing here waits without need."""


FLAGS = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=_PATIENCE)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as started:
        # Playwright's loop runs in this thread, the database is used beside it and not in it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield started


@pytest.fixture(scope="package")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    found = shutil.which("chromium")  # without it the tests marked "browser" are skipped
    browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
    yield browser
    browser.close()


class Office:
    """The served office. Every person sits before a browser of their own."""

    def __init__(self, chromium: Browser, address: str, cast: Cast, closing: ExitStack) -> None:
        self._chromium, self.address, self.cast, self._closing = chromium, address, cast, closing
        self.broken: list[str] = []

    def at(self, username: str = "", **screen: Any) -> Page:
        """A page in a new browser where ``username``, if any, has signed in; ``screen`` as Playwright's new_context."""
        context = self._chromium.new_context(
            base_url=self.address, locale="id-ID", **{"viewport": {"width": 1366, "height": 768}, **screen}
        )
        self._closing.callback(context.close)
        context.set_default_timeout(_PATIENCE)
        if username:
            key = signed_in(username).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": key, "url": self.address}])
        page = context.new_page()
        page.on("pageerror", lambda error: self.broken.append(str(error)))
        return page

    def sign_in(self, page: Page, username: str) -> None:
        """On the page that asks for it."""
        page.get_by_label("Nama pengguna").fill(username)
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_label("Kata sandi").press("Enter")


@pytest.fixture
def office(chromium: Browser, open_stage: Cast) -> Iterator[Office]:
    cache.clear()
    server = LiveServerThread("127.0.0.1", StaticFilesHandler, port=0)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    with ExitStack() as closing:
        closing.callback(connections.close_all)
        closing.callback(server.terminate)
        yield (made := Office(chromium, f"http://127.0.0.1:{server.port}", open_stage, closing))
    assert not made.broken, "a script failed"
