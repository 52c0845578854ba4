"""The scheduled jobs call their services and may be called again."""

import pytest

from perisai.notices.services import enqueue
from perisai.site import tasks
from perisai.site.cast import Cast


def test_the_worker_hands_notices_over_with_the_phone_masked(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    enqueue("member_number", about="x", office_path="KP/03/BKT", phone="+6281200000200", number="10000000013")
    tasks.deliver_notices(timestamp=0)
    tasks.deliver_notices(timestamp=60)
    said = capsys.readouterr().out
    assert said.count("10000000013") == 1
    assert "+62812" in said
    assert "81200000200" not in said


def test_lapse_and_tally_run_on_an_empty_register(cast: Cast) -> None:
    tasks.lapse_unpaid(timestamp=0)
    tasks.remind_unpaid(timestamp=0)
    tasks.refresh_tally(timestamp=0)
