"""The annotated Word file: what each comment says."""

from __future__ import annotations

from falc.formats.office.docx_comments import annotate_docx
from falc.formats.office.review import Comment
from falc.model import Finding, Rule, Span
from falc.report import Report, new_ideas
from falc.rules import all_rules, one_line, typography
from falc.texts import texts


def annotated(data: bytes, report: Report) -> bytes:
    """Return the Word file `data` with one comment for each finding of the `report` made of it."""
    rules = all_rules()
    comments: list[Comment] = []
    gathered: dict[Span, list[str]] = {}
    for finding in report:
        words = comment_text(finding, rules[finding.code])
        if finding.span.start < finding.span.end:
            comments.append(Comment(finding.span, words))
        elif report.document is not None and (block := report.document.block_near(finding.span.start)):
            # A picture, or the page itself, takes no comment: say it at the nearest text, all in one.
            place = block.source(Span(0, len(block.text)))
            gathered.setdefault(place, []).extend((f"[{finding.location.place}] {words[0]}", *words[1:]))
    comments += [Comment(place, tuple(words)) for place, words in gathered.items()]
    return annotate_docx(data, comments)


def comment_text(finding: Finding, rule: Rule) -> tuple[str, ...]:
    """Return the paragraphs of a comment: what is wrong, why, what to write, the rule's code."""
    parts = [finding.message, one_line(rule.why), *new_ideas(finding)]
    signature = texts()["report"]["signature"].format(code=rule.code, title=rule.title)
    return (*(part for part in parts if part), typography(signature))
