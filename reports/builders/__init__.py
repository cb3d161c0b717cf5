"""Who builds the reports: a package a report, and what several of them share."""
