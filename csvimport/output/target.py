"""Where a conversion writes: a file, a package or a folder of files, with its manifest beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from csvimport.errors import OutputError, Sentence, UsageError
from csvimport.kept import Kept
from csvimport.names import as_text, real
from csvimport.output.manifest import MANIFESTS, manifest
from csvimport.output.separate import LIST
from csvimport.output.write import check_folder, check_target, write_file, write_folder
from csvimport.read.package import SUFFIX
from csvimport.result import Result
from csvimport.schema import Schema


class Form(Enum):
    """What is written under the name of the target."""

    FILE = auto()  # one transfer file
    PACKAGE = auto()  # a ZIP package of one and its attachments
    FOLDER = auto()  # several, and the list of them


@dataclass(frozen=True)
class Target:
    """The path, what is written there, and whether a manifest goes beside it."""

    path: Path
    form: Form
    manifest: bool

    @property
    def file_name(self) -> str:
        """The name under which the transfer file is uploaded, where it is written alone, else ``""``."""
        return self.path.name if self.form == Form.FILE else ""

    @property
    def _manifests(self) -> dict[str, Path]:
        """The files of the manifest by the ends of their names."""
        return {end: self.path.with_name(self.path.name + end) for end in MANIFESTS} if self.manifest else {}

    def check(self, *, force: bool, kept: Kept) -> None:
        """Raises OutputError when something cannot be written, is there already, or is a file that is kept."""
        if self.form == Form.FOLDER:
            check_folder(self.path, force=force, listed=LIST, kept=kept)
        else:
            check_target(self.path, force=force, kept=kept)
        for beside in self._manifests.values():
            check_target(beside, force=force, kept=kept)

    def check_report(self, report: Path) -> None:
        """Raises UsageError when a report has the name of an output, and OutputError when its folder is the one that is exchanged."""
        place = real(report)
        if place in map(real, (self.path, *self._manifests.values())):
            raise UsageError("report_is_output", report=report)
        if self.form == Form.FOLDER and real(self.path) in place.parents:
            raise OutputError("report_in_folder", report=report, path=self.path)

    def write(self, result: Result, *, force: bool) -> list[Path]:
        """Writes the output of a conversion without errors, then its manifest; the files that were written. Raises OutputError."""
        if self.form == Form.FOLDER:
            contents = result.to_files()
            write_folder(contents, self.path)
            outputs = [self.path / name for name in contents]
        else:
            package = self.form == Form.PACKAGE
            blocks = [result.to_package(f"{as_text(self.path.stem)}.csv")] if package else result.to_blocks()
            write_file(blocks, self.path, force=force)
            outputs = [self.path]
        with self.standing():
            contents_beside = manifest(result.report, outputs) if self.manifest else {}
            for end, content in contents_beside.items():
                write_file([content], self._manifests[end], force=force)
                outputs.append(self._manifests[end])
        return outputs

    @contextmanager
    def standing(self) -> Iterator[None]:
        """What fails to be written behind the output says that this one stands."""
        try:
            yield
        except OutputError as error:
            raise OutputError(error.key, *error.following, Sentence("output_stands", path=self.path), **error.details) from error


def target_of(path: Path, schema: Schema, *, as_other: bool, manifest: bool) -> Target:
    """What a path is meant for: by its end, and by what the transfer file allows; ``as_other``: in the form of another one.

    Raises UsageError for a package of a transfer file that has none.
    """
    form = Form.FILE
    if path.suffix.lower() == SUFFIX:
        if not schema.package:
            raise UsageError("no_package", file=schema.file)
        form = Form.PACKAGE
    elif schema.separate is not None and not as_other and (path.is_dir() or not path.suffix[1:2].isalpha()):
        form = Form.FOLDER
    return Target(path, form, manifest)
