"""What must be true of every document that a reader of text returns."""

from hypothesis import strategies as st

from falc import formats
from falc.document import Document, SegmentKind
from falc.formats.text import apply_edits
from falc.model import Span

# Signs that mean something to one reader or another, and French that must survive all of them.
PIECES = st.sampled_from(
    [
        *"*_`~[]()<>&!|#-+=\\/{}%$«»\"':;.,…^ \t\n\r",
        *(
            "\r\n",
            "\n\n",
            "    ",
            "> ",
            "- ",
            "1. ",
            "a) ",
            "* ",
            "---",
            "===",
            "```",
            "](",
            "![",
            "[^1]",
            "[^1]: ",
            "  \n",
        ),
        *("<p>", "</p>", "<b>", "</b>", "<li>", "<ul>", "<td>", "<tr>", "<table>", "<br>", "<!--", "-->", "<script>"),
        *(
            "<code>",
            "</code>",
            "<p style='font-size:12px'>",
            '<a href="',
            "&eacute;",
            "&amp;",
            "&#8239;",
            "&nope;",
            "&#0;",
        ),
        *(
            "{{ nom }}",
            "{{",
            "}}",
            "{% if x %}",
            "{% else %}",
            "{% endif %}",
            "{#",
            "#}",
            "<%= x %>",
            "<% y %>",
            "${z}",
        ),
        *(
            "[NOM]",
            "«Nom»",
            "____",
            "......",
            "XXX",
            "{x}",
            "(à compléter)",
            "| a | b |\n|---|---|\n",
            "[a]: http://b\n",
            "[a]",
        ),
        *(
            "é",
            "e\u0301",
            "X\u0327",
            "\u202f",
            "\u00a0",
            "\u00ad",
            "\ufeff",
            "😀",
            "👩‍⚕️",
            "\u2028",
            "\x0b",
            "\x0c",
            "\x85",
        ),
        *("Vous devez payer.", "l’usager", "Madame,", "mot", "a", "12", "€"),
    ]
)
SOUP = st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join)


def check_invariants(text: str, format: str) -> Document:
    """Read `text` and fail if the document does not tie every character back to it."""
    document = formats.read_text(text, format)
    assert document.text == text
    for block in document.blocks:
        assert block.text.strip()
        assert block.path
        position, place = 0, 0
        for segment in block.segments:
            assert segment.start == position < segment.end
            assert place <= segment.source.start < segment.source.end <= len(text)
            position, place = segment.end, segment.source.end
            if segment.kind is SegmentKind.TEXT:
                assert block.text[segment.start : segment.end] == document.slice(segment.source)
                for at in {segment.start, segment.end - 1}:
                    source = block.source(Span(at, at + 1))
                    assert document.slice(source) == block.text[at]
            else:
                assert block.source(Span(segment.start, segment.end)) == segment.source
        assert position == len(block.text)
        ends = [0, *(run.span.end for run in block.runs)]
        assert all(end <= run.span.start < run.span.end for end, run in zip(ends, block.runs))
        assert ends[-1] <= len(block.text)
    assert apply_edits(text, []) == text
    return document


def shown(text: str, format: str) -> list[str]:
    """Return the texts of the blocks of `text`."""
    return [block.text for block in check_invariants(text, format).blocks]
