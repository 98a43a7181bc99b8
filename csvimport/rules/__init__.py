"""Rules across fields, records and registers, by the names that the schemas use."""

from collections.abc import Iterable

from csvimport.context import Context
from csvimport.findings import Finding
from csvimport.records import Data
from csvimport.rules import (  # noqa: F401  (each registers its checks)
    budgets,
    common,
    identity,
    invoice_matching,
    invoice_sums,
    invoices,
    matching,
    memo_vouchers,
    payroll,
    registers,
    vat_and_units,
)
from csvimport.rules.subject import CHECKS, Subject


def check(data: Data, context: Context, only: str = "") -> Iterable[Finding]:
    """The findings of every rule of the file that has checks, in the order of the schema; ``only``: of the rule with that id."""
    for rule in data.schema.all_rules:
        if only and rule.id != only:
            continue
        for use in rule.checks:
            yield from CHECKS[use.use](Subject(data, rule, use, context))
