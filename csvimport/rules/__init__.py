"""Rules across fields, records and registers, by the names that the schemas use."""

from collections.abc import Iterable

from csvimport.context import Context
from csvimport.findings import Finding
from csvimport.records import Data
from csvimport.rules import common, identity, invoice_matching, invoice_sums, invoices, matching, registers, vat_and_units  # noqa: F401  (each registers its checks)
from csvimport.rules.subject import CHECKS, Subject


def check(data: Data, context: Context) -> Iterable[Finding]:
    """The findings of every rule of the file that has checks, in the order of the schema."""
    for rule in data.schema.all_rules:
        for use in rule.checks:
            yield from CHECKS[use.use](Subject(data, rule, use, context))
