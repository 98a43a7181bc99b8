"""The three weights of a finding."""

from enum import StrEnum


class Severity(StrEnum):
    """Error: refused, or silently changed. Warning: probably not meant. Note: notation or a fact."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)
