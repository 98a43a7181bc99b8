"""Benchmarks: ``python -m tests.benchmarks``; speed is measured here and asserted nowhere."""
