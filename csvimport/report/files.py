"""A report as a file, in the form that the name of the file asks for."""

import importlib
from os import PathLike
from pathlib import Path

from csvimport.errors import OutputError, UsageError, reason
from csvimport.kept import NOTHING, Kept, refuse_to_replace
from csvimport.names import as_path
from csvimport.output.write import write_file
from csvimport.report.older import is_report
from csvimport.report.report import Report
from csvimport.suggest import did_you_mean

# Each module has a function ``render(report)`` that gives blocks of bytes; it is loaded when its form is asked for.
FORMS = {".xlsx": "as_workbook", ".html": "as_html", ".json": "as_json", ".csv": "as_csv", ".sarif": "as_sarif"}


def form_of(path: "str | PathLike[str]", kept: Kept = NOTHING) -> str:
    """The form of a report by the end of its name.

    Raises UsageError for another end, and OutputError when it cannot be written there: of the files that exist, only an older report
    is replaced.
    """
    target = as_path(path)
    form = FORMS.get(target.suffix.lower())
    if form is None:
        raise UsageError("report_form_unknown", did_you_mean(target.suffix.lower(), FORMS), known=", ".join(FORMS), given=target.suffix)
    if not target.absolute().parent.is_dir():
        raise OutputError("folder_missing", folder=target.parent, name=target.name)
    if target.is_dir():
        raise OutputError("output_is_folder", path=target)
    refuse_to_replace(target, kept)
    if target.is_file() and not is_report(target):
        raise OutputError("no_older_report", path=target)
    return form


def write_report(report: Report, path: "str | PathLike[str]") -> None:
    """Writes a report, whole or not at all; an older report of that name is replaced. Raises UsageError and OutputError."""
    module = importlib.import_module(f"csvimport.report.{form_of(path)}")
    try:
        blocks = module.render(report)
    except OSError as error:  # large workbooks take a temporary file
        raise OutputError("output_unwritable", path=path, reason=reason(error)) from error
    write_file(blocks, Path(path))
