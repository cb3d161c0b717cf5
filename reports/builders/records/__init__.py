"""The records behind a figure: every number of a report can be opened to what it was counted from."""
