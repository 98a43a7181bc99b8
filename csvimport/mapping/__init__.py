"""Mappings: how the columns of one kind of spreadsheet go into a transfer file, declared in TOML."""

from csvimport.mapping.declared import Mapping, load

__all__ = ["Mapping", "load"]
