"""What comments say of a report, whatever the file they are written into."""

from __future__ import annotations

from falc.formats.office.review import Comment
from falc.model import Finding, Rule, Severity, Span
from falc.report import Report, new_ideas
from falc.rules import all_rules, one_line, typography
from falc.texts import texts


def notes_of(
    report: Report, *, least: Severity | None = None, most: int | None = None, corrected: int = 0
) -> list[Comment]:
    """Return the comments to write about the findings of `report`.

    `least` keeps the findings of this severity and above; `most` is the largest number of comments; `corrected` is the
    number of corrections that are written into the text already.
    """
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
    return comments


def comment_text(finding: Finding, rule: Rule) -> tuple[str, ...]:
    """Return the paragraphs of a comment: what is wrong, why, what to write, the rule's code."""
    parts = [finding.message, one_line(rule.why), *new_ideas(finding)]
    signature = texts()["report"]["signature"].format(code=rule.code, title=rule.title)
    return (*(part for part in parts if part), typography(signature))
