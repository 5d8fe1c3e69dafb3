"""The reference of an import: `python plain_import.py FILE STORE`, with `sqlite3` alone.

Parses JSON lines and inserts them with a full-text index in one transaction. Nothing is
checked, identified or versioned.
"""

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path


def load(file: Path, store: Path) -> None:
    """Fill a new `store` from `file`."""
    with closing(sqlite3.connect(store)) as database, file.open(encoding="utf-8") as lines:
        database.execute("create table question (id integer primary key, text, options, key)")
        database.execute("create virtual table found using fts5(text, options)")
        rows = [
            (row["question"], "\n".join(row["options"].values()), row["answer_idx"])
            for row in map(json.loads, lines)
        ]
        with database:
            database.executemany("insert into question (text, options, key) values (?, ?, ?)", rows)
            database.executemany("insert into found values (?, ?)", [row[:2] for row in rows])


if __name__ == "__main__":
    load(Path(sys.argv[1]), Path(sys.argv[2]))
