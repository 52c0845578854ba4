"""``perisai worker``: run the jobs of the queue."""

import click

from perisai.site import leash


@click.command()
@click.option("--concurrency", type=click.IntRange(1, 32), default=2, show_default=True, help="Jobs at the same time.")
@click.option("--once", is_flag=True, help="Stop when the queue is empty.")
@click.option("--beside", type=int, hidden=True, help="Stop when the parent process, which has this id, is gone.")
def command(concurrency: int, once: bool, beside: int | None) -> None:
    """Run waiting and scheduled jobs until stopped. Start as many workers as you like, on any machine."""
    from django.core.management import call_command

    if beside:
        leash.leave_with(beside)
    call_command("procrastinate", "worker", concurrency=concurrency, wait=not once)
