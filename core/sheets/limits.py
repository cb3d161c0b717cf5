"""How much an uploaded table may hold; beyond a limit a file is refused, never cut. Imports nothing heavy."""

MEBIBYTE = 1024 * 1024

MAX_FILE_BYTES = 20 * MEBIBYTE

# The zip container of an Excel file, judged before anything is unpacked.
MAX_PARTS = 1_000
MAX_PART_BYTES = 150 * MEBIBYTE
MAX_UNPACKED_BYTES = 200 * MEBIBYTE
MAX_RATIO = 250
RATIO_FROM_BYTES = MEBIBYTE
MAX_PROLOG_BYTES = 64 * 1024

# The table itself.
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELL_CHARS = 32_767
MAX_SHEETS = 30
MAX_TABLE_CHARS = 64 * MEBIBYTE

# The child process that parses Excel.
CHILD_MEMORY_BYTES = 768 * MEBIBYTE
CHILD_CPU_SECONDS = 60
CHILD_WALL_SECONDS = 90
CHILD_OUTPUT_BYTES = 4 * MAX_TABLE_CHARS
