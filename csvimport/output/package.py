"""Makes ZIP packages: a transfer file together with its attachments."""

import io
import zipfile
from collections.abc import Iterable, Mapping

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def make_package(content: bytes, name: str, attachments: Mapping[str, bytes], wanted: Iterable[str]) -> bytes:
    """The bytes of a package with everything on its top level; the same contents always give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, _FIXED_TIME), content, zipfile.ZIP_DEFLATED)
        for attachment in sorted(set(wanted)):
            archive.writestr(zipfile.ZipInfo(attachment, _FIXED_TIME), attachments[attachment], zipfile.ZIP_DEFLATED)
    return target.getvalue()
