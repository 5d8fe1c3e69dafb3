"""`stats`, `report` and `results`: the same figures in every form, and nothing in them acts."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from qbank.bootstrap import open_app
from qbank.reporting.charts import Bar, BarChart, Grid, Scale
from qbank.reporting.report_html import POLICY, html
from qbank.reporting.report_md import markdown
from qbank.reporting.report_model import Part, Report
from qbank.services.report import digits
from qbank.services.stats_data import FIELDS, rows
from qbank.settings import Settings
from qbank.store.tables import ResultEntryRow
from tests.cli.conftest import Qbank
from tests.cli.test_commands import follows

_ACTIVE = {"script", "iframe", "object", "embed", "link", "base", "form", "img", "image", "use"}
_REACHES_OUT = ("href", "src", "action", "xlink:href", "srcset", "data", "style")


@pytest.fixture
def simulated(qbank: Qbank) -> Qbank:
    """A command line on a store with a simulated learner's blocks."""
    assert qbank("simulate", "--blocks", 12, "--seed", 4, "--profile", "second-guesser").code == 0
    return qbank


def test_every_figure_stands_under_its_id(simulated: Qbank) -> None:
    said = simulated("stats", "--json")
    follows("stats", said.data)
    assert said.code == 0
    assert said.data["blocks"] == 12
    assert said.data["A2"]["mean"]["unit"] == "ms"
    assert said.data["C5"]["rest"] == {
        "needs": said.data["C5"]["rest"]["needs"],
        "of": "next_step_and_other",
        "have": said.data["C5"]["rest"]["have"],
    } or set(said.data["C5"]["rest"]) == {"next_steps", "others", "gap", "pace"}


def test_a_store_without_blocks_has_figures_that_are_not_known(qbank: Qbank) -> None:
    found = qbank("stats", "--json").data
    follows("stats", found)
    assert (found["blocks"], found["A2"]["needs"], found["C1"]["share"]["needs"]) == (0, 1, 1)
    assert "No block yet" in qbank("stats").out
    assert "No block yet" in qbank("report").out


def test_csv_has_a_line_for_every_figure_of_the_json(simulated: Qbank) -> None:
    lines = list(csv.reader(io.StringIO(simulated("stats", "--csv").out)))
    figures = dict(rows(simulated("stats", "--json").data))
    assert tuple(lines[0]) == FIELDS
    assert [line[0] for line in lines[1:]] == list(figures)
    by_path = {line[0]: line for line in lines[1:]}
    for path, one in figures.items():
        told = by_path[path][1].removeprefix("'")
        assert told == ("" if one.get("value") is None else str(one["value"]))


def test_a_range_and_a_mode_are_asked_for(simulated: Qbank) -> None:
    everything = simulated("stats", "--json").data
    timed = simulated("stats", "--json", "--mode", "timed").data
    tutored = simulated("stats", "--json", "--mode", "tutor").data
    assert timed["blocks"] + tutored["blocks"] == everything["blocks"]
    assert simulated("stats", "--json", "--since", "1d").data["blocks"] == 0
    assert simulated("stats", "--json", "--since", "2020-01-01").data["blocks"] == 12
    pack = simulated("packs", "--json").data[0]["id"]
    assert simulated("stats", "--json", "--pack", pack).data["blocks"] == 12


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--since", "yesterday"), "no date"),
        (("--pack", "nothing"), "no pack 'nothing'"),
        (("--json", "--csv"), "exclude each other"),
    ],
)
def test_what_cannot_be_asked_for(qbank: Qbank, typed: tuple[str, ...], said: str) -> None:
    answer = qbank("stats", *typed)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_text_has_the_sentence_before_the_table(simulated: Qbank) -> None:
    lines = simulated("stats").out.splitlines()
    after = lines[lines.index("Do I finish?") + 1 : lines.index("How do next steps go?")]
    sentences = [place for place, line in enumerate(after) if re.match(r"  \S", line)]
    tables = [place for place, line in enumerate(after) if line and line[0] != " "]
    assert sentences[0] == 0
    assert sentences[-1] < tables[0]


class _Page(HTMLParser):
    """What stands in a page: tags, attributes, text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _holds_nothing_active(text: str) -> _Page:
    page = _Page(text)
    assert not _ACTIVE & set(page.tags)
    assert [name for name, _ in page.attributes if name.startswith("on")] == []
    assert [pair for pair in page.attributes if pair[0] in _REACHES_OUT] == []
    assert ("content", POLICY) in page.attributes
    return page


def test_the_report_has_the_figures_of_stats_to_the_digit(simulated: Qbank, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    assert simulated("report", "--html", "--out", path).code == 0
    page = _holds_nothing_active(path.read_text(encoding="utf-8"))
    cells = [text for text in page.text if text.strip()]
    for name, one in rows(simulated("stats", "--json").data):
        at = cells.index(name)
        ends = [digits(one.get(end)) for end in ("value", "low", "high", "n")]
        assert cells[at + 1 : at + 1 + len(list(filter(None, ends)))] == list(filter(None, ends))
    assert "Nothing here predicts one" in " ".join(page.text)
    assert "svg" in page.tags
    again = simulated("report", "--out", path)
    assert (again.code, "is there already" in again.err) == (2, True)


def test_the_report_as_markdown_has_the_same_tables(simulated: Qbank) -> None:
    out = simulated("report", "--md").out
    assert out.startswith("# Where the time and the points went\n")
    mean = simulated("stats", "--json").data["A2"]["mean"]["value"]
    assert f"| A2.mean | {digits(mean)} |" in out.replace("\\.", ".")
    assert "<" not in out.replace("\\<", "")


TEXTS = st.text(
    st.sampled_from("<>&\"'`|[]()!#*_=+-@\t\n aZ/:.;\u202e\x1b") | st.characters(), max_size=40
) | st.sampled_from(
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:y)", "</svg><p>"]
)


@given(texts=st.lists(TEXTS, min_size=8, max_size=8))
def test_no_text_of_a_report_becomes_more_than_text(texts: list[str]) -> None:
    title, scope, head, sentence, chart, bar, cell, note = texts
    drawn = BarChart(chart, Scale.COUNT, (Bar(bar, (1.0,)),), ("questions",))
    part = Part(head, (sentence,), (drawn,), (Grid(cell, (cell, bar), ((cell, note),)),), (note,))
    made = Report(title, (scope,), (part,))
    plain = Part("t", ("s",), (BarChart("c", Scale.COUNT, (Bar("b", (1.0,)),), ("q",)),), (), ())
    allowed = set(_Page(html(Report("t", ("s",), (plain,)))).tags) | {"table", "caption", "td"}
    page = _holds_nothing_active(html(made))
    assert set(page.tags) <= allowed | {"tr", "th"}
    written = re.sub(r"\\.", "", markdown(made))
    for active in ("<", "](", "://", "`"):
        assert active not in written


def test_a_result_is_entered_listed_and_taken_away(qbank: Qbank) -> None:
    entered = qbank(
        *("results", "add", 221, "--date", "2026-12-01", "--kind", "NBME form"),
        *("--name", "form 12", "--pass-mark", 218, "--band", "Diagnosis=lower"),
    )
    assert entered.code == 0
    assert "Too close to call, either way." in entered.err
    found = qbank("results", "list", "--json").data
    follows("results", found)
    assert [(one["score"], one["error"], one["bands"]) for one in found] == [
        (221.0, 9.0, [["Diagnosis", "lower"]])
    ]
    assert "form 12" in qbank("results", "list").out
    assert [one["id"] for one in qbank("stats", "--json").data["results"]] == [found[0]["id"]]
    assert qbank("results", "remove", found[0]["id"][:6]).code == 0
    assert qbank("results", "list", "--json").data == []
    assert qbank("results", "remove", found[0]["id"]).code == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("nan", "--date", "2026-12-01"), "no score"),
        (("221", "--date", "1 Dec"), "no date"),
        (("221", "--date", "2026-12-01", "--kind", "quiz"), "no kind"),
        (("221", "--date", "2026-12-01", "--band", "lower"), "no band"),
        (("221", "--date", "2026-12-01", "--name", "x" * 201), "at most 200"),
    ],
)
def test_what_is_no_result(qbank: Qbank, typed: tuple[str, ...], said: str) -> None:
    answer = qbank("results", "add", *typed)
    assert answer.code == 2
    assert said in answer.err


def test_results_travel_and_stay_away_once_taken_away(tmp_path: Path, qbank: Qbank) -> None:
    def there(*arguments: object) -> Any:
        return qbank("--data-dir", tmp_path / "there", *arguments)

    qbank("results", "add", 240, "--date", "2026-12-10", "--kind", "Step 2 CK")
    qbank("export", tmp_path / "first.json")
    assert there("import", tmp_path / "first.json").code == 0
    here = qbank("results", "list", "--json").data
    assert there("results", "list", "--json").data == here
    qbank("results", "remove", here[0]["id"])
    qbank("export", tmp_path / "second.json")
    assert json.loads((tmp_path / "second.json").read_text())["results"][0]["deleted_at"]
    there("import", tmp_path / "second.json")
    assert there("results", "list", "--json").data == []
    there("import", tmp_path / "first.json")
    assert there("results", "list", "--json").data == []


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("day", "soon"),
        ("day", ""),
        ("score", 1e999),
        ("bands", '["lower"]'),
        ("bands", "[[1, 2]]"),
        ("bands", "3"),
    ],
)
def test_what_is_no_result_does_not_come_in(
    tmp_path: Path, qbank: Qbank, field: str, wrong: object
) -> None:
    qbank("results", "add", 240, "--date", "2026-12-10")
    file = tmp_path / "out.json"
    qbank("export", file)
    document = json.loads(file.read_text())
    document["results"][0] |= {"uuid": "another", field: wrong}
    file.write_text(json.dumps(document).replace("Infinity", "1e999"))
    answer = qbank("import", file)
    assert (answer.code, "nothing was changed" in answer.err) == (2, True)
    assert len(qbank("results", "list", "--json").data) == 1


def test_a_purge_erases_results_that_were_taken_away(
    qbank: Qbank, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.confirm", lambda *_, **__: True)
    assert "There is no deleted block" in qbank("doctor", "--purge").err
    qbank("results", "add", 230, "--date", "2026-12-05", "--note", "kept between us")
    gone = qbank("results", "list", "--json").data[0]["id"]
    qbank("results", "remove", gone)
    assert "Erased: 1 deleted result. A copy" in qbank("doctor", "--purge").err
    with (
        open_app(Settings(data_dir=data_dir)) as application,
        application.store.read() as connection,
    ):
        left = connection.execute(select(func.count()).select_from(ResultEntryRow))
        assert left.scalar_one() == 0
