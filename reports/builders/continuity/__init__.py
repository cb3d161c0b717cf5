"""The continuity report: what remains when the office and its funding end."""
