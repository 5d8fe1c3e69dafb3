"""Starting a pack: a template to fill in, with the schema by which an editor completes it."""

import json
from pathlib import Path
from typing import Final

from qbank.content.pack import json_schema
from qbank.errors import UsageError
from qbank.importers.source import pack_id

SCHEMA_NAME: Final = ".qbank-pack-1.schema.json"
"""Hidden, so that an import of the folder passes it over."""

_TEMPLATE: Final = Path(__file__).parents[1] / "content" / "data" / "pack_template.yaml"
_SUFFIXES: Final = (".yaml", ".yml")
_TITLE_LIMIT: Final = 200


def new_pack(path: Path, *, month: str, title: str = "") -> Path:
    """Write the template to a YAML file, or as `pack.yaml` into a folder; return the file.

    The schema lies beside it, so that completion needs no network. `month` (`YYYY-MM`) dates the
    pack; without a title the name of file or folder is one. Raises UsageError where there is
    a file of that name already, or where it cannot be written.
    """
    in_folder = path.suffix.lower() not in _SUFFIXES
    file = path / "pack.yaml" if in_folder else path
    name = path.resolve().name if in_folder else path.stem
    title = " ".join(title.split()) or name.replace("-", " ").replace("_", " ").capitalize()
    if len(title) > _TITLE_LIMIT:
        raise UsageError(f"the title has more than {_TITLE_LIMIT} characters", hint="Shorten it.")
    text = _TEMPLATE.read_text("utf-8")
    for field, value in (("id", pack_id(name)), ("title", title), ("month", month)):
        text = text.replace(f"{{{field}}}", json.dumps(value, ensure_ascii=False), 1)
    try:
        if in_folder:
            path.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as new:
            new.write(f"# yaml-language-server: $schema={SCHEMA_NAME}\n{text}")
        schema = json.dumps(json_schema(), indent=1, ensure_ascii=False)
        (file.parent / SCHEMA_NAME).write_text(schema + "\n", encoding="utf-8")
    except FileExistsError:
        hint = "Choose another name; nothing is written over."
        raise UsageError(f"{file} is there already", hint=hint) from None
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from error
    return file
