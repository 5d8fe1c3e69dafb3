"""Uses an installed qbank as a person would: `python smoke.py PATH_OF_QBANK`.

Standard library only: it runs in an environment that holds qbank and what qbank
needs, nothing else. Stops at the first thing that is not as documented.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PACK = """\
format: qbank-pack/1
pack:
  id: smoke
  title: Two questions to see that it works
  licence: CC-BY-4.0
questions:
  - id: capital
    stem: A traveller stands at the Eiffel Tower and looks at the map of the country.
    lead_in: Which of the following is the most likely capital?
    key: paris
    options:
      - { id: lyon, text: Lyon }
      - { id: paris, text: Paris }
  - id: sum
    stem: A child has two apples and is given two more.
    lead_in: Which of the following is the most likely number of apples?
    key: four
    options:
      - { id: four, text: Four }
      - { id: three, text: Three }
"""


class Smoke:
    """One installed program, with folders of its own that are empty at first."""

    def __init__(self, program: Path, home: Path) -> None:
        self.program = program
        self.home = home
        self.home.mkdir(exist_ok=True)
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ},
            "HOME": str(home),
            "TERM": "xterm-256color",
        }

    def run(self, *arguments: str, code: int = 0) -> str:
        """The program's stdout; it must leave with `code`."""
        done = subprocess.run(
            [self.program, "--data-dir", str(self.home / "data"), *arguments],
            check=False,
            cwd=self.home,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )
        said = f"qbank {' '.join(arguments)}: exit {done.returncode}"
        assert done.returncode == code, f"{said}, not {code}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr, f"{said}\n{done.stderr}"
        print(said)
        return done.stdout

    def data(self, *arguments: str) -> Any:
        """What `--json` printed."""
        return json.loads(self.run(*arguments, "--json"))


def smoke(qbank: Smoke) -> None:
    """From an empty folder to a history, a copy of it and a refusal."""
    assert qbank.run("--version").startswith("qbank")
    assert "import" in qbank.run("--help")

    qbank.run("db", "upgrade")
    qbank.run("db", "check")
    pack = qbank.home / "smoke.yaml"
    pack.write_text(PACK, encoding="utf-8")
    first, again = qbank.data("import", str(pack)), qbank.data("import", str(pack))
    assert (first["new"], first["same"]) == (2, 0), first
    assert (again["new"], again["same"]) == (0, 2), again
    assert len(qbank.data("packs")) >= 2, "the shipped pack and ours"

    qbank.run("simulate", "--blocks", "3", "--seed", "1")
    history = qbank.data("history")
    assert len(history) == 3, history
    shown = qbank.data("show", history[0]["id"])
    assert len(shown["attempts"]) == history[0]["questions"], shown

    exported = qbank.home / "everything.json"
    qbank.run("export", str(exported))
    elsewhere = Smoke(qbank.program, qbank.home / "elsewhere")
    elsewhere.run("import", str(exported))
    assert elsewhere.data("history") == history

    copy = qbank.home / "copy.db"
    qbank.run("backup", str(copy))
    qbank.run("restore", "--yes", str(copy))
    assert qbank.data("history") == history
    qbank.run("doctor")
    qbank.run("import", "absent.yaml", code=2)
    qbank.run(code=2)  # the app, where there is no terminal


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        smoke(Smoke(Path(sys.argv[1]).absolute(), Path(folder)))
    print("the installed qbank works")
