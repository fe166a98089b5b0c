"""Read the files whose paths come in, each in a fresh copy of this process, and tell what it took and did.

One line of JSON goes out for each: what was said, the seconds, the megabytes above what the process had, and every
file, socket or program that was opened, except Python's own modules and the file itself.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path

from falc import formats
from falc.formats.office.review import Comment
from falc.model import FalcError, Span

MODULES = ("docx.text", "docx.comments", "odt.text", "odt.comments", "unread")
OWN = (sys.prefix, sys.base_prefix, str(Path(formats.__file__).parents[2]))
DOINGS = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.mkdir", "os.rename", "os.remove", "urllib.")
TOO_LONG = 60  # seconds


def spy(path: str, done: list[str]) -> None:
    """Note in `done` what no reader of a letter has to do."""

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(DOINGS):
            done.append(event)
        elif event == "open" and isinstance(arguments[0], str | bytes):
            name, flags = os.fsdecode(arguments[0]), arguments[2]
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if name != path and (writes or not name.startswith(OWN)):
                done.append(f"open {name}")

    sys.addaudithook(hook)


def annotate(path: Path, data: bytes) -> None:
    comments = [Comment(Span(0, 1), ("Note.",))]
    if formats.format_of(path) == "docx":
        importlib.import_module("falc.formats.office.docx.comments").annotate_docx(data, comments)
    elif formats.format_of(path) == "odt":
        importlib.import_module("falc.formats.office.odt.comments").annotate_odt(data, comments)


def told(path: Path) -> dict[str, object]:
    done: list[str] = []
    spy(str(path), done)
    resource.setrlimit(resource.RLIMIT_CPU, (TOO_LONG, TOO_LONG))
    before = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    answer: dict[str, object] = {"text": None, "annotated": 0.0}
    start = time.process_time()
    try:
        text = formats.read(path).text
        answer |= {"said": f"document: {len(text)}", "text": text[:10_000]}
    except FalcError as error:
        answer["said"] = str(error)
    except BaseException:
        answer["said"] = traceback.format_exc()[-3_000:]
    read = time.process_time()
    if answer["text"]:
        try:
            annotate(path, path.read_bytes())
        except FalcError:
            pass
        except BaseException:
            answer["said"] = traceback.format_exc()[-3_000:]
        answer["annotated"] = time.process_time() - read
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {**answer, "seconds": read - start, "megabytes": (peak - before) / 1e6, "done": done[1:]}


def main() -> None:
    for module in MODULES:
        importlib.import_module(f"falc.formats.office.{module}")
    for module in ("falc.formats.rtf", "falc.formats.pdf", "pypdfium2"):
        with suppress(ImportError):
            importlib.import_module(module)
    for name in ("a.txt", "a.md", "a.html"):
        formats.read_bytes(b"<style>p{color:red}</style><p>Bonjour</p>", Path(name), name)
    for line in sys.stdin:
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            sys.stdout.write(json.dumps(told(Path(line.strip()))) + "\n")
            sys.stdout.flush()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            dead = {
                "said": f"dead: {status}",
                "text": None,
                "seconds": TOO_LONG,
                "annotated": 0,
                "megabytes": 0,
                "done": [],
            }
            sys.stdout.write(json.dumps(dead) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
