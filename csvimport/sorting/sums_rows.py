"""Rows of sums in a table: a word for a sum beside nothing but numbers, where no record can be meant.

A row that gives what makes a record is one, whatever its texts say.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from csvimport import columns as col
from csvimport.context import TABLE, Context
from csvimport.findings import Mask, Places
from csvimport.headings.targets import MONTH_SUM, SIDES, Target
from csvimport.kinds import KINDS, takes_words
from csvimport.kinds.base import Cells
from csvimport.notation import read_cells
from csvimport.schema import Schema
from csvimport.shapes import Field
from csvimport.sorting.lines import Lines

FIRST_COLUMNS = 4  # the word for a sum stands in one of them, or where a record's name would

_SUM = r"(?:kaikki\s+)?(?:yhteensä|yht\.?|välisumma|loppusumma|kokonaissumma|sub-?\s?total|grand\s+total|delsumma|slutsumma|sammanlagt|totalt|summa\s+(?:totalt|yhteensä)|maksettavaa?|att\s+betala|amount\s+due)"
_VAT = r"(?:alv|arvonlisävero|vat|moms)\.?[\s\d,.%)]*"
_WITH_OR_WITHOUT_VAT = rf"(?:[\s(,]+(?:sis\.?|sisältää|ilman|verollinen|veroton|incl\.?|excl\.?|inkl\.?|exkl\.?)?\s*{_VAT})?"
BARE = rf"(?i)^\s*{_SUM}{_WITH_OR_WITHOUT_VAT}[\s.:]*$"
SURE = rf"(?i)^\s*(?:\S+\s+){{0,3}}{_SUM}(?:(?:\s+\S+){{0,2}}|{_WITH_OR_WITHOUT_VAT})[\s.:]*$"
PERHAPS = rf"(?i)^\s*(?:(?:totals?|sum|summa|(?:tilikauden\s+|liike)?tulos|liikevoitto|(?:rörelse|årets\s+)?resultat|(?:net\s+)?result)(?:\s+(?:eur|€))?{_WITH_OR_WITHOUT_VAT}|{_VAT})[\s.:]*$"
_NUMBER = r"^[-+\x{2212}]?[\d\s.,'€%:\x{00A0}\x{202F}]*\d[\d\s.,'€%\x{00A0}\x{202F}-]*(?:EUR)?$|^=[A-Z(+-]"
_ADDING = r"(?i)^=\s*(?:SUM|SUBTOTAL)\("
_MICRO = 6  # decimals of the sums that are compared
_FIGURES = ("decimal", "integer")
_TEXT = "text"

Targets = Sequence[Target | None]


@dataclass(frozen=True, eq=False)
class Sums:
    """``taken``: the rows of sums, and those of them that ``differ`` from what stands above; ``read``: records that look like some.

    ``doubtful``: those that give nothing but such a word and figures, which are none of what stands above.
    """

    taken: Mask
    differ: Mask
    read: Mask
    doubtful: Mask


@dataclass(frozen=True, eq=False)
class _Agreement:
    """Of each row: whether some figure, or each, is what stands above it added up, or none is that could be; ``sure``: each, of several rows."""

    some: Mask
    each: Mask
    none: Mask
    sure: Mask


def sums(lines: Lines, targets: Targets, schema: Schema, besides: Mask) -> Sums:
    """The rows of sums among the lines. ``targets``: what each column holds; ``besides``: rows that are none anyway.

    A row that gives nothing of a record and lacks what every record needs is known by its word; one that gives something, such as an
    employee without a salary type, only when it adds up several others.
    """
    taken, differ, read, doubtful = (np.zeros(len(lines), bool) for _ in range(4))
    places = [place for place, target in enumerate(targets) if place < FIRST_COLUMNS or _is_name(target, schema)]
    worded = np.logical_or.reduce([col.matches(lines.frame[place], f"{SURE}|{PERHAPS}") for place in places])
    at = np.flatnonzero(worded & ~besides)
    at = at[at > 0]
    if not len(at):
        return Sums(taken, differ, read, doubtful)
    at, words, counts = _beside_numbers(lines, at)
    sure, bare = (np.zeros(len(at), bool) for _ in range(2))
    for place in places:
        here = words == place
        sure[here], bare[here] = (col.matches(lines.frame[place].iloc[at[here]], pattern) for pattern in (SURE, BARE))
    given, lacking, short = _as_record(lines, targets, schema, at, words)
    record = given & ~lacking & ~short
    other = at[~record]
    agreement = _agreement(lines, targets, schema, at, other)
    rest = np.flatnonzero(~besides & ~np.isin(np.arange(len(lines)), other))
    last = at > (rest[-1] if len(rest) else -1)
    plain = lacking & ((sure & (counts > 1)) | last | agreement.some)
    is_sum = ~record & (agreement.sure | (~given & (plain | (short & agreement.each))))
    taken[at[is_sum]] = True
    differ[at[is_sum & agreement.none]] = True
    read[at[(record & (agreement.sure | (bare & agreement.each))) | (~record & ~is_sum & agreement.each)]] = True
    doubtful[at[~record & ~is_sum & ~agreement.each & ~given & (sure | last)]] = True
    return Sums(taken, differ, read, doubtful)


def _is_name(target: Target | None, schema: Schema) -> bool:
    """Whether a column holds a text that every record needs, or one of the lines that make up a record."""
    if target is None or target.part or target.key_column or schema.record(target.record)[target.key].kind != _TEXT:
        return False
    return _is_needed(target, schema) or (schema.table is not None and schema.table.line == target.record)


def _is_needed(target: Target, schema: Schema) -> bool:
    return not target.part and (target.record, target.key) in schema.needed


def _beside_numbers(lines: Lines, at: Places) -> tuple[Places, Places, Places]:
    """Those of the rows that hold one text and nothing else but numbers, the column of the text, and how many cells are filled."""
    words: Places = np.zeros(len(at), np.int64)
    texts, counts = np.zeros_like(words), np.zeros_like(words)
    for place in range(lines.frame.shape[1]):
        cells = lines.frame[place].iloc[at]
        full = col.filled(cells)
        text = full & ~col.matches(cells, _NUMBER)
        words[text] = place
        texts += text
        counts += full
    one = texts == 1
    return at[one], words[one], counts[one]


def _as_record(lines: Lines, targets: Targets, schema: Schema, at: Places, words: Places) -> tuple[Mask, Mask, Mask]:
    """Which of the rows give something of a record that is no figure, which lack what it needs, and which what it needs by some rule.

    What most others lack, too, is not needed; the number of the records above is no name.
    """
    given, lacking, short = (np.zeros(len(at), bool) for _ in range(3))
    others = np.ones(len(lines), bool)
    others[at] = False
    above = col.text_series([str(count) for count in np.cumsum(others)[at]])
    for place, target in enumerate(targets):
        if target is None or _is_figure(target, schema):
            continue
        cells, word = lines.frame[place], words == place
        full = col.filled(cells)
        field = None if target.key_column else schema.record(target.record)[target.key]
        if field is None:
            lacking |= word
        elif field.kind == _TEXT:
            full[at] &= col.differ(cells.iloc[at], above)
        given |= full[at] & ~word
        if field is not None and _is_needed(target, schema) and 2 * full[others].sum() >= others.sum():
            missing = lacking if schema.needed[target.record, target.key] else short
            missing |= ~full[at]
            if not takes_words(field):
                right = _right(col.take(cells, at[word]), field)
                given[word] |= right
                missing[word] |= ~right
    return given, lacking, short


def _right(cells: "pd.Series[str]", field: Field) -> Mask:
    """Which texts are right for a field all the same, such as an account with its name."""
    context = Context(layout=TABLE)
    return KINDS[field.reader].right(read_cells(Cells(cells), field, context).text, field, context)


def _is_figure(target: Target, schema: Schema) -> bool:
    if target.key_column or target.part:
        return target.part in (*SIDES[:2], MONTH_SUM)
    return schema.record(target.record)[target.key].kind in _FIGURES


def _is_summed(target: Target | None, schema: Schema) -> bool:
    """Whether a column's figures are such as are added up, which years are not."""
    if target is None or not _is_figure(target, schema):
        return False
    calendar = schema.record(target.record).calendar
    return calendar is None or bool(target.part) or target.key != calendar.year


def _agreement(lines: Lines, targets: Targets, schema: Schema, at: Places, aside: Places) -> _Agreement:
    """How the figures of some rows agree with those above them, all or since the last such row. ``aside``: rows that do not count."""
    some, several, compared, formula = (np.zeros(len(at), bool) for _ in range(4))
    counts = np.ones(len(lines), bool)
    counts[aside] = False
    begins = np.zeros(len(at), np.int64), np.concatenate([[0], at[:-1] + 1])
    each = [np.ones(len(at), bool) for _ in begins]
    for place, target in enumerate(targets):
        cells = lines.frame[place].iloc[at]
        summed = _is_summed(target, schema)
        if not (summed or target is None) or not col.matches(cells, _NUMBER).any():
            continue
        micros, number = _micros(lines.frame[place])
        given, above = micros[at], np.where(counts, micros, 0)
        adding = col.matches(cells, _ADDING)
        right = [adding | (number[at] & (given == _added(above, at, begin))) for begin in begins]
        some |= adding | ((given != 0) & (right[0] | right[1]))
        formula |= col.matches(cells, "^=")
        if summed:
            each = [whole & (part | ~col.filled(cells)) for whole, part in zip(each, right, strict=True)]
            several |= np.logical_or.reduce([part & (_added(above != 0, at, begin) > 1) for part, begin in zip(right, begins, strict=True)])
            compared |= number[at] & (number | ~col.filled(lines.frame[place]) | ~counts).all()
    whole = some & (each[0] | each[1])
    return _Agreement(some, whole, compared & ~some & ~formula, whole & several)


def _added(values: "Places | Mask", at: Places, start: Places) -> Places:
    """What the values from ``start`` on add up to above each row."""
    upto = np.concatenate([[0], np.cumsum(values, dtype=np.int64)])
    added: Places = upto[at] - upto[start]
    return added


def _micros(text: "pd.Series[str]") -> tuple[Places, Mask]:
    """Numbers as whole millionths, 0 for what is none or too large, and which are numbers."""
    plain = col.replace(col.replace(text, r"[\s€'\x{00A0}\x{202F}]|EUR", ""), r"\x{2212}", "-")
    plain = col.replace(col.replace(plain, r"\.(\d{3})", r"\1") if bool(col.matches(plain, r"\d\.\d{3},").any()) else plain, ",", ".")
    number = col.matches(plain, rf"^-?\d{{1,12}}(?:\.\d{{1,{_MICRO}}})?$")
    decimals = pc.cast(col.to_arrow(col.put(plain, ~number, "0")), pa.decimal128(18, _MICRO))
    return np.array(pc.cast(pc.multiply(decimals, pa.scalar(10**_MICRO)), pa.int64())), number
