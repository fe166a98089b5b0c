"""What `rules`, `explain` and `config` print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from falc.config import Config
from falc.model import Example, Rule
from falc.rules import HUMAN, mark_up, typography
from falc.selection import profile, selected
from falc.texts import texts
from falc.toml import shown


def rule_list(rules: Sequence[Rule]) -> str:
    """Return one line for each rule."""
    severities = texts()["severities"]
    rows = [(rule.code, rule.name, str(severities[rule.severity]), rule.title) for rule in rules]
    widths = [max(len(row[column]) for row in rows) for column in range(3)] if rows else [0, 0, 0]
    lines = [f"{a:<{widths[0]}}  {b:<{widths[1]}}  {c:<{widths[2]}}  {d}" for a, b, c, d in rows]
    return "\n".join([*lines, "", f"{len(rows)} règles. « falc explain CODE » explique une règle."]) + "\n"


def explanation(rule: Rule) -> str:
    """Return all that a rule says, as Markdown that reads well in a terminal too."""
    return "\n".join(_explanation(rule)) + "\n"


def _explanation(rule: Rule) -> Iterator[str]:
    words = texts()["page"]
    yield f"# {rule.code} · {rule.title}"
    yield from ("", rule.why)
    yield from ("", f"## {words['how']}", "", rule.how)
    if rule.question:
        yield from ("", f"## {words['question']}", "", rule.question)
    for title, examples in ((words["bad"], rule.bad), (words["good"], rule.good)):
        if examples:
            yield from ("", f"## {title}", "")
            for example in examples:
                yield from _example(example)
    settings = {name: value for name, value in rule.options.items() if not _is_wording(value)}
    if settings:
        yield from ("", f"## {words['settings']}", "")
        yield from (f"- `{name} = {shown(value)}`" for name, value in settings.items())
    yield from ("", f"## {words['about']}", "")
    yield from (f"- {typography(line)}" for line in _about(rule))


def _example(example: Example) -> Iterator[str]:
    """Yield an example, what was found in bold; markup is described, not shown."""
    if example.shown:
        yield f"- {typography(example.shown)}"
    else:
        text = " ".join(example.text.split())
        yield typography(f"- « {mark_up(text, '**')} »" if text else "- « »")
    notes = [example.trap] if example.trap else []
    if example.options:
        options = ", ".join(f"{name} = {shown(value)}" for name, value in example.options.items())
        notes.append(texts()["page"]["options"].format(options=options))
    if notes:
        yield f"  ({typography(' '.join(notes))})"


def _about(rule: Rule) -> Iterator[str]:
    """Yield what a rule is, line by line."""
    words = texts()
    yield f"{words['page']['name']} : `{rule.name}`"
    if rule.check != HUMAN:
        yield f"{words['page']['severity']} : {words['severities'][rule.severity]}"
    criterion = f", critère {rule.criterion} du référentiel, niveau {rule.level}" if rule.criterion else ""
    yield f"{words['page']['tier']} : {words['tiers'][rule.tier]}{criterion}"
    yield f"{words['page']['source']} : {rule.source}"
    yield f"{words['page']['checkable']} : {words['checkables'][rule.checkable]}"
    if rule.formats:
        yield f"{words['page']['formats']} : {', '.join(rule.formats)}"
    yield f"{words['page']['status']} : {words['statuses'][rule.status]}, depuis la version {rule.since}"


def rule_index(rules: Sequence[Rule]) -> str:
    """Return the list of the rules as Markdown tables, one for each family, with links to their pages."""
    return "\n".join(_index(rules)) + "\n"


def _index(rules: Sequence[Rule]) -> Iterator[str]:
    words, families = texts(), texts()["rapport"]["families"]
    for family, members in groupby(rules, key=lambda rule: rule.family):
        yield from ("", f"### {family} · {families[family]}", "")
        yield from (
            "| Règle | Ce qu'elle cherche | Gravité | Origine | Critère | Qui décide |",
            "|---|---|---|---|---|---|",
        )
        for rule in members:
            severity = "" if rule.check == HUMAN else words["severities"][rule.severity]
            cells = (severity, words["tiers"][rule.tier], rule.criterion or "", words["checkables"][rule.checkable])
            yield f"| [{rule.code}](../docs/regles/{rule.code}.md) | {rule.title} | {' | '.join(cells)} |"


def _is_wording(value: object) -> bool:
    """Is this option a text of the rule, which nobody sets in a letter's settings?"""
    texts_of = value if isinstance(value, tuple) else (value,)
    return any(isinstance(text, str) and len(text) > 25 for text in texts_of)


def rule_dict(rule: Rule) -> dict[str, object]:
    """Return a rule as plain data, for JSON."""
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.title,
        "check": rule.check,
        "severity": str(rule.severity),
        "status": str(rule.status),
        "tier": str(rule.tier),
        "checkable": str(rule.checkable),
        "criterion": rule.criterion,
        "level": rule.level,
        "since": rule.since,
        "source": rule.source,
        "question": rule.question,
        "message": rule.message,
        "why": rule.why,
        "how": rule.how,
        "blocks": list(rule.blocks),
        "formats": list(rule.formats),
        "options": {key: list(v) if isinstance(v, tuple) else v for key, v in rule.options.items()},
        "good": [example.text for example in rule.good],
        "bad": [example.text for example in rule.bad],
    }


def config_page(config: Config, target: str, everything: bool = False, is_left_out: bool = False) -> str:
    """Return the settings that hold for `target`, and where each was set; `everything` adds the defaults.

    `is_left_out` says that `target` is checked only when someone names it.
    """
    return "\n".join(_config(config, target, everything, is_left_out)) + "\n"


def _config(config: Config, target: str, everything: bool, is_left_out: bool) -> Iterator[str]:
    yield typography(f"Réglages pour : {target}")
    if is_left_out:
        yield typography(texts()["dossier"]["this_one"])
    yield typography(f"Fichier : {config.path or 'aucun falc.toml trouvé, réglages de départ'}")
    yield ""
    for key, value in _values(config):
        if everything or value or key in config.origins:
            yield f"{key} = {shown(value)}    # {config.origin(key)}"
    for key, table in _tables(config):
        if table:
            yield from ("", f"[{key}]    # {config.origin(key)}")
            yield from (f"{shown(name)} = {shown(value)}" for name, value in table)
    yield ""
    chosen = profile(config.profile)
    yield typography(f"Profil « {chosen.name} » : {chosen.description}")
    yield ""
    rules = selected(config)
    yield typography(f"{len(rules)} règles actives :")
    for rule in rules:
        yield f"[rules.{rule.code}]    # {rule.name}"
        for name, value in {"severity": str(rule.severity), **rule.options}.items():
            origin = _origin(config, rule, name)
            if everything or origin:
                yield f"  {name} = {shown(value)}{origin}"
    if not everything:
        yield ""
        yield typography("« falc config --all » montre aussi les réglages que personne n'a changés.")


def _values(config: Config) -> Iterator[tuple[str, object]]:
    """Yield the keys of a configuration and their values, in the order in which people meet them."""
    yield "profile", config.profile
    yield "select", config.select
    yield "extend-select", config.extend_select
    yield "ignore", config.ignore
    yield "lexicons", tuple(str(path) for path in config.lexicons)
    yield "model", config.model
    yield "fail-on", str(config.fail_on)
    yield "revisions", str(config.revisions)
    yield "include", config.include
    yield "exclude", config.exclude
    yield "templates", config.templates or ()
    yield "patterns", config.patterns
    yield "front-matter", config.front_matter
    yield "baseline", str(config.baseline or "")


def _tables(config: Config) -> Iterator[tuple[str, Sequence[tuple[str, object]]]]:
    yield "per-file-profile", config.per_file_profile
    yield "per-file-ignores", config.per_file_ignores
    yield "placeholders", config.placeholders


def _origin(config: Config, rule: Rule, option: str) -> str:
    for name in (rule.code, rule.name):
        if f"rules.{name}.{option}" in config.origins:
            return f"    # {config.origins[f'rules.{name}.{option}']}"
        if option in profile(config.profile).rules.get(name, {}):
            return f"    # profil {config.profile}"
    return ""
