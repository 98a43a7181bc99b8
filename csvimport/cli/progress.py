"""Progress on standard error: which step is at work, shown only on a terminal and only when it takes longer than two seconds."""

import sys
import threading
import time
from types import TracebackType

from csvimport.messages import phrase

PATIENCE, INTERVAL = 2.0, 0.5


class Progress:
    """A line on standard error that says the step and its seconds while it is entered."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._step = ""
        self._start = time.monotonic()
        self._done = threading.Event()
        self._shown = 0
        self._thread = threading.Thread(target=self._show, daemon=True)

    def __call__(self, step: str) -> None:
        """Another step begins: ``reading``, ``checking`` or ``writing``."""
        self._step = step

    def __enter__(self) -> "Progress":
        if sys.stderr is not None and sys.stderr.isatty():
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._done.set()
        if self._thread.is_alive():
            self._thread.join()
        if self._shown:
            sys.stderr.write("\r" + " " * self._shown + "\r")
            sys.stderr.flush()

    def _show(self) -> None:
        if self._done.wait(PATIENCE):
            return
        while not self._done.wait(INTERVAL):
            text = f"{phrase('progress_' + (self._step or 'reading'), self._lang)} {time.monotonic() - self._start:.0f} s"
            sys.stderr.write("\r" + text.ljust(self._shown))
            sys.stderr.flush()
            self._shown = len(text)
