"""Timelines: what happened to an actor, at an event, in a measure, with a concern; in one list each.

They stand above the apps because they show what several of them know; pages load them by their address.
"""
