"""Puts a corpus together: patients, two examinations each, and all kinds of objects, spread over them."""
import datetime
import pathlib
import random

from . import clinical, documents, elsewhere, everywhere, images, key, people, texts
from .study import Numbers, Study, save

# Every kind is made once for every `len(patients)` of the small corpus; the first study of a patient has a CT as well.
def kinds(study: Study, scans: list) -> list:
    structure = documents.structures(study, scans)
    return [
        lambda: images.mr(study),
        lambda: images.ultrasound(study, "native"),
        lambda: documents.report(study, scans),
        lambda: images.pt(study),
        lambda: images.ultrasound(study, "jpeg", count=4),
        lambda: documents.segmentation(study, scans),
        lambda: images.mammogram(study),
        lambda: everywhere.private(study),
        lambda: structure + documents.plan_and_dose(study, structure[0]),
        lambda: images.radiograph(study, "DX"),
        lambda: images.ultrasound(study, "rle"),
        lambda: everywhere.attributes(study),
        lambda: images.radiograph(study, "CR"),
        lambda: documents.key_images(study, scans) + documents.presentation(study, scans),
        lambda: images.angiogram(study),
        lambda: images.hidden_planes(study) + images.unused_bits(study),
        lambda: images.capture(study) + images.clean_capture(study),
        lambda: documents.pdf(study) + documents.plain_report(study),
        lambda: images.ultrasound(study, "j2k", count=2),
        lambda: everywhere.descriptions(study),
        lambda: images.enhanced_mr(study) + images.mislabelled(study),
        lambda: everywhere.unknown(study) + images.ultrasound(study, "native", clean=True),
        lambda: images.ultrasound(study, "jpeg", extended=True),
        lambda: documents.electrocardiogram(study),
    ]


# Who is examined, and who writes about it.
VOICES = {"first": (people, texts), "elsewhere": (elsewhere, elsewhere)}


def make(folder: pathlib.Path, patients: int, seed: int, each: int, voice: str = "first") -> list[key.ObjectKey]:
    """Writes `folder/objects`, `folder/clinical.csv`, `folder/key.jsonl`, `folder/strings.json`.

    - Parameters: `each`: how many of the kinds every examination gets, besides its CT.
    """
    random_ = random.Random(seed)
    numbers, found, strings, examined = Numbers(), [], {}, {}
    turn = 0
    who, words = VOICES[voice]
    for person in who.people(patients, random_):
        first = datetime.date(2019, random_.randint(1, 12), random_.randint(13, 28))
        for visit in range(2):
            date = first + datetime.timedelta(days=visit * random_.randint(90, 400))
            time = datetime.time(random_.randint(7, 18), random_.randint(10, 59), random_.randint(10, 59))
            study = Study(person, date, time, f"ACC{random_.randint(10**9, 10**10 - 1)}", random_, numbers, words)
            examined.setdefault(person.id, []).append(study)
            scans = images.ct(study, 3 if visit == 0 else 2)
            made = list(scans)
            choices = kinds(study, scans)
            for _ in range(each):
                made += choices[turn % len(choices)]()
                turn += 1
            names = strings.setdefault(person.id, [])
            for place in made:
                number = len(found)
                family = person.ascii_name.split("^")[0].replace("'", "").replace(" ", "_")
                place.key.file = f"{family}_{person.id.replace('/', '-')}/{place.data.Modality}{number:05d}.dcm"
                target = folder / "objects" / place.key.file
                save(place, target.parent, target.name, implicit=number % 7 == 3 and _native(place))
                place.key.file = str(target.relative_to(folder / "objects"))
                found.append(place.key)
                if place.key.patient != person.id:  # somebody else's object among these
                    strings[place.key.patient] = sorted({
                        action.token for action in place.key.actions
                        if action.action == "text_removed" and action.kind in ("name", "id", "wrong character set")})
            names += [text for text in _strings(study) if text not in names]
    clinical.write(examined, folder / "clinical.csv")
    key.write(found, strings, folder / "key.jsonl")
    return found


def _native(place) -> bool:
    return place.data.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.1"


def _strings(study: Study) -> list[str]:
    """What must be nowhere in the output, in no form: long enough that chance does not make it."""
    person = study.person
    values = [
        *person.parts, *person.ascii_name.split("^"), person.id, person.other_id, person.insurance, person.street, person.phone,
        person.mail, person.hospital, person.station, person.serial, study.accession, study.study_uid,
        *(part for name in [*person.staff, person.relative] for part in name.split("^")[:2]),
    ]
    for day in (person.birth, study.date):
        values += [f"{day:%Y%m%d}", f"{day:%d.%m.%Y}", f"{day:%Y-%m-%d}", f"{day:%d/%m/%Y}", f"{day:%m/%d/%Y}"]
    return list(dict.fromkeys(values))
