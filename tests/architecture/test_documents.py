"""The documents say what is so: links lead somewhere, named checks exist, pages are current."""

import re
from pathlib import Path

import pytest

from qbank.content.load import load_pack_document
from qbank.content.yaml_reader import read_yaml
from tests.support.shared import ROOT
from tools import docs


def test_every_check_that_the_architecture_names_exists() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text()
    named = set(re.findall(r"`((?:tests|tools|\.ci)/[\w./]+)`", page))
    assert len(named) > 5
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "adr"
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text())
    assert listed == sorted(file.name for file in folder.glob("[0-9]*.md"))


def test_a_link_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(
        "[here](LICENSE) [out](https://example.org) [gone](docs/gone.md#part)\n"
        "```\n[in code](nowhere.md)\n```\n"
    )
    (tmp_path / "LICENSE").touch()
    assert docs.broken_links(tmp_path) == ["README.md: links to docs/gone.md, which is not there"]


@pytest.mark.parametrize("name", docs.GENERATED)
def test_a_page_that_is_not_as_generated_is_named(name: str, tmp_path: Path) -> None:
    for page, text in docs.GENERATED.items():
        file = tmp_path / page
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text())
    assert docs.stale(tmp_path) == []
    (tmp_path / name).write_text("by hand\n")
    assert docs.stale(tmp_path) == [name]


def test_every_command_is_in_its_page() -> None:
    page = docs.commands_page()
    for command in ("import", "packs", "history", "show", "simulate", "export", "db upgrade"):
        assert f"## qbank {command}\n" in page


def test_the_pack_in_the_readme_loads() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    pack, (question,) = load_pack_document(read_yaml(example, "README.md"))
    assert (pack.id, question.question.id) == ("my-pack", "nodule-watch")
