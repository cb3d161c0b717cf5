"""How much of an e-mail is read; beyond a limit it is refused, or the page says what is missing."""

MEBIBYTE = 1024 * 1024

MAX_MESSAGE_BYTES = 25 * MEBIBYTE
MAX_PASTED_CHARS = 1_000_000

# What no mail program writes only keeps a worker busy.
MAX_LINES = 700_000
MAX_PARTS = 500
MAX_BOUNDARIES = 200
MAX_COMPARISONS = 20_000_000
MAX_HEADER_CHARS = 256 * 1024
MAX_PART_HEADER_CHARS = 8 * 1024
MAX_RECIPIENTS = 500
MAX_SUBJECT_CHARS = 1_000
MAX_NAME_CHARS = 200
MAX_HTML_BYTES = 4 * MEBIBYTE
# Longer texts are cut with a visible mark.
MAX_TEXT_CHARS = 300_000

MAX_CALENDAR_CHARS = 256 * 1024
MAX_APPOINTMENTS = 10
# So much of a message that cannot be read is looked at for who sent it and when.
MAX_HEAD_BYTES = 64 * 1024

MAX_ATTACHMENTS = 50
MAX_ATTACHMENT_BYTES = 10 * MEBIBYTE
MAX_PIXELS = 50_000_000
MAX_PIXELS_OF_MESSAGE = 150_000_000
# A picture that the text itself shows and that is smaller is a logo or a smiley.
MAX_LAYOUT_IMAGE_BYTES = 20 * 1024
MAX_FILE_NAME_CHARS = 120
