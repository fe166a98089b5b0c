"""Write the page of each rule (docs/regles) and the list of rules/README.md from the rule files: `make docs`."""

from pathlib import Path

from falc.outputs.pages import explanation, rule_index
from falc.rules import all_rules

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs" / "regles"
INDEX = ROOT / "rules" / "README.md"
# The list stands between these two lines.
START, END = "<!-- liste des règles : make docs -->\n", "<!-- fin de la liste -->\n"


def pages() -> dict[Path, str]:
    """Return the text of every generated file."""
    rules = list(all_rules().values())
    before, _, rest = INDEX.read_text(encoding="utf-8").partition(START)
    after = rest.partition(END)[2]
    found = {PAGES / f"{rule.code}.md": explanation(rule) for rule in rules}
    return {INDEX: before + START + rule_index(rules) + "\n" + END + after, **found}


if __name__ == "__main__":
    wanted = pages()
    PAGES.mkdir(exist_ok=True)
    for old in set(PAGES.glob("*.md")) - wanted.keys():
        old.unlink()
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")
