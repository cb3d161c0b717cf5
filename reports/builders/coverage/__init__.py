"""The coverage report: which parts of the district take part, and who is missing."""

from reports.builders.coverage.report import build_coverage_report

__all__ = ["build_coverage_report"]
