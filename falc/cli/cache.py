"""`falc cache`: what falc keeps from one run to the next; and the options that go with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from falc.french_click import FrenchCommand, FrenchGroup
from falc.model import FalcError

if TYPE_CHECKING:
    from falc.cache import Cache

__all__ = ["cache", "cache_options", "opened_cache"]

_KILO, _MEGA = 1_000, 1_000_000

_folder = click.option("--cache-dir", metavar="DOSSIER", help="Garder les résultats dans ce dossier.")


def cache_options(command: Any) -> Any:  # noqa: ANN401
    """Add the options about the cache and the processes: `no_cache`, `cache_dir`, `jobs`."""
    options = (
        click.option("--no-cache", is_flag=True, help="Tout vérifier de nouveau, et ne rien garder."),
        _folder,
        click.option(
            "--jobs",
            type=click.IntRange(min=0),
            default=0,
            metavar="N",
            help="Vérifier N fichiers à la fois. Au départ, falc choisit.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@contextmanager
def opened_cache(no_cache: bool, cache_dir: str | None) -> Iterator[Cache | None]:
    """Give the cache that the options ask for, or None; at the end all is written."""
    if no_cache:
        yield None
        return
    from falc.cache import Cache

    with Cache(Path(cache_dir) if cache_dir else None) as opened:
        yield opened


@click.group(name="cache", cls=FrenchGroup, invoke_without_command=True)
@_folder
@click.pass_context
def cache(context: click.Context, cache_dir: str | None) -> None:
    """Dit où falc garde ses résultats, et combien de place ils prennent."""
    context.obj = cache_dir
    if context.invoked_subcommand is None:
        from falc.texts import texts

        said, kept = texts()["cache"], _cache(cache_dir)
        known = "where" if kept.size else "empty"
        click.echo(said[known].format(path=kept.path.parent, size=_shown(kept.size)))
        click.echo(said["about"])


@cache.command(cls=FrenchCommand)
@_folder
@click.pass_obj
def clear(above: str | None, cache_dir: str | None) -> None:
    """Efface les résultats que falc garde."""
    from falc.texts import cause, texts

    said, kept = texts()["cache"], _cache(cache_dir or above)
    try:
        freed = kept.clear()
    except OSError as error:
        raise FalcError(said["stuck"].format(path=kept.path.parent, cause=cause(error))) from None
    click.echo(said["cleared"].format(path=kept.path.parent, size=_shown(freed)))


def _cache(cache_dir: str | None) -> Cache:
    from falc.cache import Cache

    return Cache(Path(cache_dir) if cache_dir else None)


def _shown(size: int) -> str:
    from falc.texts import texts

    said = texts()["cache"]
    if size < _MEGA:
        return str(said["small"]).format(count=-(-size // _KILO))
    return str(said["large"]).format(count=round(size / _MEGA))
