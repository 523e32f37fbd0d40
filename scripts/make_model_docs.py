#!/usr/bin/env python3
"""Makes docs/model.md and docs/vocabulary.md from the description of the common data model.

The description is the JSON in Sources/CohortData/Model and Sources/CohortData/Vocabulary, from which the program itself is
made. With --check nothing is written, and a page that is not up to date is an error.

usage: make_model_docs.py [--check]
"""
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
MODEL = ROOT / "Sources/CohortData/Model"
VOCABULARY = ROOT / "Sources/CohortData/Vocabulary"

# In the order in which people meet them: the patient, the disease, what was done, what came of it; then the images.
ENTITIES = {
    "patient": ("Patient", "One row for each patient. The patient is a pseudonym that the node makes from the hospital's number."),
    "condition": ("Cancer condition", "A cancer of a patient: where, what, how far. Its date of diagnosis is the baseline from which days count."),
    "tumour": ("Tumour", "One tumour, and what was seen of it at one time."),
    "marker": ("Tumour marker test", "A test of a marker or receptor. A mapping fills `code` and the marker's own attribute, such as `marker.PSA`."),
    "laboratory": ("Laboratory result", "A test that is no tumour marker."),
    "procedure": ("Procedure", "A diagnostic procedure, such as a biopsy."),
    "treatment": ("Treatment", "Surgery, radiotherapy, systemic or other treatment: one row for each course."),
    "history": ("Medical history", "Earlier or concurrent conditions, of the patient or of the family, and habits."),
    "assessment": ("Assessment", "How the patient or the disease was at one time: performance status, response, a radiologist's reading."),
    "episode": ("Episode", "A stretch of the disease, to which imaging time points belong."),
    "specimen": ("Specimen", "A specimen of pathology and its slides."),
    "variant": ("Molecular variant", "A variant of a gene, as from a VCF-derived table."),
    "followUp": ("Follow-up", "What became of the patient."),
    "study": ("Imaging study", "Found in the images; nothing has to be mapped."),
    "series": ("Imaging series", "Found in the images; nothing has to be mapped."),
    "annotation": ("Annotation", "A segmentation or another annotation of images."),
}
MINIMUM = {"imaging": "images", "cases": "cases", "controls": "controls"}


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def attributes():
    for entity in ENTITIES:
        document = json.loads((MODEL / f"{entity}.json").read_text())
        yield entity, document["attributes"]


def full_name(entity, attribute):
    return attribute["name"] if "." in attribute["name"] else f"{entity}.{attribute['name']}"


def kind(attribute):
    name = attribute["type"]
    if "unit" in attribute:
        name += f" in {attribute['unit']}"
    if name == "age":
        name = "age in years"
    if "values" in attribute:
        name += f": [{attribute['values']}](vocabulary.md#{attribute['values'].lower()})"
    return name + (", several" if attribute.get("many") else "")


def model():
    lines = [
        "# The common data model",
        "",
        "<!-- Made by scripts/make_model_docs.py from Sources/CohortData/Model. Do not edit by hand. -->",
        "",
        "This is everything that a site can tell about its patients, and everything that a question can ask. Names and meaning",
        "follow the common data model of Cancer Image Europe (EUCAIM); the last column names its table and column, so that a site",
        "that has mapped its data to EUCAIM's model is done.",
        "",
        "- **Name** is what a mapping file and a question write: `condition.topography`. The short names mean the same.",
        "- **Kind**: a *code* is one of the values in [vocabulary.md](vocabulary.md); a *number* is kept in the unit that stands there",
        "  and may be given in others; a *date* is a day (shifted, where the site shifts dates); *days* count from the diagnosis, and",
        "  are negative before it.",
        "- **Needed for**: EUCAIM's minimum attributes of images, cases and controls. What is missing is shown on the data set's card.",
        "- One patient can have many records of each kind but the first. What is not known is left out, never written as zero.",
        "",
    ]
    for entity, own in attributes():
        title, text = ENTITIES[entity]
        lines += [f"## {title}", "", f"`{entity}`. {text}", ""]
        lines += ["| Name | Short | Kind | What it is | Needed for | Codes | EUCAIM |", "|---|---|---|---|---|---|---|"]
        for attribute in own:
            lines.append(
                "| "
                + " | ".join([
                    f"`{full_name(entity, attribute)}`",
                    ", ".join(f"`{alias}`" for alias in attribute["aliases"]),
                    kind(attribute),
                    cell(f"**{attribute['label']}.** {attribute['definition']}"),
                    ", ".join([MINIMUM[name] for name in attribute.get("minimum", [])]
                              + ([f"tier {attribute['tier']}"] if "tier" in attribute else [])),
                    ", ".join(attribute.get("codings", []) + [f"DICOM {word}" for word in attribute.get("keywords", [])]),
                    f"`{attribute['eucaim']}`" if "eucaim" in attribute else "",
                ])
                + " |")
        lines.append("")
    return "\n".join(lines)


def vocabulary():
    used = {}
    for entity, own in attributes():
        for attribute in own:
            if "values" in attribute:
                used.setdefault(attribute["values"], []).append(full_name(entity, attribute))
    sets = {}
    for path in sorted(VOCABULARY.glob("*.json")):
        for values in json.loads(path.read_text())["sets"]:
            sets[values["name"]] = values
    lines = [
        "# The vocabulary",
        "",
        "<!-- Made by scripts/make_model_docs.py from Sources/CohortData/Vocabulary. Do not edit by hand. -->",
        "",
        "The values that attributes of the [model](model.md) take. A mapping and a question may write the code, any of the labels,",
        "another spelling, or the code of another system with its name before it: `diagnosis = SNOMED:254837009` and",
        "`diagnosis = \"càncer de mama\"` ask the same. A value finds those that are *within* it: `stage = III` finds IIIA.",
        "Codes are those of the systems named; labels are this project's own. An open set takes other values, in quotes.",
        "A site adds its own synonyms and codes in a file of the same form.",
        "",
    ]
    for name in sorted(sets, key=str.lower):
        values = sets[name]
        state = "closed" if values.get("closed") else "open"
        lines += [f"## {name}", "", f"{values['label']}: codes of {values['system']}, {state}. For "
                  + ", ".join(f"`{attribute}`" for attribute in used.get(name, [])) + ".", ""]
        lines += ["| Code | English | Spanish | Catalan | Also | Within | Other codes |", "|---|---|---|---|---|---|---|"]
        for concept in values["concepts"]:
            label = concept["label"]
            lines.append(
                "| "
                + " | ".join(cell(text) for text in [
                    f"`{concept['code']}`", label, concept.get("es", label), concept.get("ca", label),
                    ", ".join(concept.get("synonyms", [])), ", ".join(concept.get("within", [])),
                    ", ".join(concept.get("codings", []))])
                + " |")
        lines.append("")
    return "\n".join(lines)


def main():
    stale = []
    for name, text in (("model.md", model()), ("vocabulary.md", vocabulary())):
        path = ROOT / "docs" / name
        if sys.argv[1:] == ["--check"]:
            if not path.exists() or path.read_text() != text:
                stale.append(f"docs/{name}")
        else:
            path.write_text(text)
    if stale:
        sys.exit(f"{', '.join(stale)}: not up to date; run scripts/make_model_docs.py")


main()
