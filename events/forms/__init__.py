"""Forms of events, series, participation and what belongs to them."""
