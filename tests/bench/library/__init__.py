"""Seconds and peak memory of ``reports.analysis``, beside networkx doing the same in the same run.

Every step runs in two processes of its own: in one with our library, in the other with networkx. What it
needs is made before the clock starts. What networkx does not end within the cap is stopped and printed as
more than that.
"""
