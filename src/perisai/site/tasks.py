"""Jobs that run outside a request; the queue is a table of the same database.

A task is a few lines around a service. Every one may run twice, late, or beside itself.
"""

import sys
from uuid import UUID

from procrastinate.contrib.django import app

from perisai.contributions import services as contributions
from perisai.incentives import selectors as preparations
from perisai.incentives import services as incentives
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.period import Period
from perisai.notices import services as notices
from perisai.organisation.selectors import actor_for
from perisai.targets import services as targets

__all__ = ["app"]


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="deliver")
def deliver_notices(timestamp: int) -> None:
    """Every minute: hand the waiting notices over."""
    notices.deliver(console)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="tally")
def refresh_tally(timestamp: int) -> None:
    """Every five minutes: add up what the boards read, so that their tail stays short."""
    targets.refresh_tally(actor=Actor.job("tally"))


@app.periodic(cron="0 17 * * *")
@app.task(queueing_lock="open_ledger")
def open_ledger(timestamp: int) -> None:
    """Midnight in Jakarta: the ledger has a partition for every month that a payment code may reach."""
    contributions.open_ledger_ahead(actor=Actor.job("ledger"))


@app.periodic(cron="10 17 * * *")
@app.task(queueing_lock="lapse")
def lapse_unpaid(timestamp: int) -> None:
    """Ten past midnight in Jakarta: who has three whole unpaid months behind them falls asleep."""
    contributions.lapse_unpaid(actor=Actor.job("lapse"))


@app.periodic(cron="20 17 * * *")
@app.task(queueing_lock="remind")
def remind_unpaid(timestamp: int) -> None:
    """Twenty past midnight in Jakarta, after lapse: whose month is overdue hears of it, once."""
    contributions.remind_unpaid(actor=Actor.job("remind"))


@app.periodic(cron="40 17 * * *")
@app.task(queueing_lock="accrue")
def accrue_incentives(timestamp: int) -> None:
    """Forty past midnight in Jakarta: what the running month and the one before it have earned so far."""
    month = Period.of(clock.today())
    for period in (month.plus(-1), month):
        incentives.accrue(actor=Actor.job("accrue"), period=period)


@app.periodic(cron="20 18 1 * *")
@app.task(queueing_lock="idle")
def end_idle_agents(timestamp: int) -> None:
    """On the first of the month, after the accrual: whose months were all idle."""
    incentives.end_idle_agents(actor=Actor.job("idle"))


@app.task()
def prepare_months(preparation_id: str) -> None:
    """A month of many branches, for the person who asked for it."""
    wish = UUID(preparation_id)
    incentives.prepare_months(actor=actor_for(preparations.asked_by(wish)), preparation_id=wish)


def console(receiver: str, words: str) -> None:
    """The transport of the demo: a line in the worker's log, with the receiver masked."""
    sys.stdout.write(f"→ {receiver[:6]}{'*' * max(len(receiver) - 6, 0)}: {words}\n")
    sys.stdout.flush()
