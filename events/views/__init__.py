"""Pages about events, series and participation."""
