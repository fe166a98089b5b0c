import pytest

from falc.formats import read_text


def formats(text):
    return [block.format for block in read_text(text, "html").blocks]


def runs(text):
    return {
        block.text[run.span.start : run.span.end].strip(): run.format
        for block in read_text(text, "html").blocks
        for run in block.runs
    }


@pytest.mark.parametrize(
    ("text", "markers"),
    [
        ("<ul><li>a<ul><li>b<ul><li>c</ul></ul></ul>", ["•", "◦", "▪"]),
        ("<ol><li>a<li>b</ol>", ["1.", "2."]),
        ("<ol start=3><li>a<li value=7>b<li>c</ol>", ["3.", "7.", "8."]),
        ("<ol reversed><li>a<li>b</ol>", ["2.", "1."]),
        ("<ol type=I><li>a</ol><ol type=a start=27><li>b</ol>", ["I.", "aa."]),
        ("<ol style='list-style: upper-roman' start=44><li>a</ol>", ["XLIV."]),
        ("<ul style='list-style:none'><li>a</ul>", [""]),
        ("<ul style=\"list-style-type:'- '\"><li>a</ul>", ["-"]),
        ("<ul><li style='display:inline'>a</ul>", [""]),
        ("<ol><li><p>a<p>b</ol><p>c", ["1.", None, None]),
        ("<li>a", ["•"]),
    ],
)
def test_markers(text, markers):
    assert [look.marker for look in formats(text)] == markers


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("<p>a<p>b", [(None, None), (None, None)]),
        ("<body style='font-size:10pt'><p>a<p>b", [(10, 10), (10, 10)]),
        ("<style>p{margin:0}</style><p>a<p>b", [(0, 0), (0, 0)]),
        ("<style>p{margin:0 0 5pt}h2{margin:9pt}</style><p>a<h2>b</h2><p>c", [(0, 9), (9, 9), (9, 5)]),
        ("<style>p{margin:4pt 0}div{padding:3pt 0}</style><p>a</p><div><p>b</div>", [(4, 11), (11, 7)]),
        ("<style>p{margin-bottom:4pt}</style><p>a<p>b", [(None, None), (None, 4)]),
        ("<style>p{margin:4pt 0}</style><table><tr><td><p>a<td><p>b</table>", [(None, None), (None, None)]),
        ("<style>p{margin:4pt 0}</style><div style='display:flex'><p>a<p>b</div>", [(None, None), (None, None)]),
        ("<style>p{margin:4pt 0} h1{margin:-1pt}</style><p>a<h1>b", [(4, 3), (3, -1)]),
    ],
)
def test_space_between_blocks(text, gaps):
    assert [(look.space_before, look.space_after) for look in formats(text)] == gaps


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("<p>a</p><p></p><p>b", 1),
        ("<p>a</p><p>&nbsp;</p><p>\u00a0</p><p>b", 2),
        ("<p>a</p><p><br></p><p>b", 1),
        ("<div>a<br><br></div><p>b", 1),
        ("<div>a<br></div><p>b", 0),
        ("<p>a</p><br><br><p>b", 2),
        ("<p>a</p>\n\n<p>b", 0),
        ("<p>a<p><img src=x><p>b", 0),
        ("<p>a<p hidden></p><p>b", 0),
        ("<table><tr><td>a<td>&nbsp;<td>b</table>", 0),
    ],
)
def test_blank_paragraphs(text, blank):
    assert [look.blank_before for look in formats(text)] == [0, blank]


def test_what_tags_say():
    found = runs(
        "<body style='font-size:10pt'><h1>titre</h1><p>a <small>petit</small> <sup>er</sup> <mark>fluo</mark> "
        "<s>barré</s><a href=x>lien</a> <a name=y>ancre</a> <strong>gras</strong> <i lang=en>word</i>"
        "<table><tr><th>tête</table>"
    )
    assert (found["titre"].size, found["titre"].weight) == (20, 700)
    assert found["petit"].size == pytest.approx(8.3333)
    assert found["er"].size == 10
    assert found["fluo"].background == "#ffff00"
    assert found["barré"].strike
    assert (found["lien"].link, found["lien"].underline, found["lien"].color) == (True, True, "#0000ee")
    assert not found["ancre"].link
    assert (found["gras"].bold, found["word"].italic, found["word"].language) == (True, True, "en")
    assert found["tête"].bold


def test_a_page_that_says_no_size_has_none():
    found = runs("<h1>titre</h1><p>a <small>petit</small></p>")
    assert {look.size for look in found.values()} == {None}


@pytest.mark.parametrize(
    ("text", "boxed"),
    [
        ("<p>a", None),
        ("<div style='border:1px solid'><div><p>a</div></div>", True),
        ("<table style='border:1px solid'><tr><td style='border:1px solid'>a</table>", False),
        ("<p style='color:red'>a", False),
        ("<fieldset><p>a</fieldset>", None),
    ],
)
def test_boxes(text, boxed):
    assert formats(text)[0].boxed is boxed


def test_old_attributes():
    text = "<p align=center><font color=red size=2 face='Times'>a</font><td bgcolor=#eee>b<img align=left src=x>"
    (look,) = (run for name, run in runs(text).items() if name == "a")
    assert (look.color, look.size, look.font) == ("#ff0000", 9.75, "Times")
    assert read_text(text, "html").objects.pictures[0].floating
    assert formats("<table align=center><tr><td>a</table>")[0].alignment is None


def test_asides_and_spaces():
    assert [look.floating for look in formats("<aside>a</aside><p>b")] == [True, False]
    found = runs("<p>un <a href=x>lien</a> deux")
    assert set(found) == {"lien"}


def test_language_of_the_page():
    found = runs("<html lang=fr><p>un <b lang=''>deux</b> <i lang=en-GB>trois")
    assert [found[word].language for word in ("un", "deux", "trois")] == ["fr", None, "en-GB"]
