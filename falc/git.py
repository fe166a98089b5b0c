"""What git says of the files of a repository; git is asked, never told to change anything."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from falc.model import FalcError
from falc.texts import texts

__all__ = ["ChangedFile", "Repository", "is_commit"]

# A hook runs with the names of its own repository, which may be another one than that of the letters.
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX")
# No program that the repository names may run: a letter to check comes from anyone.
_OPTIONS = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "--no-pager")
_DIFF = ("diff", "--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules=all", "--find-renames")
_HUNK = re.compile(rb"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that git says changed: where it is, and the name it had in the commit, None when it was not there."""

    path: Path
    before: str | None


@dataclass(frozen=True)
class Repository:
    """The working tree at `top`, compared with `ref`, or with the last commit when that is empty.

    With a `ref`, what counts is what changed since its history and that of the current commit parted, as in a merge
    request.  Raises FalcError, on first use, when git is missing, refuses, or does not know `ref`.
    """

    top: Path
    ref: str = ""

    @classmethod
    def around(cls, path: Path, ref: str = "") -> Repository:
        """Return the repository that holds the file or folder at `path`, which exists."""
        folder = path if path.is_dir() else path.parent
        shown = _run(folder, "rev-parse", "--show-toplevel")
        return cls(Path(os.fsdecode(shown.removesuffix(b"\n"))).resolve(), ref)

    @cached_property
    def changed(self) -> tuple[ChangedFile, ...]:
        """The files that changed or are new and not ignored; deleted ones and those of submodules are left out."""
        return tuple(self._changed())

    def _changed(self) -> Iterator[ChangedFile]:
        if self._base is not None:
            status = _run(self.top, *_DIFF, "--name-status", "-z", "--diff-filter=d", self._base, "--")
            fields = iter(status.split(b"\0"))
            for kind in filter(None, fields):
                before = next(fields)
                after = next(fields) if kind[:1] in b"RC" else before
                yield ChangedFile(self.top / os.fsdecode(after), None if kind == b"A" else os.fsdecode(before))
        new = ("--cached", "--others") if self._base is None else ("--others",)
        listed = _run(self.top, "ls-files", "-z", "--exclude-standard", *new)
        for name in dict.fromkeys(listed.split(b"\0")):
            if name and not name.endswith(b"/"):  # a repository in this one
                yield ChangedFile(self.top / os.fsdecode(name), None)

    @cached_property
    def _base(self) -> str | None:
        """The commit to compare with; None when there is none yet."""
        if self.ref and not is_commit(self.top, self.ref):
            raise FalcError(texts()["git"]["unknown"].format(ref=self.ref))
        if not is_commit(self.top, "HEAD"):
            return None
        if not self.ref:
            return "HEAD"
        try:
            return _run(self.top, "merge-base", "--end-of-options", self.ref, "HEAD").decode().strip()
        except FalcError:
            raise FalcError(texts()["git"]["no_base"].format(ref=self.ref)) from None

    def content(self, file: ChangedFile) -> bytes | None:
        """Return what the file held in the commit, None when it was not there."""
        if self._base is None or file.before is None:
            return None
        # Without the filters that the repository names: they run programs, and some go to the network.
        return _run(self.top, "cat-file", "blob", f"{self._base}:{file.before}")

    def changed_lines(self, file: ChangedFile) -> list[range] | None:
        """Return the lines, from 1, that changed, None when git sees no lines in the file.

        Lines end at line feeds.  Where lines are gone, the empty range says between which lines they were.
        """
        if self._base is None or file.before is None:
            return None
        names = dict.fromkeys((f":(top,literal){file.before}", f":(top,literal){file.path.relative_to(self.top)}"))
        shown = _run(self.top, *_DIFF, "--unified=0", self._base, "--", *names)
        if not (found := list(_HUNK.finditer(shown))) and b"\nBinary files " in b"\n" + shown:
            return None
        counts = [(int(hunk[1]), 1 if hunk[2] is None else int(hunk[2])) for hunk in found]
        return [range(start, start + count) for start, count in counts]


def is_commit(folder: Path, name: str) -> bool:
    """Does git know a commit of this name in the repository around `folder`?"""
    if not name or name.startswith("-"):
        return False
    try:
        _run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except _RefusedError:
        return False
    return True


class _RefusedError(FalcError):
    """git answered with an error."""


def _run(folder: Path, *arguments: str) -> bytes:
    """Return what git prints.  Raises FalcError with a French sentence when it cannot or will not answer."""
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    for name in _OF_A_HOOK:
        environment.pop(name, None)
    try:
        return _asked(folder, arguments, environment)
    except _RefusedError:
        if "GIT_DIR" not in os.environ or _is_repository(folder, environment):
            raise
    # Someone keeps the repository apart from its files, and says so.
    apart = {name: os.environ[name] for name in _OF_A_HOOK if name in os.environ}
    return _asked(folder, arguments, {**environment, **apart})


def _is_repository(folder: Path, environment: dict[str, str]) -> bool:
    try:
        _asked(folder, ("rev-parse", "--git-dir"), environment)
    except FalcError:
        return False
    return True


def _asked(folder: Path, arguments: tuple[str, ...], environment: dict[str, str]) -> bytes:
    said = texts()["git"]
    command = ("git", *_OPTIONS, *arguments)
    try:
        run = subprocess.run(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except FileNotFoundError:
        raise FalcError((said["missing"] if folder.is_dir() else said["refused"]).format(path=folder)) from None
    except OSError:
        raise FalcError(said["refused"].format(path=folder)) from None
    if run.returncode == 0:
        return run.stdout
    complaint = run.stderr.decode(errors="replace")
    for key, sign in said["complaints"].items():
        if sign in complaint:
            raise _RefusedError(said[key].format(path=folder))
    raise _RefusedError(said["refused"].format(path=folder))
