"""The pages of reports, one module a subject."""
