"""One seeded source of randomness for igraph, which has a single global one."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import igraph

_lock = Lock()


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Make igraph draw from a generator of this seed, for one thread at a time."""
    with _lock:
        igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - repeatable, not secret
        try:
            yield
        finally:
            igraph.set_random_number_generator(random)
