"""What reading and annotating a long letter costs, next to unzipping it and one pass over its XML."""

from __future__ import annotations

import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from figures import MEMORY, Table
from lxml import etree

from falc.formats.office.docx.comments import annotate_docx
from falc.formats.office.docx.text import read_docx
from falc.formats.office.odt.comments import annotate_odt
from falc.formats.office.odt.text import read_odt
from falc.formats.office.review import Comment
from falc.formats.office.specimen import docx_specimen, odt_specimen
from falc.model import Span

SIZES = (1, 4, 16)  # the largest has 300 pages
WORDS = 150_000
COMMENTS = 5_000
ROUNDS = 5
_TEXT = (
    "Nous vous informons que votre demande d’allocation a été examinée par la commission et que des pièces restent "
    "nécessaires pour étudier vos droits : envoyez-les avant la fin du mois, ou venez nous voir au guichet du lundi au "
    "vendredi, de neuf heures à midi. Sans réponse de votre part, votre dossier sera classé."
)
_FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
_LOOKS = ("", _FONT, f'{_FONT}<w:lang w:val="fr-FR"/>', f"<w:b/>{_FONT}", '<w:rStyle w:val="Fort"/>')
_ALONE = (
    MEMORY
    + """
import sys
from office import KINDS
letter, read, _ = KINDS[sys.argv[1]]
read(letter(100), "-")
data, before = sys.stdin.buffer.read(), memory()
document = read(data, "-")
print(memory() - before)
"""
)


class _Letter:
    """Writes a letter as Word saves it after months of work: many runs, and what Word notes of its own."""

    def __init__(self) -> None:
        self.written = 0
        self.notes: list[str] = []
        self._random = random.Random(6)
        self._words = cycle(_TEXT.split())

    def _save(self) -> str:
        return f"{self._random.randrange(1 << 32):08X}"

    def _run(self, words: int, look: str) -> str:
        self.written += words
        text = " ".join(islice(self._words, words))
        properties = f"<w:rPr>{look}</w:rPr>" if look else ""
        return f'<w:r w:rsidR="{self._save()}">{properties}<w:t xml:space="preserve">{text} </w:t></w:r>'

    def paragraph(self, words: int, style: str = "Normal", more: str = "") -> str:
        runs = []
        while words > 0:
            some = min(words, self._random.choice((1, 2, 3, 5, 8, 12)))
            words -= some
            runs.append(self._run(some, self._random.choice(_LOOKS)))
            if self._random.random() < 0.25:
                runs.append(f'<w:proofErr w:type="spellStart"/>{self._run(1, _FONT)}<w:proofErr w:type="spellEnd"/>')
        if self._random.random() < 0.03:
            runs.append(f'<w:r><w:footnoteReference w:id="{len(self.notes) + 1}"/></w:r>')
            inside = f"<w:p><w:r><w:footnoteRef/></w:r>{self._run(10, '')}</w:p>"
            self.notes.append(f'<w:footnote w:id="{len(self.notes) + 1}">{inside}</w:footnote>')
        properties = f'<w:pPr><w:pStyle w:val="{style}"/>{more}<w:rPr>{_FONT}</w:rPr></w:pPr>'
        return f'<w:p w:rsidR="{self._save()}" w:rsidP="{self._save()}">{properties}{"".join(runs)}</w:p>'

    def _table(self) -> str:
        cells = [f'<w:tc><w:tcPr><w:tcW w:w="2000"/></w:tcPr>{self.paragraph(5)}</w:tc>' for _ in range(15)]
        rows = (f"<w:tr>{''.join(cells[at : at + 3])}</w:tr>" for at in range(0, 15, 3))
        return f'<w:tbl><w:tblPr><w:tblStyle w:val="Grille"/></w:tblPr>{"".join(rows)}</w:tbl>'

    def chapter(self) -> Iterator[str]:
        yield self.paragraph(5, "Titre1")
        yield from (self.paragraph(self._random.choice((30, 50, 80))) for _ in range(5))
        item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        yield from (self.paragraph(14, "Liste", item) for _ in range(3))
        yield self._table()


def letter(words: int) -> bytes:
    """Return a Word letter of about so many words, always the same."""
    made, body = _Letter(), []
    while made.written < words:
        body += made.chapter()
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
    parts = {
        "styles": '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:styleId="Normal" w:default="1"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
        '<w:rPr><w:b/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Liste"><w:name w:val="List"/>'
        '<w:pPr><w:contextualSpacing/></w:pPr></w:style><w:style w:type="character" w:styleId="Fort">'
        '<w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style><w:style w:type="table" w:styleId="Grille">'
        '<w:name w:val="Table Grid"/></w:style>',
        "numbering": f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        "footnotes": "".join(made.notes),
    }
    return docx_specimen(f"{''.join(body)}<w:sectPr/>", parts)


def odt_letter(words: int) -> bytes:
    """Return a letter of about so many words as LibreOffice saves it, always the same."""
    pick, text, written, body = random.Random(6), cycle(_TEXT.split()), 0, []
    looks = ("T1", "T2", "T3", "Strong_20_Emphasis")

    def paragraph(size: int, style: str = "P1", tag: str = "p") -> str:
        nonlocal written
        runs, left = [], size
        while left > 0:
            some = min(left, pick.choice((1, 2, 3, 5, 8, 12)))
            left -= some
            said = " ".join(islice(text, some))
            runs.append(f'<text:span text:style-name="{pick.choice(looks)}">{said}</text:span>')
        written += size
        if pick.random() < 0.03:
            runs.append(
                '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
                f"<text:p>{' '.join(islice(text, 10))}</text:p></text:note-body></text:note>"
            )
            written += 10
        return f'<text:{tag} text:style-name="{style}">{" ".join(runs)}</text:{tag}>'

    while written < words:
        body.append(paragraph(5, "Heading_20_1", "h"))
        body += [paragraph(pick.choice((30, 50, 80))) for _ in range(5)]
        items = "".join(f"<text:list-item>{paragraph(14)}</text:list-item>" for _ in range(3))
        body.append(f'<text:list text:style-name="L1">{items}</text:list>')
        rows = ("".join(f"<table:table-cell>{paragraph(5)}</table:table-cell>" for _ in range(3)) for _ in range(5))
        body.append(
            f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in rows)}</table:table>"
        )
    own = "".join(
        f'<style:style style:name="T{n}" style:family="text"><style:text-properties {look}/></style:style>'
        for n, look in enumerate(('fo:font-size="11pt"', 'fo:font-weight="bold"', 'fo:language="fr"'), 1)
    )
    return odt_specimen("".join(body), {"automatic": own})


# The maker of a letter, its reader, and what writes comments.
KINDS = {"Word": (letter, read_docx, annotate_docx), "LibreOffice": (odt_letter, read_odt, annotate_odt)}


def one_pass(data: bytes) -> None:
    """Unzip a file and look once at each element of its parts."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                for element in etree.fromstring(archive.read(name)).iter():
                    element.tag, element.text  # noqa: B018


def costs(kind: str, data: bytes, comments: int) -> tuple[int, list[float]]:
    """Return the words of a letter, and the seconds that one pass, reading and annotating take, by turns."""
    _, read, annotate = KINDS[kind]
    text = read(data, "-").text
    step = (len(text) - 30) // comments
    said = [Comment(Span(at, at + 8), ("Ce mot est difficile.",)) for at in range(10, 10 + comments * step, step)]
    work: tuple[Callable[[], object], ...] = (
        lambda: one_pass(data),
        lambda: read(data, "-"),
        lambda: annotate(data, said),
    )
    seconds: list[list[float]] = [[], [], []]
    for _ in range(ROUNDS):
        for spent, what in zip(seconds, work, strict=True):
            start = time.process_time()
            what()
            spent.append(time.process_time() - start)
    return len(text.split()), [median(spent) for spent in seconds]


def memory(kind: str, data: bytes) -> float:
    """Return the megabytes that a new process takes at most to read a letter."""
    command = [sys.executable, "-c", _ALONE, kind]
    out = subprocess.run(command, input=data, capture_output=True, check=True, cwd=Path(__file__).parent)
    return float(out.stdout)


def table() -> Table:
    """Compare reading and annotating letters of several sizes with one pass over their XML."""
    about = (
        "Letters as Word and LibreOffice save them after months of work; the largest has 300 pages. "
        f"Seconds of one processor, medians of {ROUNDS} rounds in turns."
    )
    made = Table("Office files", about)
    for kind, (make, _, _) in KINDS.items():
        for size in SIZES:
            data, comments = make(WORDS * size // SIZES[-1]), COMMENTS * size // SIZES[-1]
            words, (base, read, written) = costs(kind, data, comments)
            pass_ = "unzip and look once at each element"
            wanted = "ratio ≤ 6"
            made.add(f"{kind}, {words} words: read", read, compared_to=pass_, base=base, wanted=wanted)
            made.add(f"… with {comments} comments: annotate", written, compared_to=pass_, base=base)
            made.add("… read: memory", memory(kind, data), "MB")
    return made
