"""The one set of short words for what a question is about: systems, areas, tasks, disciplines."""

from collections.abc import Mapping
from functools import cache

from qbank.content.exam import short_labels

_AREAS: Mapping[str, str] = {
    "care_systems": "systems of care",
    "coronary": "coronary disease",
    "valves_failure": "valves, heart failure",
    "vessels_pressure": "vessels, blood pressure",
    "bones_trauma": "bones, trauma",
    "mood_anxiety": "mood, anxiety",
    "child_psychiatry": "psychiatry of children",
    "immunity_allergy": "immunity, allergy",
    "upper_gi": "upper GI",
    "liver_bile_pancreas": "liver, bile, pancreas",
    "headache_seizure": "headache, seizure",
    "nerve_muscle": "nerve, muscle",
    "eye_ear": "eye, ear",
    "pleura_embolism": "pleura, embolism",
    "trauma_shock": "trauma, shock",
    "thyroid_adrenal_pituitary": "thyroid, adrenal, pituitary",
    "bone_mineral": "bone, mineral",
    "labor_postpartum": "labor, postpartum",
}
"""Areas whose name alone does not read as words."""


def label(name: str) -> str:
    """The short label of a name of the content outline; any other text stays as it is."""
    return _labels().get(name, name)


def area_label(name: str) -> str:
    """An area in words."""
    return _AREAS.get(name, name.replace("_", " "))


@cache
def _labels() -> dict[str, str]:
    return short_labels()
