"""The end of a draft: what else a mapping can say, each thing with an example of the transfer file's fields and the input's columns."""

from collections.abc import Collection, Iterator, Sequence
from itertools import starmap

from csvimport.headings.evidence import shown_by
from csvimport.headings.targets import Target, is_month, target_of
from csvimport.mapping.declared import NUMBERS
from csvimport.mapping.drafted import Drafted, as_key, quoted
from csvimport.messages import phrase
from csvimport.schema import Schema

CODED = ("code", "flag", "word", "payment_term", "country", "currency")
_TEXT = ("text", "item_name")
_POSTAL = (("postal_code", "Postinumero"), ("city", "Postitoimipaikka"))
_ANY = "1"

Known = tuple[str, Drafted | None]


def flip_example(columns: Sequence[Drafted], schema: Schema, lang: str) -> Iterator[str]:
    """How signs are turned, which is said before the first table."""
    for name, _ in _fields(NUMBERS, columns, schema, measured=True)[:1]:
        yield f"# flip_sign = [{quoted(name)}]  # {phrase('map_flip_sign', lang)}"


def examples(
    columns: Sequence[Drafted], of_sheet: Sequence[Drafted], translated: Collection[str], schema: Schema, lang: str
) -> Iterator[str]:
    """Examples of all else.

    ``of_sheet``: the columns of one sheet, which can be joined; ``translated``: the fields whose values stand in the draft already.
    """
    blocks = [
        _defaults(columns, schema),
        _values(columns, translated, schema),
        *(
            (table, [f"{as_key(name)} = {quoted(example)}"])
            for table, kinds, example in (("dates", ("date",), "mm/dd/yyyy"), ("decimal_marks", NUMBERS, ","))
            for name, _ in _fields(kinds, columns, schema, measured=kinds is NUMBERS)[:1]
        ),
    ]
    if of_sheet:
        blocks += [_join(of_sheet, schema), _split(of_sheet, schema), _rows(of_sheet, schema)]
    yield phrase("map_more", lang)
    for table, lines in blocks:
        head = f"[[{table}]]" if table in ("join", "split", "rows") else f"[{table}]"
        yield ""
        yield f"{head:<28}# {phrase('map_' + table.partition('.')[0], lang)}"
        yield from lines


def postal_fields(schema: Schema) -> list[str]:
    """The names of the fields for a postal code and a town, where the transfer file has both."""
    found = [next((name for name in names if target_of(name, schema)), "") for names in _POSTAL]
    return found if all(found) else []


def _fields(kinds: Collection[str], columns: Sequence[Drafted], schema: Schema, *, measured: bool = False) -> list[Known]:
    """The fields of some kinds in the order of the file: first those that a column is matched with.

    ``measured``: only those of numbers that measure something, which a year does not.
    """
    order = [(record.name, f.key) for record in schema.records for f in record.fields if not measured or f.measure not in ("", "none")]

    def right(target: Target | None) -> bool:
        return target is not None and (target.record, target.key) in order and _kind(target, schema) in kinds

    matched = [column for column in columns if right(column.target)]
    matched.sort(key=lambda column: order.index((column.target.record, column.target.key)) if column.target else 0)
    free = [target for target in starmap(Target, order) if right(target) and target_of(target.key, schema) == target]
    return [*((column.field_name(schema), column) for column in matched), *((target.key, None) for target in free)]


def _kind(target: Target, schema: Schema) -> str:
    """The kind of a field that a column holds as a whole, or for one year."""
    if target != Target(target.record, target.key) and not is_month(target, schema):
        return ""
    return schema.record(target.record)[target.key].kind


def _value(column: Drafted | None, schema: Schema) -> str:
    values = column.values(1, schema) if column else []
    return values[0] if values else _ANY


def _defaults(columns: Sequence[Drafted], schema: Schema) -> tuple[str, list[str]]:
    for name, _ in _fields(("currency",), columns, schema):
        return "defaults", [f'{as_key(name)} = "EUR"']
    name, column = _fields(_TEXT, columns, schema)[0]
    return "defaults", [f"{as_key(name)} = {quoted(_value(column, schema))}"]


def _values(columns: Sequence[Drafted], translated: Collection[str], schema: Schema) -> tuple[str, list[str]]:
    """A value that becomes itself: what it is to become is not known."""
    known = [*_fields(CODED, columns, schema), *_fields(_TEXT, columns, schema)]
    name, column = next(pair for pair in sorted(known, key=lambda pair: pair[1] is None) if pair[0] not in translated)
    value = quoted(_value(column, schema))
    return f"values.{as_key(name)}", [f"{value} = {value}"]


def _join(columns: Sequence[Drafted], schema: Schema) -> tuple[str, list[str]]:
    """The column of a text and the one beside it."""
    name, column = _fields(_TEXT, columns, schema)[0]
    at = columns.index(column) if column else 0
    beside = columns[max(at - 1, 0) :][:2]
    return "join", [f"field = {quoted(name)}", f"columns = [{', '.join(quoted(each.name) for each in beside)}]", 'between = " "']


def _split(columns: Sequence[Drafted], schema: Schema) -> tuple[str, list[str]]:
    """A column of postal codes and towns, else one of texts of which the first word is taken."""
    postal = postal_fields(schema)
    name, text = _fields(_TEXT, columns, schema)[0]
    column = next((each for each in columns if postal and shown_by(each.cells.text) == "postal"), None)
    fields = postal if column else [name, ""]
    lines = [f"column = {quoted((column or text or columns[0]).name)}", f"fields = [{', '.join(map(quoted, fields))}]", 'at = " "']
    return "split", lines


def _rows(columns: Sequence[Drafted], schema: Schema) -> tuple[str, list[str]]:
    """The last column with values that are repeated, such as one of states."""
    counts = [each.cells.text[each.cells.text != ""].value_counts() for each in columns]
    repeated = [each for each, count in zip(columns, counts, strict=True) if 1 < len(count) < count.sum()]
    column = (repeated or columns)[-1]
    return "rows", [f"column = {quoted(column.name)}", f"keep = [{quoted(_value(column, schema))}]"]
