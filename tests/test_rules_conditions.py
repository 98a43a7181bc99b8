"""The condition that a schema gives to a check limits what it says, whichever check it is."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import test_rules_budgets
import test_rules_dimensions
import test_rules_invoices
import test_rules_memo_vouchers
import test_rules_partners
import test_rules_payroll
import test_rules_products
import test_rules_salary_info
from conftest import Case, upload

import csvimport
from csvimport.pipeline import Options, Outcome, run
from csvimport.rules.subject import CHECKS, Subject
from csvimport.schema_parts import Check, Rule
from csvimport.settings import load

pytestmark = pytest.mark.no_cover

CASES = {
    "budgets": test_rules_budgets.BROKEN,
    "dimensions": test_rules_dimensions.BROKEN,
    "invoices": test_rules_invoices.BROKEN,
    "memo-vouchers": test_rules_memo_vouchers.BROKEN,
    "partners": test_rules_partners.BROKEN,
    "payroll": test_rules_payroll.BROKEN,
    "products": test_rules_products.BROKEN,
    "salary-info": test_rules_salary_info.BROKEN,
}

OF_THE_FILE = {
    "at_most_values",
    "both_years",
    "codes_and_numbers",
    "count",
    "count_new",
    "identity_codes_used",
    "only_zeros",
    "several_values",
}
OF_STRUCTURE = {"first_is_main", "has_parent", "row_total", "rows_and_invoice_split", "voucher_balances"}
ELSEWHERE = {"sign_of_currency", "is_record_word", "vat_number", "vouchers_told_apart", "zeros_may_be_lost"}  # say nothing of these cases
REMINDERS = {"item_of_dimension", "would_be_emptied"}  # without a register, of what cannot be looked at


def uses(name: str) -> Iterator[tuple[str, Case, Rule, Check]]:
    """The broken rules that a check may tell of; those without registers first."""
    for with_registers in (True, False):
        for file, cases in CASES.items():
            for case in cases:
                rule = csvimport.schema(file).rule(case.rule)
                yield from ((file, case, rule, use) for use in rule.checks if use.use == name and bool(case.registers) == with_registers)


def read(file: str, case: Case, folder: Path) -> Outcome:
    """The records of a case with what is known of the environment."""
    settings = {**case.settings, "registers": {**case.settings.get("registers", {})}}
    for name, lines in case.registers.items():
        path = folder / f"{name}.csv"
        path.write_bytes(upload(*lines).getvalue())
        settings["registers"][name] = str(path)
    return run(csvimport.schema(file), upload(*case.lines), load(settings), Options())


def tells(outcome: Outcome, rule: Rule, use: Check) -> bool:
    return any(len(finding) for finding in CHECKS[use.use](Subject(outcome.data, rule, use, outcome.context)))


@pytest.mark.parametrize("name", sorted(CHECKS.keys() - OF_THE_FILE - OF_STRUCTURE - ELSEWHERE))
def test_a_check_tells_nothing_where_its_condition_does_not_hold(name: str, tmp_path: Path) -> None:
    """Looked at with registers and without, where there are cases of both."""
    told: set[bool] = set()
    for file, case, rule, use in uses(name):
        if bool(case.registers) not in told and not (name in REMINDERS and not case.registers):
            outcome = read(file, case, tmp_path)
            if tells(outcome, rule, use):
                told.add(bool(case.registers))
                assert not tells(outcome, rule, replace(use, when={outcome.data[use.record].record.keys[0]: ()}))
    assert told
