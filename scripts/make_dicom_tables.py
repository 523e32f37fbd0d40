#!/usr/bin/env python3
"""Writes Sources/DICOM/Dictionary/AttributeTable.swift from the standard's list of attributes (PS3.6).

    scripts/make_dicom_tables.py PATH/TO/attributes.json

`attributes.json` is `standard/attributes.json` of the public project innolitics/dicom-standard (MIT), which extracts it
from the standard's own DocBook. EDITION below names the edition: change it together with the input.

One row per attribute, in the order of tags, fields parted by one space, the name last:

    00080005 CS 1-n Specific Character Set
    00181153 IS 1 Exposure in µAs=ExposureInuAs          the keyword, only where it does not follow from the name
    00080001!UL 1 Length to End                          "!": retired
    60xx3000 OB/OW 1 Overlay Data                        x: any hexadecimal digit; /: the standard leaves a choice
"""

import json
import pathlib
import re
import sys

EDITION = "January 2025"
OUTPUT = pathlib.Path(__file__).resolve().parent.parent / "Sources/DICOM/Dictionary/AttributeTable.swift"

HEADER = '''// Made by scripts/make_dicom_tables.py from PS3.6, edition of {edition}: {count} attributes. Do not edit.

/// The standard's attributes, one row each; ``DataDictionary`` reads it, the script that made it describes the rows.
enum AttributeTable {{
    static let edition = "{edition}"

    static let rows: StaticString = """
'''


def keyword_from_name(name: str) -> str:
    """The keyword that most names lead to: words joined, each with a capital. DataDictionary does the same."""
    words = re.split(r"[^A-Za-z0-9]+", name.replace("'s ", " ").replace("\u2019s ", " "))
    return "".join(word[:1].upper() + word[1:] for word in words)


def row(attribute: dict) -> str:
    tag = re.sub(r"[(),]", "", attribute["tag"]).upper().replace("X", "x")
    mark = "!" if attribute["retired"] == "Y" else " "
    vr = attribute["valueRepresentation"].replace(" or ", "/")
    if vr in ("", "See Note 2"):
        vr = "--"  # items and delimiters have none; a few retired attributes lost theirs
    vm = (attribute["valueMultiplicity"] or "--").replace(" or ", "/")
    name = attribute["name"].replace("\u2019", "'")
    keyword = attribute["keyword"].replace("\u200b", "")
    text = f"{tag}{mark}{vr} {vm} {name}".rstrip()
    return text if keyword_from_name(name) == keyword else f"{text}={keyword}"


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    attributes = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    rows = sorted(row(attribute) for attribute in attributes)
    for text in rows:
        assert '"""' not in text and "\\" not in text and "\n" not in text, text
    lines = "".join(f"        {text}\n" for text in rows)
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(
        HEADER.format(edition=EDITION, count=len(rows)) + lines + '        """\n}\n', encoding="utf-8")
    print(f"{OUTPUT}: {len(rows)} attributes, {OUTPUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
