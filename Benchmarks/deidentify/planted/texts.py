"""Free text as it is found in headers: technical words that must stay, with identifiers in between that must go."""
import dataclasses
import random

from .people import Person

DESCRIPTORS = {
    "CT": ["CT CHEST W CONTRAST", "Thorax 1.25 mm B70f", "ABDOMEN/PELVIS PORTAL VENOUS", "CT Schaedel nativ", "TC TORACE CON MDC", "SCANNER THORACIQUE INJECTE", "Topogram 0.6 T20f"],
    "MR": ["T1 AX POST GD", "t2_tse_tra_320", "DWI b50_400_800 ADC", "AX FLAIR FS", "IRM CEREBRALE T1 GADO", "sag T1 vibe dixon", "MRI BREAST BILATERAL W WO CONTRAST", "3D TOF MRA"],
    "PT": ["PET CT WB FDG", "PET AC 3D OSEM", "WB NAC", "FDG WHOLE BODY 60 MIN"],
    "US": ["US ABDOMEN COMPLETE", "Sono Oberbauch", "ECHO 4 CHAMBER VIEW", "BREAST LEFT 3 OCLOCK"],
    "MG": ["MAMMOGRAM BILATERAL", "L CC", "R MLO", "SCREENING MAMMOGRAPHY"],
    "CR": ["Thorax pa", "CHEST PA AND LATERAL", "Becken ap"],
    "DX": ["Thorax pa", "KNEE LEFT 2 VIEWS", "CHEST AP PORTABLE"],
    "XA": ["CORONARY ANGIOGRAPHY LAO 30", "Cardiac low dose 15 fps"],
    "OT": ["SCREEN SAVE", "3D VOLUME RENDERING", "Dose report"],
    "SEG": ["Liver segmentation", "Tumor segmentation"],
    "RTSTRUCT": ["RT structures", "Contours planning CT"],
    "RTDOSE": ["RT dose plan sum"],
    "RTPLAN": ["VMAT 2 arcs"],
    "SR": ["Radiology report", "Measurement report"],
    "KO": ["Key images"],
    "PR": ["Presentation state"],
    "DOC": ["Report"],
    "ECG": ["12 lead ECG resting"],
}


@dataclasses.dataclass
class Text:
    value: str
    remove: list[str]
    keep: list[str]

    def plant(self, place, keyword: str, kind: str = "") -> None:
        place.put(keyword, self.value, remove=self.remove, keep=self.keep,
                  kind=kind or ("free text" if self.remove else "descriptor"))


def descriptor(random_: random.Random, modality: str) -> Text:
    """A description of nothing but technique and anatomy, all of which stays."""
    value = random_.choice(DESCRIPTORS.get(modality, DESCRIPTORS["OT"]))
    return Text(value, [], [value])


def descriptor_with_name(random_: random.Random, modality: str, person: Person, staff: str) -> Text:
    """As people type them at the console: with a name, an id or a date behind."""
    value = random_.choice(DESCRIPTORS.get(modality, DESCRIPTORS["OT"]))
    family = person.ascii_name.split("^")[0]
    tail, remove = random_.choice([
        (family, [family]),
        (f"Dr {staff.split('^')[0]}", [staff.split("^")[0]]),
        (person.id, [person.id]),
        (f"*{person.birth:%d.%m.%Y}", [f"{person.birth:%d.%m.%Y}"]),
        (f"{family.upper()}_{person.birth:%Y%m%d}", [family.upper(), f"{person.birth:%Y%m%d}"]),
    ])
    return Text(f"{value} {tail}"[:64], remove, [value])


def history(person: Person, study, native: bool = True) -> list[Text]:
    """Sentences for LT, ST and UT attributes."""
    family, given = person.ascii_name.split("^")
    name = person.name.split("=")[0].split("^") if native else [family, given]
    doctor, other = person.staff[0].split("^"), person.staff[1].split("^")
    born, seen = person.birth, study.date
    months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
    initials = f"{given[0]}. {family}"
    sentences = [
        Text(f"Patient {name[1]} {name[0]}, born {born:%d.%m.%Y}, presented with a lesion in the left breast, 12 mm, "
             f"seen by Dr. {doctor[0]} on {seen:%Y-%m-%d}. Biopsy recommended.",
             [name[0], f"{born:%d.%m.%Y}", doctor[0], f"{seen:%Y-%m-%d}"], ["lesion in the left breast", "12 mm", "Biopsy recommended"]),
        Text(f"Lives at {person.street}, {person.postcode} {person.town}; tel. {person.phone}, mail {person.mail}. "
             "Contrast allergy denied, creatinine 0.9 mg/dl.",
             [person.street, person.town, person.phone, person.mail], ["Contrast allergy denied", "0.9 mg/dl"]),
        Text(f"{months[seen.month - 1]} {seen.day}, {seen.year}: follow-up of {other[0]}, {other[1]}'s patient "
             f"(MRN {person.id}); compare with study {study.accession}. Liver metastases segment VII, portal venous phase.",
             [f"{months[seen.month - 1]} {seen.day}, {seen.year}", other[0], person.id, study.accession],
             ["Liver metastases segment VII", "portal venous phase"]),
        Text(f"{family.upper()} {given.upper()} referred from {person.hospital}, {person.hospital_address}. "
             f"Daughter {person.relative.split('^')[1]} {person.relative.split('^')[0]} called. Chest pain, rule out pulmonary embolism.",
             [family.upper(), given.upper(), person.hospital, person.hospital_address.split(",")[0],
              person.hospital_town, person.relative.split("^")[0]],
             ["Chest pain", "pulmonary embolism"]),
        Text(f"Insurance {person.insurance}, alias {person.other_id}. DOB: {born:%m/%d/%Y}. Seen {seen:%d %b %Y} at 10:32. "
             "Right upper lobe nodule 8 mm, stable.",
             [person.insurance, person.other_id, f"{born:%m/%d/%Y}", f"{seen:%d %b %Y}"], ["Right upper lobe nodule 8 mm"]),
        Text(f"Pat. {given[0]}. {family}, geb. {born.day}.{born.month}.{born:%y}, Zuweiser Prof. {doctor[0]}, "
             f"Befund an {other[1]} {other[0]}: T2 hyperintense Läsion, ADC 0.8, PI-RADS 4." if person.charset in ("ISO_IR 100", "ISO_IR 192")
             else f"Pat. {given[0]}. {family}, Zuweiser Prof. {doctor[0]}, Befund an {other[1]} {other[0]}: ADC 0.8, PI-RADS 4.",
             [family, doctor[0], other[0]], ["ADC 0.8", "PI-RADS 4"]),
    ]
    # Dates as people write them, with or without anything between.
    sentences.append(Text(
        f"{family}: DOB {born:%d-%b-%Y} / {born:%m%d%Y} ({born:%Y/%m/%d}), examined {seen:%d.%m.%y}. Motion artefact, FOV 320 mm.",
        [family, f"{born:%d-%b-%Y}", f"{born:%m%d%Y}", f"{born:%Y/%m/%d}", f"{seen:%d.%m.%y}"], ["Motion artefact", "FOV 320 mm"]))
    if study.age > 89:
        sentences.append(Text(f"This {study.age}-year-old patient of {doctor[0]} has lung nodules.",
                              [f"{study.age}-year-old", doctor[0]], ["lung nodules"]))
    native_name = person.name.split("=")[1] if "=" in person.name else ""
    if native_name:
        # Without a space or a caret between family and given name, in the letters of the country.
        joined = native_name.replace("^", "")
        sentences.append(Text(f"{joined} {initials}, MRI liver, Gd-EOB-DTPA 10 ml.", [joined, family], ["MRI liver", "10 ml"]))
    return sentences
