"""Times csvimport as whole processes against the floor of the same run, and prints a table.

``python -m tests.benchmarks [--rows 100000]``; the floor is pyarrow reading and writing the same CSV, or python-calamine reading
the same workbook.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click

from tests.benchmarks import generate

CSV_FLOOR = """
import sys, pyarrow as pa, pyarrow.csv as c
text = open(sys.argv[1], encoding="cp1252", newline="").read().encode()
width = text[: text.index(b"\\n")].count(b";") + 1
names = [str(i) for i in range(width)]
table = c.read_csv(
    pa.BufferReader(text), c.ReadOptions(column_names=names), c.ParseOptions(delimiter=";", quote_char=False),
    c.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
)
c.write_csv(table, sys.argv[2], c.WriteOptions(include_header=False, delimiter=";", quoting_style="none"))
"""
WORKBOOK_FLOOR = """
import sys, python_calamine as p
p.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
"""
PEAK = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(status)
"""

Case = tuple[str, str, str, Callable[[Path, int], None], str]
CASES: tuple[Case, ...] = (
    ("convert partners, CSV", "partners", ".csv", generate.partners_csv, CSV_FLOOR),
    ("convert partners, workbook of 20 columns", "partners", ".xlsx", generate.partners_workbook, WORKBOOK_FLOOR),
    ("convert invoices, table of lines", "invoices", ".csv", generate.invoice_lines, CSV_FLOOR),
    ("convert memo vouchers, 50 entries each", "memo-vouchers", ".csv", generate.journal, CSV_FLOOR),
    ("convert payroll, hours and minutes", "payroll", ".csv", generate.hours, CSV_FLOOR),
)


def measure(command: list[str]) -> tuple[float, int]:
    """Seconds and peak memory in MB of a command as a whole process. Raises CalledProcessError when it fails."""
    start = time.perf_counter()
    run = subprocess.run([sys.executable, "-c", PEAK, *command], check=True, capture_output=True, text=True)
    return time.perf_counter() - start, int(run.stdout) // 1024


@click.command()
@click.option("--rows", default=100_000, show_default=True, help="Rows of each input.")
def main(rows: int) -> None:
    """Run every case once and print seconds, memory, rows a second and the ratio to the floor."""
    click.echo(f"{'case':42} {'rows':>9} {'seconds':>8} {'peak MB':>8} {'rows/s':>9} {'floor s':>8} {'floor MB':>8} {'ratio':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for title, file, suffix, make, floor in CASES:
            source, target = Path(folder) / f"input{suffix}", Path(folder) / ("output" if file == "memo-vouchers" else "output.csv")
            make(source, rows)
            least, least_memory = measure([sys.executable, "-c", floor, str(source), str(target)])
            seconds, memory = measure([sys.executable, "-m", "csvimport", "convert", file, str(source), "-o", str(target), "--force"])
            click.echo(
                f"{title:42} {rows:9} {seconds:8.2f} {memory:8} {rows / seconds:9.0f} {least:8.2f} {least_memory:8} {seconds / least:6.1f}"
            )


if __name__ == "__main__":
    main()
