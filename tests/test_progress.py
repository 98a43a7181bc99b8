"""Progress on standard error: shown on a terminal when a run is long, wiped at its end, and never anywhere else."""

import io
import json
import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest
from helpers import PRODUCT, changed, source, upload
from test_cli import RIGHT, WRONG, folder, put

import csvimport
from csvimport import api
from csvimport.cli import Stop, cli, progress
from csvimport.cli.progress import Progress
from csvimport.messages import phrase

pytestmark = pytest.mark.no_cover

__all__ = ["folder"]  # every test runs in a folder of its own

LONG = 30  # seconds after which a test gives up; a passing one never waits so long
STEPS = ("reading", "checking", "writing")


class Terminal(io.TextIOBase):
    """A standard error that is a terminal, and that others can wait for.

    ``line``: what its last line shows; ``printed``: the lines above; ``seen``: everything that was once shown.
    """

    terminal = True

    def __init__(self):
        super().__init__()
        self.changed = threading.Condition()
        self.line, self.printed, self.seen = "", [], set()

    def isatty(self):
        return self.terminal

    def writable(self):
        return True

    def write(self, text):
        """A carriage return goes to the start of the line, and what follows is written over what is there."""
        with self.changed:
            *above, last = text.split("\n")
            for end in above:
                self._over(end)
                self.printed.append(self.line)
                self.line = ""
            self._over(last)
            self.seen.add(self.line.rstrip())
            self.changed.notify_all()
        return len(text)

    def _over(self, text):
        first, *others = text.split("\r")
        self.line += first
        for piece in others:
            self.line = piece + self.line[len(piece) :]

    def wait_for(self, words):
        """Waits until the line shows some words."""
        with self.changed:
            assert self.changed.wait_for(lambda: words in self.line, LONG), (words, self.seen)

    def wait_for_line(self, text):
        """Waits until the line shows a text and nothing else."""
        with self.changed:
            assert self.changed.wait_for(lambda: self.line.rstrip() == text, LONG), (text, self.seen)


class Pipe(Terminal):
    """A standard error that is no terminal."""

    terminal = False


def standard_error(monkeypatch, stream):
    """The stream as the standard error of the progress alone; that of the test belongs to pytest."""
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=stream))
    return stream


@pytest.fixture
def terminal(monkeypatch):
    return standard_error(monkeypatch, Terminal())


@pytest.fixture
def at_once(monkeypatch):
    """Every run is a long one."""
    monkeypatch.setattr(progress, "PATIENCE", 0)
    monkeypatch.setattr(progress, "INTERVAL", 0.001)


@pytest.fixture
def never(monkeypatch):
    """Every run is a short one."""
    monkeypatch.setattr(progress, "PATIENCE", 1e6)


# --- the line ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
@pytest.mark.parametrize("step", STEPS)
def test_a_long_step_is_shown_on_a_terminal(terminal, at_once, lang, step):
    with Progress(lang) as shown:
        shown(step)
        terminal.wait_for(phrase(f"progress_{step}", lang))


def test_before_the_first_step_the_input_is_being_read(terminal, at_once):
    with Progress("en"):
        terminal.wait_for(phrase("progress_reading", "en"))


def test_the_seconds_are_those_since_the_start(terminal, at_once, monkeypatch):
    now = SimpleNamespace(monotonic=lambda: 100.0)
    monkeypatch.setattr(progress, "time", now)
    with Progress("en") as shown:
        shown("checking")
        terminal.wait_for(" 0 s")
        now.monotonic = lambda: 107.4
        terminal.wait_for(" 7 s")
        shown("writing")
        terminal.wait_for(f"{phrase('progress_writing', 'en')} 7 s")


@pytest.mark.parametrize("steps", [STEPS, STEPS[::-1]], ids=["forth", "back"])
def test_one_step_follows_another_on_the_same_line_and_leaves_nothing_of_it(terminal, at_once, monkeypatch, steps):
    now = SimpleNamespace(monotonic=lambda: 0.0)
    monkeypatch.setattr(progress, "time", now)
    with Progress("fi") as shown:
        for step in steps:
            shown(step)
            terminal.wait_for_line(f"{phrase(f'progress_{step}', 'fi')} 0 s")
    assert terminal.printed == []


def test_the_line_is_wiped_at_the_end(terminal, at_once):
    with Progress("en") as shown:
        shown("checking")
        terminal.wait_for(phrase("progress_checking", "en"))
    assert terminal.line.strip() == ""
    assert terminal.printed == []


def test_the_line_is_wiped_after_an_error_too(terminal, at_once):
    def failing():
        with Progress("en"):
            terminal.wait_for(phrase("progress_reading", "en"))
            raise csvimport.InputError("file_empty", path="products.csv")

    with pytest.raises(csvimport.InputError, match="empty"):
        failing()
    assert terminal.line.strip() == ""


def test_nothing_is_written_after_the_end(terminal, at_once):
    before = threading.enumerate()
    with Progress("en"):
        terminal.wait_for(phrase("progress_reading", "en"))
        assert threading.enumerate() != before
    assert threading.enumerate() == before


def test_a_short_run_shows_nothing(terminal, never):
    before = threading.enumerate()
    with Progress("en") as shown:
        for step in STEPS:
            shown(step)
    assert (terminal.seen, terminal.printed) == (set(), [])
    assert threading.enumerate() == before


def test_two_seconds_are_not_yet_long():
    assert progress.PATIENCE >= 2
    assert progress.INTERVAL > 0


def test_no_terminal_is_shown_nothing(at_once, monkeypatch):
    pipe = standard_error(monkeypatch, Pipe())
    before = threading.enumerate()
    with Progress("en") as shown:
        shown("checking")
        assert threading.enumerate() == before
    assert pipe.seen == set()


def test_there_may_be_no_standard_error_at_all(at_once, monkeypatch):
    standard_error(monkeypatch, None)
    with Progress("en") as shown:
        shown("checking")


def test_a_real_process_without_standard_error_ends_as_usual():
    put("products.csv")
    put("wrong.csv", WRONG)
    for name, status in (("products.csv", 0), ("wrong.csv", 1), ("missing.csv", 2)):
        command = f'"{sys.executable}" -m csvimport check products {name} 2>&-'
        assert subprocess.run(command, shell=True, stdout=subprocess.DEVNULL).returncode == status  # noqa: S602


# --- the commands --------------------------------------------------------------------------------------------------


def command(*arguments):
    """The exit status of a command."""
    with pytest.raises(SystemExit) as ended:
        cli(list(arguments), prog_name="csvimport")
    return ended.value.code


@pytest.fixture
def long_run(terminal, at_once, monkeypatch):
    """Checks and conversions that wait until the terminal shows their last step."""

    def waiting(function):
        def slow(*arguments, progress, **options):
            result = function(*arguments, progress=progress, **options)
            terminal.wait_for(phrase("progress_writing" if function is real_convert and result.report.ok else "progress_checking", "en"))
            return result

        return slow

    real_convert = api.convert
    monkeypatch.setattr(api, "check", waiting(api.check))
    monkeypatch.setattr(api, "convert", waiting(api.convert))
    return terminal


@pytest.mark.parametrize(("content", "status"), [(RIGHT, 0), (WRONG, 1)], ids=["right", "wrong"])
@pytest.mark.parametrize("name", ["check", "convert"])
def test_commands_show_progress_and_print_only_the_report(long_run, capfd, monkeypatch, content, status, name):
    put("products.csv", content)
    output = ("-o", "out.csv") if name == "convert" else ()
    assert command(name, "products", "products.csv", *output, "--format", "json", "--lang", "en") == status
    assert json.loads(capfd.readouterr().out)["ok"] is (status == 0)
    assert any(line.startswith(phrase("progress_checking", "en")) for line in long_run.seen)
    assert long_run.line.strip() == ""
    assert long_run.printed == []


def test_the_line_is_wiped_before_a_sentence_is_printed(terminal, at_once, monkeypatch, capsys):
    def failing(*arguments, progress, **options):
        terminal.wait_for(phrase("progress_reading", "en"))
        raise csvimport.InputError("file_empty", path="products.csv")

    def printed(error, file=None):
        assert terminal.line.strip() == ""
        print(error.format_message(), file=sys.stderr)

    monkeypatch.setattr(api, "check", failing)
    monkeypatch.setattr(Stop, "show", printed)
    assert command("check", "products", "products.csv", "--lang", "en") == 2
    assert capsys.readouterr().err == "Error: products.csv is empty: there are no rows to read.\n"


def test_a_short_command_prints_nothing_on_standard_error(terminal, never, capsys):
    put("products.csv")
    assert command("check", "products", "products.csv") == 0
    assert (terminal.seen, terminal.printed) == (set(), [])
    assert capsys.readouterr().err == ""


# --- the steps -----------------------------------------------------------------------------------------------------


def test_a_check_reads_and_checks():
    steps = []
    csvimport.check("products", source(WRONG), progress=steps.append)
    assert steps == ["reading", "checking"]


def test_a_conversion_also_writes():
    steps = []
    csvimport.convert("products", source(RIGHT), "out.csv", progress=steps.append)
    assert steps == ["reading", "checking", "writing"]


def test_what_writes_nothing_does_not_say_so():
    steps = []
    csvimport.convert("products", source(WRONG), "out.csv", progress=steps.append)
    csvimport.convert("products", source(RIGHT), progress=steps.append)
    assert steps == ["reading", "checking"] * 2


@pytest.mark.parametrize("form", [".xlsx", ".html", ".json", ".csv", ".sarif"])
def test_a_report_is_written(form):
    """A report of many findings takes longer than reading and checking together."""
    steps = []
    csvimport.check("products", source(WRONG), report=f"report{form}", progress=steps.append)
    assert steps == ["reading", "checking", "writing"]
    csvimport.convert("products", source(WRONG), "out.csv", report=f"report{form}", progress=steps.append)
    assert steps == ["reading", "checking", "writing"] * 2


def test_suggestions_are_applied_between_two_readings():
    steps = []
    content = upload(changed(PRODUCT, G="0,255"))
    csvimport.convert("products", source(content), "out.csv", apply_suggestions=("PR-12",), progress=steps.append)
    assert steps[-1] == "writing"
    assert set(steps[:-1]) == {"reading", "checking"}


def test_the_functions_show_no_progress_of_their_own(terminal, at_once, capfd):
    csvimport.check("products", source(WRONG))
    csvimport.convert("products", source(RIGHT), "out.csv")
    assert (terminal.seen, terminal.printed) == (set(), [])
    assert capfd.readouterr() == ("", "")
