import pytest

from falc.formats import read_text


def objects(text):
    return read_text(text, "markdown").objects


@pytest.mark.parametrize(
    ("text", "shown", "target", "label"),
    [
        ("voir [le **site**](http://a.fr/b_(c) 'Aller') ici", "le **site", "http://a.fr/b_(c)", "Aller"),
        ("voir <https://a.fr>.", "https://a.fr", "https://a.fr", ""),
        ("voir <a@b.fr>.", "a@b.fr", "mailto:a@b.fr", ""),
        ("voir [ici][x].\n\n[x]: http://x.fr", "ici", "http://x.fr", ""),
        ("[![logo](l.png)](http://c.fr)", "", "http://c.fr", "logo"),
        ("un <a href='z'>mot <b>gras</b></a> là", "mot <b>gras", "z", ""),
        ("> voir [un\n> lien](x)", "un\n> lien", "x", ""),
        ("[{{ nom }}]({{ url }})", "{{ nom }}", "XXXXXXXXX", ""),
    ],
)
def test_links(text, shown, target, label):
    (link,) = objects(text).links
    assert text[link.span.start : link.span.end] == shown
    assert (link.target, link.label) == (target, label)


def test_links_look_like_links():
    (block,) = read_text("un *[lien **gras**](x)* et [pas", "markdown").blocks
    looks = [(block.text[run.span.start : run.span.end], run.format.link, run.format.bold) for run in block.runs]
    assert looks == [("lien ", True, None), ("gras", True, True)]
    assert all(run.format.italic for run in block.runs)


@pytest.mark.parametrize(
    ("text", "alt", "alone"),
    [
        ("![Une *belle* mairie](m.jpg)", "Une belle mairie", True),
        ("mot ![](m.jpg)", "", False),
        ("mot <img src=m.jpg>", None, False),
        ("![un ![deux](n.png)](m.jpg)", "un", True),
    ],
)
def test_pictures(text, alt, alone):
    (picture,) = objects(text).pictures
    assert (picture.alt, picture.alone, picture.media) == (alt, alone, "image/jpeg")
    assert text[picture.span.start] in "!<"
    assert picture.decorative == (alt == "")


def test_tables_and_markers():
    document = read_text("| a | b |\n|---|---|\n| c | d |\n\n3. un\n4. deux\n   - trois\n\n     suite", "markdown")
    (table,) = document.objects.tables
    assert (table.rows, table.columns, table.headers, table.place) == (2, 2, 2, "tableau 1")
    assert document.slice(table.span).endswith("| c | d |")
    assert [block.format.marker for block in document.blocks][4:] == ["3.", "4.", "•", None]


def test_html_in_markdown():
    text = "<div>\n<p style='color:red'>un <a href=x>lien</a></p>\n</div>\n\ndeux\n\n<p><img src=a></p>"
    document = read_text(text, "markdown")
    assert [(element.name, element.parent) for element in document.objects.elements] == [
        ("div", -1),
        ("p", 0),
        ("a", 1),
        ("p", -1),
        ("img", 3),
    ]
    assert [document.slice(each.span) for each in document.objects.declarations] == ["color:red"]
    assert document.slice(document.objects.links[0].span) == "lien"
    assert document.blocks[0].runs[0].format.color == "#ff0000"
