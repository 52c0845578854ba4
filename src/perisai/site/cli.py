"""The ``perisai`` command: every module in ``perisai.site.commands`` is a subcommand, imported when it is called.

Exit codes: 0 done, 1 refused or a check failed, 2 called wrongly, 130 interrupted (Ctrl-C), 143 terminated.

A command finds Django set up and the database running. One that needs neither says so in its module with
``USES_DJANGO = False``, and then starts in a fraction of the time.
"""

import copy
import importlib
import pkgutil
import signal
import sys
from typing import NoReturn

import click

from perisai.site import boot, commands, trouble

INTERRUPTED = 130
TERMINATED = 143


class Commands(click.Group):
    """Lists the modules of ``perisai.site.commands``; imports one only to run it or to show its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{commands.__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return _inside_django(command) if getattr(module, "USES_DJANGO", True) else command


def _inside_django(command: click.Command) -> click.Command:
    """The same command; its body, not its parsing, runs inside ``boot.django()``."""
    ready = copy.copy(command)
    if isinstance(command, click.Group) and isinstance(ready, click.Group):
        ready.commands = {name: _inside_django(inner) for name, inner in command.commands.items()}
    elif command.callback:
        ready.callback = boot.with_django(command.callback)
    return ready


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="perisai", prog_name="perisai")
def cli() -> None:
    """From a referral in a far village to a protected member.

    Without DATABASE_URL the program starts a PostgreSQL of its own and keeps its data in PERISAI_HOME (default: the
    project's folder "var").
    """


def main() -> NoReturn:
    """The console script: runs the command and turns what went wrong into a sentence and an exit code."""
    signal.signal(signal.SIGTERM, _terminated)
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(INTERRUPTED)
    except OSError as error:
        known = trouble.from_os_error(error)
        if known is None:
            raise
        known.show()
        sys.exit(known.exit_code)
    sys.exit(code if isinstance(code, int) else 0)


def _terminated(signum: int, frame: object) -> NoReturn:
    """Leave through every ``finally``: the embedded database is stopped on the way."""
    sys.exit(TERMINATED)
