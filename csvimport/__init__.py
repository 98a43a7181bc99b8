"""csvimport: from the spreadsheets people have to CSV transfer files that Procountor imports at the first try."""

from typing import TYPE_CHECKING, Any

from csvimport.errors import CsvImportError, InputError, OutputError, UsageError
from csvimport.schema import load as schema

if TYPE_CHECKING:
    from csvimport.api import check, convert, draft_mapping
    from csvimport.templates import template

__version__ = "0.1.0"
__all__ = ["CsvImportError", "InputError", "OutputError", "UsageError", "check", "convert", "draft_mapping", "schema", "template"]


def __getattr__(name: str) -> Any:
    """The functions of the line are loaded when they are used, so that the import stays quick."""
    if name in ("check", "convert", "draft_mapping"):
        from csvimport import api

        return getattr(api, name)
    if name == "template":
        from csvimport.templates import template

        return template
    raise AttributeError(f"module csvimport has no attribute {name}")
