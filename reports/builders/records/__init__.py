"""The records behind a figure: every number of a report can be opened to what it was counted from."""

from reports.builders.records.report import FIGURES, Opened, build_records

__all__ = ["FIGURES", "Opened", "build_records"]
