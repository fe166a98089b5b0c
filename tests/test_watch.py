"""What a watch sees: new texts, editors that replace files, files that come and go, other settings."""

import os
import threading
import time
from pathlib import Path

import pytest

from falc.cli.watch import watch
from falc.cli.which import Which
from falc.config import Settings
from falc.model import FalcError
from falc.watching import Watched, changes

PATIENCE = 20.0  # seconds; a change is seen in a part of one


class Watcher:
    """Run a watch in a thread, and wait for what it sees."""

    def __init__(self, start):
        self.stop = threading.Event()
        self.seen = []
        self.thread = threading.Thread(target=start, args=(self,))
        self.thread.start()

    def next(self):
        until = time.monotonic() + PATIENCE
        while not self.seen and time.monotonic() < until:
            time.sleep(0.01)
        assert self.seen, "the watch saw nothing"
        return self.seen.pop(0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text("Bonjour.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Bonjour.", encoding="utf-8")
    return tmp_path


def later(path, text):
    """Write with another time, whatever the clock of the disk."""
    path.write_text(text, encoding="utf-8")
    stamp = path.stat().st_mtime_ns + 5_000_000_000
    os.utime(path, ns=(stamp, stamp))


def watching(folder):
    def look():
        return Watched(tuple(sorted(folder.glob("*.txt"))), (folder,), ())

    def start(watcher):
        for change in changes(look, watcher.stop, pause=0.02):
            watcher.seen.append(change)

    return Watcher(start)


def names(paths):
    return [path.name for path in paths]


def test_all_first_then_what_changes(folder):
    with watching(folder) as watcher:
        assert names(watcher.next().files) == ["a.txt", "b.txt"]
        later(folder / "a.txt", "Bonsoir.")
        change = watcher.next()
        assert (names(change.files), change.gone, change.settings) == (["a.txt"], (), False)


def test_an_editor_that_replaces_the_file(folder):
    with watching(folder) as watcher:
        watcher.next()
        (folder / ".a.swp").write_text("Bonsoir.", encoding="utf-8")
        (folder / "a.txt").unlink()
        (folder / ".a.swp").rename(folder / "a.txt")
        change = watcher.next()
        assert (names(change.files), change.gone) == (["a.txt"], ())


def test_files_that_come_and_go(folder):
    with watching(folder) as watcher:
        watcher.next()
        (folder / "c.txt").write_text("Bonjour.", encoding="utf-8")
        assert names(watcher.next().files) == ["c.txt"]
        (folder / "a.txt").unlink()
        change = watcher.next()
        assert (change.files, names(change.gone)) == ((), ["a.txt"])


def test_settings_that_appear_or_change(folder):
    with watching(folder) as watcher:
        assert watcher.next().settings
        (folder / "falc.toml").write_text('profile = "sms"\n', encoding="utf-8")
        assert watcher.next().settings
        later(folder / "falc.toml", 'profile = "falc"\n')
        assert watcher.next().settings


def test_it_stops_at_once(folder):
    stop = threading.Event()
    watch = changes(lambda: Watched((), (folder,), ()), stop, pause=60)
    next(watch)
    stop.set()
    assert list(watch) == []


def commanding(folder, **which):
    def start(watcher):
        def check(settings, which, files):
            shown = [str(file) if isinstance(file, FalcError) else file.name for file in files]
            watcher.seen.append((settings.for_path(folder / "a.txt").profile, shown))

        watch([str(folder)], Which(**which), Settings, check, watcher.stop)

    return Watcher(start)


def test_the_command_reads_changed_settings(folder, capsys):
    told = ""

    def wait_for(words):
        nonlocal told
        until = time.monotonic() + PATIENCE
        while words not in told and time.monotonic() < until:
            time.sleep(0.01)
            told += capsys.readouterr().err.replace("\u00a0", " ")
        assert words in told

    with commanding(folder) as watcher:
        assert watcher.next() == ("falc", ["a.txt", "b.txt"])
        (folder / "falc.toml").write_text('profile = "sms"\nexclude = ["b.txt"]\n', encoding="utf-8")
        assert watcher.next() == ("sms", ["a.txt"])
        later(folder / "falc.toml", 'profil = "sms"\n')
        wait_for("« profil » n'existe pas")
        later(folder / "falc.toml", 'profile = "langage-clair"\n')
        assert watcher.next() == ("langage-clair", ["a.txt", "b.txt"])
        (folder / "b.txt").unlink()
        wait_for("b.txt : ce fichier n'est plus là.")
        wait_for("Pour arrêter : Ctrl-C")


def test_wrong_settings_at_the_start_end_it(folder):
    (folder / "falc.toml").write_text('profil = "sms"\n', encoding="utf-8")
    with pytest.raises(FalcError, match="« profil » n'existe pas"):
        watch([str(folder)], Which(), Settings, lambda *_: None)
    with pytest.raises(FalcError, match="entrée standard"):
        watch(["-"], Which(), Settings, lambda *_: None)


def test_ctrl_c_says_goodbye(folder, capsys):
    def check(*_):
        raise KeyboardInterrupt

    assert watch([str(folder)], Which(), Settings, check) == 0
    assert "falc s'arrête." in capsys.readouterr().err


def test_many_files_cost_little(tmp_path):
    """Looking takes at most a share of the time of one processor: the pause grows with the number of files."""
    calls = []

    class Counting(threading.Event):
        def wait(self, timeout=None):
            calls.append(timeout)
            return len(calls) > 3

    files = tuple(Path(tmp_path, f"{number}.txt") for number in range(20_000))
    list(changes(lambda: Watched(files, (), ()), Counting(), pause=0.0))
    assert calls[-1] > 0
