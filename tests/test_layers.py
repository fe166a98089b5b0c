"""The layers of the architecture: a module imports only from lower layers."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "falc"
# Lowest first.  Names on one line may import each other.
LAYERS = [
    [
        "model",
        "resources",
        "sealed",
        "cache",
        "compiled",
        "texts",
        "toml",
        "patterns",
        "git",
        "watching",
        "french_click",
    ],
    ["look", "objects", "edits"],
    ["document", "gold"],
    ["french", "formats"],
    ["config", "files", "ignored", "discovery", "starting"],
    ["rules", "selection", "criteria", "settings_faults", "stamps"],
    ["lexicon_check", "lexicon_faults"],
    ["report", "suppression"],
    ["checks"],
    ["block_hits", "findings", "records", "notes", "outputs", "reports", "layout", "copies", "changed", "baseline"],
    ["fixes", "sifting", "inspection", "reviewed", "kept_reports", "jobs"],
    ["linter"],
    ["worker"],
    ["api", "testing", "false_alarms"],
    ["cli"],
    ["__init__", "__main__"],
]
APART = {frozenset({"french", "formats"})}  # on one line, yet neither imports the other
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))


def layer(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def imports(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            # Every module comes after the package itself, which holds the version.
            own = [f"falc.{alias.name}" for alias in node.names if alias.name != "__version__"]
            names = own if node.module == "falc" else [node.module]
            yield from (name for name in names if name.split(".")[0] == "falc")
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "falc")


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(PACKAGE)) for path in MODULES])
def test_imports_go_down(path):
    own = layer("falc." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts))
    for name in imports(path):
        other = layer(name)
        assert RANK[other] <= RANK[own], f"{own} imports {name}"
        assert frozenset({own, other}) not in APART, f"{own} imports {name}"


def test_modules_are_small():
    sizes = {str(p.relative_to(PACKAGE)): len(p.read_text(encoding="utf-8").splitlines()) for p in MODULES}
    assert {name: size for name, size in sizes.items() if size > 340} == {}
