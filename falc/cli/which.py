"""The options that say which files a command takes, and those files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from falc.cli.options import Exit
from falc.model import FalcError

if TYPE_CHECKING:
    from falc.changed import Changes
    from falc.config import Config, Settings
    from falc.discovery import Discovery, FolderError
    from falc.report import Report

__all__ = ["STDIN", "Which", "check_options", "files_of", "show_files", "which_options"]

STDIN: Literal["-"] = "-"


@dataclass(frozen=True)
class Which:
    """What the user asks for; `changed` is None, or the reference to compare with, empty for the last commit."""

    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    no_gitignore: bool = False
    changed: str | None = None
    lines: bool = False
    show_files: bool = False
    watch: bool = False

    def discovery(self, settings: Settings) -> Discovery:
        """Return what finds the files."""
        from falc.discovery import Discovery

        return Discovery(settings, exclude=self.exclude, force=self.force_exclude, gitignore=not self.no_gitignore)

    def leaves_out(self, settings: Settings, stdin_filename: str | None) -> bool:
        """Is the text on the standard input left out because of its name?"""
        return stdin_filename is not None and self.discovery(settings).leaves_out(Path(stdin_filename))

    @cached_property
    def changes(self) -> Changes | None:
        """What git says changed, if that was asked for."""
        if self.changed is None:
            return None
        from falc.changed import Changes

        return Changes(self.changed)

    def reported(self, reports: Iterable[Report]) -> Iterator[Report]:
        """Yield the reports with what is to be told of them: with --lines, only what changed."""
        for report in reports:
            yield self.changes.only_new(report) if self.lines and self.changes else report


def which_options(command: Any) -> Any:  # noqa: ANN401
    """Add the options that leave files out; the command gets them as one value, `which`."""
    return _packed(
        command,
        click.option(
            "--exclude", multiple=True, metavar="MOTIF", help="Laisser de côté ces fichiers : « vieux/ », « *.md »…"
        ),
        click.option("--force-exclude", is_flag=True, help="Laisser de côté aussi des fichiers donnés par leur nom."),
        click.option("--no-gitignore", is_flag=True, help="Prendre aussi les fichiers que git ignore."),
    )


def check_options(command: Any) -> Any:  # noqa: ANN401
    """Add to `which_options`, which stands below, those of `check`: what changed, a list of files, watching."""
    return _packed(
        command,
        click.option(
            "--changed",
            is_flag=False,
            flag_value="",
            metavar="[RÉF]",
            help="Seulement les fichiers changés depuis la dernière version dans git, ou depuis une branche : "
            "--changed=main.",
        ),
        click.option(
            "--lines",
            is_flag=True,
            help="Avec --changed : seulement les phrases changées, sans les remarques sur tout le texte.",
        ),
        click.option("--show-files", is_flag=True, help="Montrer les fichiers que falc prend, sans les vérifier."),
        click.option("--watch", is_flag=True, help="Vérifier de nouveau à chaque changement, jusqu'à Ctrl-C."),
    )


def _packed(command: Any, *options: Any) -> Any:  # noqa: ANN401
    names = [field.name for field in fields(Which)]

    @wraps(command)
    def with_which(*arguments: Any, which: Which | None = None, **values: Any) -> Any:  # noqa: ANN401
        asked = {name: values.pop(name) for name in names if name in values}
        before = {name: getattr(which, name) for name in names} if which else {}
        whole = Which(**{**before, **asked})
        if "paths" in values:
            values["paths"], whole = _sorted_out(values["paths"], whole)
        return command(*arguments, which=whole, **values)

    for option in reversed(options):
        option(with_which)
    return with_which


def _sorted_out(paths: tuple[str, ...], which: Which) -> tuple[tuple[str, ...], Which]:
    """Tell a path from a reference of git: in « --changed courriers », it is the folder, if git knows no such branch.

    Raises FalcError for what cannot be.
    """
    from falc.git import is_commit
    from falc.texts import texts

    if "" in paths:
        raise FalcError("un nom de fichier est vide.")
    ref = which.changed
    if which.lines and ref is None:
        raise FalcError(texts()["git"]["lines"])
    if ref is None:
        return paths, which
    if ref and Path(ref).exists() and not is_commit(Path.cwd(), ref):
        paths, which = (ref, *paths), replace(which, changed="")
    if STDIN in paths:
        raise FalcError(texts()["git"]["stdin"])
    return paths, which


def files_of(
    settings: Settings, paths: Sequence[str], which: Which, discovery: Discovery | None = None
) -> Iterator[Path | FolderError | Literal["-"]]:
    """Yield the files at `paths` and in the folders there, each once; `STDIN` stands for the standard input.

    An error stands for a folder that cannot be read, or whose settings are wrong.  Raises FalcError, before or between
    files, for what makes the rest useless: a wrong option or pattern, no answer from git.
    """
    discovery = discovery or which.discovery(settings)
    changes = which.changes
    faults: dict[Config, FolderError | None] = {}
    for path in paths:
        for file in (STDIN,) if path == STDIN else discovery.files([Path(path)]):
            if isinstance(file, FalcError):
                yield file
                continue
            config = settings.for_folder(Path(file).parent)
            if config not in faults:
                faults[config] = fault = _fault(config)
                if fault is not None:
                    yield fault
            if faults[config] is not None:
                continue
            if file == STDIN or changes is None or changes.hold(Path(file)):
                yield file


def _fault(config: Config) -> FolderError | None:
    """Return what is wrong with the settings of a folder; raise FalcError when they are not those of a file."""
    from falc.discovery import FolderError
    from falc.settings_faults import refuse_faults

    try:
        refuse_faults(config)
    except FalcError as error:
        if config.path is None or not str(error).startswith(str(config.path)):  # an option is wrong
            raise
        return FolderError(config.path, str(error))
    return None


def show_files(files: Iterable[Path | FolderError | str], as_json: bool) -> int:
    """List the files, one a line or as JSON, and return the exit code; errors go to the other stream."""
    from falc.rules import typography

    broken, names = False, []
    for file in files:
        if isinstance(file, FalcError):
            broken = True
            click.echo(typography(f"falc : {file}"), err=True)
        elif as_json:
            names.append(str(file))
        else:
            click.echo(str(file))
    if as_json:
        click.echo(json.dumps({"version": 1, "files": names}, ensure_ascii=False, indent=2))
    return Exit.BROKEN if broken else Exit.CLEAN
