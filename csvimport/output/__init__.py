"""Records → the files that are uploaded, and what lies beside them."""
