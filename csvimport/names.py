"""Names of files as they are shown: a few are no text, and nothing but their bytes leads to the file."""

import os


def as_text(name: object) -> str:
    """The name of a file as text; what is none in it becomes the sign for that."""
    return os.fsencode(str(name)).decode("utf-8", errors="replace")
