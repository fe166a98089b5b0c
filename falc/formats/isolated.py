"""Read a stranger's file in a process of its own, which can be stopped and can do little harm.

A server that reads the files of people whom it does not know should call `read_isolated`.  The child may not write
files, nor take more memory or time than it is given, and it hands back plain data.  Where Python has no module
`resource` (Windows), only the time is limited.  macOS does not enforce the limit on memory.
"""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Thread
from typing import IO, Any

from falc.document import Document
from falc.formats import USUAL, load, read_bytes
from falc.formats.wire import from_json, to_json
from falc.model import FalcError, Reading, Revisions
from falc.texts import in_french, texts

try:
    import resource
except ModuleNotFoundError:  # Windows
    resource = None  # type: ignore[assignment]

__all__ = ["read_bytes_isolated", "read_isolated"]

_DOCUMENT, _REFUSED, _NO_MEMORY = b"D", b"E", b"M"
_MOST_ANSWER = 256_000_000  # bytes
_LONGEST_WAIT = 86_400.0
_LONGEST_SENTENCE = 2_000
_OPEN_FILES = 64
# The child sees no other variable: some hold secrets.
_VARIABLES = ("LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")


def read_isolated(
    path: str | os.PathLike[str],
    *,
    seconds: float = 30.0,
    memory: int = 1_000_000_000,
    reading: Reading = USUAL,
) -> Document:
    """Read a file as `falc.formats.read` does, in a process that may take so many seconds and bytes of memory.

    Raises FalcError, which names neither the file nor its text, when it cannot be read within these limits, and
    ValueError for limits that make no sense.
    """
    path = Path(path)
    return read_bytes_isolated(
        load(path), path, str(path), path.parent, seconds=seconds, memory=memory, reading=reading
    )


def read_bytes_isolated(
    data: bytes,
    path: Path,
    name: str,
    folder: Path | None = None,
    *,
    seconds: float = 30.0,
    memory: int = 1_000_000_000,
    reading: Reading = USUAL,
) -> Document:
    """Read the content of a file as `falc.formats.read_bytes` does; limits and errors are those of `read_isolated`."""
    if not 0 < seconds < _LONGEST_WAIT or memory <= 0:
        raise ValueError("seconds and memory are positive, and seconds is less than a day")
    asked = {
        "path": str(path),
        "name": name,
        "folder": None if folder is None else str(folder.resolve()),
        "seconds": seconds,
        "memory": int(memory),
        "reading": asdict(reading),
    }
    answer = _answer(json.dumps(asked).encode() + b"\n" + data, seconds)
    kind, content = answer[:1], answer[1:]
    if kind == _REFUSED:
        raise FalcError(content[:_LONGEST_SENTENCE].decode("utf-8", "replace"))
    if kind == _NO_MEMORY or len(answer) > _MOST_ANSWER:
        raise FalcError(texts()["refused"]["memory"])
    try:
        if kind == _DOCUMENT:
            return from_json(content)
    except ValueError:
        pass
    raise FalcError(texts()["refused"]["crash"])


def _answer(request: bytes, seconds: float) -> bytes:
    """Return what the child answers, or nothing when it dies; it never outlives the call."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-B", "-m", __spec__.name if __spec__ else "falc.formats.isolated"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
    )
    answer: list[bytes] = []
    threads = (
        Thread(target=_send, args=(process.stdin, request), daemon=True),
        Thread(target=_receive, args=(process.stdout, answer), daemon=True),
    )
    try:
        for thread in threads:
            thread.start()
        threads[1].join(seconds)
        slow = threads[1].is_alive()
    finally:  # also when somebody stops this program
        _kill(process)
    for thread in threads:
        thread.join()
    if slow or process.returncode == -getattr(signal, "SIGXCPU", 0):
        raise FalcError(texts()["refused"]["slow"].format(seconds=in_french(seconds)))
    return b"".join(answer)


def _send(pipe: IO[bytes], request: bytes) -> None:
    with suppress(OSError), pipe:  # a child that dies reads no more
        pipe.write(request)


def _receive(pipe: IO[bytes], answer: list[bytes]) -> None:
    with pipe:
        answer.append(pipe.read(_MOST_ANSWER + 1))


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Stop the child and all that it may have started: the number of its group stays its own until `wait`."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):  # macOS does not let a group of dead processes be killed
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _environment() -> dict[str, str]:
    found = {name: os.environ[name] for name in _VARIABLES if name in os.environ}
    places = (str(Path(__file__).resolve().parents[2]), *filter(None, sys.path))
    return {**found, "PYTHONPATH": os.pathsep.join(dict.fromkeys(places))}


def _limit(seconds: float, memory: int) -> None:
    if resource is None:
        return
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: math.ceil(seconds),
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        with suppress(ValueError, OSError):  # a limit that this system does not know, or that is lower already
            resource.setrlimit(kind, (most, most))


def _reading(asked: Mapping[str, Any]) -> Reading:
    pairs = tuple((name, kind) for name, kind in asked["kinds"])
    templates = None if asked["templates"] is None else tuple(asked["templates"])
    patterns, front_matter = tuple(asked["patterns"]), tuple(asked["front_matter"])
    return Reading(Revisions(asked["revisions"]), templates, patterns, pairs, front_matter, asked["any_name"])


def _main() -> None:
    """Be the child: read the request, answer in one letter and its data."""
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
        asked = json.loads(sys.stdin.buffer.readline())
        _limit(asked["seconds"], asked["memory"])
        folder = None if asked["folder"] is None else Path(asked["folder"])
        try:
            data = sys.stdin.buffer.read()
            document = read_bytes(data, Path(asked["path"]), asked["name"], folder, _reading(asked["reading"]))
            answer = _DOCUMENT + to_json(document)
        except FalcError as error:
            answer = _REFUSED + str(error).encode("utf-8", "replace")
        except MemoryError:
            answer = _NO_MEMORY
        out.write(answer)


if __name__ == "__main__":
    _main()
