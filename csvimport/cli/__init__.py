"""The command line: one small function for each command, a thin door to the line.

Heavy libraries are imported inside the commands, so that ``csvimport --help`` starts in the time of click.
"""

import errno
import gc
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import click

from csvimport import __version__
from csvimport.cli import completion
from csvimport.cli.language import system_language
from csvimport.cli.progress import Progress
from csvimport.errors import CsvImportError, OutputError, Sentence, reason
from csvimport.masking import masked
from csvimport.messages import phrase
from csvimport.report.markup import cleaned
from csvimport.settings import DEFAULT_FILE, LANGUAGES

OK, DATA_ERRORS, UNUSABLE = 0, 1, 2
STOPPED_BY = 128  # and the number of the signal, as shells count

CHOSEN = "csvimport.lang"
"""Where click's context keeps the language of the run."""


def _chosen(context: click.Context, option: click.Parameter, lang: str | None) -> str:
    """The language that was asked for or that of the system, which the sentence about what stops the run is in, too."""
    context.meta[CHOSEN] = lang or system_language()
    return str(context.meta[CHOSEN])


def _language(context: click.Context) -> str:
    """The language of the run, or of the system where it stopped before one was chosen."""
    return str(context.meta.get(CHOSEN) or system_language())


LANG = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=None,
    callback=_chosen,
    help="Language of the messages [default: that of the system].",
)


class Sentences(click.Group):
    """A group whose commands answer what stops them with one sentence and exit status 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        try:
            return super().invoke(ctx)
        except CsvImportError as error:
            raise Stop(Sentence("stopped", sentence=error), _language(ctx)) from error
        except OSError as error:  # such as a working folder that is there no more
            raise Stop(Sentence("stopped", sentence=Sentence("system_refuses", reason=reason(error))), _language(ctx)) from error
        except MemoryError as error:
            error.with_traceback(None)  # which gives up what the step held, so that the sentence can be read
            raise Stop(Sentence("stopped", sentence=Sentence("no_memory")), _language(ctx)) from error
        except KeyboardInterrupt as error:
            raise Interrupted(Sentence("interrupted"), _language(ctx)) from error


class Stop(click.ClickException):
    """A sentence on standard error and exit status 2."""

    exit_code = UNUSABLE

    def __init__(self, sentence: Sentence, lang: str) -> None:
        super().__init__(cleaned(sentence.text(lang)))

    def show(self, file: IO[Any] | None = None) -> None:
        """Prints the sentence."""
        click.echo(self.message, file, err=True)


class Interrupted(Stop):
    """The sentence for Ctrl-C, and the exit status that shells give it."""

    exit_code = STOPPED_BY + signal.SIGINT


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="csvimport")
def cli() -> None:
    """From the spreadsheets you have to CSV transfer files that Procountor imports at the first try."""


MAX_SIZE = click.option("--max-size", metavar="SIZE", help="How large the input may be, a workbook unpacked [default: 1GB].")


def _run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that check and convert share."""
    options = (
        click.option("--sheet", metavar="NAME", help="Sheet of the workbook."),
        click.option(
            "--headings",
            type=click.Choice(["auto", "yes", "no"]),
            default="auto",
            show_default=True,
            help="Whether the first row holds headings.",
        ),
        click.option("--mapping", metavar="MAPPING.toml", help="Mapping of the input's columns, as csvimport map makes it."),
        click.option("--settings", metavar="SETTINGS.toml", help=f"Settings of the environment [default: {DEFAULT_FILE} in this folder]."),
        click.option(
            "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Form of the report."
        ),
        click.option("--report", metavar="PATH", type=click.Path(), help="Write the report to a file: .xlsx, .html, .json, .csv, .sarif."),
        LANG,
        click.option("--show-personal-data", is_flag=True, help="Show identity codes, bank accounts and pay in full."),
        click.option("--quiet-notes", is_flag=True, help="Count the notes only."),
        click.option("--apply-suggestions", metavar="CODE[,CODE]", default="", help="Write what the findings of these codes suggest."),
        click.option("--strict", is_flag=True, help="Count warnings as errors."),
        click.option("--sum", "sum_rows", is_flag=True, help="Payroll: add up rows of one employee and salary type."),
        click.option("--as", "as_", metavar="FORM", help="Memo vouchers: write journal-receipts, for one upload."),
        click.option("--attachments", metavar="FOLDER", help="Folder of the invoices' attachments."),
        click.option("--accept", metavar="CODE[,CODE]", default="", help="Accept what Procountor would ignore or replace."),
        MAX_SIZE,
    )
    for option in reversed(options):
        command = option(command)
    return command


FILE = click.argument("file", metavar="FILE", shell_complete=completion.transfer_files)
INPUT = click.argument("source", metavar="INPUT", type=click.Path(allow_dash=True))


@cli.command()
@LANG
def files(lang: str) -> None:
    """List the transfer files."""
    from csvimport.cli.describe import list_files

    _print(list_files(lang))


@cli.command()
@FILE
@click.option("--format", "form", type=click.Choice(["table", "markdown", "json"]), default="table", show_default=True)
@LANG
def describe(file: str, form: str, lang: str) -> None:
    """Show the fields and rules of a transfer file."""
    from csvimport.cli.describe import describe_file

    _print(describe_file(file, form, lang))


@cli.command()
@click.argument("code", metavar="CODE", shell_complete=completion.codes)
@LANG
def explain(code: str, lang: str) -> None:
    """Explain the code of a finding."""
    from csvimport.cli.describe import explain_code

    _print(explain_code(code, lang))


@cli.command()
@FILE
@click.option("-o", "--output", "target", metavar="OUT.xlsx", type=click.Path(), required=True, help="The workbook to write.")
@LANG
@click.option("--example", is_flag=True, help="Fill in three example rows.")
@click.option("--force", is_flag=True, help="Replace an existing workbook.")
def template(file: str, target: str, lang: str, **options: Any) -> None:
    """Make a workbook to fill in for a transfer file."""
    from csvimport import templates

    templates.template(file, target, lang=lang, **options)
    _print(phrase("written", lang, path=cleaned(masked(target))))


@cli.command("map")
@FILE
@INPUT
@click.option("-o", "--output", "target", metavar="MAPPING.toml", required=True, help="The mapping to write.")
@click.option("--sheet", metavar="NAME", help="Sheet of the workbook.")
@click.option("--settings", metavar="SETTINGS.toml", help=f"Settings of the environment [default: {DEFAULT_FILE} in this folder].")
@LANG
@MAX_SIZE
@click.option("--force", is_flag=True, help="Replace an existing mapping.")
def map_columns(file: str, source: str, target: str, lang: str, **options: Any) -> None:
    """Draft a mapping of an input's columns, to be edited and used with --mapping."""
    from csvimport import api

    settings = options.pop("settings") or (DEFAULT_FILE if Path(DEFAULT_FILE).is_file() else None)
    api.draft_mapping(file, source, target, settings=settings, lang=lang, **options)
    _print(phrase("written", lang, path=cleaned(masked(target))))


@cli.command()
@FILE
@INPUT
@_run_options
@click.option("--as-is", is_flag=True, help="Judge a CSV exactly as Procountor would read it.")
def check(file: str, source: str, **options: Any) -> None:
    """Check an input and change nothing."""
    from csvimport import api

    form = options.pop("form")
    arguments = _arguments(options)
    with Progress(arguments["lang"]) as progress:
        report = api.check(file, source, progress=progress, **arguments)
    _show(report, form, converting=False)


@cli.command()
@FILE
@INPUT
@click.option("-o", "--output", "target", metavar="OUT", required=True, help="The CSV to write.")
@_run_options
@click.option("--manifest", is_flag=True, help="Write checksums, counts and totals beside the output.")
@click.option("--force", is_flag=True, help="Replace an existing output.")
def convert(file: str, source: str, target: str, **options: Any) -> None:
    """Check an input and write the upload-ready CSV when there are no errors."""
    from csvimport import api

    form = options.pop("form")
    arguments = _arguments(options)
    with Progress(arguments["lang"]) as progress:
        result = api.convert(file, source, target, progress=progress, **arguments)
    _show(result.report, form, converting=True)


def _arguments(options: dict[str, Any]) -> dict[str, Any]:
    if options["settings"] is None and Path(DEFAULT_FILE).is_file():
        options["settings"] = DEFAULT_FILE
    return options


def _print(text: str) -> None:
    """Prints on standard output. A reader that has seen enough, as in ``| head``, ends the program without a word.

    Raises OutputError when the output cannot be written.
    """
    try:
        click.echo(text)
    except OSError as error:
        _give_up(sys.stdout)
        if isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL):
            sys.exit(UNUSABLE)
        raise OutputError("unprintable", reason=reason(error)) from error


def _give_up(stream: IO[str]) -> None:
    """Lets what is still to be written go nowhere: it would fail once more at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _show(report: Any, form: str, *, converting: bool) -> None:
    if form == "json":
        _print(report.to_json())
    else:
        from csvimport.report.terminal import render

        _print(render(report, converting=converting))
    sys.exit(OK if report.ok else DATA_ERRORS)


def _terminated(number: int, frame: object) -> None:
    """Ends the program from within, so that whatever it has begun to write is cleared away."""
    sys.exit(STOPPED_BY + number)


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.unraisablehook = lambda failed: None  # what fails once more while it is cleared away has been told
    completion.register()
    gc.set_threshold(100_000, 50, 100)  # a run leaves few cycles, and looking for them among the cells of a workbook costs time
    for number in (getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _terminated)
    try:
        cli(prog_name="csvimport")
    except OSError as error:  # help that cannot be printed, or the sentence that says what stops the run
        _give_up(sys.stdout)
        with suppress(OSError):
            click.echo(Sentence("stopped", sentence=Sentence("unprintable", reason=reason(error))).text(system_language()), err=True)
        _give_up(sys.stderr)
        sys.exit(UNUSABLE)
