"""The command `falc`: commands, options, exit codes; the work is done elsewhere."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import Any

import click

from falc import __version__
from falc.cli.options import Exit
from falc.french_click import FrenchCommand, FrenchGroup, french
from falc.model import FalcError

# A command is imported when it is asked for, and falc.linter, falc.outputs and falc.rules inside the commands:
# `falc --version`, `falc explain` and `falc word` must answer at once.

__all__ = ["main"]


# Where each command is: module of this package, and name in it.
_COMMANDS = {
    "annotate": ("write", "annotate"),
    "cache": ("cache", "cache"),
    "check": ("check", "check"),
    "config": ("reference", "show_config"),
    "convert": ("convert", "convert"),
    "explain": ("reference", "explain"),
    "fix": ("fix", "fix"),
    "grid": ("write", "grid"),
    "init": ("init", "init"),
    "lexicon": ("lexicons", "lexicon"),
    "report": ("write", "people_report"),
    "rules": ("reference", "rules"),
    "word": ("reference", "word"),
}


class _Commands(FrenchGroup):
    """Every error is one sentence and exit code 2; click alone would exit 1 for some."""

    command_class = FrenchCommand

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"falc.cli.{module}"), name)
        return command

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        kwargs["standalone_mode"] = False
        kwargs["prog_name"] = "falc"
        # Before numpy is loaded: its threads wait for each other longer than they work on a letter.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        # Lists of words are hundreds of thousands of objects that stay: Python need not look through them so often.
        gc.set_threshold(50_000)
        try:
            code = super().main(*args, **kwargs) or Exit.CLEAN
            sys.stdout.flush()
            sys.exit(code)
        except click.exceptions.Exit as stop:
            sys.exit(stop.exit_code)
        except click.ClickException as error:
            _fail(french(error))
        except click.Abort:
            _fail("arrêté.")
        except FalcError as error:
            _fail(str(error))
        except BrokenPipeError:  # « falc check … | head »: nobody reads any more
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(Exit.BROKEN)
        except Exception as error:
            if os.environ.get("FALC_DEBUG"):
                raise
            from falc.texts import cause

            reason = f" ({cause(error)})" if isinstance(error, OSError) else ""
            _fail(f"erreur inattendue {type(error).__name__}{reason}. Avec FALC_DEBUG=1, falc en dit plus.")


def _fail(message: str) -> None:
    from falc.rules import typography

    click.echo(typography(f"falc : {message}"), err=True)
    try:
        sys.stdout.flush()
    except OSError:  # the disk is full, the reader is gone: it has been said
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(Exit.BROKEN)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s", help="Montre la version.")
def main() -> None:
    """Vérifie si une lettre est facile à lire et à comprendre (FALC).

    Aucun texte ne quitte votre ordinateur.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A file name may hold bytes that are no character; a report must not stop for it.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
