"""`python -m benchmarks [NAME...] [--quick] [--write]`: measure, print, write."""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import commands, figures, imports, keys, reading, report, start, store
from benchmarks.lab import ROOT, Lab

MEASURES = {
    "start": start.measure,
    "keys": keys.measure,
    "reading": reading.measure,
    "commands": commands.measure,
    "store": store.measure,
    "imports": imports.measure,
    "figures": figures.measure,
    "more": figures.measure_more,
}
PAGE = ROOT / "docs" / "performance.md"


def main() -> None:
    """A full run goes into the documents; of a part, the rows do where it is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MEASURES, []], metavar="NAME")
    parser.add_argument("--quick", action="store_true", help="few samples, to see that it works")
    parser.add_argument("--write", action="store_true", help="put these rows among the others")
    arguments = parser.parse_args()
    rows = []
    for name in arguments.names or MEASURES:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        # A folder of the checkout: the system's own may lie in memory, where a flush is free.
        build = ROOT / "build"
        build.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=build) as folder:
            rows += MEASURES[name](Lab(Path(folder), quick=arguments.quick))
    print(report.table(rows))
    if arguments.quick:
        return
    if not arguments.names:
        report.write(PAGE, rows)
    elif arguments.write:
        report.add(PAGE, rows)


if __name__ == "__main__":
    main()
