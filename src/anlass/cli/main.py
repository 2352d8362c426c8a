"""The command `anlass`: which commands there are, and how every one of them ends.

Commands live in files of their own and are imported only when called, so that
`anlass read` never waits for the framework; those that show pages live with the pages.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

import click

import anlass
from anlass.cli.exits import Exit
from anlass.cli.options import Called
from anlass.cli.telling import all_told
from anlass.errors import AnlassError, EdgeError
from anlass.wires.logbook import begin

if TYPE_CHECKING:
    from anlass.desk.voice.common import Lang

COMMANDS = {
    "init": "anlass.cli.arriving:init",
    "read": "anlass.cli.reading:read",
    "screen": "anlass.cli.screening:screen",
    "lint": "anlass.cli.linting:lint",
    "collect": "anlass.cli.collecting:collect",
    "inbox": "anlass.cli.inbox:inbox",
    "why": "anlass.cli.cases:why",
    "decide": "anlass.cli.deciding:decide",
    "undo": "anlass.cli.deciding:undo",
    "teach": "anlass.cli.teaching:teach",
    "teach-notice": "anlass.cli.notices:teach_notice",
    "ledger": "anlass.cli.people:ledger",
    "people": "anlass.cli.persons:people",
    "same": "anlass.cli.persons:same",
    "apart": "anlass.cli.persons:apart",
    "circle": "anlass.cli.persons:circle",
    "block": "anlass.cli.blocking:blocking",
    "card": "anlass.cli.cards:card",
    "grant": "anlass.cli.handing:grant",
    "door": "anlass.cli.door:door",
    "note": "anlass.cli.noting:note",
    "watch": "anlass.cli.watching:watch",
    "standing": "anlass.cli.watching:standing",
    "vouch": "anlass.cli.vouching:vouching",
    "books": "anlass.cli.books:books",
    "backup": "anlass.cli.backups:backup",
    "restore": "anlass.cli.backups:restore",
    "forget": "anlass.cli.erasing:forget",
    "export": "anlass.cli.exporting:export_all",
    "import": "anlass.cli.exporting:import_all",
    "event": "anlass.cli.events:event",
    "mailing": "anlass.cli.mailing:mailing",
    "host": "anlass.cli.hosting:host",
    "time": "anlass.cli.time:time",
    "outcome": "anlass.cli.outcomes:outcome",
    "audit": "anlass.cli.audit:audit",
    "wish": "anlass.cli.wishing:wish",
    "policy": "anlass.cli.policy:policy",
    "connect": "anlass.cli.connecting:connect",
    "work": "anlass.jobs.commands:work",
    "outbox": "anlass.cli.outbox:outbox",
    "knock": "anlass.cli.networks:knock",
    "preview": "anlass.cli.preview:preview",
    "token": "anlass.cli.programs:token",
    "feed": "anlass.cli.programs:feed",
    "webhook": "anlass.cli.programs:webhook",
    "doctor": "anlass.cli.examining:doctor",
    "owners": "anlass.cli.gate:owners",
    "invite": "anlass.cli.gate:invite",
    "sessions": "anlass.cli.gate:sessions",
    "serve": "anlass.web.commands:serve",
    "demo": "anlass.web.commands:demo",
}

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says where nothing more can be written: a full disk, a quota, a limit for files."""
_FULL = "There is no room left on the disk."


class Lazy(click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(anlass.__version__, prog_name="anlass")
def main() -> None:
    """The doorman for contact requests: is there a reason, and what would you answer?

    No answer is sent without your release, unless a house rule of yours says so. Everything stays on this
    machine, unless you name a language model for second opinions.
    """


YOUNG = 20_000
"""Values after which Python looks for those that only name each other. It usually does after 700: that
was a tenth of every start and a sixteenth of reading, for next to nothing is found."""


def run() -> None:
    """Run the command line and leave with the documented exit code."""
    gc.set_threshold(YOUNG)
    called = Called()
    begin(os.environ, quiet=True)
    try:
        code = main(standalone_mode=False, obj=called)
    except click.ClickException as error:
        error.show()
        code = Exit.WRONG_USE
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except BrokenPipeError:
        # The reader has seen enough (`| head`): that is no error of anybody's.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = Exit.DONE
    except AnlassError as error:
        code = _told(error, called)
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        code = _told(EdgeError(_FULL, where=str(error.filename or ""), temporary=True), called)
    sys.exit(code if isinstance(code, int) else Exit.DONE)


def _told(error: AnlassError, called: Called) -> Exit:
    """Say on standard error what happened, and return the exit code that means it."""
    from anlass.desk.voice.refused import spoken_error  # noqa: PLC0415 - what goes well waits for none of it

    lang = _language(called)
    with suppress(OSError):  # where not even this can be written, the exit code says it
        for line in all_told(spoken_error(error, lang), lang):
            click.echo(line, err=True)
    return Exit.TRY_AGAIN if isinstance(error, EdgeError) and error.temporary else Exit.WRONG_USE


def _language(called: Called) -> Lang:
    """Return the owner's language; where not even the settings can be read, English."""
    from anlass.bootstrap import owner_language  # noqa: PLC0415 - only who is told something waits for it
    from anlass.config import data_folder, load_settings  # noqa: PLC0415

    try:
        return owner_language(load_settings(data_folder(called.data)))
    except AnlassError:
        return "en"
