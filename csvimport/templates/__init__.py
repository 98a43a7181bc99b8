"""Templates: workbooks to fill in, whose headings, lists and formats are those that csvimport reads.

The package is not called ``template``, because that is the name of its function in ``csvimport``.
"""

import io
from os import PathLike

from csvimport.errors import UsageError
from csvimport.names import as_path
from csvimport.output.write import check_target, write_file
from csvimport.schema import load
from csvimport.settings import LANGUAGES

SUFFIX = ".xlsx"


def template(
    file: str, target: str | PathLike[str] | None = None, *, lang: str = "en", example: bool = False, force: bool = False
) -> bytes:
    """A workbook to fill in for a transfer file, written to the target if one is given.

    ``example``: with three filled rows. Raises UsageError for an unknown file or language and a target that is no .xlsx,
    OutputError when the target cannot be written; an existing one is replaced only with ``force``.
    """
    schema = load(file)
    if lang not in LANGUAGES:
        raise UsageError("language_unknown", lang=lang, known=", ".join(LANGUAGES))
    path = None if target is None else as_path(target)
    if path is not None:
        if path.suffix.lower() != SUFFIX:
            raise UsageError("template_form", suffix=SUFFIX)
        check_target(path, force=force)
    content = _workbook(schema.file, lang, path.name if path else f"{schema.file}{SUFFIX}", example=example)
    if path is not None:
        write_file([content], path, force=force)
    return content


def _workbook(file: str, lang: str, name: str, *, example: bool) -> bytes:
    from openpyxl import Workbook

    from csvimport.messages import phrase
    from csvimport.templates.choices import choices_of
    from csvimport.templates.columns import columns_of
    from csvimport.templates.examples import rows_of
    from csvimport.templates.guide import lines_of
    from csvimport.templates.notes import note_of
    from csvimport.templates.sheets import add_lists, fill_guide, fill_table

    schema = load(file)
    columns = columns_of(schema, lang)
    choices = {column: choices_of(column, lang) for column in columns}
    book = Workbook()
    book.remove(book.worksheets[0])
    table, guide, lists = (book.create_sheet(phrase(f"template_{sheet}", lang)) for sheet in ("sheet", "guide", "lists"))
    lists.sheet_state = "hidden"
    rows = rows_of(schema, columns, choices, lang) if example else []
    fill_table(table, columns, rows, {column: note_of(column, choices[column], lang) for column in columns})
    add_lists(table, lists, columns, choices, lang)
    fill_guide(guide, lines_of(schema, columns, choices, lang, name, example=example))
    book.properties.creator = "csvimport"
    book.properties.title = schema.title[lang]
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
