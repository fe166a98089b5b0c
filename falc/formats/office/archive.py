"""The zip files under Office documents, from anyone: what could hurt is refused before anything is inflated."""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from itertools import pairwise

from falc.model import FalcError
from falc.texts import texts

__all__ = ["ODT", "WORD", "ZIP", "Archive", "Budget", "Kind", "Problem", "open_archive", "rewritten"]

ZIP = b"PK\x03\x04"
_ENTRY = b"PK\x01\x02"  # how each entry of a zip directory begins
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_DRIVE = re.compile(r"[A-Za-z]:")
_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    OverflowError,
)


class Problem(StrEnum):
    """Why a file is refused; the value is the key of what people are told."""

    DAMAGED = "damaged"
    TOO_BIG = "too_big"
    SUSPECT = "suspect"
    OTHER = "other"
    PROTECTED = "protected"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of Office file, as messages name it."""

    name: str
    suffix: str

    def refuse(self, problem: Problem) -> FalcError:
        """Return the error that tells people, for this kind of file, why it is refused."""
        return FalcError(texts()["refused"][problem.value].format(name=self.name, suffix=self.suffix))


WORD = Kind("Word", ".docx")
ODT = Kind("LibreOffice", ".odt")


@dataclass(frozen=True, slots=True)
class Budget:
    """How much a file may hold, in entries and in bytes.

    `ratio` is how much smaller than itself an entry of more than `floor` bytes may be in the zip: less could do no
    harm.  Deflate reaches 1:1030 on one letter repeated, which is what bombs use.  The same table row written 20,000
    times reaches 1:260, the same run 200,000 times 1:410: nothing that people write comes near 1:500.  Limits of 1:100
    are known for their false alarms.

    `weight` bounds what trees take once parsed, with what falc makes of them: far more than their bytes in the file.
    """

    entries: int = 2_000
    total: int = 200_000_000
    entry: int = 64_000_000
    ratio: int = 500
    floor: int = 10_000_000
    weight: int = 250_000_000


class Archive:
    """An open zip file.  Some programs write « word\\document.xml »: here all names have slashes."""

    def __init__(self, file: zipfile.ZipFile, kind: Kind) -> None:
        self._file, self._kind = file, kind
        self.entries = {entry.filename.replace("\\", "/"): entry for entry in file.infolist()}

    def read(self, name: str) -> bytes:
        """Return the bytes of an entry: never more than the directory says, whatever comes out of it.

        The module stops inflating at the size that was checked, and what is longer or shorter fails its checksum.
        """
        try:
            with self._file.open(self.entries[name]) as stream:
                return stream.read(self.entries[name].file_size)
        except _ERRORS as error:
            raise self._kind.refuse(Problem.DAMAGED) from error


def open_archive(data: bytes, kind: Kind, budget: Budget | None = None) -> Archive:
    """Open a zip file; raise FalcError when it is damaged, too big, encrypted, or built to deceive."""
    budget = budget or Budget()
    # Each entry takes memory as soon as the directory is read.  Zip files inside this one have entries too.
    if data.count(_ENTRY) > 10 * budget.entries:
        raise kind.refuse(Problem.TOO_BIG)
    try:
        file = zipfile.ZipFile(BytesIO(data))
    except _ERRORS as error:
        raise kind.refuse(Problem.DAMAGED) from error
    problem = _problem(file.infolist(), budget)
    if problem is not None:
        raise kind.refuse(problem)
    return Archive(file, kind)


def rewritten(data: bytes, archive: Archive, changed: Mapping[str, bytes], date: tuple[int, ...]) -> bytes:
    """Return the zip file `data` with some entries changed and others added.

    What does not change is copied as it is compressed, with its method and its date; new entries come last.
    """
    out = BytesIO()
    year, month, day, hour, minute, second = date
    with zipfile.ZipFile(out, "w") as file:
        for name, entry in archive.entries.items():
            copy = zipfile.ZipInfo(entry.filename, entry.date_time)
            copy.compress_type, copy.external_attr = entry.compress_type, entry.external_attr
            copy.create_system, copy.comment = entry.create_system, entry.comment
            if name in changed:
                copy.date_time = (year, month, day, hour, minute, second)
                file.writestr(copy, changed[name])
                continue
            copy.CRC, copy.compress_size, copy.file_size = entry.CRC, entry.compress_size, entry.file_size
            copy.header_offset = out.tell()
            out.write(copy.FileHeader(zip64=False))
            out.write(_compressed(data, entry))
            file.filelist.append(copy)
            file.NameToInfo[copy.filename] = copy
            file.start_dir = out.tell()
        for name in changed:
            if name not in archive.entries:
                new = zipfile.ZipInfo(name, (year, month, day, hour, minute, second))
                new.compress_type, new.create_system = zipfile.ZIP_DEFLATED, 0
                file.writestr(new, changed[name])
    return out.getvalue()


def _compressed(data: bytes, entry: zipfile.ZipInfo) -> memoryview:
    """Return the bytes of an entry as they are in the file."""
    name, extra = struct.unpack_from("<HH", data, entry.header_offset + _LOCAL_HEADER - 4)
    start = entry.header_offset + _LOCAL_HEADER + name + extra
    return memoryview(data)[start : start + entry.compress_size]


def _problem(entries: list[zipfile.ZipInfo], budget: Budget) -> Problem | None:
    sizes = [entry.file_size for entry in entries]
    if len(entries) > budget.entries or sum(sizes) > budget.total or max(sizes, default=0) > budget.entry:
        return Problem.TOO_BIG
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        return Problem.PROTECTED
    if _overlap(entries) or not _plain_names([entry.filename for entry in entries]):
        return Problem.SUSPECT
    for entry in entries:
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return Problem.SUSPECT
        if entry.file_size > max(budget.floor, budget.ratio * entry.compress_size):
            return Problem.SUSPECT
    return None


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Do two entries share bytes, so that a few bytes inflate many times?"""
    places = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    return any(start + _LOCAL_HEADER + size > following for (start, size), (following, _) in pairwise(places))


def _plain_names(names: list[str]) -> bool:
    """Does each name say another place, inside the file, for every program that reads it?"""
    paths = [name.replace("\\", "/") for name in names]
    if any(path.startswith("/") or _DRIVE.match(path) or ".." in path.split("/") for path in paths):
        return False
    return len({posixpath.normpath(path).lower() for path in paths}) == len(paths)
