"""Tables of events, series, spaces, programmes and measures, on the page and in an export."""
