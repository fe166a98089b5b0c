"""Results kept from one run to the next, in one file that several processes may use at once.

A cache never makes falc fail: what cannot be read is not known, what cannot be written is not kept.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from falc.resources import cache_folder
from falc.sealed import Key, sealed, unsealed

__all__ = ["Cache"]

_FOLDER, _FILE = "resultats", "resultats.sqlite"
_BESIDE = ("", "-wal", "-shm", "-journal")
_LAYOUT = 1
_MOST_BYTES = 256_000_000
_KEPT_SHARE = 0.7  # of the bytes, once there are too many
_SECONDS = 10  # to wait for another process
_DAY = 86_400
_MOST_WAITING = 500
_Result = TypeVar("_Result")
_TABLE = """
CREATE TABLE IF NOT EXISTS kept (name BLOB PRIMARY KEY, used INTEGER NOT NULL, value BLOB NOT NULL) WITHOUT ROWID
"""


class Cache:
    """What falc made of texts it has seen; without `folder`, in the user's cache folder.

    At most about `most_bytes` are kept, the last used.  Threads may share one; use it in a `with`, or `close` it, so
    that all is written.
    """

    def __init__(self, folder: Path | None = None, most_bytes: int = _MOST_BYTES) -> None:
        self.folder = folder or cache_folder()
        self.path = self.folder / _FOLDER / _FILE
        self._most_bytes = most_bytes
        self._now = int(time.time())
        self._lock = Lock()
        self._database: sqlite3.Connection | None = None
        self._is_broken = False
        self._new: dict[bytes, bytes] = {}
        self._old: set[bytes] = set()  # used today, for the first time in a day

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, key: Key) -> Any:  # noqa: ANN401
        """Return what was put under `key`, or None."""
        data = self._work(lambda database: self._found(database, key.name))
        if data is None:
            return None
        try:
            return unsealed(data, key.secret)
        except ValueError:  # damaged
            return None

    def put(self, key: Key, value: Any) -> None:  # noqa: ANN401
        """Keep a value made of what JSON knows; it is written later, at the latest by `close`."""
        if self._is_broken:
            return
        data = sealed(value, key.secret)
        with self._lock:
            self._new[key.name] = data
            many = len(self._new) >= _MOST_WAITING
        if many:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        if self._new or self._old:
            self._work(self._write)

    def close(self) -> None:
        """Write what waits and let the file go; the cache opens it again if it is asked again."""
        self.flush()
        with self._lock:
            self._let_go()

    def clear(self) -> int:
        """Forget everything; return how many bytes that frees.  Raises OSError when a file cannot be removed."""
        with self._lock:
            self._let_go()
            self._new.clear()
            self._old.clear()
            freed = self.size
            for path in self._files:
                path.unlink(missing_ok=True)
            with suppress(OSError):
                self.path.parent.rmdir()
        return freed

    @property
    def size(self) -> int:
        """How many bytes the cache takes on the disk."""
        return sum(path.stat().st_size for path in self._files if path.is_file())

    @property
    def _files(self) -> list[Path]:
        return [self.path.with_name(self.path.name + suffix) for suffix in _BESIDE]

    def _found(self, database: sqlite3.Connection, name: bytes) -> bytes | None:
        if name in self._new:
            return self._new[name]
        row = database.execute("SELECT value, used FROM kept WHERE name = ?", (name,)).fetchone()
        if row is None:
            return None
        if row[1] < self._now - _DAY:
            self._old.add(name)
        return bytes(row[0])

    def _write(self, database: sqlite3.Connection) -> None:
        database.execute("BEGIN IMMEDIATE")
        new = [(name, self._now, data) for name, data in self._new.items()]
        database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", new)
        database.executemany("UPDATE kept SET used = ? WHERE name = ?", [(self._now, name) for name in self._old])
        database.execute("COMMIT")
        self._new.clear()
        self._old.clear()
        if _bytes(database) > self._most_bytes:
            _forget_oldest(database, int(self._most_bytes * _KEPT_SHARE))

    def _work(self, do: Callable[[sqlite3.Connection], _Result]) -> _Result | None:
        """Return what `do` makes of the database, or None when there is none to work with; no error leaves."""
        with self._lock:
            try:
                database = self._opened()
                return do(database) if database is not None else None
            except sqlite3.OperationalError:  # the disk is full, another process writes too long, no right to write
                self._give_up()
            except sqlite3.DatabaseError:
                self._throw_away()
            except (sqlite3.Error, OSError, TypeError):  # a table of another shape
                self._give_up()
            return None

    def _opened(self) -> sqlite3.Connection | None:
        if self._database is None and not self._is_broken:
            try:
                self._database = _open(self.path)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:  # the file is none of ours, or half of one
                self._remove()
                self._database = _open(self.path)
        return self._database

    def _let_go(self) -> None:
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
            self._database = None

    def _give_up(self) -> None:
        """Work without: each try would wait again."""
        self._let_go()
        self._new.clear()
        self._old.clear()
        self._is_broken = True

    def _throw_away(self) -> None:
        self._give_up()
        with suppress(OSError):
            self._remove()

    def _remove(self) -> None:
        for path in self._files:
            path.unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    """Open the database.  Raises sqlite3.Error or OSError."""
    path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    database = sqlite3.connect(path, timeout=_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        layout = database.execute("PRAGMA user_version").fetchone()[0]
        if layout != _LAYOUT:
            database.execute("BEGIN IMMEDIATE")
            if database.execute("PRAGMA user_version").fetchone()[0] != _LAYOUT:
                database.execute("DROP TABLE IF EXISTS kept")
                database.execute(_TABLE)
                database.execute(f"PRAGMA user_version = {_LAYOUT}")
            database.execute("COMMIT")
    except BaseException:
        database.close()
        raise
    return database


def _bytes(database: sqlite3.Connection) -> int:
    pages, free, size = (
        database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def _forget_oldest(database: sqlite3.Connection, most_bytes: int) -> None:
    """Forget what was not used for longest; of one run, which may be the last, those whose names come first."""
    database.execute("BEGIN IMMEDIATE")
    kept = 0
    rows = database.execute("SELECT used, SUM(LENGTH(value) + 64) FROM kept GROUP BY used ORDER BY used DESC")
    for used, size in rows.fetchall():
        kept += size
        if kept > most_bytes:
            database.execute("DELETE FROM kept WHERE used < ?", (used,))
            # Names are digests, evenly spread: this leaves the wanted share of the run.
            share = (kept - most_bytes) / size
            first = int(min(share, 1.0) * 0xFFFFFFFF).to_bytes(4, "big")
            database.execute("DELETE FROM kept WHERE used = ? AND name < ?", (used, first))
            break
    database.execute("COMMIT")
