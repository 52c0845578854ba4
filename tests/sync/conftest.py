"""Every test of the porter begins with nobody counted."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nobody_is_counted() -> None:
    cache.clear()
