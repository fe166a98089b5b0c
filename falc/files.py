"""Files: which ones to check, and how to write one without losing anything."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from falc import formats
from falc.model import FalcError
from falc.texts import cause, texts

_LEFT_OUT = {"node_modules", "__pycache__", "venv"}
_ANNOTATED = ".annote"
_MADE_BY_FALC = b'<meta name="generator" content="falc">'
_HEAD = 400


def files_below(path: Path) -> list[Path]:
    """Return `path` itself, or the files of a folder and its folders that falc can read, sorted.

    Hidden folders, Word's lock files (`~$…`) and what falc wrote itself (annotated letters, reports) are left out.
    Raises FalcError when a folder holds none or may not be read.
    """
    try:
        if not path.is_dir():
            return [path]
        next(path.iterdir(), None)
    except OSError as error:
        raise FalcError(f"{path} : falc ne peut pas lire ce dossier ({cause(error)}).") from None
    found = sorted(_walk(path))
    if not found:
        known = ", ".join(formats.SUFFIXES)
        raise FalcError(f"{path} : ce dossier ne contient aucun fichier que falc sait lire ({known}).")
    return found


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _LEFT_OUT)
        for name in names:
            path = Path(place) / name
            if not name.startswith((".", "~$")) and formats.format_of(path) and not _is_ours(path):
                yield path


def _is_ours(path: Path) -> bool:
    """Did falc write the file: an annotated letter, a report, a grid?"""
    kind = formats.format_of(path)
    if kind in ("docx", "odt") and path.stem.endswith(_ANNOTATED):
        return True
    if kind != "html":
        return False
    try:
        with path.open("rb") as file:
            return _MADE_BY_FALC in file.read(_HEAD)
    except OSError:  # the one who reads it will tell
        return False


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


def write_atomically(path: Path, content: bytes) -> None:
    """Write `content` to `path`, whole or not at all; a link leads to its file.

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
                file.write(content)
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
