"""Reading tables that people send us: CSV and Excel, checked before they are trusted.

This file imports nothing, because the child process that parses Excel must start without Django.
"""
