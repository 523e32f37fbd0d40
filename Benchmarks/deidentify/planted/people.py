"""Patients, staff and hospitals that nobody is or was, in the character sets that hospitals write."""
import dataclasses
import datetime
import random
import unicodedata

# family^given in every group of the name; the character set it is written in; a town and street of the region.
NAMES = [
    ("MUSTERMANN^ERIKA", "", "F", "Lindenallee 47", "04109", "Leipzig"),
    ("Müller-Lüdenscheidt^Jürgen^^Dr.", "ISO_IR 100", "M", "Königsbrücker Straße 12a", "01099", "Dresden"),
    ("Lefèvre^Hélène", "ISO_IR 100", "F", "14 rue de l'Abbé-Groult", "75015", "Paris"),
    ("Παπαδόπουλος^Γεώργιος", "ISO_IR 126", "M", "Λεωφόρος Κηφισίας 118", "11526", "Αθήνα"),
    ("Соколова^Надежда^Петровна", "ISO_IR 144", "F", "Лесная улица 33", "80000", "Шумен"),
    ("Yamada^Tarou=山田^太郎=やまだ^たろう", ["", "ISO 2022 IR 87"], "M", "3-14-7 Kitashinagawa", "140-0001", "Shinagawa"),
    ("ﾔﾏﾓﾄ^ﾊﾅｺ=山本^花子=やまもと^はなこ", ["ISO 2022 IR 13", "ISO 2022 IR 87"], "F", "5-2-1 Roppongi", "106-0032", "Minato"),
    ("Hong^Gildong=洪^吉洞=홍^길동", ["", "ISO 2022 IR 149"], "M", "152 Teheran-ro", "06236", "Gangnam"),
    ("Wang^XiaoDong=王^小东", "GB18030", "M", "88 Zhongshan Lu", "200001", "Huangpu"),
    ("Nguyễn^Thị Hương", "ISO_IR 192", "F", "Botanická 68a", "60200", "Brno"),
    ("Kowalczyk-Dąbrowska^Łucja", "ISO_IR 101", "F", "ulica Świętokrzyska 20", "00-002", "Warszawa"),
    ("O'Shaughnessy^Maeve Bríd", "ISO_IR 100", "F", "221B Ballsbridge Terrace", "D04 X2E5", "Dublin"),
    ("García Núñez^María José", "ISO_IR 100", "F", "Calle Hermanos Álvarez 9, 3º B", "28013", "Madrid"),
    ("Yıldırım^Şükrü", "ISO_IR 148", "M", "Goethestraße 5", "60313", "Frankfurt"),
    ("WASHBURNE^ROSCOE^T^MR^JR", "", "M", "1427 Maplewood Drive, Apt 6", "60614", "Springfield"),
    ("Li^Cheng=李^誠", "GB18030", "M", "12 Nanjing Donglu", "200010", "Jingan"),
    ("van der Meulen^Geertruida", "ISO_IR 192", "F", "Prinsengracht 263", "1016 GV", "Amsterdam"),
]
# Letters that do not fall apart into a Latin one and a mark, and names as their bearers write them abroad.
ROMANISED = {
    "Παπαδόπουλος": "Papadopoulos", "Γεώργιος": "Georgios", "Соколова": "Sokolova", "Надежда": "Nadezhda",
    "ﾔﾏﾓﾄ": "Yamamoto", "ﾊﾅｺ": "Hanako", "ı": "i", "Ł": "L", "ł": "l",
}
STAFF = [
    "Weberknecht^Friedrich^^Prof. Dr.", "Szczepanski^Agnieszka", "Bellweather^Harriet", "Castellano^Umberto",
    "Thibodeaux^Marguerite", "Haverkamp^Ingeborg", "Oyelaran^Adebayo", "Lindqvist^Torbjorn",
]
HOSPITALS = [
    ("Klinikum Sankt Barbara", "Am Eichenwald 4, 04299 Leipzig", "Leipzig"),
    ("Hopital Saint-Eloi-les-Bains", "27 avenue du Marechal Leclerc, 34090 Montpellier", "Montpellier"),
    ("Ospedale Santa Lucia Vecchia", "Via Garibaldi 101, 40121 Bologna", "Bologna"),
    ("Mercy Falls Memorial Hospital", "5200 Stillwater Parkway, Cedar Rapids, IA 52402", "Cedar Rapids"),
]


@dataclasses.dataclass
class Person:
    name: str
    charset: str | list
    sex: str
    birth: datetime.date
    id: str
    other_id: str
    insurance: str
    street: str
    postcode: str
    town: str
    phone: str
    mail: str
    relative: str
    hospital: str
    hospital_address: str
    hospital_town: str
    station: str
    serial: str
    staff: list[str]

    @property
    def parts(self) -> list[str]:
        """What the name is made of, of three letters or more, or two where they are ideographs."""
        return name_parts(self.name)

    @property
    def latin(self) -> str:
        """The name in letters that a scanner could write into a picture."""
        given = self.ascii_name.split("^")
        return f"{given[0]}, {given[1]}"

    @property
    def ascii_name(self) -> str:
        family, given = self.name.split("=")[0].split("^")[:2]
        for native, latin in ROMANISED.items():
            family, given = family.replace(native, latin), given.replace(native, latin)
        return unicodedata.normalize("NFKD", f"{family}^{given}").encode("ascii", "ignore").decode()


def name_parts(name: str) -> list[str]:
    parts = []
    for group in name.split("="):
        for component in group.split("^")[:3]:
            for part in component.split(" "):
                wide = any(ord(letter) > 0x2E80 for letter in part)
                # A single ideograph says nothing by itself and is found by chance: only whole names count there.
                if len(part) >= (2 if wide else 4) and part not in parts:
                    parts.append(part)
        if any(ord(letter) > 0x2E80 for letter in group):
            parts.append(group)
    return parts


def people(count: int, random_: random.Random) -> list[Person]:
    found = []
    for number in range(count):
        name, charset, sex, street, postcode, town = NAMES[number % len(NAMES)]
        if number >= len(NAMES):
            # The same families again, told apart by a name that no one else has.
            family, *rest = name.split("^", 1)
            name = f"{family}-{''.join(random_.choice('BDGKLMNPRST') + random_.choice('aeiou') for _ in range(3)).title()}^{rest[0]}"
        hospital, address, hospital_town = HOSPITALS[number % len(HOSPITALS)]
        age = 93 if number % 8 == 2 else random_.randint(31, 84)
        birth = datetime.date(2019 - age, random_.randint(1, 12), random_.randint(13, 28))
        digits = f"{random_.randint(10_000_000, 99_999_999)}"
        id_ = [f"HOSP-{digits}", f"{digits}41", f"PAT.{digits[:4]}/{digits[4:]}", f"MRN{digits}"][number % 4]
        staff = random_.sample(STAFF, 4)
        found.append(Person(
            name=name, charset=charset, sex=sex, birth=birth, id=id_, other_id=f"KIS{digits[::-1]}7",
            insurance=f"A{random_.randint(100_000_000, 999_999_999)}", street=street, postcode=postcode, town=town,
            phone=[f"+49 341 97{digits[:5]}", f"(515) 555-{digits[:4]}", f"04 67 33 {digits[:2]} {digits[2:4]}"][number % 3],
            mail=f"p{digits[:5]}.privat@postfach-{digits[5:]}.example", relative="Steinbrecherova^Ludmila",
            hospital=hospital, hospital_address=address, hospital_town=hospital_town, station=f"BARBARA{number % 7}CT",
            serial=f"{random_.randint(100_000, 999_999)}X", staff=staff))
    return found
