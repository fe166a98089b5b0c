"""What protects a Word file as a whole against changes."""

from __future__ import annotations

from falc.formats.office.docx.styles import is_on_attribute
from falc.formats.office.package import Package, W
from falc.formats.office.review import Doing
from falc.formats.office.unread import is_signed
from falc.model import FalcError
from falc.texts import texts

__all__ = ["refuse_protected"]

# What each protection of `w:documentProtection` forbids (ECMA-376-1, 17.15.1.29).
_FORBIDDEN = {
    "readOnly": frozenset(Doing),
    "forms": frozenset(Doing),
    "comments": frozenset({Doing.EDIT, Doing.TRACK}),
    "trackedChanges": frozenset({Doing.EDIT}),
}


def refuse_protected(package: Package, doing: Doing) -> None:
    """Raise FalcError, in plain French, when a Word file is protected against what falc wants to do.

    A file that only recommends to be read, or to track changes, is not protected.
    """
    said = texts()["protection"]
    if is_signed(package):
        raise FalcError(said["signed"])
    part = package.related(package.main, "settings")
    protection = None if part is None else package.xml(part).find(f"{W}documentProtection")
    if protection is None or not is_on_attribute(protection.get(f"{W}enforcement")):
        return
    kind = protection.get(f"{W}edit") or "none"
    if doing in _FORBIDDEN.get(kind, ()):
        raise FalcError(said["word"][kind])
