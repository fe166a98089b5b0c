"""Reports as Word files, made with python-docx."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

import docx
from docx.document import Document as WordFile
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from falc.reports.changes import Change
from falc.reports.charts import Chart, bar_png
from falc.reports.folder import FolderView
from falc.reports.passages import Passage, Remark
from falc.reports.view import Advice, LetterView, words_of

_FONT, _SIZE = "Arial", Pt(12)
_LONGEST_BAR = Cm(7)
_RANK_KEYS = ("file", "difficulty", "words", "findings", "findings_100")
_WORD_KEYS = ("word", "found", "idea", "sentence")
# XML takes no control characters, and a letter may hold some.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def letter_file(view: LetterView, made_on: str, changed: Sequence[Change]) -> bytes:
    """Return the report of one document as a Word file."""
    words = words_of()
    file = _new_file(f"{words['title']} · {view.name}", made_on)
    _heading(file, words["summary"])
    _text(file, view.counts)
    _text(file, view.size)
    _honesty(file, view.honesty)
    _changes(file, changed)
    if view.advice:
        _heading(file, words["first"])
        _text(file, words["first_why"])
        for number, advice in enumerate(view.advice, start=1):
            _advice(file, number, advice)
    _heading(file, words["measures"])
    rows = [(name, value, limit or words["none"]) for name, value, limit in view.measures]
    _table(file, (words["measure"], words["value"], words["advised"]), rows)
    _charts(file, view.charts)
    _heading(file, words["text"])
    _text(file, words["text_note"])
    if view.whole:
        _heading(file, words["whole"], 2)
        for remark in view.whole:
            _remark(file, remark)
    for passage in view.passages:
        _passage(file, passage)
    _questions(file, view.questions)
    _heading(file, words["criteria"])
    _text(file, words["criteria_note"])
    grid, statuses = words_of("rapport.grid"), words_of("rapport.statuses")
    heads = (grid["criterion"], grid["level"], grid["question"], grid["status"])
    _table(
        file, heads, [(c.criterion.id, c.criterion.level, c.criterion.title, statuses[c.status]) for c in view.criteria]
    )
    _text(file, words["source"])
    _heading(file, words["skipped"])
    _list(file, view.skipped or [words["no_skipped"]])
    return _bytes(file)


def folder_file(view: FolderView, made_on: str, changed: Sequence[Change]) -> bytes:
    """Return the report of several documents as a Word file."""
    words = words_of()
    file = _new_file(words["folder_title"], made_on)
    _heading(file, words["summary"])
    _text(file, view.total)
    _text(file, view.counts)
    _honesty(file, view.honesty)
    _changes(file, changed)
    _heading(file, words["rank"])
    ranking = [(row.name, row.difficulty, str(row.words), str(row.findings), row.rate) for row in view.ranking]
    _table(file, [words[key] for key in _RANK_KEYS], ranking)
    _charts(file, view.charts)
    _heading(file, words["commonest"])
    for rule in view.rules:
        _heading(file, f"{rule.title} ({rule.code}) · {words['times'].format(count=rule.count)}", 2)
        _text(file, rule.how)
        _list(file, [f"«\u00a0{sentence}\u00a0» ({name})" for name, sentence in rule.sentences])
    _heading(file, words["jargon"])
    rows = [(w.text, str(w.count), w.idea, f"«\u00a0{w.sentence}\u00a0» ({w.name})") for w in view.jargon]
    _table(file, [words[key] for key in _WORD_KEYS], rows)
    for title, lines in ((words["unreadable"], view.unreadable), (words["skipped"], view.skipped)):
        if lines:
            _heading(file, title)
            _list(file, lines)
    _questions(file, view.questions)
    _text(file, words["source"])
    return _bytes(file)


def _new_file(title: str, made_on: str) -> WordFile:
    file = docx.Document()
    for style in file.styles:
        if style.name in ("Normal", "Title") or style.name.startswith(("Heading", "List")):
            style.font.name = _FONT
            # Headings name their font by the theme, which wins over a plain name.
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for slot in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{slot}"), None)
            fonts.set(qn("w:hAnsi"), _FONT)
    file.styles["Normal"].font.size = _SIZE
    language = file.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:val"), "fr-FR")
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    file.core_properties.title, file.core_properties.language = _clean(title), "fr-FR"
    file.core_properties.author = "falc"
    file.core_properties.comments = ""
    file.add_heading(_clean(title), 1)
    _text(file, made_on)
    return file


def _bytes(file: WordFile) -> bytes:
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)


def _heading(file: WordFile, text: str, level: int = 1) -> None:
    file.add_heading(_clean(text), level + 1)


def _text(file: WordFile, text: str) -> None:
    file.add_paragraph(_clean(text))


def _list(file: WordFile, lines: Iterable[str]) -> None:
    for line in lines:
        file.add_paragraph(_clean(line), "List Bullet")


def _honesty(file: WordFile, points: Sequence[str]) -> None:
    _heading(file, words_of()["limits"], 2)
    _list(file, points)


def _changes(file: WordFile, changed: Sequence[Change]) -> None:
    if not changed:
        return
    words = words_of()
    _heading(file, words["changes"])
    heads = (words["file"], words["change"], words["before"], words["after"], words["gone"], words["new"])
    _table(file, heads, [(c.name, c.verdict, c.before, c.after, str(c.gone), str(c.new)) for c in changed])


def _questions(file: WordFile, questions: Sequence[tuple[str, str]]) -> None:
    words = words_of()
    _heading(file, words["people"])
    _text(file, words["people_note"])
    _list(file, [f"{title}. {question}" for title, question in questions])


def _advice(file: WordFile, number: int, advice: Advice) -> None:
    words = words_of()
    paragraph = file.add_paragraph()
    times = f", {words['times'].format(count=advice.count)}" if advice.count > 1 else ""
    paragraph.add_run(_clean(f"{number}. {advice.title}")).bold = True
    paragraph.add_run(f" ({advice.code}{times})")
    lines = [advice.message, *(f"→ {idea}" for idea in advice.ideas), advice.how]
    if advice.sentence:
        lines.append(words["example"].format(sentence=advice.sentence))
    for line in lines:
        paragraph.add_run().add_break()
        paragraph.add_run(_clean(line))


def _passage(file: WordFile, passage: Passage) -> None:
    _text(file, f"{passage.place}\u00a0:")
    paragraph = file.add_paragraph()
    for piece in passage.pieces:
        run = paragraph.add_run(_clean(piece.text))
        run.bold = True if passage.heading else None
        if piece.marked:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        if piece.ending:
            paragraph.add_run(" " + ", ".join(map(str, piece.ending))).font.superscript = True
    for remark in passage.remarks:
        _remark(file, remark)


def _remark(file: WordFile, remark: Remark) -> None:
    paragraph = file.add_paragraph()
    paragraph.paragraph_format.left_indent = Cm(1)
    paragraph.add_run(_clean(f"{remark.number}. {remark.severity_name} · {remark.title}")).bold = True
    paragraph.add_run(f" ({remark.code})")
    for line in (remark.message, *(f"→ {idea}" for idea in remark.ideas)):
        paragraph.add_run().add_break()
        paragraph.add_run(_clean(line))


def _table(file: WordFile, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = file.add_table(1, len(heads), "Table Grid")
    for cell, head in zip(table.rows[0].cells, heads):
        cell.paragraphs[0].add_run(head).bold = True
    header = table.rows[0]._tr.get_or_add_trPr()  # python-docx has no word for « repeat on each page »
    header.append(header.makeelement(qn("w:tblHeader"), {}))
    for row in rows:
        for cell, value in zip(table.add_row().cells, row):
            cell.text = _clean(value)
    file.add_paragraph()


def _charts(file: WordFile, charts: Sequence[Chart]) -> None:
    """Add charts as tables whose last column is a bar: readable by eye and by a screen reader."""
    pixel = bar_png()
    for chart in charts:
        if not chart.bars:
            continue
        _heading(file, chart.title, 2)
        if chart.note:
            _text(file, chart.note)
        table = file.add_table(0, 2)
        for label, value, share in chart.shares():
            cells = table.add_row().cells
            cells[0].text = _clean(f"{label}\u00a0: {value}")
            if share:
                run = cells[1].paragraphs[0].add_run()
                picture = run.add_picture(io.BytesIO(pixel), int(_LONGEST_BAR * share), Cm(0.5))
                picture._inline.docPr.set("descr", f"{label}\u00a0: {value}")
        file.add_paragraph()
