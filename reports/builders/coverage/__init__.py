"""The coverage report: which parts of the district take part, and who is missing."""
