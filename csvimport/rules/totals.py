"""The totals that the schemas ask for, by the names that they use."""

from collections.abc import Callable, Iterable

from csvimport.conditions import holds
from csvimport.context import Context
from csvimport.figures import Figure
from csvimport.records import Data
from csvimport.schema_parts import Total

TotalFunction = Callable[[Data, Total, Context], Iterable[Figure]]
ListFunction = Callable[[Data], dict[str, list[str]]]
TOTALS: dict[str, TotalFunction] = {}
FOR_EACH_FILE: dict[str, ListFunction] = {}


def total(function: TotalFunction) -> TotalFunction:
    """Registers a total under its function's name."""
    TOTALS[function.__name__] = function
    return function


def for_each_file(function: ListFunction) -> ListFunction:
    """Registers, under its function's name, what a list of files says about each: columns by the names of their headings."""
    FOR_EACH_FILE[function.__name__] = function
    return function


@total
def count(data: Data, asked: Total, context: Context) -> Iterable[Figure]:
    """The number of records under the condition."""
    yield Figure(asked.name, None, str(int(holds(data, data[asked.record], asked.when).sum())))


@total
def count_by_value(data: Data, asked: Total, context: Context) -> Iterable[Figure]:
    """The number of records for each value of a field."""
    counts = data[asked.record].text[asked.field].value_counts().sort_index()
    for value, number in counts.items():
        if value in data[asked.record].record[asked.field].values:
            yield Figure(asked.name, None, str(number), str(value))


@total
def count_distinct(data: Data, asked: Total, context: Context) -> Iterable[Figure]:
    """The number of different values of a field."""
    yield Figure(asked.name, None, str(len(set(data[asked.record].text[asked.field].unique()) - {""})))
