"""Fuzzes the reading of CSV files and workbooks with atheris for a bounded time, outside the tests.

``python -m tests.fuzz --seconds 60 [csv|xlsx]``. atheris is no dependency of the project: ``pip install atheris`` (Linux and macOS).
It begins with ``tests/fuzz/seeds/``, keeps what leads to new code in a folder of its own (``--corpus``), and writes an input that
crashes to ``crash-…`` in the working folder. Mend the crash, make the input small (``-minimize_crash=1`` of libFuzzer) and keep it among
the seeds, which the tests run.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

SEEDS = Path(__file__).parent / "seeds"

with atheris.instrument_imports(include=["csvimport"]):
    from tests.fuzz import targets

    for name, target in targets.TARGETS.items():
        target((SEEDS / name / "table").read_bytes())  # loads the modules that are loaded when they are needed


def main() -> None:
    """Runs the fuzzer; its own end, a crash or the end of the time, ends the program."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Fuzz the reading of inputs.")
    parser.add_argument("target", nargs="?", choices=targets.TARGETS, default="csv")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--corpus", type=Path, help="folder that keeps what leads to new code [default: a temporary one]")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        corpus = asked.corpus or Path(temporary)
        corpus.mkdir(exist_ok=True)
        own = [f"-max_total_time={asked.seconds}", "-max_len=20000", "-rss_limit_mb=3000", "-timeout=20"]
        atheris.Setup([sys.argv[0], *own, str(corpus), str(SEEDS / asked.target)], targets.TARGETS[asked.target])
        atheris.Fuzz()


main()
