"""Measures of a two-mode network of actors and events. Pure: frames in, frozen results out, no Django."""
