"""Lead-ins: where the sentence that asks stands in a text, and what it asks for.

The rules are data (`data/lead_in_rules.json`), ordered, first match wins. They are read and
compiled when the first lead-in is classified. What an author says goes before them.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

_DATA: Final = Path(__file__).with_name("data") / "lead_in_rules.json"

# A lead-in is one sentence; a bound keeps the patterns fast on text that is none.
CLASSIFIED_CHARACTERS: Final = 600

_STRAIGHT: Final = str.maketrans("\u2018\u2019\u2032\u201c\u201d\u201e\u2033", '\'\'\'""""')
_ENDS: Final = frozenset(".?!\"')]’”")
_CLOSING: Final = "\"')\\]’”"
_BREAK: Final = re.compile(
    rf"[.?!][{_CLOSING}]*\s+(?=[\"'(\[‘“]*[A-Z0-9À-ÖØ-Þ])"
    r"|\n[ \t]*\n\s*"
    r"|\n\s*(?=[A-Z0-9À-ÖØ-Þ])"
)
_BLANK_LINE: Final = re.compile(r"[ \t]*\n[ \t]*\n")
_NO_BREAK_AFTER: Final = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|vs|e\.g|i\.e|etc|no|fig|st|approx|resp|vol|u\.s|m\.d|ph\.d)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION: Final = 12
# A line break ends a sentence only after a line too short to have been wrapped: a laboratory
# value, a heading.
_WRAPPED_LINE: Final = 66
# The number of a question in its source is no vignette.
_NUMBER: Final = re.compile(r"(?:Q|Question)?\s*\d{1,4}\s*[.):]", re.IGNORECASE)
_QUESTION: Final = re.compile(rf"\?[{_CLOSING}]*:?$")
_OPEN: Final = re.compile(rf":[{_CLOSING}]*$")


@dataclass(frozen=True, slots=True)
class LeadIn:
    """What a lead-in asks for, by the rules of `rule_version`.

    `kind` is the next step's kind or `none`; `broad` says that a next step is asked in any
    words, `strict` that the words are "next step" or the like. `task` is None where the
    code stands for medical knowledge. `asks` is the moment: immediate, initial, next, ...
    """

    code: str
    family: str
    kind: str
    broad: bool
    strict: bool
    asks: str
    task: str | None
    rule_version: str


@dataclass(frozen=True, slots=True)
class _Code:
    family: str
    next_step: str
    task: str | None


@dataclass(frozen=True, slots=True)
class _Rules:
    version: str
    codes: dict[str, _Code]
    ordered: tuple[tuple[str, re.Pattern[str]], ...]
    strict: re.Pattern[str]
    not_strict: re.Pattern[str]
    asks: tuple[tuple[str, re.Pattern[str]], ...]


def extract(text: str) -> tuple[str, str]:
    """(stem, lead-in) of a text that holds both; the stem is empty where all of it asks.

    The lead-in is the last sentence with a question mark at its end, else the last that
    ends in a colon, else the last. What stands after it goes to the end of the stem.
    """
    text = text.strip()
    sentences = _sentences(text)
    chosen = sentences[-1]
    for pattern in (_QUESTION, _OPEN):
        asking = [span for span in sentences if pattern.search(text, *_end_of(span))]
        if asking:
            chosen = asking[-1]
            break
    start, end = chosen
    before, after = text[:start].rstrip(), text[end:].strip()
    stem = f"{before}\n\n{after}".strip() if after else before
    return "" if _NUMBER.fullmatch(stem) else stem, text[start:end]


def classify(lead_in: str) -> LeadIn:
    """What the lead-in asks for; code `other` where no rule matches."""
    rules = _rules()
    text = " ".join(lead_in.translate(_STRAIGHT).split())[-CLASSIFIED_CHARACTERS:]
    text = text.rstrip("\"')] ")
    name = next((code for code, pattern in rules.ordered if pattern.search(text)), "other")
    code = rules.codes[name]
    strict = bool(rules.strict.search(text)) and not rules.not_strict.search(text)
    broad = code.next_step != "none" or strict
    return LeadIn(
        code=name,
        family=code.family,
        kind="mixed" if broad and code.next_step == "none" else code.next_step,
        broad=broad,
        strict=strict,
        asks=next((moment for moment, pattern in rules.asks if pattern.search(text)), "none"),
        task=code.task,
        rule_version=rules.version,
    )


def _sentences(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences, without the space between them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(text):
        # The end of the sentence, without the space that the break took along.
        end = match.start() + len(match.group().rstrip())
        if not _ends_sentence(text, start, end):
            continue
        if text[start:end].strip():
            spans.append((start, end))
        start = match.end()
    spans.append((start, len(text)))
    return spans


def _ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether a break at `end` is one: not after an abbreviation, not inside a wrapped line."""
    if _NO_BREAK_AFTER.search(text[max(start, end - _LONGEST_ABBREVIATION) : end]):
        return False
    if text[end - 1] in _ENDS or _BLANK_LINE.match(text, end):
        return True
    return end - (text.rfind("\n", 0, end) + 1) < _WRAPPED_LINE


def _end_of(span: tuple[int, int]) -> tuple[int, int]:
    """The last characters of a span: enough for its closing signs."""
    start, end = span
    return max(start, end - _LONGEST_ABBREVIATION), end


@cache
def _rules() -> _Rules:
    data = json.loads(_DATA.read_text("utf-8"))
    fragments: dict[str, str] = data["fragments"]
    return _Rules(
        version=data["version"],
        codes={name: _Code(**code) for name, code in data["codes"].items()},
        ordered=_compile_ordered(data["rules"], fragments),
        strict=_compile(data["strict"]["any"], fragments),
        not_strict=_compile(data["strict"]["none"], fragments),
        asks=_compile_ordered(data["asks"], fragments),
    )


def _compile_ordered(
    rules: list[dict[str, Any]], fragments: dict[str, str]
) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((rule["code"], _compile(rule["any"], fragments)) for rule in rules)


def _compile(alternatives: list[str], fragments: dict[str, str]) -> re.Pattern[str]:
    pattern = "|".join(alternatives)
    for name, fragment in fragments.items():
        pattern = pattern.replace(f"<{name}>", fragment)
    return re.compile(pattern, re.IGNORECASE)
