"""A small markup to write a paragraph of a Word letter, with the pieces that python-docx does not make.

`**gras**`, `//italique//`, `__souligné__`, `\\n` for a line break, `«Champ»` for a merge field (`«=Champ»` for its
short XML form), `^[note]` for a footnote, `{+ajout+}` and `{-retrait-}` for tracked changes, `{=Nom|texte=}` for a
content control, `{#PAGE}` and `{#NUMPAGES}` for the fields of the same name.
"""

from __future__ import annotations

import re

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.text.run import CT_R
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

# Who made the changes and the comments, and when: nothing may depend on the day of the run.
COLLEAGUE, STAMP = "Karim Delorme", "2026-03-02T09:00:00Z"

_TOKEN = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|//(?P<italic>.+?)//|__(?P<underline>.+?)__"
    r"|«=(?P<simple>[^\s»][^»]*)»|«(?P<complex>[^\s»][^»]*)»|\^\[(?P<note>.+?)\]"
    r"|\{\+(?P<inserted>.+?)\+\}|\{-(?P<deleted>.+?)-\}|\{=(?P<control>.+?)=\}|\{#(?P<field>\w+)\}"
)


def write(target: Paragraph, text: str, *, size: float | None = None) -> Paragraph:
    """Add `text`, in our markup, to a paragraph."""
    position = 0
    for match in _TOKEN.finditer(text):
        _run(target, text[position : match.start()], size)
        _write_token(target, str(match.lastgroup), str(match[match.lastgroup or 0]), size)
        position = match.end()
    _run(target, text[position:], size)
    return target


def _write_token(target: Paragraph, kind: str, text: str, size: float | None) -> None:
    match kind:
        case "bold" | "italic" | "underline":
            # Nested markup keeps the outer style: « **__Objet :__** ».
            start = len(target.runs)
            write(target, text, size=size)
            for run in target.runs[start:]:
                setattr(run, kind, True)
        case "simple":
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), f' MERGEFIELD "{text}" \\* MERGEFORMAT ')
            field.append(_detached(_run(target, f"«{text}»", size)))
            target._p.append(field)
        case "complex":
            _complex_field(target, f' MERGEFIELD "{text}" ', f"«{text}»", size)
        case "field":
            _complex_field(target, f" {text} ", "1", size)
        case "note":
            _footnote(target, text)
        case "inserted" | "deleted":
            _tracked(target, kind, text)
        case "control":
            _control(target, *text.split("|", 1))


def typeset(text: str) -> str:
    """Put the apostrophes and the unbreakable spaces that Word puts while one types in French."""
    text = text.replace("'", "’").replace("« ", "«\u00a0")
    return re.sub(r" (?=[:;!?»€%])", "\u00a0", text)


def _run(target: Paragraph, text: str, size: float | None) -> Run | None:
    if not text:
        return None
    run = target.add_run(typeset(text))
    if size:
        run.font.size = Pt(size)
    return run


def _detached(run: Run) -> CT_R:
    run._r.getparent().remove(run._r)
    return run._r


def _complex_field(target: Paragraph, instruction: str, result: str, size: float | None) -> None:
    """Add a field as Word itself writes it: begin, instruction, separate, result, end."""
    for step in ("begin", None, "separate", result, "end"):
        run = target.add_run(result if step is result else "")
        if size:
            run.font.size = Pt(size)
        if step is None:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = instruction
            run._r.append(code)
        elif step is not result:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), step)
            run._r.append(mark)


def _tracked(target: Paragraph, kind: str, text: str) -> None:
    """Add a change that a colleague made with change tracking on."""
    change = OxmlElement("w:ins" if kind == "inserted" else "w:del")
    change.set(qn("w:id"), str(900 + len(target._p)))
    change.set(qn("w:author"), COLLEAGUE)
    change.set(qn("w:date"), STAMP)
    run = _detached(target.add_run(typeset(text)))
    if kind == "deleted":
        for node in run.findall(qn("w:t")):
            node.tag = qn("w:delText")
            node.set(qn("xml:space"), "preserve")
    change.append(run)
    target._p.append(change)


def _control(target: Paragraph, name: str, text: str) -> None:
    control = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="{name}"/><w:tag w:val="{name}"/><w:text/></w:sdtPr>'
        "<w:sdtContent/></w:sdt>"
    )
    control[1].append(_detached(target.add_run(typeset(text))))
    target._p.append(control)


def _footnote(target: Paragraph, text: str) -> None:
    """Add a footnote; the part that holds the notes is made with the first one."""
    package = target.part.package
    part = next((r.target_part for r in target.part.rels.values() if r.reltype == RT.FOOTNOTES), None)
    if part is None:
        separators = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
            for number, kind, mark in (
                (-1, "separator", "separator"),
                (0, "continuationSeparator", "continuationSeparator"),
            )
        )
        blob = f"<w:footnotes {nsdecls('w')}>{separators}</w:footnotes>".encode()
        part = Part(PackURI("/word/footnotes.xml"), CT.WML_FOOTNOTES, blob, package)
        target.part.relate_to(part, RT.FOOTNOTES)
    notes = parse_xml(part.blob)
    number = len(notes) - 1
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    notes.append(
        parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{number}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
            f'<w:r>{raised}<w:footnoteRef/></w:r><w:r><w:rPr><w:sz w:val="18"/></w:rPr>'
            f'<w:t xml:space="preserve"> {typeset(text)}</w:t></w:r></w:p></w:footnote>'
        )
    )
    part._blob = etree.tostring(notes, xml_declaration=True, encoding="UTF-8", standalone=True)
    target._p.append(parse_xml(f'<w:r {nsdecls("w")}>{raised}<w:footnoteReference w:id="{number}"/></w:r>'))
