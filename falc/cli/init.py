"""`falc init`: write a commented file of settings after a look at the folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from falc.cli.options import Exit
from falc.french_click import FrenchCommand
from falc.model import FalcError

if TYPE_CHECKING:
    from falc.starting import Survey

__all__ = ["init"]

# From there on, nobody reads all the remarks at once.
_MANY = 10


@click.command(cls=FrenchCommand)
@click.argument("folder", default=".", metavar="[DOSSIER]")
@click.option("--force", is_flag=True, help="Remplacer un falc.toml qui existe déjà.")
@click.option("--stdout", "to_stdout", is_flag=True, help="Montrer le fichier, sans l'écrire.")
def init(folder: str, force: bool, to_stdout: bool) -> int:
    """Regarde un dossier et y écrit un fichier de réglages, falc.toml, avec des explications."""
    from falc.config import CONFIG_FILE
    from falc.files import write_atomically
    from falc.rules import typography
    from falc.starting import proposal, survey
    from falc.texts import texts

    said = texts()["depart"]
    target = Path(folder) / CONFIG_FILE
    if not (force or to_stdout):
        _refuse_twice(target)
    found = survey(Path(folder))
    text = proposal(found)
    if to_stdout:
        click.echo(text, nl=False)
    else:
        write_atomically(target, text.encode())
        click.echo(typography(said["written"].format(path=target)))
    for line in _told(found, said, target):
        click.echo(typography(line), err=to_stdout)
    return Exit.CLEAN


def _refuse_twice(target: Path) -> None:
    """Raise FalcError when the folder has settings already."""
    from falc.config import settings_in
    from falc.texts import texts

    found = target if target.is_symlink() else settings_in(target.parent)
    if found is not None:
        raise FalcError(texts()["depart"]["exists"].format(path=found))


def _told(found: Survey, said: Mapping[str, Any], target: Path) -> Iterator[str]:
    """Yield what falc saw, and what to do next."""
    from falc.texts import counted

    kinds = ", ".join(f"{name} ({count})" for name, count in found.formats.items())
    yield counted(said["files"], found.files).format(kinds=kinds)
    if found.styles:
        styles = ", ".join(f"{name} ({count})" for name, count in found.styles.items())
        yield said["seen_styles"].format(styles=styles)
    if found.exclude:
        yield said["left_out"].format(names=", ".join(found.exclude))
    if found.above and found.above.parent.resolve() != target.parent.resolve():
        yield said["above"].format(path=found.above)
    if found.services:
        yield said["seen_services"].format(names=", ".join(found.services))
    yield said["next"]
    yield f"  falc check {said['first']}"
    if found.files >= _MANY and not found.has_baseline:
        yield f"  falc check --write-baseline {said['known']}"
    else:
        yield f"  falc config {said['look']}"
