"""Why a table, or one of its cells, cannot be read: in the user's language, a table with its place."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.sheets.cells import Cell, CellError


def column_letter(index: int) -> str:
    """Return the letter that spreadsheets show above the column (0 → A, 26 → AA)."""
    letters = ""
    index += 1
    while index > 0:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class SheetError(Exception):
    """A file or table that is refused; ``row`` counts from 1 as on screen, ``column`` from 0."""

    def __init__(
        self, message: str | Promise, *, row: int | None = None, column: int | None = None, **params: Any
    ) -> None:
        super().__init__(message)
        self.template = message
        self.row = row
        self.column = column
        self.params = params

    @property
    def message(self) -> str:
        """The reason alone, translated at the time it is read."""
        return str(self.template) % self.params if self.params else str(self.template)

    def __str__(self) -> str:
        if self.row is None:
            return self.message
        if self.column is None:
            return gettext("Row %(row)s: %(message)s") % {"row": self.row, "message": self.message}
        return gettext("Row %(row)s, column %(column)s: %(message)s") % {
            "row": self.row,
            "column": column_letter(self.column),
            "message": self.message,
        }


class ValueProblem(ValueError):
    """A cell that does not hold what its column should; the message is translated when it is read."""

    def __init__(self, message: str | Promise, **params: Any) -> None:
        super().__init__(message)
        self.template = message
        self.params = params

    def __str__(self) -> str:
        return str(self.template) % self.params if self.params else str(self.template)


def refuse_fault(cell: Cell) -> None:
    """Raise when the cell holds an error of the spreadsheet instead of a value."""
    if isinstance(cell, CellError):
        raise ValueProblem(_("The cell holds an error instead of a value: %(value)s"), value=cell.text)


TOO_LARGE = _("The file is larger than %(limit)s MB. Please split it.")
EMPTY_FILE = _("The file is empty.")
DAMAGED = _("The file is damaged. Please save it again and upload it once more.")
PROTECTED = _("The file is protected by a password. Please remove the password and upload it again.")
MACROS = _("The file contains macros. Please save it as an Excel workbook without macros (.xlsx).")
SUSPICIOUS = _("The file has a structure that no spreadsheet program writes. For safety it is not opened.")
UNPACKS_TOO_LARGE = _("The file unpacks to an unusual size. For safety it is not opened.")
NOT_A_WORKBOOK = _("This is not an Excel workbook. Please save the table as .xlsx or .csv.")
OLD_EXCEL = _("This is an old Excel file (.xls). Please open it and save it as an Excel workbook (.xlsx).")
OPEN_DOCUMENT = _("This is an OpenDocument file (.ods). Please save it as .xlsx or .csv.")
PDF = _("Tables cannot be read from PDF files. Please send the table itself as .xlsx or .csv.")
WEB_PAGE = _("This is a web page, not a table. Please open it in Excel and save it as .xlsx.")
UNKNOWN_FORMAT = _("This kind of file cannot be read. Please save the table as .xlsx or .csv.")
NOT_TEXT = _("The file is not readable text. Please save the table as .xlsx or as CSV UTF-8.")
NUL_CHARACTER = _("There is a null character in the text. The file is probably damaged.")
OPEN_QUOTE = _("A quotation mark is opened and never closed.")
BAD_QUOTE = _("A quotation mark stands in the wrong place.")
RAGGED = _("%(found)s cells, but there are %(expected)s columns. Is a separator missing or too many?")
NO_ROWS = _("The table has no rows below its headings.")
TOO_MANY_ROWS = _("More than %(limit)s rows. Please split the table.")
TOO_MANY_COLUMNS = _("More than %(limit)s columns. Please remove what is not needed.")
TOO_MANY_SHEETS = _("More than %(limit)s sheets. Please save the one sheet you need as a file of its own.")
CELL_TOO_LONG = _("More than %(limit)s characters in one cell.")
TOO_MUCH_TEXT = _("The table holds more text than can be imported at once. Please split it.")
TOO_SLOW = _("Reading the file takes too long. Please split it or save it as CSV.")
TOO_MUCH_MEMORY = _("The file is too large to be read. Please split it or save it as CSV.")
NO_SUCH_ROW = _("There is no row of this number that could hold the headings.")
NO_SUCH_SHEET = _("There is no sheet of this name.")
UNREADABLE = _("The file cannot be read. Please open it in Excel, save it again as .xlsx and upload that.")
