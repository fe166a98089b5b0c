"""Say as JSON what LibreOffice shows of the comments and tracked changes of files.

The Python that has `uno` runs this, so it uses nothing of falc: `python3 reviewed_dump.py SOFFICE FILE…` gives for each
file its text as it is, accepted and rejected, its changes, and its comments with the words that they are anchored to.
"""

import json
import sys
from pathlib import Path

from oracle_dump import get, office, opened, shapes


def texts_of(document):
    """Return the texts of the paragraphs: body with its tables, boxes, notes, headers and footers."""
    found = list(paragraphs(document.Text))
    for index in range(document.TextFrames.Count):
        found += paragraphs(document.TextFrames.getByIndex(index))
    for shape in shapes(document.DrawPage):
        if not shape.supportsService("com.sun.star.text.TextFrame"):
            text = get(shape, "TextBoxContent") or shape  # a shape of Word holds its text in a frame of its own
            found += paragraphs(text) if hasattr(text, "createEnumeration") else ()
    for notes in (document.Footnotes, document.Endnotes):
        for index in range(notes.Count):
            found += paragraphs(notes.getByIndex(index))
    styles = document.StyleFamilies.getByName("PageStyles")
    for name in styles.ElementNames:
        style = styles.getByName(name)
        for edge in ("Header", "Footer"):
            if style.isInUse() and style.getPropertyValue(f"{edge}IsOn"):
                found += paragraphs(style.getPropertyValue(f"{edge}Text"))
    return [text for text in found if text]


def paragraphs(text):
    """Yield what each paragraph shows, deleted words included."""
    parts = text.createEnumeration()
    while parts.hasMoreElements():
        part = parts.nextElement()
        if part.supportsService("com.sun.star.text.TextTable"):
            for name in part.CellNames:
                yield from paragraphs(part.getCellByName(name))
            continue
        portions, shown = part.createEnumeration(), []
        while portions.hasMoreElements():
            portion = portions.nextElement()
            if portion.TextPortionType in ("Text", "TextField", "Ruby"):
                shown.append(portion.getString())
        yield "".join(shown)


def each(container):
    members = container.createEnumeration()
    while members.hasMoreElements():
        yield members.nextElement()


def comments(document):
    annotation = "com.sun.star.text.textfield.Annotation"
    return [
        {
            "author": field.Author,
            "initials": field.Initials,
            "resolved": bool(field.Resolved),
            "text": field.Content,
            "words": field.Anchor.getString(),
        }
        for field in each(document.TextFields)
        if field.supportsService(annotation)
    ]


def changes(document):
    return [{"kind": redline.RedlineType, "author": redline.RedlineAuthor} for redline in each(document.Redlines)]


def settled(desktop, context, path, command):
    """Return the texts once LibreOffice has accepted or rejected all changes."""
    document = opened(desktop, path)
    try:
        dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
        return texts_of(document)
    finally:
        document.close(True)


def reviewed(desktop, context, path):
    document = opened(desktop, path)
    try:
        found = {"text": texts_of(document), "comments": comments(document), "changes": changes(document)}
    finally:
        document.close(True)
    found["accepted"] = settled(desktop, context, path, ".uno:AcceptAllTrackedChanges")
    found["rejected"] = settled(desktop, context, path, ".uno:RejectAllTrackedChanges")
    return found


def main(soffice, files):
    with office(soffice) as (desktop, context):
        json.dump([reviewed(desktop, context, Path(file).resolve()) for file in files], sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
