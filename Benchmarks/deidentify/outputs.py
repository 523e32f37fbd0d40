"""Finds the objects that a tool has written, and in them the places that the key speaks of."""
import pathlib
import re
import struct
import warnings

import pydicom
from pydicom.tag import Tag

STEP = re.compile(r"(?P<name>.+?)(?:\[(?P<item>\d+)\])?$")


def read(file: pathlib.Path) -> pydicom.Dataset | None:
    try:
        return pydicom.dcmread(file)
    except Exception:
        return None


class Outputs:
    """The objects of a folder by what no de-identification takes away: SOP class, series number and instance number.

    A tool that drops one of these is given a second chance by the name of the file.
    """

    def __init__(self, folder: pathlib.Path):
        self.by_numbers, self.by_name, self.files = {}, {}, []
        for file in sorted(folder.rglob("*")):
            if not file.is_file() or file.name == "DICOMDIR" or (data := read(file)) is None:
                continue
            self.files.append(file)
            numbers = tuple(str(data.get(keyword, "")) for keyword in ("SOPClassUID", "SeriesNumber", "InstanceNumber"))
            self.by_numbers.setdefault(numbers, file)
            self.by_name.setdefault(str(file.relative_to(folder)), file)

    def file(self, key) -> pathlib.Path | None:
        return self.by_numbers.get((key.sop_class, str(key.series), str(key.instance))) or self.by_name.get(key.file)


def element(data: pydicom.Dataset, name: str):
    """The element of that name in this data set, or None. Private ones by group, creator and the end of their number."""
    if "|" not in name:
        tag = Tag(int(name, 16))
        return data[tag] if tag in data else None
    group, creator, low = name.split("|")
    for block in range(0x10, 0x100):
        owner = data.get(Tag(int(group, 16), block))
        if owner is not None and _text(owner.value).strip() == creator:
            tag = Tag(int(group, 16), block << 8 | int(low, 16))
            return data[tag] if tag in data else None
    return None


def find(data: pydicom.Dataset, place: str):
    """The element at a place such as `00081115[0]>00081155`, or None."""
    if place.startswith("meta."):
        tag = Tag(int(place[5:], 16))
        return data.file_meta[tag] if tag in data.file_meta else None
    *steps, last = place.split(">")
    for step in steps:
        match = STEP.match(step)
        sequence = element(data, match["name"])
        number = int(match["item"])
        if sequence is None or sequence.VR != "SQ" or number >= len(sequence.value):
            return None
        data = sequence.value[number]
    return element(data, last)


def is_as_planted(data: pydicom.Dataset, source: pydicom.Dataset, place: str) -> bool:
    """Whether all sequences on the way have as many items as they had, so that items are still where they were."""
    step = ""
    for part in place.split(">")[:-1]:
        name = part[: part.rindex("[")]
        here, there = find(data, step + name), find(source, step + name)
        if here is None or there is None or here.VR != "SQ" or there.VR != "SQ" or len(here.value) != len(there.value):
            return False
        step += part + ">"
    return True


def alike(data: pydicom.Dataset, place: str) -> list:
    """All elements of the same name under the place's first sequence, wherever items have moved to."""
    first, _, rest = place.partition(">")
    if not rest:
        found = element(data, first) if not place.startswith("meta.") else find(data, place)
        return [] if found is None else [found]
    last = place.split(">")[-1]
    sequence = element(data, STEP.match(first)["name"])
    if sequence is not None and isinstance(sequence.value, bytes):
        return [sequence]  # read as bytes, where nothing tells that it is a sequence
    waiting = list(sequence.value) if sequence is not None and sequence.VR == "SQ" else []
    found = []
    while waiting:
        item = waiting.pop()
        here = element(item, last)
        if here is not None:
            found.append(here)
        waiting += [inner for each in item if each.VR == "SQ" for inner in each.value]
    return found


def _text(value) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def text(found) -> str:
    """The value as one text: values apart by backslashes, items of a sequence one after the other."""
    if found.VR == "SQ":
        return " ".join(text(each) for item in found.value for each in item)
    value = found.value
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if isinstance(value, str) or not hasattr(value, "__iter__") or found.VR == "PN" and not hasattr(value, "append"):
        return str(value)
    return "\\".join(str(each) for each in value)


def holds(found, token: str) -> bool:
    """Whether the token is in the value, in any case of letters and any usual encoding of bytes."""
    if token.startswith("hex:"):
        wanted = bytes.fromhex(token[4:])
        return isinstance(found.value, bytes) and wanted in found.value
    if token.startswith("number:"):
        form, number = token[7:].split(":")
        if isinstance(found.value, bytes):
            return struct.pack("<" + form, type(struct.unpack("<" + form, bytes(8)[: struct.calcsize(form)])[0])(number)) in found.value
        return number in text(found)
    whole = text(found)
    if isinstance(found.value, bytes):
        forms = {token.encode(code, "ignore") for code in ("utf-8", "latin-1", "utf-16-le")}
        return any(form and form in found.value for form in forms)
    return token.casefold() in whole.casefold()


def quietly(action):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return action()
