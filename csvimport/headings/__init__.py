"""Which column is which field: by its heading, or by its place in the file's own order."""
