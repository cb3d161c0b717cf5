"""Stadtteilnetz: the project package.

The SQLite library that ships with many Linux distributions can lose committed rows in WAL mode. The wheel
``pysqlite3`` carries a repaired one and takes the place of the standard module before Django is imported.
"""

import sys

try:
    import pysqlite3
    import pysqlite3.dbapi2
except ImportError:  # no wheel for this platform: core.checks says so where it matters
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
