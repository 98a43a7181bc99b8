"""The rows of an input sorted into the records of the transfer file."""
