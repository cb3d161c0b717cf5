"""Writes that touch more than one row, each in one transaction, and the matching of pasted names."""
