"""csvimport: from the spreadsheets people have to CSV transfer files that Procountor imports at the first try."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from csvimport.errors import CsvImportError, InputError, OutputError, UsageError
from csvimport.schema import load as schema

if TYPE_CHECKING:
    from csvimport.api import check, convert, draft_mapping
    from csvimport.report.report import Issue, Report
    from csvimport.result import Result
    from csvimport.templates import template

__version__ = "0.1.0"
__all__ = [
    "CsvImportError", "InputError", "Issue", "OutputError", "Report", "Result", "UsageError", "check", "convert", "draft_mapping", "schema",
    "template",
]  # fmt: skip

_LATER = {
    **dict.fromkeys(("check", "convert", "draft_mapping"), "csvimport.api"),
    **dict.fromkeys(("Issue", "Report"), "csvimport.report.report"),
    "Result": "csvimport.result",
    "template": "csvimport.templates",
}


def __getattr__(name: str) -> Any:
    """What is heavy is loaded when it is used, so that the import stays quick."""
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module csvimport has no attribute {name}")


def __dir__() -> list[str]:
    return [*globals(), *_LATER]
