"""Colours of charts and documents: those of the light pages (frontend/theme/colours.css)."""

INK, MUTED, LINE, PRIMARY, SOFT = "#1d2730", "#53616e", "#dfe4e8", "#14566f", "#e3eff3"
WARNING, WARNING_SOFT = "#8a4b00", "#fff3df"
# In the order in which charts take them.
SERIES = (
    "#2a8c7a",
    "#4477aa",
    "#c2503d",
    "#b8860b",
    "#8b6fb0",
    "#54606b",
    "#9c5a2e",
    "#b0417a",
    "#3d9a4b",
    "#2f86b7",
)
