"""The answer key: for every object, what must have become of which attribute or region.

One JSON line an object: file, patient, SOP class, series and instance number (by which the object is found again), what
may be refused, and the required actions, each with the place, the token and what kind of plant it is. Places are
written as `00081115[0]>00081155`, private elements as `0019|SIEMENS MR HEADER|0C`, elements without a creator by tag.
"""
import dataclasses
import datetime
import json
import pathlib

import pydicom
from pydicom.datadict import tag_for_keyword
from pydicom.tag import Tag


@dataclasses.dataclass
class Action:
    action: str
    place: str
    token: str = ""
    kind: str = ""
    # A region of pixels: frames, x, y, width, height, the glyphs, and how they were written.
    region: dict | None = None


@dataclasses.dataclass
class ObjectKey:
    file: str
    patient: str
    sop_class: str
    series: int
    instance: int
    kind: str
    # The object may be kept back whole: nobody expects a PDF to be cleaned.
    may_refuse: bool = False
    lossy: bool = False
    actions: list[Action] = dataclasses.field(default_factory=list)


def write(objects: list[ObjectKey], strings: dict[str, list[str]], file: pathlib.Path) -> None:
    with file.open("w") as out:
        for each in objects:
            out.write(json.dumps(dataclasses.asdict(each), ensure_ascii=False) + "\n")
    # What must be nowhere in any form, by patient.
    file.with_name("strings.json").write_text(json.dumps(strings, ensure_ascii=False, indent=1))


def read(file: pathlib.Path) -> list[ObjectKey]:
    found = []
    for line in file.read_text().splitlines():
        values = json.loads(line)
        values["actions"] = [Action(**action) for action in values["actions"]]
        found.append(ObjectKey(**values))
    return found


def day(date: datetime.date) -> str:
    return date.strftime("%Y%m%d")


class Place:
    """A data set, or an item somewhere inside of it, in which things are planted and written down."""

    def __init__(self, data: pydicom.Dataset, key: ObjectKey, prefix: str = ""):
        self.data, self.key, self.prefix = data, key, prefix

    def name(self, tag) -> str:
        return f"{self.prefix}{int(Tag(tag)):08X}"

    def note(self, action: str, place: str, token="", kind: str = "") -> None:
        self.key.actions.append(Action(action, place, str(token), kind))

    def put(self, keyword: str | int, value, remove=(), keep=(), vr: str | None = None, kind: str = "") -> None:
        """Sets an attribute and requires that some of its text goes and some of it stays."""
        tag = Tag(tag_for_keyword(keyword)) if isinstance(keyword, str) else Tag(keyword)
        self.data.add_new(tag, vr or pydicom.datadict.dictionary_VR(tag).split(" or ")[0], value)
        for token in remove:
            self.note("text_removed", self.name(tag), token, kind or "text")
        for token in keep:
            self.note("text_retained", self.name(tag), token, kind or "text")

    def gone(self, keyword: str | int, value, vr: str | None = None, kind: str = "attribute") -> None:
        """Sets an attribute none of which may be left."""
        self.put(keyword, value, remove=[value.decode("latin-1") if isinstance(value, bytes) else str(value)], vr=vr, kind=kind)

    def date(self, keyword: str, date: datetime.date, kind: str = "date") -> None:
        self.put(keyword, day(date))
        self.note("date_shifted", self.name(tag_for_keyword(keyword)), day(date), kind)

    def moment(self, keyword: str, moment: datetime.datetime, kind: str = "date") -> None:
        """A DT."""
        value = moment.strftime("%Y%m%d%H%M%S.%f")
        self.put(keyword, value)
        self.note("date_shifted", self.name(tag_for_keyword(keyword)), value, kind)

    def uid(self, keyword: str | int, value: str, kind: str = "uid") -> None:
        self.put(keyword, value)
        tag = tag_for_keyword(keyword) if isinstance(keyword, str) else keyword
        self.note("uid_changed", self.name(tag), value, kind)
        self.note("uid_consistent", self.name(tag), value, kind)

    def stays(self, *keywords: str) -> None:
        """Requires that attributes that are there keep their value."""
        for keyword in keywords:
            if keyword not in self.data:
                continue
            element = self.data[keyword]
            self.note("tag_retained", self.name(element.tag), "", "technical")
            if element.VR == "SQ":
                continue
            values = element.value if element.VM > 1 else [element.value]
            if element.VM == 0 or isinstance(element.value, bytes):
                continue
            self.note("text_notnull", self.name(element.tag), "", "technical")
            self.note("text_retained", self.name(element.tag), "\\".join(str(value) for value in values), "technical")

    def item(self, keyword: str | int) -> "Place":
        """A new item at the end of a sequence."""
        tag = Tag(tag_for_keyword(keyword)) if isinstance(keyword, str) else Tag(keyword)
        if tag not in self.data:
            self.data.add_new(tag, "SQ", [])
        item = pydicom.Dataset()
        self.data[tag].value.append(item)
        return Place(item, self.key, f"{self.name(tag)}[{len(self.data[tag].value) - 1}]>")

    def inside(self, keyword: str, number: int = 0) -> "Place":
        """An item that is there."""
        tag = Tag(tag_for_keyword(keyword))
        return Place(self.data[tag].value[number], self.key, f"{self.name(tag)}[{number}]>")

    def private(self, group: int, creator: str) -> "PrivatePlace":
        return PrivatePlace(self, group, creator)


class PrivatePlace:
    """A private block."""

    def __init__(self, place: Place, group: int, creator: str):
        self.place, self.group, self.creator = place, group, creator
        self.block = place.data.private_block(group, creator, create=True)

    def name(self, element: int) -> str:
        return f"{self.place.prefix}{self.group:04X}|{self.creator}|{element:02X}"

    def gone(self, element: int, vr: str, value, token: str | None = None, kind: str = "private") -> None:
        self.block.add_new(element, vr, value)
        if token is None:
            token = value.decode("latin-1") if isinstance(value, bytes) else str(value)
        self.place.note("text_removed", self.name(element), token, kind)

    def stays(self, element: int, vr: str, value) -> None:
        self.block.add_new(element, vr, value)
        values = value if isinstance(value, list) else [value]
        self.place.note("tag_retained", self.name(element), "", "safe private")
        self.place.note("text_retained", self.name(element), "\\".join(str(each) for each in values), "safe private")

    def item(self, element: int) -> Place:
        self.block.add_new(element, "SQ", [item := pydicom.Dataset()])
        return Place(item, self.place.key, f"{self.name(element)}[0]>")
