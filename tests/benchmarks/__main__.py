"""Times csvimport as whole processes against the floor of the same run, and prints a table.

``python -m tests.benchmarks [--rows 100000] [--only partners]``. The floor is pyarrow reading and writing the same CSV, python-calamine
reading the same workbook, or an import; beside it stands what a user would take instead, where that is installed.
"""

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from tests.benchmarks import generate
from tests.benchmarks.others import CSV_FLOOR, FILES_FLOOR, FRICTIONLESS, PLAIN_LOOP, WORKBOOK_FLOOR

FEW_ROWS = 20
TIMED = """
import os, resource, subprocess, sys, time
start = time.perf_counter()
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, status)
"""


@dataclass(frozen=True)
class Measured:
    """Seconds of the clock and of the processors, and the peak memory in MB, of a whole process."""

    seconds: float
    processor: float
    memory: int


@dataclass(frozen=True)
class Case:
    """A command, the input that it is given, and the program that does the least of the same."""

    name: str
    title: str
    arguments: tuple[str, ...]
    suffix: str
    make: Callable[[Path, int], None]
    floor: str
    goal: str
    output: str = "output.csv"
    fixed_rows: int = 0


CASES = (
    Case("help", "csvimport --help; floor: import click", ("--help",), "", lambda path, rows: None, "import click", "3", fixed_rows=1),
    Case(
        "few", "check of 20 rows; floor: import pandera", ("check", "partners", "{input}"), ".csv", generate.partners_csv,
        "import pandera.pandas", "1.6", fixed_rows=FEW_ROWS,
    ),
    Case("check", "check partners, CSV", ("check", "partners", "{input}", "--max-size", "10GB"), ".csv", generate.partners_csv, CSV_FLOOR, "–", output=""),
    Case("partners", "convert partners, CSV", ("convert", "partners", "{input}"), ".csv", generate.partners_csv, CSV_FLOOR, "10"),
    Case(
        "defects", "the same, 1 % defective", ("convert", "partners", "{input}"), ".csv", generate.partners_with_defects(100), CSV_FLOOR,
        "1.3 × clean",
    ),
    Case(
        "all-defects", "the same, every row defective", ("convert", "partners", "{input}"), ".csv", generate.partners_with_defects(1),
        CSV_FLOOR, "3 × clean",
    ),
    Case(
        "workbook", "convert partners, workbook of 20 columns", ("convert", "partners", "{input}", "--max-size", "10GB"), ".xlsx",
        generate.partners_workbook, WORKBOOK_FLOOR, "2.5",
    ),
    Case("invoices", "convert invoices, table of lines", ("convert", "invoices", "{input}"), ".csv", generate.invoice_lines, CSV_FLOOR, "12"),
    Case(
        "vouchers", "convert memo vouchers, 50 entries each", ("convert", "memo-vouchers", "{input}"), ".csv", generate.journal,
        CSV_FLOOR + FILES_FLOOR, "12", output="output",
    ),
    Case("payroll", "convert payroll, hours and minutes", ("convert", "payroll", "{input}"), ".csv", generate.hours, CSV_FLOOR, "–"),
    Case(
        "frictionless", "check partners; floor: frictionless", ("check", "partners", "{input}"), ".csv", generate.partners_csv,
        FRICTIONLESS, "0.2", output="",
    ),
    Case(
        "loop", "check partners; floor: csv and python-stdnum", ("check", "partners", "{input}"), ".csv", generate.partners_csv,
        PLAIN_LOOP, "–", output="",
    ),
)  # fmt: skip


def measure(command: list[str]) -> Measured:
    """What a command takes as a whole process; one that finds errors in its input has not failed. Raises CalledProcessError."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = subprocess.run([sys.executable, "-c", TIMED, *command], check=True, capture_output=True, text=True, env=environment)
    seconds, processor, memory, status = run.stdout.split()
    if int(status) > 1:
        raise subprocess.CalledProcessError(int(status), command, stderr=run.stderr)
    return Measured(float(seconds), float(processor), int(memory))


def lines(case: Case, rows: int, folder: Path) -> Iterator[str]:
    """The line of the table for a case, or that what it is held against is not installed."""
    missing = [name for name in ("frictionless", "stdnum") if f"import {name}" in case.floor and not importlib.util.find_spec(name)]
    if missing:
        yield f"{case.title:46} needs {missing[0]}, which is not installed"
        return
    rows = case.fixed_rows or rows
    source, target = folder / f"{case.name}{case.suffix}", folder / f"{case.name}-{case.output}"
    case.make(source, rows)
    least = measure([sys.executable, "-c", case.floor, str(source), str(folder / "floor")])
    command = [argument.replace("{input}", str(source)) for argument in case.arguments]
    output = ["-o", str(target), "--force"] if case.arguments[0] == "convert" else []
    own = measure([sys.executable, "-m", "csvimport", *command, *output])
    size = source.stat().st_size / 1e6 if source.exists() else 0.0
    yield (
        f"{case.title:46} {rows:9} {own.seconds:8.2f} {own.processor:7.2f} {own.memory:8} {size:8.1f} {rows / own.seconds:9.0f} "
        f"{least.seconds:8.2f} {least.processor:7.2f} {least.memory:8} {own.seconds / least.seconds:6.2f}  {case.goal}"
    )


@click.command()
@click.option("--rows", default=100_000, show_default=True, help="Rows of each input.")
@click.option("--only", multiple=True, help=f"Of: {', '.join(case.name for case in CASES)}.")
def main(rows: int, only: tuple[str, ...]) -> None:
    """Run every case once and print seconds, processor seconds, memory, rows a second and the ratio to the floor."""
    click.echo(
        f"{'case':46} {'rows':>9} {'seconds':>8} {'cpu s':>7} {'peak MB':>8} {'input MB':>8} {'rows/s':>9} "
        f"{'floor s':>8} {'cpu s':>7} {'floor MB':>8} {'ratio':>6}  goal"
    )
    with tempfile.TemporaryDirectory() as folder:
        for case in CASES:
            if not only or case.name in only:
                for line in lines(case, rows, Path(folder)):
                    click.echo(line)


if __name__ == "__main__":
    main()
