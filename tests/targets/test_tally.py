"""However entries are written and rolled up, the quick count is the plain count."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Event, Thread

from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.targets.people import VILLAGES, member, protect

from perisai.kernel.actor import Actor
from perisai.membership.selectors import protected_on
from perisai.organisation.selectors import offices_of_kind
from perisai.site.cast import Cast
from perisai.targets import services, tally
from perisai.targets.models import Tally, TallyMark

JOB = Actor.job("test")
DAYS = [date(2017, 8, 31), *(date(2017, 9, 27) + timedelta(days=step) for step in range(6)), date(2017, 11, 15)]
PLACES = [(branch, segment) for branch in VILLAGES for segment in ("pu", "bpu")]

entry = st.tuples(st.sampled_from(PLACES), st.sampled_from(DAYS), st.sampled_from([1, -1]))
step = st.one_of(st.lists(entry, min_size=1, max_size=5), st.just("roll up"))


def agree() -> None:
    """Quick and plain count are one on every day, in every branch and segment."""
    branches = [office.id for office in offices_of_kind("branch")]
    quick = tally.counts(branches, DAYS)
    for day in DAYS:
        plain = protected_on(day, branches)
        for branch in branches:
            for segment in ("pu", "bpu"):
                assert quick.on(day, segment, [branch]) == plain.get((branch, segment), 0)


@settings(
    max_examples=15, deadline=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(st.lists(step, min_size=1, max_size=8))
def test_rolled_up_at_any_moment_the_count_is_the_plain_count(open_stage: Cast, steps: list[object]) -> None:
    people = {place: member(*place) for place in PLACES}
    for each in steps:
        if isinstance(each, list):
            with transaction.atomic():
                for place, day, change in each:
                    protect(people[place], [(day, change)])
        else:
            services.refresh_tally(actor=JOB)
        agree()


def test_an_entry_that_commits_after_the_roll_up_is_counted_once(open_stage: Cast) -> None:
    """The hard case: written before the roll-up, committed after it, and a later transaction committed in between."""
    slow, quick = member("BKT"), member("BKT")
    written, go_on = Event(), Event()

    def write_slowly() -> None:
        try:
            with transaction.atomic():
                protect(slow, [(DAYS[0], 1)])
                written.set()
                go_on.wait(20)
        finally:
            connection.close()

    thread = Thread(target=write_slowly)
    thread.start()
    assert written.wait(20)
    protect(quick, [(DAYS[0], 1)])
    services.refresh_tally(actor=JOB)
    agree()
    go_on.set()
    thread.join(20)
    agree()
    services.refresh_tally(actor=JOB)
    agree()
    assert tally.counts([quick.branch_id], DAYS).on(DAYS[0], "bpu", [quick.branch_id]) == 2


def test_two_roll_ups_at_the_same_instant_add_every_entry_once(open_stage: Cast) -> None:
    who = member("BKT")
    for day in DAYS:
        protect(who, [(day, 1)])
    _together(lambda: services.refresh_tally(actor=JOB), 3)
    agree()
    assert TallyMark.objects.count() == 1


def test_what_ended_is_in_the_tally_and_not_in_the_tail(open_stage: Cast) -> None:
    who = member("BKT")
    protect(who, [(DAYS[0], 1), (DAYS[0], 1), (DAYS[3], -1)])
    services.refresh_tally(actor=JOB)
    rows = Tally.objects.order_by("on").values_list("regency_code", "segment", "on", "change")
    assert list(rows) in ([], [("13.06", "bpu", DAYS[0], 2), ("13.06", "bpu", DAYS[3], -1)])
    agree()


def test_a_database_restored_into_a_younger_cluster_counts_right_after_the_next_roll_up(open_stage: Cast) -> None:
    who = member("BKT")
    protect(who, [(DAYS[0], 1)])
    services.refresh_tally(actor=JOB)
    TallyMark.objects.update(rolled_below=2**60)
    protect(who, [(DAYS[1], -1)])
    services.refresh_tally(actor=JOB)
    agree()
    protect(who, [(DAYS[2], 1)])
    agree()


def _together(work: Callable[[], object], times: int) -> None:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
