import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from falc.document import BlockKind, SegmentKind
from falc.formats.markdown import read_markdown
from falc.model import Span

from .invariants import SOUP, check_invariants, shown

LETTER = """\
---
objet: test
---
# Votre *demande* ##

Vous devez payer **100 euros
avant _lundi_**.

> Une citation
> sur deux lignes
suite

- un
  suite
  - deux

  un paragraphe
3. trois

| Quoi | Combien |
|:-----|--------:|
| a \\| b | `x|y` |
| {{ nom|upper }} |

Titre
-----

```
code
```
"""


def one(text):
    (block,) = check_invariants(text, "markdown").blocks
    return block


@settings(deadline=None)
@given(SOUP)
def test_every_character_has_its_place(text):
    check_invariants(text, "markdown")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_blocks(end):
    document = check_invariants(LETTER.replace("\n", end), "markdown")
    assert [(block.kind, block.level, block.path, block.text) for block in document.blocks] == [
        (BlockKind.HEADING, 1, "paragraphe 1", "Votre demande"),
        (BlockKind.PARAGRAPH, 0, "paragraphe 2", "Vous devez payer 100 euros avant lundi."),
        (BlockKind.PARAGRAPH, 0, "paragraphe 3", "Une citation sur deux lignes suite"),
        (BlockKind.LIST_ITEM, 1, "paragraphe 4", "un suite"),
        (BlockKind.LIST_ITEM, 2, "paragraphe 5", "deux"),
        (BlockKind.PARAGRAPH, 0, "paragraphe 6", "un paragraphe"),
        (BlockKind.LIST_ITEM, 1, "paragraphe 7", "trois"),
        (BlockKind.TABLE_CELL, 0, "tableau 1, ligne 1, colonne 1", "Quoi"),
        (BlockKind.TABLE_CELL, 0, "tableau 1, ligne 1, colonne 2", "Combien"),
        (BlockKind.TABLE_CELL, 0, "tableau 1, ligne 2, colonne 1", "a | b"),
        (BlockKind.TABLE_CELL, 0, "tableau 1, ligne 2, colonne 2", "`x"),
        (BlockKind.TABLE_CELL, 0, "tableau 1, ligne 3, colonne 1", "Camille"),
        (BlockKind.HEADING, 2, "paragraphe 8", "Titre"),
    ]
    assert [(skipped.what, skipped.count) for skipped in document.skipped] == [("bloc de code", 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("un *mot* et un _autre_", "un mot et un autre"),
        ("**a *b* c** ***d***", "a b c d"),
        ("un_mot_la 2*3*4 ~~barré~~ ~un~", "un_mot_la 234 barré ~un~"),
        ("5 * 4 * 3 et * seul", "5 * 4 * 3 et * seul"),
        ('[texte](http://a.b/c_(d) "titre") fin', "texte fin"),
        ("[texte](<a b>) [texte][ref] [ref] [ref][] [autre]\n\n[ref]: http://a.b", "texte texte ref ref [autre]"),
        ("[un [deux](a) trois](b)", "[un deux trois](b)"),
        ("un ![alt *x*](image.png) mot", "un mot"),
        ("[![alt](a.png) texte](b)", " texte"),
        ("<https://exemple.fr/a_b_c> <a@b.fr> https://x.fr/a_b_", "https://exemple.fr/a_b_c a@b.fr https://x.fr/a_b_"),
        ("un <b>mot</b> <!-- falc --> ici <br>là", "un mot ici \nlà"),
        ("si a < b et c > d", "si a < b et c > d"),
        ("l&rsquo;&eacute;t&eacute; &nope; AT&T &amp;", "l’été &nope; AT&T &"),
        ("\\*pas\\* d\\'accent \\d", "*pas* d'accent \\d"),
        ("deux  \nlignes\\\nfin\nsouple", "deux\nlignes\nfin souple"),
        ("le `code * ` et ``a ` b`` ` seul", "le code et code ` seul"),
        ("*a `b* c`", "*a code"),
        ("une note[^1] ici[^2]\n\n[^1]: La note.", "une note ici[^2]"),
        ("- [x] fait", "fait"),
        ("**{{ nom_usager }}** et {{ a*b*c }}", "Camille et Camille"),
        ("*e\u0301*te\u0301", "été"),
        ("**«\u00a0mot\u00a0»** fin", "«\u00a0mot\u00a0» fin"),
        ("## Titre {#ancre}", "Titre"),
    ],
)
def test_inline(text, expected):
    assert check_invariants(text, "markdown").blocks[0].text.strip() == expected.strip()


def test_runs_of_emphasis():
    block = one("un *deux **trois*** quatre")
    looks = [(block.text[run.span.start : run.span.end], run.format.bold, run.format.italic) for run in block.runs]
    assert looks == [("deux ", None, True), ("trois", True, True)]


def test_places_cross_markup():
    text = "> Vous **devez**\n>   payer."
    block = one(text)
    assert block.text == "Vous devez payer."
    assert text[slice(*_pair(block.source(Span(5, 16))))] == "devez**\n>   payer"
    assert not block.editable(Span(0, 10))
    assert block.editable(Span(5, 10))
    assert [segment.kind for segment in block.segments].count(SegmentKind.ENTITY) == 1


def _pair(span):
    return span.start, span.end


def test_footnotes():
    document = check_invariants("Texte[^1].\n\n[^1]: Première.\n    Suite.\n\n    Encore.\n\nFin.", "markdown")
    assert [(block.kind, block.text) for block in document.blocks] == [
        (BlockKind.PARAGRAPH, "Texte."),
        (BlockKind.FOOTNOTE, "Première. Suite."),
        (BlockKind.FOOTNOTE, "Encore."),
        (BlockKind.PARAGRAPH, "Fin."),
    ]


@pytest.mark.parametrize(
    "text", ["+++\na = 1\n+++\nTexte.", "---\na: 1\n---\nTexte.", "---\r\n# c\r\na: 1\r\n---\r\nTexte."]
)
def test_front_matter_is_not_read(text):
    assert shown(text, "markdown") == ["Texte."]


@pytest.mark.parametrize("text", ["---\n\nTexte.\n\n---\n", "---\nTexte.\n\nSuite."])
def test_a_rule_is_no_front_matter(text):
    assert shown(text, "markdown")[0] == "Texte."


def test_html_blocks_are_read():
    document = check_invariants(
        "<div align='center'>\nUn <b>mot</b>\n</div>\n\n<!-- rien -->\n\n- <p>non lu</p>\n", "markdown"
    )
    assert [(block.text, block.format.alignment) for block in document.blocks] == [("Un mot", "center")]
    assert [(skipped.what, skipped.count) for skipped in document.skipped] == [("bloc HTML", 1)]


def test_control_lines_do_not_cut_a_table():
    text = "| a |\n|---|\n{% for x in y %}\n| {{ x }} |\n{% endfor %}\n"
    assert [block.path for block in check_invariants(text, "markdown").blocks] == [
        "tableau 1, ligne 1, colonne 1",
        "tableau 1, ligne 2, colonne 1",
    ]


def test_tables_in_containers():
    text = "> | a | b |\n> |---|---|\n> | c | d |\n\n- | e |\n  |---|\n  | f |\n"
    assert shown(text, "markdown") == ["a", "b", "c", "d", "e", "f"]


def test_nested_containers_do_not_overflow():
    check_invariants("> " * 20_000 + "fin", "markdown")
    check_invariants("[" * 20_000 + "fin" + "](a)" * 20_000, "markdown")
    check_invariants("*a **b " * 20_000 + "c** d* " * 20_000, "markdown")


def _reference_text(text):
    """Read one paragraph with markdown-it alone."""
    pieces = []
    for token in MarkdownIt("commonmark").parse(text):
        for child in token.children or ():
            if child.type in ("text", "text_special"):
                pieces.append(child.content)
            elif child.type in ("softbreak", "hardbreak"):
                pieces.append(" " if child.type == "softbreak" else "\n")
    return "".join(pieces)


@settings(deadline=None)
@given(st.text(alphabet="**_ b,é[]()", max_size=40))
def test_emphasis_pairs_as_in_markdown_it(text):
    line = f"a{text}a"
    assert read_markdown(line, "-").blocks[0].text == _reference_text(line)


def test_two_tags_on_two_lines_do_not_join_words():
    assert shown("Un {% if a %}deux{% endif %}\n{% if b %}trois{% endif %} quatre.", "markdown") == [
        "Un deux trois quatre."
    ]
    assert shown("Un {% if a\n or b %}deux{% endif %}.", "markdown") == ["Un deux."]
