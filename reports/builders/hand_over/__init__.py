"""The staff change sheet: what a colleague has to know about somebody's actors."""
