"""`falc fix`: make the fixes, or show them."""

from __future__ import annotations

import difflib
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from falc.cli.options import Exit, fail_on_options, fails, settings_of, settings_options
from falc.cli.which import STDIN, Which, files_of, which_options
from falc.french_click import FrenchCommand
from falc.model import FalcError

if TYPE_CHECKING:
    from falc.fixes import Fixed
    from falc.linter import Linter

__all__ = ["fix"]

_COLORS = {"+": "green", "-": "red", "@": "cyan"}
_CONTROLS = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\r\n"}


@click.command(cls=FrenchCommand)
@click.argument("paths", nargs=-1, metavar="[FICHIER]...")
@settings_options
@which_options
@click.option("-o", "--output", metavar="FICHIER", help="Écrire le texte corrigé dans cet autre fichier.")
@click.option("--unsafe", is_flag=True, help="Faire aussi les corrections qu'une personne doit relire.")
@click.option("--layout", is_flag=True, help="Corriger aussi la mise en page des fichiers Word et LibreOffice.")
@click.option("--diff", is_flag=True, help="Montrer les corrections, sans rien écrire.")
@click.option("--stdin-filename", metavar="FICHIER", help="Nom du fichier lu sur l'entrée standard (-).")
@fail_on_options
@click.option("--exit-non-zero-on-fix", is_flag=True, help="Sortir avec le code 1 si falc a corrigé quelque chose.")
def fix(
    paths: tuple[str, ...],
    output: str | None,
    unsafe: bool,
    layout: bool,
    diff: bool,
    stdin_filename: str | None,
    fail_on: str | None,
    exit_zero: bool,
    exit_non_zero_on_fix: bool,
    which: Which,
    **settings: Any,  # noqa: ANN401
) -> int:
    """Corrige des lettres : fichiers, dossiers (le dossier courant au départ), ou - pour l'entrée standard."""
    from falc.linter import Linter

    _refuse(paths, output, diff)
    asked = settings_of(**settings)
    linter = Linter(config=asked)
    done: list[Fixed] = []
    broken = False
    for file in files_of(asked, paths or (".",), which):
        path = str(file)
        try:
            if isinstance(file, FalcError):
                raise file
            if file == STDIN and which.leaves_out(asked, stdin_filename):
                _pass_through(diff or output is not None)
                continue
            fixed = _fix(linter, path, output, diff, stdin_filename, unsafe, layout)
        except FalcError as error:
            broken = True
            _say(f"falc : {error}", err=True)
        else:
            done.append(fixed)
            # On the standard output, nothing stands beside a text or a diff.
            _tell(path if path != "-" else stdin_filename or "-", fixed, diff, err=diff or path == "-")
    if broken:
        return Exit.BROKEN
    changed = any(fixed.edits or fixed.layout for fixed in done)
    if changed and exit_non_zero_on_fix:
        return Exit.FINDINGS
    failed = (changed and diff) or fails([fixed.report for fixed in done], fail_on)
    return Exit.FINDINGS if failed and not exit_zero else Exit.CLEAN


def _refuse(paths: Sequence[str], output: str | None, diff: bool) -> None:
    """Raise FalcError when the command asks for what cannot be."""
    if output is None:
        return
    if diff:
        raise FalcError("choisissez --output ou --diff, pas les deux.")
    if output == "-":
        raise FalcError("donnez le nom d'un fichier après --output.")
    if len(paths) != 1 or Path(paths[0]).is_dir():
        raise FalcError("avec --output, donnez un seul fichier à corriger.")
    suffix, wanted = Path(output).suffix.lower(), Path(paths[0]).suffix.lower()
    if paths[0] != "-" and suffix != wanted:
        raise FalcError(f"{output} : le nom de la copie doit finir par {wanted}, comme le fichier.")


def _pass_through(is_silent: bool) -> None:
    """Give back a text that is left out, as it came."""
    if not is_silent and sys.stdin is not None:
        sys.stdout.buffer.write(sys.stdin.buffer.read())


def _fix(
    linter: Linter, path: str, output: str | None, diff: bool, stdin_filename: str | None, unsafe: bool, layout: bool
) -> Fixed:
    from falc.files import write_atomically

    if path != "-":
        if not diff:
            return linter.fix(path, output, unsafe=unsafe, layout=layout)
        fixed = linter.fix(path, write=False, unsafe=unsafe, layout=layout)
        _show(path, fixed)
        return fixed
    if sys.stdin is None:
        raise FalcError("l'entrée standard est fermée.")
    name = stdin_filename or "-"
    fixed = linter.fix_bytes(
        sys.stdin.buffer.read(), Path(stdin_filename or "-.txt"), name, unsafe=unsafe, layout=layout
    )
    if diff:
        _show(name, fixed)
    elif output:
        write_atomically(Path(output), fixed.content)
    else:
        sys.stdout.buffer.write(fixed.content)
    return fixed


def _tell(name: str, fixed: Fixed, diff: bool, err: bool) -> None:
    """Say in one line what was done, and why some fixes were left out."""
    from falc.texts import counted, texts

    said = texts()["correction"]
    made = counted(said["wanted" if diff else "made"], fixed.count)
    left = counted(said["then" if diff and fixed.count else "left"], len(fixed.report))
    _say(said["done"].format(name=name, made=made, left=left), err)
    for what, count in fixed.layout.items():
        _say(f"  {counted(texts()['mise_en_page'][what], count)}", err)
    for why, count in Counter(fixed.left_out).items():
        _say(f"  {counted(said['skipped'], count).format(why=why)}", err)


def _say(line: str, err: bool) -> None:
    from falc.rules import typography

    click.echo(typography(line), err=err)


def _show(name: str, fixed: Fixed) -> None:
    """Show the changes as a diff, by lines, or by paragraphs in an Office file."""
    in_colors = sys.stdout.isatty()
    for line in _diff(name, fixed):
        if in_colors:  # a text must not give orders to the terminal
            click.secho(line.translate(_CONTROLS), fg=_COLORS.get(line[:1]), nl=False, color=True)
        else:
            click.echo(line, nl=False)


def _diff(name: str, fixed: Fixed) -> Iterator[str]:
    from falc.texts import texts

    before, after = _lines(fixed.original), _lines(fixed.text)
    for line in difflib.unified_diff(before, after, name, name):
        yield line
        if not line.endswith("\n"):
            yield f"\n\\ {texts()['correction']['no_end']}\n"


def _lines(text: str) -> list[str]:
    """Cut a text at its line feeds only, which stay: other signs that `str.splitlines` knows end no line of a file."""
    return [line for line in re.split(r"(?<=\n)", text) if line]
