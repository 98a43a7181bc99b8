"""Whether XML has a document type, whose entities could expand without end."""

from typing import Any
from xml.parsers import expat


class _Told(Exception):  # noqa: N818  (it ends the parsing)
    """Whether there is a document type, ``args[0]``, has been seen."""


def has_document_type(xml: bytes) -> bool | None:
    """Whether there is a document type before the first element, in whatever encoding; None when XML breaks off or is wrong before it."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *declared: _tell(True)
    parser.StartElementHandler = lambda *element: _tell(False)
    try:
        parser.Parse(xml, False)
    except _Told as told:
        return bool(told.args[0])
    except expat.ExpatError:
        pass
    return None


def _tell(there: bool) -> Any:
    raise _Told(there)
