"""What a conversion gives back."""

from collections.abc import Iterator

from csvimport.errors import UsageError
from csvimport.output.package import make_package
from csvimport.output.separate import files
from csvimport.output.write import attachments_of, to_blocks
from csvimport.pipeline import Outcome
from csvimport.report.report import Report


class Result:
    """What a conversion gave: the report, the files written, and the bytes."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self.report: Report = outcome.report

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files that were written."""
        return self.report.outputs

    def to_bytes(self) -> bytes:
        """The upload-ready CSV.

        Raises UsageError when the data has errors, because there is nothing to upload then, and when it makes several files.
        """
        return b"".join(self.to_blocks())

    def to_blocks(self) -> Iterator[bytes]:
        """The same block by block, for files that are too large to hold twice. Raises UsageError as ``to_bytes`` does."""
        self._without_errors()
        how = self._outcome.data.schema.separate
        if how and len(self._outcome.data[how.record]) > 1:
            raise UsageError(f"several_files_of_{how.record}")
        return to_blocks(self._outcome.data, self._outcome.context)

    def to_files(self) -> dict[str, bytes]:
        """The files to upload by name, and the list of them, where each record makes a file of its own.

        Raises UsageError when the data has errors, or when the transfer file is a single one.
        """
        how = self._outcome.data.schema.separate
        if how is None:
            raise UsageError("single_file", file=self._outcome.data.schema.file)
        self._without_errors()
        return files(self._outcome.data, how, self._outcome.context, self.report.lang, self.report.masked)

    def to_package(self, name: str) -> bytes:
        """A ZIP package of the CSV, under that name, and the attachments that it names.

        Raises UsageError when the data has errors.
        """
        wanted = {name for table in self._outcome.data.tables.values() for name in attachments_of(table)}
        return make_package(self.to_bytes(), name, self._outcome.context.attachments or {}, wanted)

    def _without_errors(self) -> None:
        if not self.report.ok:
            raise UsageError("data_has_errors", count=self.report.counts.errors)
