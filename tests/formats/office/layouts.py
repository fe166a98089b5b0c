"""What the tests of layout fixes share, whatever the format."""

import zipfile
from io import BytesIO

from falc.formats.office.layout import LayoutWants

LONG = "Vous pouvez venir à la mairie le lundi matin et le jeudi matin avec votre carte d'identité."
ARIAL = {"Arial": 1.149}
ALL = LayoutWants(size=14, left=True, upright=True, line_spacing=1.5, line_heights=ARIAL, space_between=1.5)


def changed_parts(before, after):
    old, new = zipfile.ZipFile(BytesIO(before)), zipfile.ZipFile(BytesIO(after))
    assert old.namelist() == new.namelist()
    return {name for name in old.namelist() if old.read(name) != new.read(name)}


def fixer(read, fix_layout):
    """Return a function that fixes a file and checks what always holds."""

    def fix(data, wants):
        """Return the new bytes of a file, its document and what changed."""
        before, fixed = read(data, "-"), fix_layout(data, wants)
        after = read(fixed.content, "-")
        assert "".join(after.text.split()) == "".join(before.text.split())
        assert [b.path for b in after.blocks] == [b.path for b in before.blocks]
        if not wants.breaks:
            assert fix_layout(fixed.content, wants).content == fixed.content
        return fixed.content, after, dict(fixed.changed)

    return fix


def sizes(document):
    return [[run.format.size for run in block.runs] for block in document.blocks]
