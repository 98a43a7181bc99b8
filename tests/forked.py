"""The command line in processes of their own and under limits, each forked from one that has loaded the libraries.

So a process takes the time of its work alone. ``python tests/forked.py`` is that process: it reads requests and answers them, a line of
JSON each.
"""

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LONGEST = 60  # seconds, after which a process is ended
MEMORY = 4 << 30  # bytes that it may ask for


@dataclass(frozen=True)
class Ended:
    """How a process ended: exit status (of a signal: negative), what it printed, its seconds, and its peak memory in MB."""

    status: int
    out: bytes
    err: str
    seconds: float
    peak: int


class Forks:
    """Runs the command line."""

    def __init__(self) -> None:
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}
        self._server = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
        )

    def run(self, *arguments: str, folder: Path, **limits: Any) -> Ended:
        """``limits``: ``memory`` and ``file_size`` in bytes, ``stdin`` and ``stdout`` paths."""
        request = {"arguments": arguments, "folder": str(folder), "stdout": str(folder / ".out"), "stderr": str(folder / ".err"), **limits}
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        print(json.dumps(request), file=self._server.stdin, flush=True)
        answer = json.loads(self._server.stdout.readline())
        err = folder / ".err"
        out = folder / ".out"
        printed = out.read_bytes() if out.exists() else b""
        said = err.read_text(encoding="utf-8", errors="replace")
        for path in (out, err):
            path.unlink(missing_ok=True)
        return Ended(answer["status"], printed, said, answer["seconds"], answer["peak"])

    def close(self) -> None:
        """Ends the process that forks."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.close()
        self._server.stdout.close()
        self._server.wait()


def serve() -> None:
    """Answers requests until there are none; returns only in a process that has been forked for one."""
    requests, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    for line in requests:
        request = json.loads(line)
        start = time.monotonic()
        child = os.fork()
        if not child:
            prepare(**request)
            return
        _, status, used = os.wait4(child, 0)
        answer = {"status": os.waitstatus_to_exitcode(status), "seconds": time.monotonic() - start, "peak": used.ru_maxrss // 1024}
        print(json.dumps(answer), file=answers, flush=True)
    sys.exit()


def prepare(
    arguments: Sequence[str],
    folder: str,
    stdout: str,
    stderr: str,
    stdin: str = os.devnull,
    memory: int = MEMORY,
    file_size: int = 0,
) -> None:
    """Makes the process what a request asks for."""
    import resource

    os.chdir(folder)
    signal.alarm(LONGEST)
    for path, number, flags in ((stdin, 0, os.O_RDONLY), (stdout, 1, os.O_WRONLY | os.O_CREAT), (stderr, 2, os.O_WRONLY | os.O_CREAT)):
        os.dup2(os.open(path, flags, 0o666), number)
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if file_size:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    sys.argv = ["csvimport", *arguments]


if __name__ == "__main__":
    import pandas

    import csvimport.api
    import csvimport.read.workbook
    import csvimport.report.as_workbook
    import csvimport.report.terminal
    from csvimport.cli import main

    frame = pandas.DataFrame({"Product type": ["S"], "Product name": ["Kahvi"], "Unit price": ["x"]})
    csvimport.report.terminal.render(csvimport.check("products", frame))  # loads what all of them need
    gc.freeze()  # pages that are not written to need not be copied
    serve()
    main()
