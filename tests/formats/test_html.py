import pytest
from hypothesis import given, settings

from falc.document import BlockKind, SegmentKind
from falc.model import Span

from .invariants import SOUP, check_invariants, shown


def one(text):
    (block,) = check_invariants(text, "html").blocks
    return block


@settings(deadline=None)
@given(SOUP)
def test_every_character_has_its_place(text):
    check_invariants(text, "html")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Un <b>mot</b>gras</p>", ["Un motgras"]),
        ("<p>un<p>deux<div>trois</div>quatre", ["un", "deux", "trois", "quatre"]),
        ("<p>\r\n  Un\r\n  <i> mot </i> \t là.\r\n</p>", ["Un mot là."]),
        ("un<br>deux <br/>\n trois<br>", ["un\ndeux\ntrois"]),
        ("<ul><li>un<li>deux<ul><li>trois</ul><li>quatre</ul>", ["un", "deux", "trois", "quatre"]),
        (
            "l&rsquo;&eacute;t&eacute;&nbsp;: 3 &lt; 5 &amp &nope; AT&T &#233;&#xe9;",
            ["l’été\u00a0: 3 < 5 & &nope; AT&T éé"],
        ),
        ("a<!-- b --> c<!doctype html><?xml x?>", ["a c"]),
        ("<title>non</title><style>non</style><script>if (a<b) {}</script>oui", ["oui"]),
        ("<template>non</template><noscript>non</noscript><pre>non</pre>oui", ["oui"]),
        ("<p hidden>non<p>oui<span aria-hidden='true'>non</span><i style='display: none'>non</i>", ["oui"]),
        ("un <code>a <b>b</b></code> mot", ["un code mot"]),
        ("ad&shy;mi\u00adnis<wbr>tration", ["administration"]),
        ("3 < 5 et 6 > 4", ["3 < 5 et 6 > 4"]),
        ("<p title='a > b' data-x=\"<p>\">oui", ["oui"]),
        ('<p class="x>oui</p>', ["oui"]),
        ("</p></div>un</b> mot", ["un mot"]),
        ("<b><p>un</b> mot</p>fin</b>", ["un mot", "fin"]),
        ("<SCRIPT>non</Script >oui", ["oui"]),
        ("a<![CDATA[b]]>", ["a"]),
        ("fin <", ["fin <"]),
        ("<li{% if x > 3 %} class='a'{% endif %}>un {% if y %}mot{% endif %}", ["un mot"]),
        ("<p>{{ '<b>' }} doit <?= $montant ?> <% x %> ici", ["Camille doit 100 euros ici"]),
        ("<ul>{% for x in y %}<li>{{ x }}</li>{% endfor %}</ul>", ["Camille"]),
        ("{% if x %}<b>Madame</b>{% else %}<b>Monsieur</b>{% endif %},", ["Madame,"]),
        ("{% if x %}<p>Un.</p>{% else %}<p>Deux.</p>{% endif %}", ["Un.", "Deux."]),
        ("<select><option>un<option>deux</select>", ["un", "deux"]),
        ("<dl><dt>un<dd>deux</dl>", ["un", "deux"]),
    ],
)
def test_reading(text, expected):
    assert shown(text, "html") == expected


def test_kinds_and_paths():
    text = (
        "<header>Mairie</header><h2>Titre</h2><ul><li>un<ol><li><p>deux<p>suite</ol></ul>"
        "<table><caption>Légende</caption><tr><th>A<th>B<tr><td>C<td><p>D<p>E</table>"
        "<table role=presentation><tr><td>Colonne</table>"
    )
    assert [(block.kind, block.level, block.path, block.text) for block in check_invariants(text, "html").blocks] == [
        (BlockKind.PARAGRAPH, 0, "paragraphe 1", "Mairie"),
        (BlockKind.HEADING, 2, "paragraphe 2", "Titre"),
        (BlockKind.LIST_ITEM, 1, "paragraphe 3", "un"),
        (BlockKind.LIST_ITEM, 2, "paragraphe 4", "deux"),
        (BlockKind.PARAGRAPH, 0, "paragraphe 5", "suite"),
        (BlockKind.CAPTION, 0, "légende 1", "Légende"),
        (BlockKind.TABLE_CELL, 0, "tableau 1, ligne 1, colonne 1", "A"),
        (BlockKind.TABLE_CELL, 0, "tableau 1, ligne 1, colonne 2", "B"),
        (BlockKind.TABLE_CELL, 0, "tableau 1, ligne 2, colonne 1", "C"),
        (BlockKind.TABLE_CELL, 0, "tableau 1, ligne 2, colonne 2", "D"),
        (BlockKind.TABLE_CELL, 0, "tableau 1, ligne 2, colonne 2", "E"),
        (BlockKind.PARAGRAPH, 0, "paragraphe 6", "Colonne"),
    ]


def test_looks():
    block = one(
        "<div style='font-size: 16px; text-align: JUSTIFY'><p>a<em>b<strong>c</strong></em><u>d</u>"
        "<span style='font-size:9pt;text-transform:uppercase;font-style:italic;font-weight:600'>e</span></p></div>"
    )
    assert block.format.alignment == "justify"
    looks = [
        (run.format.size, run.format.bold, run.format.italic, run.format.underline, run.format.capitals)
        for run in block.runs
    ]
    assert looks == [
        (12.0, None, None, None, None),
        (12.0, None, True, None, None),
        (12.0, True, True, None, None),
        (12.0, None, None, True, None),
        (9.0, True, True, None, True),
    ]


@pytest.mark.parametrize(
    "text", ["<p align=right>a", "<div align='right'><p>a", "<p style='text-align:end !important'>a"]
)
def test_alignment(text):
    assert one(text).format.alignment == "right"


def test_entities_and_spaces_map_back():
    text = "<p>Vous\n  devez &eacute;t&eacute;</p>"
    block = one(text)
    assert block.text == "Vous devez été"
    assert block.source(Span(4, 5)) == Span(7, 10)
    assert block.source(Span(11, 14)) == Span(16, 33)
    assert block.editable(Span(0, 14))
    assert [segment.kind for segment in block.segments] == [
        SegmentKind.TEXT,
        SegmentKind.ENTITY,
        SegmentKind.TEXT,
        SegmentKind.ENTITY,
        SegmentKind.TEXT,
        SegmentKind.ENTITY,
    ]


def test_what_is_skipped_is_counted():
    document = check_invariants("<p>a<img src=x><img src=y><svg><text>z</text></svg><pre>code</pre>", "html")
    assert [(skipped.what, skipped.count) for skipped in document.skipped] == [("image", 3), ("bloc de code", 1)]


def test_deep_and_broken_pages():
    for tag in ("<div>", "<b>", "<ul><li>", "<table><tr><td>", "<p hidden>", "<blockquote><p>"):
        check_invariants(tag * 20_000 + "fin", "html")
    check_invariants("<div><li></li>" * 20_000, "html")
    check_invariants('<a b="> x" ' * 20_000, "html")
