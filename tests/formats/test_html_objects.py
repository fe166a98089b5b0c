import pytest
from hypothesis import given, settings

from falc.formats import read_text
from falc.formats.web.html import read_html
from falc.model import Span

from .invariants import SOUP


def objects(text, format="html"):
    return read_text(text, format).objects


def one(kind, text):
    (found,) = getattr(objects(text), kind)
    return found


@settings(deadline=None)
@given(SOUP)
def test_objects_have_their_place(text):
    found = objects(text)
    for index, element in enumerate(found.elements):
        assert text[element.span.start : element.span.end].lower().startswith("<" + element.name)
        assert element.span.end <= element.inner.start <= element.inner.end <= len(text)
        assert -1 <= element.parent < index
    for thing in (*found.pictures, *found.tables, *found.links, *found.declarations):
        assert 0 <= thing.span.start <= thing.span.end <= len(text)
    for thing in (*objects(text, "markdown").pictures, *objects(text, "markdown").links):
        assert 0 <= thing.span.start <= thing.span.end <= len(text)


def test_elements():
    text = "<!doctype html><html lang=fr><body><p id='a' class=\"b c\">un <b hidden>mot</b><br></html>"
    found = objects(text).elements
    assert [(each.name, each.parent, dict(each.attributes), each.hidden) for each in found] == [
        ("html", -1, {"lang": "fr"}, False),
        ("body", 0, {}, False),
        ("p", 1, {"id": "a", "class": "b c"}, False),
        ("b", 2, {"hidden": ""}, True),
        ("br", 2, {}, False),
    ]
    assert [text[each.inner.start : each.inner.end] for each in found[2:4]] == ["un <b hidden>mot</b><br>", "mot"]


def test_template_tags_stay_in_attributes():
    (image,) = objects('<img alt="Photo de {{ nom }}" src="{{ url }}">').pictures
    assert image.alt == "Photo de {{ nom }}"


@pytest.mark.parametrize(
    ("tag", "alt", "decorative"),
    [
        ("<img src=a.png>", None, False),
        ("<img src=a.png alt=''>", "", True),
        ("<img src=a.png alt='Une mairie'>", "Une mairie", False),
        ("<img src=a.png role=presentation>", "", True),
        ("<img src=a.png alt=x aria-label='Une mairie'>", "Une mairie", False),
        ("<p aria-hidden=true><img src=a.png></p>", "", True),
        ("<svg><title>Un plan</title><path></svg>", "Un plan", False),
        ("<svg><path></svg>", None, False),
    ],
)
def test_alternative_texts(tag, alt, decorative):
    picture = one("pictures", tag)
    assert (picture.alt, picture.decorative) == (alt, decorative)


@pytest.mark.parametrize(
    ("tag", "kind", "media"),
    [
        ("<img src='a/b.JPG?x=1'>", "picture", "image/jpeg"),
        ("<img src='data:image/png;base64,xx'>", "picture", "image/png"),
        ("<svg></svg>", "drawing", "image/svg+xml"),
        ("<canvas></canvas>", "chart", None),
        ("<video><source src=f.mp4></video>", "video", "video/mp4"),
        ("<audio src=f.mp3></audio>", "audio", "audio/mp3"),
        ("<input type=image src=ok.png>", "picture", "image/png"),
    ],
)
def test_kinds_of_pictures(tag, kind, media):
    picture = one("pictures", tag)
    assert (picture.kind, picture.media) == (kind, media)


def test_places_of_pictures():
    found = objects(
        "<p>texte <img src=a></p><p><img src=a width=100 height=40px></p><figure><img src=b style='width:30pt'>"
        "<figcaption>Une légende</figcaption></figure><div style='float:left'><img src=c></div>"
        "<p style='display:none'><img src=d></p><div style='background-image:url(e.png)'><p>texte</p></div>"
        "<div style='background-image:url(e.png)'></div>"
    ).pictures
    assert [(each.alone, each.caption, each.floating, each.behind_text, each.width, each.height) for each in found] == [
        (False, False, False, False, None, None),
        (True, False, False, False, 75, 30),
        (True, True, False, False, 30, None),
        (True, False, True, False, None, None),
        (False, False, False, True, None, None),
    ]
    assert found[0].digest == found[1].digest != found[2].digest
    assert found[0].place == "image 1"


@pytest.mark.parametrize(
    ("text", "shown", "target", "label"),
    [
        ("<a href=x>un <b> mot </b></a>", "un <b> mot", "x", ""),
        ("<a href='#n' title=Titre> un </a>", "un", "#n", "Titre"),
        ("<a href=x aria-label='Lire la suite'><code>a b</code></a>", "a b", "x", "Lire la suite"),
        ("<a href=x><img src=a alt='Accueil'></a>", "", "x", "Accueil"),
        ("<a href={{ url }}>l&eacute;</a>", "l&eacute;", "{{ url }}", ""),
        ("<a href=http://a.fr/>mot</a>", "mot", "http://a.fr/", ""),
    ],
)
def test_links(text, shown, target, label):
    link = one("links", text)
    assert (text[link.span.start : link.span.end], link.target, link.label) == (shown, target, label)


def test_what_is_no_link():
    assert objects("<a name=x>un</a><p hidden><a href=x>deux</a></p><pre><a href=x>trois</a></pre>").links == ()
    assert [link.target for link in objects("<a href=x>un <a href=y>deux</a>").links] == ["x", "y"]


def test_tables():
    text = (
        "<table><tr><th>a<th colspan=2>b<tr><td rowspan=2>c<td>d<td><table role=none><tr><td>e</table></table>"
        "<table hidden><tr><td>f</table>"
    )
    outer, inner = objects(text).tables
    assert (outer.rows, outer.columns, outer.headers, outer.merged, outer.nested, outer.layout) == (
        2,
        3,
        2,
        2,
        False,
        False,
    )
    assert (inner.rows, inner.columns, inner.nested, inner.layout) == (1, 1, True, True)
    assert text[outer.span.start : outer.span.end].endswith("</table></table>")


def test_declarations():
    text = (
        "<style>p{margin:0 1px; color:red}@media print{p{x:y}}</style>"
        '<p style="Color: &quot;x&quot;; y">a<b style=x:y>b'
    )
    found = objects(text).declarations
    assert [(each.property, each.value, each.selector) for each in found] == [
        ("margin", "0 1px", "p"),
        ("color", "red", "p"),
        ("color", '"x"', ""),
        ("x", "y", ""),
    ]
    assert [text[each.span.start : each.span.end] for each in found] == [
        "margin:0 1px",
        "color:red",
        "Color: &quot;x&quot;; y",
        "x:y",
    ]


def test_template_tags_stay_in_declarations():
    declaration = one("declarations", "<p style='color: {{ couleur }}; {% if x %}{% endif %}'>a")
    assert (declaration.property, declaration.value) == ("color", "{{ couleur }}")


def test_properties():
    page = objects(
        "<!doctype html><html lang='fr-FR'><head><title> Ma\n page &amp; moi </title></head>"
        "<body style='background:#fee url(x.png)'><svg><title>non</title></svg>texte"
    ).properties
    assert (page.title, page.language, page.background_picture, page.whole_page) == (
        "Ma page & moi",
        "fr-FR",
        True,
        True,
    )
    assert objects("<body bgcolor=#ffeedd><p>a").properties.background == "#ffeedd"
    piece = objects("<p lang=en>a</p>").properties
    assert (piece.title, piece.language, piece.whole_page) == (None, None, False)


def test_hidden_text_is_counted():
    document = read_text(
        "<style>.x{display:none} .y{visibility:hidden} .z{visibility:visible}</style>"
        "<p class=x>un <b>deux</b></p><p class=y>trois<b class=z>quatre</b></p><p hidden></p>cinq",
        "html",
    )
    assert [block.text for block in document.blocks] == ["quatre", "cinq"]
    assert [(skipped.what, skipped.count) for skipped in document.skipped] == [("texte masqué", 2)]


@pytest.fixture
def site(tmp_path):
    (tmp_path / "css").mkdir()
    (tmp_path / "page").mkdir()
    (tmp_path / "css" / "a.css").write_text("@import 'b.css';\np { color: red }", encoding="utf-8")
    (tmp_path / "css" / "b.css").write_bytes("/* été */ p { font-size: 9pt; color: blue }".encode("cp1252"))
    (tmp_path / "css" / "turn.css").write_text("@import 'turn.css'; p { color: red }", encoding="utf-8")
    (tmp_path / "css" / "long.css").write_text("p{color:red}" + " " * 1_000_000, encoding="utf-8")
    (tmp_path / "secret").write_text("p{color:red}", encoding="utf-8")
    (tmp_path / "css" / "link.css").symlink_to(tmp_path / "secret")
    return tmp_path


def read_with(site, href, more=""):
    return read_html(f"<link rel=stylesheet href='{href}' {more}><p>texte", "-", site / "page")


def test_linked_sheets(site):
    document = read_with(site, "../css/a.css?v=1")
    look = document.blocks[0].runs[0].format
    assert (look.size, look.color, document.skipped) == (9, "#ff0000", ())
    assert [(each.property, each.origin, each.span) for each in document.objects.declarations] == [
        ("font-size", "b.css", Span(0, 0)),
        ("color", "b.css", Span(0, 0)),
        ("color", "a.css", Span(0, 0)),
    ]


@pytest.mark.parametrize(
    "href",
    [
        *("https://a.fr/a.css", "//a.fr/a.css", "/etc/a.css", "file:///a.css", "C:\\a.css", "../css/none.css"),
        *(
            "../css/long.css",
            "../css/link.css",
            "../secret",
            "../css",
            "%00.css",
            "../css/turn.css",
            "a" * 5_000 + ".css",
        ),
    ],
)
def test_sheets_that_are_not_read(site, href):
    document = read_with(site, href)
    assert [skipped.what for skipped in document.skipped] == ["feuille de style"]


@pytest.mark.parametrize("more", ["media=print", "disabled", "type=text/less"])
def test_sheets_that_do_not_apply(site, more):
    assert read_with(site, "../css/a.css", more).objects.declarations == ()


def test_a_text_has_no_sheets_beside_it():
    document = read_text("<link rel=stylesheet href=a.css><p>a", "html")
    assert [(skipped.what, skipped.why) for skipped in document.skipped] == [
        ("feuille de style", "falc ne sait pas où est cette feuille de style.")
    ]


def test_many_sheets(site):
    document = read_html("<link rel=stylesheet href=../css/a.css>" * 300 + "a", "-", site / "page")
    assert document.skipped
