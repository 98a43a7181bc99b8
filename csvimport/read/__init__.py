"""Reading: CSV, workbooks and frames become the same sheet of text cells with addresses."""
