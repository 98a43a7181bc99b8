"""The totals that the schemas ask for, by the names that they use."""

from collections.abc import Callable, Iterable

from csvimport.conditions import holds
from csvimport.context import Context
from csvimport.figures import Figure
from csvimport.records import Data
from csvimport.schema import Total

TotalFunction = Callable[[Data, Total, Context], Iterable[Figure]]
TOTALS: dict[str, TotalFunction] = {}


def total(function: TotalFunction) -> TotalFunction:
    """Registers a total under its function's name."""
    TOTALS[function.__name__] = function
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
            yield Figure(f"{asked.name} {value}", None, str(number))
