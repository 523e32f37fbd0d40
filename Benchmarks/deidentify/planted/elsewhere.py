"""A second voice for the corpus: other people and places (PyPI Faker's, of nine countries), other protocols, other sentences.

What the first voice was tuned on proves little by itself. This one speaks as American archives do, where people type into
descriptions, comments and histories, and of people, streets and hospitals that stand in no attribute of the object.
"""
import datetime
import random
import unicodedata

from .people import Person
from .texts import Text

COUNTRIES = [
    ("en_US", ""), ("de_DE", "ISO_IR 100"), ("en_GB", ""), ("fr_FR", "ISO_IR 100"), ("es_ES", "ISO_IR 100"), ("it_IT", "ISO_IR 100"),
    ("nl_NL", "ISO_IR 100"), ("pl_PL", "ISO_IR 101"), ("cs_CZ", "ISO_IR 101"),
]
HOSPITALS = [
    "Sacred Heart Medical Center", "Lakeshore Regional Hospital", "Cedarbrook Veterans Hospital", "St. Aldhelm Infirmary",
    "Northgate Cancer Institute", "Hospital San Telmo de la Sierra", "Marienstift am See", "Clinique des Trois Fontaines",
]
DESCRIPTORS = {
    "CT": [
        "CT ABD/PELVIS W/ IV CONTRAST", "CT CERVICAL SPINE W/O", "Low dose lung screening", "CT ENTEROGRAPHY", "HRCT 1mm insp/exp",
        "CTA Carotids & COW", "3-PHASE LIVER", "Axial Soft Tissue 3.0", "Cor Reformat", "Sag Bone 2 mm", "Urogram delayed 10 min",
        "NECK W CONT", "CT TEMPORAL BONES", "Trauma pan scan", "Virtual colonoscopy prone", "CTPA 100 kV", "Thoraxübersicht", "Uro-CT nativ",
        "TDM abdomino-pelvienne", "TC cráneo simple", "TAC torace basale", "CT bovenbuik",
    ],
    "MR": [
        "AX T2 BLADE FS", "COR T1 FSE", "3D SPACE FLAIR SAG", "SWI_Images", "ep2d_diff_b0_1000_ADC", "MRA HEAD W/O", "MR PROSTATE W/WO",
        "SAG PD FAT SAT KNEE", "DCE perfusion 60 dyn", "LIVER PRIMOVIST 20 MIN HBP", "T1W mDIXON", "Cine SSFP 4CH", "MRCP 3D RESP TRIG",
        "MR lumbar spine w/o contrast", "Localizer 3-plane", "DTI 64 directions", "t2_tse_sag_320", "MRT Knie links", "IRM du genou gauche",
        "RM de columna lumbar", "RM ginocchio destro", "MRI schouder rechts",
    ],
    "PT": ["PET NAC", "WB 3D MAC", "FDG skull to thigh", "PET BRAIN AMYLOID", "Ga-68 DOTATATE WB", "PSMA PET/CT", "CTAC 3.75 thick", "SUV max MIP"],
    "US": ["US GALLBLADDER", "Carotid Doppler bilateral", "THYROID US W FNA", "Transvaginal pelvis", "Renal transplant doppler", "US LEG VEINS RT", "Echo TTE limited"],
    "MG": ["MAMMO SCREENING BILAT", "RT SPOT MAG CC", "L ML", "Tomosynthesis R CC", "Diagnostic mammogram left", "Implant displaced LMLO"],
    "CR": ["CHEST 1 VIEW PORTABLE", "ABDOMEN KUB", "Hand 3 views right", "PELVIS AP", "Thorax dorsoventral"],
    "DX": ["CHEST PA/LAT", "Lumbar spine flexion extension", "Foot oblique weight bearing", "C-SPINE OPEN MOUTH", "Schulter links axial"],
    "XA": ["CEREBRAL ANGIO", "LHC with LV gram", "RAO 30 CAUD 20", "TACE right hepatic artery", "PTCA LAD"],
    "OT": ["Screen capture", "Dose summary", "MIP rotating", "Key measurements"],
    "SEG": ["Tumor contour", "Organ segmentation"],
    "RTSTRUCT": ["Contours CT sim", "Target volumes"],
    "RTDOSE": ["Plan dose"],
    "RTPLAN": ["IMRT 7 fields"],
    "SR": ["CAD report", "Structured findings"],
    "KO": ["Selected images"],
    "PR": ["Window settings"],
    "DOC": ["Letter"],
    "ECG": ["Stress ECG"],
}


def people(count: int, random_: random.Random) -> list[Person]:
    import faker  # not among what the tests need, which have the first voice only

    found, taken = [], set()
    for number in range(count):
        country, charset = COUNTRIES[number % len(COUNTRIES)]
        fake = faker.Faker(country)
        fake.seed_instance(random_.randrange(2**31))

        def fresh(make) -> str:
            """A name that no one else has, long enough that chance does not write it, in one word."""
            while True:
                name = make().split(" ")[0].strip(".'")
                if len(name) >= 5 and name.isalpha() and name.casefold() not in taken and name.casefold() not in _WORDS:
                    taken.add(name.casefold())
                    return name

        sex = "MF"[number % 2]
        given = fresh(fake.first_name_male if sex == "M" else fake.first_name_female)
        family = fresh(fake.last_name)
        staff = [_plain(f"{fresh(fake.last_name)}^{fresh(fake.first_name)}") for _ in range(4)]
        birth = datetime.date(2019 - (94 if number % 7 == 3 else random_.randint(24, 87)), random_.randint(1, 12), random_.randint(13, 28))
        digits = f"{random_.randint(10_000_000, 99_999_999)}"
        found.append(Person(
            name=f"{family}^{given}", charset=charset, sex=sex, birth=birth, id=[f"{digits[:7]}", f"PID-{digits}", f"E{digits}", f"{digits[:3]}-{digits[3:]}"][number % 4],
            other_id=f"X{digits[::-1]}3", insurance=f"{digits[:4]}{random_.randint(100_000, 999_999)}", street=fake.street_address().replace("\n", ", ").replace("^", " "),
            postcode=fake.postcode(), town=fake.city(), phone=fake.phone_number(), mail=f"{given[:4].lower().encode('ascii', 'ignore').decode()}{digits[:4]}@mailbox-{digits[4:]}.example",
            relative=f"{fresh(fake.last_name)}^{fresh(fake.first_name)}", hospital=HOSPITALS[number % len(HOSPITALS)],
            hospital_address=f"{random_.randint(100, 999)} Wexcombe Boulevard, {_plain(fake.city())}", hospital_town=_plain(fake.city()), station=f"LKSHR{number % 5}SCN",
            serial=f"{random_.randint(100_000, 999_999)}Q", staff=staff))
    return found


def _plain(text: str) -> str:
    """As consoles write it that have no accents."""
    return unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L").replace("ß", "ss")).encode("ascii", "ignore").decode()


def _texts() -> str:
    return " ".join(text for texts in DESCRIPTORS.values() for text in texts)


_WORDS = {word.strip(".,/&-").casefold() for word in _texts().replace("/", " ").split()}


def descriptor(random_: random.Random, modality: str) -> Text:
    value = random_.choice(DESCRIPTORS.get(modality, DESCRIPTORS["OT"]))
    return Text(value, [], [value])


def descriptor_with_name(random_: random.Random, modality: str, person: Person, staff: str) -> Text:
    value = random_.choice(DESCRIPTORS.get(modality, DESCRIPTORS["OT"]))
    family, given = person.ascii_name.split("^")[:2]
    stranger = random_.choice(["Okonjo-Reyes", "Abernathy", "Vandersloot", "Quisenberry", "Trzebiatowska"])
    tail, remove = random_.choice([
        (f"for Dr. {stranger}", [stranger]), (f"{given} {family}", [given, family]), (f"MRN {person.id}", [person.id]),
        (f"Dr {staff.split('^')[0]}", [staff.split("^")[0]]), (f"DOB {person.birth:%m/%d/%Y}", [f"{person.birth:%m/%d/%Y}"]),
        ("at Whitcombe General", ["Whitcombe"]),
    ])
    return Text(f"{value} {tail}"[:64], remove, [value])


def history(person: Person, study, native: bool = True) -> list[Text]:
    """Requests and histories; half of what identifies in them is nowhere else in the object."""
    family, given = person.ascii_name.split("^")[:2]
    doctor = person.staff[0].split("^")
    pronoun, title = ("He", "Mr.") if person.sex == "M" else ("She", "Mrs.")
    born, seen = person.birth, study.date
    texts = [
        Text(f"{title} {family} is a {min(study.age, 88)} year old patient with a history of hypertension and colon cancer. {pronoun} was referred by "
             f"Dr. Penelope Ashgrove of 4821 Birchwood Lane, Harrisonville, MO 64701 for staging.",
             [family, "Penelope", "Ashgrove", "Birchwood", "Harrisonville", "64701"], ["history of hypertension and colon cancer", "for staging"]),
        Text(f"Contact: {person.phone}. Next of kin {person.relative.split('^')[1]} {person.relative.split('^')[0]}, 123 Main Street Springfield. "
             "Reason: shortness of breath, rule out PE.",
             [person.phone, person.relative.split("^")[0], "123 Main Street", "Springfield"], ["shortness of breath, rule out PE"]),
        Text(f"Compared to outside CT of {seen:%m/%d/%Y} from Whitcombe General Hospital (acc {study.accession}). Interval increase of mediastinal "
             "lymphadenopathy, largest node 23 mm.",
             [f"{seen:%m/%d/%Y}", "Whitcombe", study.accession], ["Interval increase of mediastinal lymphadenopathy", "largest node 23 mm"]),
        Text(f"PATIENT {given.upper()} {family.upper()} MRN {person.id} SEEN IN ER {seen:%d-%b-%Y}. FALL FROM LADDER, LEFT WRIST PAIN.",
             [given.upper(), family.upper(), person.id, f"{seen:%d-%b-%Y}"], ["FALL FROM LADDER, LEFT WRIST PAIN"]),
        Text(f"Post lumpectomy 2 years, on tamoxifen. Call {person.staff[1].split('^')[0]} at 555-867-5309 with results. "
             "BI-RADS category 3.",
             ["555-867-5309", person.staff[1].split("^")[0]], ["Post lumpectomy 2 years, on tamoxifen", "BI-RADS category 3"]),
        Text(f"Dictated by: {doctor[1]} {doctor[0]}, MD on {seen:%B} {seen.day}, {seen.year}. IMPRESSION: No acute intracranial abnormality. Chronic sinusitis.",
             [f"{seen:%B} {seen.day}, {seen.year}", *doctor], ["No acute intracranial abnormality", "Chronic sinusitis"]),
        Text(f"Pt's wife reports {given} had nephrolithiasis in the past; creatinine 1.3 mg/dL, eGFR 58. Lives in {person.town}. 5 mm calculus at the left UVJ.",
             [given], ["nephrolithiasis in the past", "creatinine 1.3 mg/dL", "5 mm calculus"]),
        Text(f"DOB {born:%d.%m.%Y}. Employer: Vandersloot Shipping. Insurance no. {person.insurance}. Weight 68 kg, contrast 100 ml at 3 ml/s.",
             [f"{born:%d.%m.%Y}", "Vandersloot", person.insurance], ["Weight 68 kg", "100 ml at 3 ml/s"]),
    ]
    if study.age > 89:
        texts.append(Text(f"This {study.age} y/o presents with weakness, r/o stroke.", [f"{study.age} y/o"], ["weakness, r/o stroke"]))
    return texts
