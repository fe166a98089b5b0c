import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from falc.formats import read_text
from falc.formats.web.css import Import, declarations, media_of, rules
from falc.formats.web.css_shorthands import longhands
from falc.formats.web.css_values import Color, Length, Turn, Wide
from falc.look import LineSpacing

CSS_PIECES = st.sampled_from(
    [
        *"{}()[];:,.#*>+~!@\\\"'/ \n",
        *(
            "/*",
            "*/",
            "<!--",
            "-->",
            "url(",
            "var(--a)",
            "--a:",
            "calc(",
            "@media ",
            "@import ",
            "!important",
            "&quot;",
        ),
        *(
            "p",
            "div",
            ".a",
            "#b",
            ":root",
            ":not(",
            "::before",
            "[x=y]",
            "screen",
            "print",
            "(min-width: 0)",
            "not all",
        ),
        *(
            "color",
            "font",
            "margin",
            "12px",
            "1.5em",
            "50%",
            "red",
            "#123",
            "rgb(",
            "inherit",
            "font-size:",
            "display:none",
        ),
        *(
            "list-style:",
            "transform:rotate(90deg)",
            "background:url(x)",
            "columns:2",
            "é",
            "\u00ad",
            "\ufdd0",
            "{{ x }}",
        ),
    ]
)
CSS_SOUP = st.lists(CSS_PIECES, max_size=40).map("".join)


def look(style, inside="texte"):
    """Return the format of the text of a page that has these style sheets."""
    (block,) = read_text(f"<style>{style}</style><p class=a id=b>{inside}</p>", "html").blocks
    return block.runs[-1].format if block.runs else None


def block(style, name="p"):
    (block,) = read_text(f"<style>{style}</style><{name} class=a>texte</{name}>", "html").blocks
    return block.format


def test_rules_and_their_places():
    css = "@charset 'x'; /* a */ p , b > i { color : red ; /* ; */ margin: 0 !important } q{x:url(a;b);y:'}'}"
    found = list(rules(css, 0, len(css)))
    assert [(rule.selector, [(s.property, s.value, s.important) for s in rule.settings]) for rule in found] == [
        ("p , b > i", [("color", "red", False), ("margin", "0", True)]),
        ("q", [("x", "url(a;b)", False), ("y", "'}'", False)]),
    ]
    spans = [css[s.span.start : s.span.end] for rule in found for s in rule.settings]
    assert spans == ["color : red", "margin: 0 !important", "x:url(a;b)", "y:'}'"]


@pytest.mark.parametrize(
    ("css", "selectors"),
    [
        ("@media print{a{x:y}} b{x:y}", ["b"]),
        ("@media screen and (min-width: 0){a{x:y}}", ["a"]),
        ("@media (min-width:600px){a{x:y}}", ["a (some)"]),
        ("@media (prefers-color-scheme: dark){a{x:y}}", []),
        ("@media not print{a{x:y}} @media not screen{b{x:y}}", ["a"]),
        ("@supports (display: grid){a{x:y}} @supports not (display: grid){b{x:y}}", ["a"]),
        ("@font-face{x:y} @keyframes k{from{x:y}} @page{x:y}", []),
        ("@layer base{a{x:y}}", ["a"]),
        ("a{x:y} } b{x:y}", ["a", "b"]),
        ("a{x:y; b{z:t} u:v}", ["a"]),
        ("a{x:y", ["a"]),
        ("<!-- a{x:y} -->", ["a"]),
        ("@media screen{a{x:y}", ["a"]),
    ],
)
def test_what_is_read(css, selectors):
    found = rules(css, 0, len(css))
    assert [rule.selector + ("" if rule.applies else " (some)") for rule in found] == selectors


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", (True, True)),
        ("all", (True, True)),
        ("only screen", (True, True)),
        ("print", (False, False)),
        ("print, screen", (True, True)),
        ("screen and (max-width: 40em)", (True, False)),
        ("(width > 400px)", (True, False)),
        ("speech", (False, False)),
        ("(hover)", (False, False)),
    ],
)
def test_media(query, expected):
    assert media_of(query) == expected


@pytest.mark.parametrize(
    ("css", "address"),
    [("@import 'a.css';", "a.css"), ("@import url(b.css) screen;", "b.css"), ('@import url("c.css");', "c.css")],
)
def test_imports(css, address):
    assert list(rules(css, 0, len(css))) == [Import(address)]


def test_imports_for_paper_are_left():
    assert list(rules("@import 'a.css' print;", 0, 22)) == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("font-size", "16px", {"font-size": Length(12, "pt")}),
        ("font-size", "1cm", {"font-size": Length(72 / 2.54, "pt")}),
        ("font-size", "120%", {"font-size": Length(1.2, "em")}),
        ("font-size", "calc(1em + 2px)", {"font-size": Wide.UNKNOWN}),
        ("font-size", "-3px", {}),
        ("font-size", "3", {}),
        ("color", "hsl(120 100% 25%)", {"color": Color(0, 0.5, 0, 1)}),
        ("color", "oklch(0.5 0.2 120)", {"color": Wide.UNKNOWN}),
        ("color", "blurb", {}),
        ("font-weight", "bolder", {"font-weight": "bolder"}),
        ("font-weight", "1001", {}),
        ("margin", "1px 2px", {"margin-top": Length(0.75, "pt"), "margin-right": Length(1.5, "pt")}),
        ("margin", "1px bad", {}),
        ("margin-block", "1pt 2pt", {"margin-top": Length(1, "pt"), "margin-bottom": Length(2, "pt")}),
        ("padding", "inherit", {"padding-left": Wide.INHERIT}),
        ("font", "italic small-caps bold 12pt/1.5 'A B', serif", {"font-style": True, "font-variant": True}),
        ("font", "12pt Arial", {"font-size": Length(12, "pt"), "font-family": "Arial", "line-height": "normal"}),
        ("font", "bold Arial", {}),
        ("font", "caption", {"font-size": Wide.UNKNOWN}),
        (
            "background",
            "url(a.png) no-repeat #fff",
            {"background-image": "a.png", "background-color": Color(1, 1, 1, 1)},
        ),
        ("background", "linear-gradient(red, blue)", {"background-image": Wide.UNKNOWN}),
        ("border", "1px solid red", {"border-top-style": True, "border-left-width": True}),
        ("border-bottom", "0", {"border-bottom-style": False, "border-bottom-width": False}),
        ("columns", "2 10em", {"column-count": 2, "column-width": Length(10, "em")}),
        ("list-style", "square inside", {"list-style-type": "square"}),
        ("transform", "rotate(-90deg)", {"transform": Turn(True, True)}),
        ("transform", "translateX(2px)", {"transform": Turn(False, False)}),
        ("rotate", "0.25turn", {"rotate": Turn(True, True)}),
        ("page-break-before", "always", {"break-before": "page"}),
        ("-webkit-hyphens", "manual", {"hyphens": True}),
        ("nonsense", "1", {}),
    ],
)
def test_values(name, value, expected):
    found = dict(longhands(name, value))
    assert {longhand: found.get(longhand) for longhand in expected} == expected
    assert bool(found) == bool(expected)


@pytest.mark.parametrize(
    ("css", "size"),
    [
        ("p{font-size:10pt} p{font-size:11pt}", 11),
        (".a{font-size:10pt} p{font-size:11pt}", 10),
        ("#b{font-size:9pt} p.a{font-size:10pt}", 9),
        ("p{font-size:12pt!important} #b{font-size:9pt}", 12),
        ("p{font-size:12pt} p{font-size:blurb}", 12),
        ("p{font-size:12pt} p{font-size:calc(1em)}", None),
        ("body{font-size:10pt} p{font-size:2em}", 20),
        ("p{font-size:2em}", None),
        (":root{font-size:10pt} p{font-size:1.5rem}", 15),
        ("html{font-size:62.5%} p{font-size:1.5rem}", None),
        ("body{font-size:medium}", 12),
        ("body{font-size:10pt} p{font-size:larger}", 12),
        ("@media print{p{font-size:9pt}}", None),
        ("@layer x{#b{font-size:9pt}} p{font-size:10pt}", 10),
        ("div p{font-size:9pt}", None),
        ("body > p:first-of-type{font-size:9pt}", 9),
        ("p:not(.a){font-size:9pt}", None),
        ("p::before{font-size:9pt}", None),
        ("q, p{font-size:9pt}", 9),
        ("p::-moz-x, .a{font-size:9pt}", 9),
        (":root{--s:9pt} p{font-size:var(--s)}", 9),
        (":root{--s:var(--t)} p{--t:9pt} p{font-size:var(--s, 7pt)}", 9),
        ("p{font-size:var(--none, var(--too, 8pt))}", 8),
        (":root{--s:var(--s)} p{font-size:var(--s)}", None),
        ("body{font-size:9pt} p{font-size:initial}", None),
        ("body{font-size:9pt} p{font-size:20pt;font-size:inherit}", 9),
        ("p{font:bold 12pt/1 Arial}", 12),
    ],
)
def test_cascade(css, size):
    found = look(css)
    assert (found.size if found else None) == size


def test_a_style_attribute_wins_but_not_over_important():
    text = "<style>#b{color:red;font-size:9pt!important}</style><p id=b style='color:#123456;font-size:20pt'>a"
    (found,) = read_text(text, "html").blocks
    assert (found.runs[0].format.color, found.runs[0].format.size) == ("#123456", 9)


@pytest.mark.parametrize(
    ("css", "name", "value"),
    [
        ("p{font-family:'Open Sans', serif}", "font", "Open Sans"),
        ("p{font-family:sans-serif}", "font", "sans-serif"),
        ("p{font-weight:300}", "weight", 300),
        ("p{font-weight:lighter}", "weight", 100),
        ("body{font-weight:600} p{font-weight:bolder}", "weight", 900),
        ("p{font-style:oblique 10deg}", "italic", True),
        ("p{text-decoration:underline dotted}", "underline", True),
        ("body{text-decoration:underline} p{text-decoration:none}", "underline", True),
        ("p{text-decoration:none}", "underline", False),
        ("p{text-decoration-line:line-through}", "strike", True),
        ("p{text-transform:uppercase}", "capitals", True),
        ("p{font-variant-caps:small-caps}", "capitals", True),
        ("p{text-transform:none}", "capitals", False),
        ("p{text-shadow:1px 1px red}", "effects", ("shadow",)),
        ("body{text-shadow:1px 1px red} p{text-shadow:none;color:red}", "effects", ()),
        ("body{transform:skew(3deg)} p{-webkit-text-stroke:1px red}", "effects", ("outline", "transform")),
        ("p{text-decoration:blink}", "effects", ("blink",)),
        ("p{letter-spacing:-1px}", "spacing", -0.75),
        ("p{font-size:10pt;letter-spacing:.1em}", "spacing", 1),
        ("p{letter-spacing:.1em;color:red}", "spacing", None),
        ("p{font-stretch:condensed}", "scale", 0.75),
        ("p{color:RebeccaPurple}", "color", "#663399"),
        ("p{color:rgb(0 0 0 / 50%);background:white}", "color", "#808080"),
        ("p{color:rgba(0,0,0,.5);font-size:9pt}", "color", None),
        ("body{background:#eee} p{background:transparent}", "background", "#eeeeee"),
        ("body{background:#eee} p{background:url(x.png);color:red}", "background", None),
    ],
)
def test_looks_of_letters(css, name, value):
    assert getattr(look(css), name) == value


@pytest.mark.parametrize(
    ("css", "name", "value"),
    [
        ("p{text-align:justify}", "alignment", "justify"),
        ("p{line-height:1.5}", "line_spacing", LineSpacing(1.5, "em")),
        ("p{line-height:150%}", "line_spacing", LineSpacing(1.5, "em")),
        ("p{line-height:20px}", "line_spacing", LineSpacing(15, "points")),
        ("p{line-height:normal}", "line_spacing", None),
        ("p{text-indent:2cm}", "first_line", 56.6929),
        ("p{margin-left:1in;padding-left:10pt}", "left", 82),
        ("p{margin-left:5%}", "left", None),
        ("p{margin-top:12pt}", "space_before", 12),
        ("p{padding-top:12pt;margin-top:3pt}", "space_before", 15),
        ("p{color:red}", "space_before", None),
        ("p{column-count:3}", "columns", 3),
        ("body{columns:2} p{color:red}", "columns", 2),
        ("body{columns:10em}", "columns", None),
        ("p{border-left:2px solid}", "boxed", True),
        ("p{border:none}", "boxed", False),
        ("p{background:#eee}", "boxed", True),
        ("body{background:#eee}", "boxed", False),
        ("p{float:right}", "floating", True),
        ("p{position:absolute}", "floating", True),
        ("body{hyphens:auto}", "hyphenate", True),
        ("body{hyphens:none}", "hyphenate", False),
        ("p{writing-mode:vertical-rl}", "vertical", True),
        ("p{transform:rotate(90deg)}", "vertical", True),
        ("p{transform:rotate(3deg)}", "vertical", False),
        ("p{break-inside:avoid}", "keep_together", True),
        ("p{page-break-after:avoid}", "keep_with_next", True),
        ("p{page-break-before:always}", "page_break_before", True),
    ],
)
def test_looks_of_blocks(css, name, value):
    assert getattr(block(css), name) == value


@settings(deadline=None)
@given(CSS_SOUP)
def test_spans_are_in_the_text(css):
    for found in rules(css, 0, len(css)):
        if not isinstance(found, Import):
            for setting in found.settings:
                assert css[setting.span.start : setting.span.end].lower().startswith(setting.property.lower())
    for setting in declarations(css, 0, len(css)):
        assert 0 <= setting.span.start < setting.span.end <= len(css)
        longhands(setting.property, setting.value)


@settings(deadline=None)
@given(CSS_SOUP, CSS_SOUP)
def test_any_sheet_can_be_read(css, inline):
    text = f"<style>{css}</style><p class=a style='{inline}'>un <b id=b>mot</b></p><ul><li>deux</ul>"
    for found in read_text(text, "html").objects.declarations:
        assert 0 <= found.span.start <= found.span.end <= len(text)


@pytest.mark.parametrize(
    "css",
    [
        *("a" * 300_000, "{" * 300_000, "a{" * 100_000, "(" * 300_000, "url(" * 70_000, "/*" * 100_000, "!" * 300_000),
        *("p{color:red" + " " * 300_000 + "!x}", "p{color:" + "(" * 300_000, "p{font-family:" + "a," * 100_000 + "}"),
        *("p{x:" + "var(--x)" * 30_000 + "}", ":root{--a:var(--b)var(--b);--b:var(--a)var(--a)}p{color:var(--a)}"),
        *("* " * 200 + "{x:y}", ":not(" * 90 + "p" + ")" * 90 + "{x:y}", "a," * 100_000 + "p{x:y}"),
    ],
)
def test_hostile_sheets(css):
    assert read_text(f"<style>{css}</style><p>texte", "html")


def test_too_much_work_is_said_and_nothing_is_applied():
    css = "p ~ p ~ p{color:red}" + "".join(f"p[a{number}]{{color:red}}" for number in range(2_000))
    document = read_text(f"<style>{css}</style>" + "<p>a" * 4_000, "html")
    assert [(skipped.what, skipped.count) for skipped in document.skipped] == [("feuille de style", 1)]
    assert {run.format.color for found in document.blocks for run in found.runs} <= {None}
