"""Files: how to write one without losing anything."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from falc.model import FalcError
from falc.texts import cause, texts


def files_below(path: Path) -> list[Path]:
    """Return `path` itself, or the files of a folder and its folders to check, sorted.  Raises FalcError."""
    from falc.config import Settings
    from falc.discovery import Discovery

    found: list[Path] = []
    for file in Discovery(Settings()).files([path]):
        if isinstance(file, FalcError):
            raise file
        found.append(file)
    return found


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Put the name of the file before an error that does not give it."""
    try:
        yield
    except FalcError as error:
        message = str(error)
        raise error if str(path) in message else FalcError(f"{path} : {message}") from None


def is_same_file(one: Path, other: Path) -> bool:
    """Do two paths lead to one file, links followed?"""
    try:
        return one.samefile(other)
    except OSError:  # one of them does not exist
        return one.resolve() == other.resolve()


def write_atomically(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write `content`, which may come in pieces, to `path`, whole or not at all; a link leads to its file.

    Raises FalcError naming the file, also when it is a folder or a device.
    """
    try:
        path = path.resolve()
        if path.exists() and not path.is_file():
            raise FalcError(f"{path} : ce n'est pas un fichier ordinaire. Choisissez un autre nom.")
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".falc-", suffix=path.suffix)
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines([content] if isinstance(content, bytes) else content)
            _copy_mode(path, Path(temporary))
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise FalcError(f"{path} : falc ne peut pas écrire ce fichier ({cause(error)}).") from None


def replace_content(path: Path, content: bytes) -> None:
    """Write `content` in place of that of the file at `path`; raise FalcError when the file may only be read."""
    try:
        read_only = not path.stat().st_mode & 0o222 or not os.access(path, os.W_OK)
    except OSError as error:
        raise FalcError(f"{path} : falc ne peut pas écrire ce fichier ({cause(error)}).") from None
    if read_only:
        raise FalcError(texts()["correction"]["read_only"].format(path=path))
    write_atomically(path, content)


def _copy_mode(path: Path, temporary: Path) -> None:
    """Give the new file the rights of the old one, or the usual ones (a temporary file is private)."""
    if path.exists():
        temporary.chmod(path.stat().st_mode & 0o777)
    else:
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
