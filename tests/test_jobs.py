"""Several processes, and the line that says how far they are."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from falc import jobs
from falc.cache import Cache
from falc.cli.progress import Progress, is_watched
from falc.config import Config, Settings
from falc.jobs import Sharing, work
from falc.linter import Linter
from falc.report import Report, unreadable

TEXTS = {
    "a.txt": "Nonobstant les rappels, vous devez payer.",
    "b.md": "# Titre\n\nVotre demande a été examinée.",
    "c.html": "<p>Il n'est pas interdit de ne pas venir.</p>",
    "d.txt": "",
    "e.txt": "La CAF vous verse l'APL le 05/04/2025.",
}


@pytest.fixture
def files(tmp_path):
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [tmp_path / name for name in TEXTS]


@pytest.fixture
def started(monkeypatch):
    """The processes that were started."""
    processes = []
    start = jobs._started

    def starting():
        processes.append(start())
        return processes[-1]

    monkeypatch.setattr(jobs, "_started", starting)
    return processes


def shown(reports):
    return [json.dumps(report.to_dict(), sort_keys=True) for report in reports]


def test_two_processes_say_the_same_in_order(files, tmp_path):
    passing = unreadable("absent.txt", "Ce fichier n'existe pas.")
    given = [files[0], passing, *files[1:]]
    linter = Linter(config=Settings(Config()))
    alone = list(linter.check_files(given))
    shared = list(linter.check_files(given, jobs=2))
    assert shown(shared) == shown(alone)
    assert [report.name for report in shared] == [str(files[0]), "absent.txt", *map(str, files[1:])]
    assert shared[1] is passing
    assert shared[0].document.text == TEXTS["a.txt"]
    assert [report.sentence_lengths for report in shared] == [report.sentence_lengths for report in alone]
    assert shared[4].error == alone[4].error is not None


def test_processes_use_the_same_cache_and_settings(files, tmp_path, started):
    with Cache(tmp_path / "cache") as cache:
        linter = Linter(config=Settings(Config(), select=("MOT",)), cache=cache)
        first = shown(linter.check_files(files, jobs=2))
        assert {code[:3] for report in map(json.loads, first) for code in codes(report)} == {"MOT"}
        assert linter.known(files[0]) is not None
    count = len(started)
    with Cache(tmp_path / "cache") as cache:
        linter = Linter(config=Settings(Config(), select=("MOT",)), cache=cache)
        known = [path for path in files if path.name != "d.txt"]
        assert shown(linter.check_files(known, jobs=2)) == [told for told in first if "d.txt" not in told]
    assert len(started) == count  # all was known


def codes(report):
    return [finding["code"] for finding in report["findings"]]


def test_a_crash_names_the_file_and_the_others_go_on(files, monkeypatch):
    right = sys.executable
    monkeypatch.setattr(sys, "executable", "false")
    (report,) = Linter(config=Settings(Config())).check_files(files[:1], jobs=2)
    assert report.error.startswith(f"{files[0]} : falc s'est arrêté")
    monkeypatch.setattr(sys, "executable", right)
    monkeypatch.setattr(jobs, "_PROGRAM", CRASHING)
    first, second, third = Linter(config=Settings(Config())).check_files([files[0], files[1], files[4]], jobs=2)
    assert first.error is None
    assert "falc s'est arrêté" in second.error
    assert third.findings


CRASHING = """
import sys
sys.path[:] = {path!r}
import os
from falc import worker
from falc.linter import Linter
check = Linter.check_file
Linter.check_file = lambda self, path: os._exit(9) if path.name == "b.md" else check(self, path)
worker.main()
"""


def test_who_stops_asking_stops_the_processes(files, started):
    reports = Linter(config=Settings(Config())).check_files(files * 20, jobs=2)
    next(reports)
    reports.close()
    assert started
    for process in started:
        process.wait(timeout=10)


def test_what_a_process_prints_is_no_answer(files, monkeypatch):
    noisy = CRASHING.replace('os._exit(9) if path.name == "b.md" else', "print('bonjour', flush=True) or")
    assert noisy != CRASHING
    monkeypatch.setattr(jobs, "_PROGRAM", noisy)
    assert [report.error for report in Linter(config=Settings(Config())).check_files(files[:1], jobs=2)] == [None]


def test_ctrl_c_ends_the_program_without_a_word_of_python(tmp_path):
    for number in range(60):
        (tmp_path / f"{number}.txt").write_text(f"{TEXTS['e.txt']} Ceci est la lettre {number}.\n\n" * 200)
    program = """
import signal, sys, threading, os
from pathlib import Path
from falc.config import Config, Settings
from falc.linter import Linter
alarm = threading.Timer(3, lambda: os.kill(os.getpid(), signal.SIGINT))
alarm.start()
try:
    for report in Linter(config=Settings(Config())).check_files(sorted(Path(sys.argv[1]).iterdir()), jobs=2):
        pass
except KeyboardInterrupt:
    print("stopped")
"""
    done = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, timeout=100)
    assert (done.stdout, done.stderr) == ("stopped\n", "")


class Asked:
    """A way to check that notes what was asked of it."""

    def __init__(self, known=()):
        self.checked, self._known = [], known
        self.sharing = Sharing(self.known, self.check, None, (None, None))

    def known(self, path):
        return report_of(path) if path.name in self._known else None

    def check(self, path):
        self.checked.append(path.name)
        return report_of(path)


def report_of(path):
    return Report(str(path), "text", None)


def test_little_work_starts_no_process(tmp_path, started):
    paths = [tmp_path / f"{number}.txt" for number in range(300)]
    for path in paths:
        path.write_text("Bonjour.", encoding="utf-8")
    asked = Asked(known={f"{number}.txt" for number in range(300) if number % 3})
    names = [Path(report.name).name for report in asked.sharing.reports(iter(paths), 0)]
    assert names == [path.name for path in paths]
    assert asked.checked == [name for name in names if int(name[:-4]) % 3 == 0]
    assert not started


def test_much_work_is_shared_if_there_are_cores(tmp_path, monkeypatch):
    paths = [tmp_path / f"{number}.txt" for number in range(8)]
    for path in paths:
        path.write_text("Bonjour. " * 2000, encoding="utf-8")
    shared = []
    monkeypatch.setattr(Sharing, "_shared", lambda _, files, size: shared.append((list(files), size)) or ())
    monkeypatch.setattr(jobs, "cores", lambda: 4)
    assert list(Asked().sharing.reports(paths, 0)) == []
    assert shared == [([(path, None) for path in paths], 4)]
    monkeypatch.setattr(jobs, "cores", lambda: 1)
    assert len(list(Asked().sharing.reports(paths, 0))) == 8


def test_one_long_file_is_no_work_for_two(tmp_path, monkeypatch, started):
    path = tmp_path / "long.txt"
    path.write_text("Bonjour. " * 20_000, encoding="utf-8")
    monkeypatch.setattr(jobs, "cores", lambda: 4)
    asked = Asked()
    assert len(list(asked.sharing.reports([path, unreadable("a", "b")], 0))) == 2
    assert asked.checked == ["long.txt"]
    assert not started


def test_files_come_as_they_are_asked_for():
    """10,000 files start at once: nobody waits for the list."""
    taken = []

    def paths():
        for number in range(10_000):
            taken.append(number)
            yield Path(f"{number}.txt")

    next(iter(Asked().sharing.reports(paths(), 0)))
    assert len(taken) <= 65


def test_the_work_of_an_office_file_is_less_than_its_size(tmp_path):
    for name in ("a.txt", "a.docx"):
        (tmp_path / name).write_bytes(b"x" * 1000)
    assert work(tmp_path / "a.txt") > work(tmp_path / "a.docx") > 0
    assert work(tmp_path / "absent.txt") == 0


class Screen(io.StringIO):
    def isatty(self):
        return True


def test_the_progress_shows_after_a_while_and_goes_away(tmp_path):
    screen, seconds = Screen(), iter([0.0, 1.0, 4.0, 4.1, 8.0, 20.0])
    progress = Progress(5, screen, lambda: next(seconds))
    lines = []
    for report in progress.watching(range(5)):
        lines.append(screen.getvalue())
        assert not screen.getvalue().rstrip(" \r") or screen.getvalue().endswith("\r"), report
    shown = screen.getvalue()
    assert lines[0] == lines[1] == ""
    assert "2 sur 5, encore 9 s environ" in shown
    assert "4 sur 5, encore 3 s environ" in shown
    assert shown.endswith(" \r")


@pytest.mark.parametrize(
    ("seconds", "said"), [(4.2, "5 s"), (119, "119 s"), (121, "3 min"), (7100, "119 min"), (7300, "3 h")]
)
def test_times_are_told_as_people_do(seconds, said):
    screen, clock = Screen(), iter([0.0, 2.0, 2.0 + seconds])
    # Two of three are done: as much is left as the second one took; the first one waited for the model.
    list(Progress(3, screen, lambda: next(clock)).watching([None, None]))
    assert f"2 sur 3, encore {said} environ" in screen.getvalue()


def test_nobody_watches_a_pipe_or_ci(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert is_watched(Screen())
    assert not is_watched(io.StringIO())
    monkeypatch.setenv("CI", "true")
    assert not is_watched(Screen())
