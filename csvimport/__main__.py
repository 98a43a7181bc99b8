"""``python -m csvimport``."""

from csvimport.cli import main

main()
