"""The command line: one small function for each command, a thin door to the line.

Heavy libraries are imported inside the commands, so that ``csvimport --help`` starts in the time of click.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from csvimport import __version__
from csvimport.errors import CsvImportError
from csvimport.settings import DEFAULT_FILE, LANGUAGES

OK, DATA_ERRORS, UNUSABLE = 0, 1, 2

LANG = click.option("--lang", type=click.Choice(LANGUAGES), default=None, help="Language of the messages.")


class Sentences(click.Group):
    """A group whose commands answer what stops them with one sentence and exit status 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        try:
            return super().invoke(ctx)
        except CsvImportError as error:
            raise Stop(str(error)) from error
        except MemoryError as error:
            raise Stop("The input is too large for the memory of this computer.") from error


class Stop(click.ClickException):
    """A sentence on standard error and exit status 2."""

    exit_code = UNUSABLE


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="csvimport")
def cli() -> None:
    """From the spreadsheets you have to CSV transfer files that Procountor imports at the first try."""


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
        click.option("--settings", metavar="SETTINGS.toml", help=f"Settings of the environment [default: {DEFAULT_FILE} in this folder]."),
        click.option(
            "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Form of the report."
        ),
        LANG,
        click.option("--show-personal-data", is_flag=True, help="Show personal identity codes in full."),
        click.option("--strict", is_flag=True, help="Count warnings as errors."),
        click.option("--attachments", metavar="FOLDER", help="Folder of the invoices' attachments."),
        click.option("--accept", metavar="CODE[,CODE]", default="", help="Accept what Procountor would ignore or replace."),
    )
    for option in reversed(options):
        command = option(command)
    return command


FILE = click.argument("file", metavar="FILE")
INPUT = click.argument("source", metavar="INPUT")


@cli.command()
def files() -> None:
    """List the transfer files."""
    from csvimport.cli.describe import list_files

    click.echo(list_files())


@cli.command()
@FILE
@click.option("--format", "form", type=click.Choice(["table", "markdown", "json"]), default="table", show_default=True)
@LANG
def describe(file: str, form: str, lang: str | None) -> None:
    """Show the fields and rules of a transfer file."""
    from csvimport.cli.describe import describe_file

    click.echo(describe_file(file, form, lang or "en"))


@cli.command()
@click.argument("code", metavar="CODE")
@LANG
def explain(code: str, lang: str | None) -> None:
    """Explain the code of a finding."""
    from csvimport.cli.describe import explain_code

    click.echo(explain_code(code, lang or "en"))


@cli.command()
@FILE
@INPUT
@_run_options
@click.option("--as-is", is_flag=True, help="Judge a CSV exactly as Procountor would read it.")
def check(file: str, source: str, **options: Any) -> None:
    """Check an input and change nothing."""
    from csvimport import api

    form = options.pop("form")
    report = api.check(file, source, **_arguments(options))
    _show(report, form, converting=False)


@cli.command()
@FILE
@INPUT
@click.option("-o", "--output", "target", metavar="OUT", required=True, help="The CSV to write.")
@_run_options
@click.option("--force", is_flag=True, help="Replace an existing output.")
def convert(file: str, source: str, target: str, **options: Any) -> None:
    """Check an input and write the upload-ready CSV when there are no errors."""
    from csvimport import api

    form = options.pop("form")
    result = api.convert(file, source, target, **_arguments(options))
    _show(result.report, form, converting=True)


def _arguments(options: dict[str, Any]) -> dict[str, Any]:
    options["accept"] = tuple(code.strip() for code in options["accept"].split(",") if code.strip())
    options["lang"] = options["lang"] or "en"
    if options["settings"] is None and Path(DEFAULT_FILE).is_file():
        options["settings"] = DEFAULT_FILE
    return options


def _show(report: Any, form: str, *, converting: bool) -> None:
    if form == "json":
        click.echo(report.to_json())
    else:
        from csvimport.report.terminal import render

        click.echo(render(report, converting=converting))
    sys.exit(OK if report.ok else DATA_ERRORS)


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        cli(prog_name="csvimport")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(UNUSABLE)
