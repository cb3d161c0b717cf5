"""The report about concerns: how many, how long they take, what about, and with whom they lie."""

from reports.builders.concerns.report import build_concerns_report

__all__ = ["build_concerns_report"]
