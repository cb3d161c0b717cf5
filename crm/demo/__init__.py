"""An invented Westhagen from 2003 to 2021: the same seed always gives the same data."""
