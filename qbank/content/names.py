"""The short stable names a pack may use, as types and as tuples; no dependencies.

Official labels and shares belong to an exam and live in its data file (`exam.py`).
"""

from typing import Final, Literal, get_args

System = Literal[
    "social",
    "renal_reproductive",
    "cardiovascular",
    "musculoskeletal_skin",
    "behavioral",
    "blood_immune",
    "gastrointestinal",
    "nervous",
    "respiratory",
    "multisystem",
    "endocrine",
    "pregnancy",
    "biostatistics",
    "development",
]
Task = Literal[
    "lab_diagnostic",
    "diagnosis",
    "prognosis",
    "prevention",
    "pharmacotherapy",
    "intervention",
    "mixed_management",
    "systems_safety",
    "practice_learning",
    "professionalism",
]
Discipline = Literal["medicine", "surgery", "pediatrics", "obstetrics_gynecology", "psychiatry"]
Overlay = Literal["nutrition"]
Area = Literal[
    "ethics",
    "consent",
    "patient_safety",
    "care_systems",
    "kidney",
    "electrolytes",
    "urology",
    "gynecology",
    "breast",
    "coronary",
    "valves_failure",
    "rhythm",
    "vessels_pressure",
    "joints",
    "bones_trauma",
    "skin",
    "mood_anxiety",
    "psychosis",
    "substance_use",
    "child_psychiatry",
    "red_cells",
    "clotting",
    "blood_cancer",
    "immunity_allergy",
    "upper_gi",
    "bowel",
    "liver_bile_pancreas",
    "stroke",
    "headache_seizure",
    "nerve_muscle",
    "cognition",
    "eye_ear",
    "airways",
    "lung_infection",
    "pleura_embolism",
    "trauma_shock",
    "poisoning",
    "systemic_infection",
    "nutrition_disorders",
    "diabetes",
    "thyroid_adrenal_pituitary",
    "bone_mineral",
    "antenatal",
    "labor_postpartum",
    "study_design",
    "test_performance",
    "growth",
    "milestones",
]
NextStep = Literal[
    "diagnostic", "therapeutic", "procedural", "preventive", "communication", "mixed", "none"
]
Asks = Literal["immediate", "initial", "next", "definitive", "long_term", "none"]
ErrorCode = Literal[
    "harmful", "other_diagnosis", "too_early", "too_late", "insufficient", "needless"
]
Action = Literal[
    "observe",
    "ask",
    "test",
    "treat",
    "stop",
    "operate",
    "place",
    "counsel",
    "refer",
    "report",
]
Stage = Literal["stabilize", "assess", "confirm", "treat", "prevent", "follow_up", "communicate"]
RungState = Literal["done", "asked", "later"]
OptionOrder = Literal["alphabetical", "numerical", "logical"]
Sex = Literal["female", "male"]
TextStyle = Literal["plain", "markdown"]

SYSTEMS: Final[tuple[str, ...]] = get_args(System)
TASKS: Final[tuple[str, ...]] = get_args(Task)
DISCIPLINES: Final[tuple[str, ...]] = get_args(Discipline)
OVERLAYS: Final[tuple[str, ...]] = get_args(Overlay)
NEXT_STEPS: Final[tuple[str, ...]] = get_args(NextStep)

AREAS: Final[dict[str, tuple[str, ...]]] = {
    "social": ("ethics", "consent", "patient_safety", "care_systems"),
    "renal_reproductive": ("kidney", "electrolytes", "urology", "gynecology", "breast"),
    "cardiovascular": ("coronary", "valves_failure", "rhythm", "vessels_pressure"),
    "musculoskeletal_skin": ("joints", "bones_trauma", "skin"),
    "behavioral": ("mood_anxiety", "psychosis", "substance_use", "child_psychiatry"),
    "blood_immune": ("red_cells", "clotting", "blood_cancer", "immunity_allergy"),
    "gastrointestinal": ("upper_gi", "bowel", "liver_bile_pancreas"),
    "nervous": ("stroke", "headache_seizure", "nerve_muscle", "cognition", "eye_ear"),
    "respiratory": ("airways", "lung_infection", "pleura_embolism"),
    "multisystem": ("trauma_shock", "poisoning", "systemic_infection", "nutrition_disorders"),
    "endocrine": ("diabetes", "thyroid_adrenal_pituitary", "bone_mineral"),
    "pregnancy": ("antenatal", "labor_postpartum"),
    "biostatistics": ("study_design", "test_performance"),
    "development": ("growth", "milestones"),
}

# What a choice does, by family: test or treat is read from this, not from an error code.
ACTION_FAMILIES: Final[dict[str, str]] = {
    "observe": "wait",
    "ask": "find out",
    "test": "find out",
    "treat": "act",
    "stop": "act",
    "operate": "act",
    "place": "act",
    "counsel": "speak",
    "refer": "speak",
    "report": "speak",
}
