"""Writes that touch more than one row. All or nothing: each runs in one transaction."""
