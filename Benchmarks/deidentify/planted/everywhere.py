"""Objects that hold identifiers in every kind of value and in every kind of place, likely or not."""
import pydicom
from pydicom import config, datadict
from pydicom.tag import Tag

from .images import ct
from .key import Place
from .study import Study


# How the key writes what numbers are made of.
NUMBERS = {"UL": "I", "SL": "i", "FD": "d"}


def private(study: Study) -> list[Place]:
    """A CT with private elements of all kinds: every VR, with and without a creator, nested, binary, deep."""
    (place,) = ct(study, 1)
    place.key.kind, person = "private elements", study.person
    name, date = person.ascii_name, person.birth.strftime("%Y%m%d")
    digits = int("".join(letter for letter in person.id if letter.isdigit())[:8])
    block = place.private(0x0011, f"{person.hospital.upper()} 1.0"[:64])
    place.note("text_removed", "00110010", person.hospital.upper()[:50], "private creator")
    values = {
        "AE": name.split("^")[0][:16].upper(), "CS": name.split("^")[0][:16].upper(), "DA": date, "DT": date + "101112", "TM": "041327.55",
        "DS": f"{digits}.5", "IS": str(digits), "LO": name, "LT": f"{name}\r\n{person.phone}", "PN": name, "SH": name.split("^")[0][:16],
        "ST": f"{person.street}, {person.town}" if person.street.isascii() and person.town.isascii() else person.mail,
        "UC": name, "UI": study.new_uid(), "UR": f"https://{person.station.lower()}.example/{person.id}".replace(" ", ""), "UT": f"Patient {name}, {person.mail}",
        "OB": name.encode().ljust(40), "OW": name.encode("utf-16-le").ljust(80), "UN": f"{name}|{date}".encode().ljust(60),
        "UL": digits, "SL": digits, "FD": digits + 0.25, "AS": "093Y",
    }
    for number, (vr, value) in enumerate(values.items(), 1):
        if vr in ("UL", "SL", "FD"):
            block.gone(number, vr, value, f"number:{NUMBERS[vr]}:{value}", f"private {vr}")
            continue
        token = {"OB": name, "UN": name, "OW": "hex:" + name.encode("utf-16-le").hex(), "LT": name, "UT": name}.get(vr)
        block.gone(number, vr, value, token, f"private {vr}")
    for group, creator in ((0x0009, "GEMS_IDEN_01"), (0x0029, "SIEMENS CSA HEADER"), (0x0029, "SIEMENS MEDCOM HEADER"), (0x2005, "Philips MR Imaging DD 001")):
        known = place.private(group, creator)
        known.gone(0x10, "OB", b"SV10\4\3\2\1" + f"PatientName {name} {date}".encode().ljust(60, b"\0"), name, "private binary")
        known.gone(0x31, "LO", name, kind="private text")
    # The creator is on the standard's list of safe elements, this element of it is not.
    place.private(0x0019, "SIEMENS MR HEADER").gone(0x51, "LO", name, kind="private beside safe")
    item = place.private(0x0033, "MITRA OBJECT UTF8 ATTRIBUTES 1.0").item(0x13)
    item.gone("PatientName", name, kind="private sequence")
    inner = item.item("ReferencedStudySequence")
    inner.uid("ReferencedSOPInstanceUID", study.study_uid, "private sequence")
    inner.private(0x0035, "INNER").gone(0x01, "LO", person.id, kind="private sequence")
    # The whole sequence may go, and its references with it.
    place.key.actions = [action for action in place.key.actions if not (action.kind == "private sequence" and action.action.startswith("uid"))]
    # Elements that no creator announces.
    place.data.add_new(0x00131001, "LO", person.id)
    place.data.add_new(0x00151234, "UN", name.encode().ljust(30))
    place.note("text_removed", "00131001", person.id, "private without creator")
    place.note("text_removed", "00151234", name, "private without creator")
    return [place]


# Attributes that decide how an object is read: planting in them would make another object of it.
STRUCTURAL = {"SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID", "FrameOfReferenceUID", "PatientName"}


def attributes(study: Study) -> list[Place]:
    """Every attribute of the dictionary that is a name, and every date: in the object, and again in an item of it."""
    (place,) = ct(study, 1)
    place.key.kind = "all names and dates"
    name = study.person.ascii_name
    date = study.person.birth.strftime("%Y%m%d")
    inside = place.item("ContributingEquipmentSequence").item("OperatorIdentificationSequence")
    for target in (place, inside):
        for tag, (vr, _, _, _, keyword) in datadict.DicomDictionary.items():
            if keyword in STRUCTURAL or Tag(tag).group < 8 or Tag(tag) in place.data and target is place:
                continue
            if vr == "PN":
                target.gone(tag, name, kind="any name")
            elif vr == "DA":
                target.gone(tag, date, kind="any date")
            elif vr == "DT":
                target.gone(tag, date + "101112", kind="any date")
    return [place]


FREE_TEXT = [
    "AdmittingDiagnosesDescription", "MedicalAlerts", "Allergies", "Occupation", "AdditionalPatientHistory", "PatientComments",
    "ReasonForStudy", "StudyComments", "ImageComments", "DerivationDescription", "AcquisitionComments", "IdentifyingComments",
    "RequestedProcedureComments", "ImagingServiceRequestComments", "VisitComments", "PatientState", "SpecialNeeds",
    "ResultsComments", "InterpretationText", "ImpressionsDiscrepancy" , "RequestedContrastAgent", "ServiceEpisodeDescription",
    "DeviceDescription", "TextComments", "CommentsOnThePerformedProcedureStep", "ReasonForTheRequestedProcedure",
    "DischargeDiagnosisDescription", "PatientTransportArrangements", "CurrentPatientLocation", "InstitutionalDepartmentName",
    "EthnicGroup", "CountryOfResidence", "RegionOfResidence", "MilitaryRank", "BranchOfService", "PatientReligiousPreference",
    "MedicalRecordLocator", "PatientInsurancePlanCodeSequence",
]


def descriptions(study: Study) -> list[Place]:
    """Free text attributes that hold a whole address, a name, a number; and one data set five items deep."""
    (place,) = ct(study, 1)
    place.key.kind, person = "all free text", study.person
    family = person.ascii_name.split("^")[0]
    for keyword in FREE_TEXT:
        tag = datadict.tag_for_keyword(keyword)
        if tag is None or datadict.dictionary_VR(tag) not in ("LO", "LT", "ST", "SH", "UT", "CS") or tag in place.data:
            continue
        vr = datadict.dictionary_VR(tag)
        value = family.upper()[:16] if vr in ("SH", "CS") else f"{family}, {person.id}"
        place.put(tag, value, remove=[family.upper()[:16]] if vr in ("SH", "CS") else [family, person.id], kind="any free text")
    deep = place
    for _ in range(5):
        deep = deep.item("SourceImageSequence")
        deep.uid("ReferencedSOPInstanceUID", study.new_uid(), "deep")
        deep.gone("PatientID", person.id, kind="deep")
        deep.put("PatientName", person.name, remove=person.parts, kind="deep")
        deep.data.ReferencedSOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
        deep.private(0x0041, "DEEP").gone(0x01, "LO", family, kind="deep")
    return [place]


def _element(tag: int, value: bytes) -> pydicom.DataElement:
    """An element that stays UN, although pydicom knows better."""
    before, config.replace_un_with_known_vr = config.replace_un_with_known_vr, False
    try:
        return pydicom.DataElement(Tag(tag), "UN", value)
    finally:
        config.replace_un_with_known_vr = before


def unknown(study: Study) -> list[Place]:
    """Standard attributes written as UN, a sequence among them: what a gateway does that does not know them."""
    (place,) = ct(study, 1)
    place.key.kind, data, person = "UN", place.data, study.person
    name = person.ascii_name.encode()
    padded = name + b" " * (len(name) % 2)
    for tag in (0x00101001, 0x00080081, 0x00321032):
        if tag in data:
            del data[tag]
        place.key.actions = [action for action in place.key.actions if action.place != f"{tag:08X}"]
        data.add(_element(tag, padded))
        place.note("text_removed", f"{tag:08X}", person.ascii_name, "UN")
    body = b"\xfe\xff\x00\xe0" + (8 + len(padded)).to_bytes(4, "little") + b"\x10\x00\x10\x00" + len(padded).to_bytes(4, "little") + padded
    data.add(_element(0x00081110, body))
    place.note("text_removed", "00081110", person.ascii_name, "UN sequence")
    return [place]
