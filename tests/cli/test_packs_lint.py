"""`packs lint` and `packs new` as a writer calls them."""

import contextlib
import json
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from jsonschema import Draft202012Validator

from qbank.cli.main import run
from qbank.content.dump import pack_document
from qbank.content.lint.remarks import CHECKS
from qbank.content.names import ErrorCode
from qbank.content.pack import Pack, json_schema
from qbank.content.question import Question
from tests.cli.conftest import Qbank, no_app
from tests.cli.test_commands import follows
from tests.content.lint_samples import bent
from tests.support.shared import ROOT, shared


def write_pack(path: Path, *questions: Question) -> Path:
    """The questions as a native pack."""
    pack = Pack(id=path.stem, title="A pack")
    path.write_text(json.dumps(pack_document(pack, questions), indent=1), encoding="utf-8")
    return path


def test_a_clean_pack_passes(qbank: Qbank, tmp_path: Path) -> None:
    said = qbank("packs", "lint", "--strict", write_pack(tmp_path / "good.json", bent()))
    assert said.code == 0
    assert said.err == "1 question in 1 pack: 0 errors, 0 warnings, 0 info\n"


def test_a_finding_says_where_what_and_what_to_do(qbank: Qbank, tmp_path: Path) -> None:
    pack = tmp_path / "pack.yaml"
    pack.write_text(
        "format: qbank-pack/1\n"
        "pack: {id: p, title: P}\n"
        "questions:\n"
        "  - id: cough\n"
        "    stem: A 30-year-old man comes to the clinic with a cough. He denies having fever.\n"
        "    lead_in: Which of the following is the most likely diagnosis?\n"
        "    key: cold\n"
        "    options:\n"
        "      - {id: cold, text: Common cold}\n"
        "      - {id: flu, text: Flu}\n"
        "    explanation: A common cold it is.\n"
    )
    said = qbank("packs", "lint", pack)
    assert said.code == 0
    first = said.out.splitlines()[0]
    assert first.startswith(f'{pack.as_posix()}:5  L03 warning  cough  stem: "denies". Write')
    assert qbank("packs", "lint", "--strict", pack).code == 2
    assert "L03 warning" not in qbank("packs", "lint", "--level", "error", pack).out


def test_an_error_fails(qbank: Qbank, tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "todo.json", bent(explanation="TODO"))
    said = qbank("packs", "lint", "--json", pack)
    follows("lint", said.data)
    assert said.code == 2
    assert said.data["errors"] == 1
    assert [finding["id"] for finding in said.data["findings"]] == ["E02"]


def test_what_cannot_be_read_is_a_finding_beside_the_others(qbank: Qbank, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(
        "format: qbank-pack/1\n"
        "pack: {id: broken, title: Broken, licens: none}\n"
        "questions:\n"
        "  - lead_in: What is it?\n"
        "    key: c\n"
        "    options: [{id: a, text: Gout}, {id: b, text: Flu}]\n"
    )
    table = tmp_path / "table.csv"
    table.write_text("question,A,B,answer\nWhat hurts him so?,x,y,A\nWhat?,x,y,\n")
    said = qbank("packs", "lint", "--json", broken, table)
    follows("lint", said.data)
    assert said.code == 2
    where = [(each["id"], Path(each["file"]).name, each["line"]) for each in said.data["findings"]]
    assert ("E00", "broken.yaml", 2) in where
    assert ("E01", "broken.yaml", 5) in where
    assert ("E00", "table.csv", 3) in where
    assert said.data["questions"] == 1


def test_a_question_that_stands_twice_is_told(qbank: Qbank, tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "twice.json", bent(), bent())
    doubles = [
        each
        for each in qbank("packs", "lint", "--json", pack).data["findings"]
        if each["id"] == "P03"
    ]
    assert len(doubles) == 1


def test_folders_and_archives_are_linted_as_one_set(qbank: Qbank, tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    folder.mkdir()
    write_pack(folder / "one.json", bent(objective="TODO"))
    write_pack(folder / "two.json", bent(id="other", objective="TODO"))
    archive = tmp_path / "packed.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(folder / "one.json", "three.json")
    findings = qbank("packs", "lint", "--json", folder, archive).data["findings"]
    files = Counter(each["file"] for each in findings if each["id"] == "E02")
    assert files == {
        (folder / "one.json").as_posix(): 1,
        (folder / "two.json").as_posix(): 1,
        (tmp_path / "packed.zip" / "three.json").as_posix(): 1,
    }
    assert len([each for each in findings if each["id"] == "P03"]) == 2


def test_lines_are_those_of_the_fields(qbank: Qbank, tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "lines.json", bent(options__2__why="Acts late.", turns_on=""))
    lines = pack.read_text().splitlines()
    for finding in qbank("packs", "lint", "--json", pack).data["findings"]:
        if finding["field"] == "options[3].why":
            assert "Acts late." in lines[finding["line"] - 1]
            return
    raise AssertionError("the reason was not found")


def test_linting_makes_no_store(qbank: Qbank, tmp_path: Path, data_dir: Path) -> None:
    qbank("packs", "lint", write_pack(tmp_path / "good.json", bent()))
    assert not data_dir.exists()


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(["no-such.yaml"], "no-such.yaml"), (["good.json", "--against", "step2c"], "step2ck")],
)
def test_what_is_unknown_is_named(
    qbank: Qbank,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    named: str,
) -> None:
    write_pack(tmp_path / "good.json", bent())
    monkeypatch.chdir(tmp_path)
    said = qbank("packs", "lint", *arguments)
    assert said.code == 2
    assert named in said.err


def test_an_outline_can_be_named(qbank: Qbank, tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "good.json", bent(system="pregnancy"))
    assert list(qbank("packs", "lint", "--json", pack).data["outlines"]) == [""]
    outlines = qbank("packs", "lint", "--json", "--against", "step2ck", pack).data["outlines"]
    counts = {line["name"]: (line["count"], line["low"]) for line in outlines["step2ck"]}
    assert counts["pregnancy"] == (1, 3)
    assert counts["nutrition"] == (0, 15)


@pytest.mark.parametrize("name", ["my-pack.yaml", "a folder"])
def test_a_new_pack_needs_nothing_but_its_placeholders(
    qbank: Qbank, tmp_path: Path, name: str
) -> None:
    said = qbank("packs", "new", tmp_path / name, "--title", 'Mine: "first"')
    file = Path(said.out.strip())
    assert said.code == 0
    text = file.read_text("utf-8")
    assert yaml.safe_load(text)["pack"]["title"] == 'Mine: "first"'
    report = qbank("packs", "lint", "--json", tmp_path / name).data
    assert {finding["id"] for finding in report["findings"]} == {"E02"}
    assert report["questions"] == 2
    filled = text.replace("TODO", "this")
    file.write_text(filled, encoding="utf-8")
    left = qbank("packs", "lint", "--json", tmp_path / name).data
    assert left["errors"] == 0


def test_an_editor_completes_a_new_pack_offline(qbank: Qbank, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    assert qbank("packs", "new", file).code == 0
    first = file.read_text("utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    schema = json.loads((tmp_path / first.partition("=")[2]).read_text("utf-8"))
    assert schema == json_schema()

    class Plain(yaml.SafeLoader):
        """YAML as an editor reads it, but for dates, which JSON has not."""

    Plain.yaml_implicit_resolvers = {
        sign: [each for each in known if "timestamp" not in each[0]]
        for sign, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    document: Any = yaml.load(file.read_text("utf-8"), Plain)
    Draft202012Validator(schema).validate(document)


def test_a_new_pack_writes_over_nothing(qbank: Qbank, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("mine")
    said = qbank("packs", "new", file)
    assert said.code == 2
    assert file.read_text() == "mine"
    assert qbank("packs", "new", tmp_path / "nowhere" / "mine.yaml").code == 2


def test_a_new_pack_can_be_imported(qbank: Qbank, tmp_path: Path) -> None:
    assert qbank("packs", "new", tmp_path / "mine").code == 0
    assert qbank("import", "--json", tmp_path / "mine").data["new"] == 2


def test_the_shipped_questions_have_no_error_and_no_warning(qbank: Qbank) -> None:
    report = qbank("packs", "lint", "--json", "--level", "warning", ROOT / "questions").data
    assert report["findings"] == []


def test_what_stays_is_listed_with_its_reason(qbank: Qbank) -> None:
    listed = (ROOT / "questions" / "README.md").read_text("utf-8")
    for finding in qbank("packs", "lint", "--json", ROOT / "questions").data["findings"]:
        assert f"| {finding['id']} | `{finding['question']}` |" in listed


WRITERS_PAGE = (ROOT / "docs" / "writing-questions.md").read_text("utf-8")


def test_the_example_of_the_writers_page_is_without_a_flaw(qbank: Qbank, tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", WRITERS_PAGE, re.DOTALL)
    file = tmp_path / "example.yaml"
    file.write_text(example, encoding="utf-8")
    report = qbank("packs", "lint", "--json", file).data
    assert (report["questions"], report["findings"]) == (1, [])


def test_the_writers_page_has_every_check_and_every_kind_of_mistake() -> None:
    rows = re.findall(r"^\| ([EWPNL]\d\d) \| (\w+) \|", WRITERS_PAGE, re.MULTILINE)
    assert rows == [(check.id, check.level) for check in CHECKS.values()]
    assert all(f"| `{code}` |" in WRITERS_PAGE for code in get_args(ErrorCode))


# Percent of questions, by check, as METRICS gives them, and how far off ours may be.
MEDQA_RATES = {
    "E01": (0, 0),
    "E02": (0, 0),
    "W01": (0, 0),
    "W02": (0.5, 0.4),
    "W03": (3.1, 0.8),
    "W04": (0.5, 0.5),
    "W05": (0.8, 0.3),
    "W06": (5.3, 0.2),
    "W07": (2.7, 0.5),
    "W08": (3.3, 1.0),
    "W09": (0.7, 0.05),
    "W13": (100, 0),
    "W14": (4.3, 2.0),
}


@pytest.fixture(scope="module")
def medqa(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The report on the data set for which the rates are known."""
    file = shared("samples", "jsonl", "medqa-us-5options_test_1273.jsonl")
    out = tmp_path_factory.mktemp("medqa") / "report.json"
    with out.open("w", encoding="utf-8") as stream, contextlib.redirect_stdout(stream):
        code = run(["packs", "lint", "--json", str(file)], no_app)
    report = json.loads(out.read_text("utf-8"))
    follows("lint", report)
    assert (code, report["questions"]) == (0, 1273)
    return report


@pytest.mark.parametrize("check", MEDQA_RATES)
def test_the_rates_of_a_known_data_set(medqa: Any, check: str) -> None:
    rate, tolerance = MEDQA_RATES[check]
    ours = 100 * medqa["by_check"].get(check, 0) / medqa["questions"]
    assert ours == pytest.approx(rate, abs=tolerance + 0.05)


def test_long_stems_of_a_known_data_set(medqa: Any) -> None:
    long = [each for each in medqa["findings"] if "over 200" in each["message"]]
    assert 100 * len(long) / medqa["questions"] == pytest.approx(5.7, abs=1)


def test_places_and_lengths_of_a_known_data_set(medqa: Any) -> None:
    assert medqa["key_places"]["chi2"] == pytest.approx(15.0086, abs=1e-4)
    assert medqa["key_places"]["p"] == pytest.approx(0.0047, abs=1e-4)
    assert medqa["longest_key"]["count"] == 246
    assert medqa["longest_key"]["p"] == pytest.approx(0.7368, abs=1e-4)
    found = {each["id"] for each in medqa["findings"] if not each["file"]}
    assert found == {"P01"}
