"""The language of messages where none is asked for: that of the system if csvimport has it, else English."""

import locale
import os
import sys

from csvimport.settings import LANGUAGES

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_NAMES = {"finnish": "fi", "swedish": "sv", "english": "en"}


def system_language() -> str:
    """The language of the system's settings: of the environment first, on Windows of the display."""
    named = next((value for name in _VARIABLES if (value := os.environ.get(name))), "") or _windows_language()
    word = named.split("_")[0].split("-")[0].split(".")[0].lower()
    language = _NAMES.get(word, word)
    return language if language in LANGUAGES else "en"


def _windows_language() -> str:
    if sys.platform != "win32":
        return ""
    import ctypes

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
