"""What stops a run: each message is the sentence that the command line prints."""


class CsvImportError(Exception):
    """Any reason why a call could not be carried out; findings in the data never raise."""


class UsageError(CsvImportError):
    """The call itself is wrong: an unknown transfer file, option or settings key."""


class InputError(CsvImportError):
    """The input cannot be used: missing, empty, protected, not a spreadsheet."""


class OutputError(CsvImportError):
    """The output cannot be written: it exists, its folder does not, the disk is full."""


class SchemaError(CsvImportError):
    """A schema file is wrong; the message names the file and the key."""
