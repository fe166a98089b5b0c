"""How hard a text is to read, by a formula: an information, never a verdict."""

from __future__ import annotations

import re
import sys
from importlib.util import find_spec, module_from_spec
from threading import RLock

_SIGNS = re.compile(r"([^\w\s])[^\w\s]{2,}")


def flesch(text: str) -> float:
    """Return textstat's French Flesch score: Kandel and Moles (1958), as textstat computes it."""
    _defer("nltk")  # half a second, of which textstat needs nothing but for English
    import textstat

    # Long runs of signs make textstat's patterns quadratic.
    text = _SIGNS.sub(r"\1", text)
    textstat.set_lang("fr")  # before anything else, or it looks for an English dictionary on the network
    return float(textstat.flesch_reading_ease(text))


def _defer(library: str) -> None:
    """Have a library run when something of it is first asked for, by whomever, unless it is loaded already."""
    spec = find_spec(library) if library not in sys.modules else None
    if spec is None or spec.loader is None:
        return
    loader, module = spec.loader, module_from_spec(spec)
    # Without it, Python asks for it before it loads a part of the library: « import nltk.data ».
    folders = {name: vars(module).pop(name) for name in ("__path__",) if name in vars(module)}
    running = RLock()
    begun = False

    def get(name: str) -> object:
        nonlocal begun
        with running:
            if not begun:
                begun = True
                vars(module).update(folders)
                loader.exec_module(module)
            try:
                return vars(module)[name]
            except KeyError:
                raise AttributeError(f"module {library!r} has no attribute {name!r}") from None

    vars(module)["__getattr__"] = get  # Python asks it for what the module does not have
    sys.modules[library] = module
