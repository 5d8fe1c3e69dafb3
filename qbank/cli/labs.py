"""`labs`."""

from __future__ import annotations

from collections.abc import Iterable

import click

from qbank.cli import output


@click.command("labs")
@click.argument("words", nargs=-1)
@click.option("--si", is_flag=True, help="In SI units.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON, both units.")
def labs_command(words: Iterable[str], si: bool, as_json: bool) -> None:
    """Look up the reference range of a laboratory test by WORDS of its name.

    Short names count (`labs na`), and beginnings (`labs thyro`). Without words all are
    listed. Ranges are those of adults; a test that does not exist prints nothing.
    """
    from qbank.content.lab_values import lab_sheet
    from qbank.reporting import json_shapes, lab_words

    sheet = lab_sheet()
    found = sheet.find(" ".join(words))
    if as_json:
        output.emit_json(json_shapes.labs_json(found))
        return
    for section in found:
        output.emit(lab_words.heading(section))
        for test in section.tests:
            output.emit(f"  {lab_words.line(test, si=si)}")
    where_from = [*lab_words.sources(found), lab_words.as_of(sheet)]
    for said in where_from if found else [lab_words.NONE_FOUND]:
        output.tell(said)
