"""Response times and memory on generated registers: ``make bench``, or ``python -m tests.bench --help``.

A time never fails anything; it is printed beside the target of the design.
"""
