"""Data made from the files of `rules/` and `lexicons/`, kept from one run to the next.

To read them again takes a second.  What is kept is plain data of our own files, in the form in which Python keeps its
compiled modules; whoever may write into the cache folder may write into those too.
"""

from __future__ import annotations

import marshal
import os
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from falc import __version__
from falc.resources import cache_folder

__all__ = ["compiled", "made_by"]

_FOLDER = "donnees"
_SIZE = 8  # bytes of the length of a state
_Data = TypeVar("_Data")


def compiled(name: str, files: Iterable[Traversable], make: Callable[[], _Data]) -> _Data:
    """Return what `make` makes of `files`: tuples, lists, dictionaries, texts, bytes, numbers and None.

    It is made again when a file, falc or Python is another one.  Where nothing can be kept, it is made each time.
    """
    try:
        told = "\0".join((made_by(), *_states(files))).encode()
        state = len(told).to_bytes(_SIZE, "big") + told
        path = cache_folder() / _FOLDER / f"{name}-{zlib.crc32(told):08x}"
        content = path.read_bytes()
        if content.startswith(state):
            # From bytes, not from the file, which takes five times as long.
            return marshal.loads(memoryview(content)[len(state) :])  # type: ignore[no-any-return]
    except TypeError:  # a file inside an archive has no state
        return make()
    except (OSError, EOFError, ValueError):
        pass
    value = make()
    with suppress(OSError, ValueError):
        _write(path, state + marshal.dumps(value))  # type: ignore[arg-type]
    return value


@lru_cache(maxsize=1)
def made_by() -> str:
    """Return what tells one program from another: versions, and in a working copy the state of each module."""
    known = [__version__, sys.implementation.cache_tag or "", str(marshal.version)]
    package = Path(__file__).parent
    if not (package / "_data").is_dir():
        known += sorted(_modules(str(package)))
    return "\0".join(known)


def _modules(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:  # faster than Path.rglob: every command waits for it
        for entry in entries:
            if entry.is_dir():
                yield from _modules(entry.path)
            elif entry.name.endswith(".py"):
                yield f"{entry.path}:{entry.stat().st_mtime_ns}"


def _states(files: Iterable[Traversable]) -> Iterator[str]:
    """Yield name, size and time of each file.  Raises TypeError for one inside an archive."""
    for file in files:
        known = os.stat(os.fspath(file))  # type: ignore[call-overload]  # noqa: PTH116
        yield f"{file}:{known.st_size}:{known.st_mtime_ns}"


def _write(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all, in place of the older ones of the same name."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    for old in path.parent.glob(f"{path.name.rpartition('-')[0]}-*"):
        if old != path:
            old.unlink(missing_ok=True)
