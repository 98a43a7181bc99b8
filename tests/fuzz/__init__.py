"""Fuzzing: what is read from bytes of any kind, and what may come of it."""
