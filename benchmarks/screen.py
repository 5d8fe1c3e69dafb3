"""As much of a terminal as it takes to know what stands on it: text by cell, no colour."""

import codecs
import re
import unicodedata

_TOKEN = re.compile(
    r"\x1b\[(?P<arguments>[0-?]*)[ -/]*(?P<final>[@-~])"
    r"|\x1b[\]PX^_].*?(?:\x07|\x1b\\)"
    r"|\x1b[ -/]*[0-OQ-WYZ\\`-~]"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f])"
    r"|(?P<text>[^\x00-\x1f]+)",
    re.DOTALL,
)


class Screen:
    """The cells of a terminal that is fed what a program writes."""

    def __init__(self, columns: int, rows: int) -> None:
        self._columns = columns
        self._cells = [[" "] * columns for _ in range(rows)]
        self._row = self._column = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    def lines(self) -> list[str]:
        """The rows, right side stripped."""
        return ["".join(row).rstrip() for row in self._cells]

    def feed(self, data: bytes) -> None:
        """Take what was written, up to the last whole sequence; the rest waits."""
        text = self._rest + self._decoder.decode(data)
        end = 0
        while token := _TOKEN.match(text, end):
            end = token.end()
            if token["text"]:
                self._put(token["text"])
            elif token["control"]:
                self._control(token["control"])
            elif token["final"]:
                self._sequence(token["final"], token["arguments"])
        self._rest = text[end:]

    def _put(self, text: str) -> None:
        for character in text:
            if unicodedata.combining(character):
                continue
            if self._row < len(self._cells) and self._column < self._columns:
                self._cells[self._row][self._column] = character
            self._column += 1

    def _control(self, character: str) -> None:
        if character == "\n":
            self._row, self._column = self._row + 1, 0
        elif character == "\r":
            self._column = 0

    def _sequence(self, final: str, arguments: str) -> None:
        if final == "H":
            row, _, column = arguments.partition(";")
            self._row, self._column = int(row or 1) - 1, int(column or 1) - 1
        elif final == "J" and arguments in {"2", "3"}:
            for cells in self._cells:
                cells[:] = " " * self._columns
