"""An invented Westhagen from 2003 to the day it is made for: same seed and day, same data.

What happened once stays as it was: an event of 2023 is the same whether the demo is made in 2026 or in 2030.
So chance comes from streams that never ask for the day: one for each edition, some for each later year.
"""
