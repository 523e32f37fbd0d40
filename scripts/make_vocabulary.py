#!/usr/bin/env python3
"""Makes Sources/Curation/Text/SafeWords+*.swift: words that may stay in texts about images.

A word is safe when it belongs to the language of imaging, or to a language at all, and not to a person. What belongs to it:

- imaging: words of series and study descriptions in the index of the NCI Imaging Data Commons (PyPI idc-index-data), that at
  least 5 patients of at least 2 collections share: what many patients share names none of them. Codes with digits, such as
  "b30f", become patterns: "b#f".
- standard: names of attributes and objects in the DICOM standard, meanings of the codes of PS3.16 (PyPI pydicom), without
  the breeds of animals, which are called after places.
- medicine: scripts/vocabulary/medicine.txt, written for this project, and words that the descriptions of ICD-10-CM (PyPI
  simple-icd-10-cm) have in lower case: those in capitals only are people's, whose disease it is.
- languages: scripts/vocabulary/languages.txt, written for this project, the small words of the languages of Europe (PyPI
  stopwordsiso), and words that English dictionaries (Debian's wamerican and wbritish, from SCOWL) have in lower case.

Names of people (the US census in PyPI names, PyPI Faker's lists for 80 countries) are taken out again. Of those that are
words as well, those in scripts/vocabulary/kept.txt stay; what is left stays only where it is written in lower case.

usage: make_vocabulary.py STANDARD-TABLES-FOLDER AMERICAN-ENGLISH BRITISH-ENGLISH
needs: idc-index-data==25.0.5 pandas pyarrow pydicom==3.0.2 Faker==40.54.0 names==0.3.0 simple-icd-10-cm==1.5.0
  stopwordsiso==0.7.1
"""
import collections
import importlib
import json
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE.parent / "Sources/Curation/Text"
LETTERS = re.compile(r"[^\W\d_]{2,}")
PIECE = re.compile(r"[^\W_]+")
STOP = "en de fr es it nl pt pl sv da no fi el cs sk hu ro hr sl bg et lv lt ga ca".split()
# Small words that are in lists of names as well.
SMALL = set("""aber alla alle allen aller als alt am an ante auch auf aus av avant avec bei ben bez bien bij chez con cum da dal dalla dan dann das
dazu de dei del dell della delle dello dem den der des deze di die do doch dont dos du durante ein eine einem einen einer el elle em en entre er es est
esta este et eu fra fur gegen gran grande grosse hat het hier hoch ho i ili im in int is ja je jede kan kein kleine kurz la lage lang large lato le
les li lo los maar mai mais mal man mas med mehr mer met mi mit na nach ned nel nella nelle neu ni nicht no noch nog non nos nur ob od oder og ohne om
on op opp os ou over pa par para pas pe per plus po poco por pour pre pred pres prima primo pro quando que qui quel sans sao se sem sen ser ses si sia
sie sin sind so sobre sol som son sono sont sopra sotto sous su sub sul sur ta tal tanto te til toi tot tra tre trop tu ud um un una und une uno unter
uz ve vid vom von voor vor vu weil wel wenn wer werd wie wird wo wurde y yang z za zeer zu zum zur zwei""".split())
# Places and institutions that collections share, and words of the sources that are nobody's language.
REFUSED = set("""brook stony jama mayo duke kaiser emory stanford harvard mskcc mdacc ucsf ucla upmc wisconsin texas iowa boston chicago michigan
baylor sloan kettering anderson henry ford mount sinai cedars hopkins johns vanderbilt erasmus maastro charite eber lor che aria""".split())


def folded(word):
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
    for old, new in (("ß", "ss"), ("ł", "l"), ("ø", "o"), ("æ", "ae"), ("œ", "oe"), ("đ", "d"), ("ð", "d"), ("þ", "th"), ("ı", "i"), ("ς", "σ")):
        plain = plain.replace(old, new)
    return plain


def described():
    import idc_index_data
    import pandas

    frame = pandas.read_parquet(idc_index_data.IDC_INDEX_PARQUET_FILEPATH)
    patients, sources = collections.defaultdict(set), collections.defaultdict(set)
    for column in ("SeriesDescription", "StudyDescription", "BodyPartExamined"):
        rows = frame[[column, "PatientID", "collection_id"]].dropna().drop_duplicates()
        for text, patient, collection in rows.itertuples(index=False):
            for word in {re.sub(r"\d+", "#", folded(w)) for w in PIECE.findall(text)}:
                patients[word].add(patient)
                sources[word].add(collection)
    return {w: (len(patients[w]), len(sources[w])) for w in patients}


def standard(folder):
    from pydicom.sr._cid_dict import cid_concepts
    from pydicom.sr._concepts_dict import concepts

    breeds = {name for cid in (7480, 7481, 7486) for names in cid_concepts.get(cid, {}).values() for name in names}
    words = set()
    for file in ("attributes", "sops", "ciods"):
        for entry in json.loads((folder / f"{file}.json").read_text()):
            words |= set(LETTERS.findall(entry["name"]))
    for scheme in concepts.values():
        for keyword, codes in scheme.items():
            if keyword not in breeds:
                for meaning, _ in codes.values():
                    words |= set(LETTERS.findall(meaning))
    return {folded(w) for w in words}


def diseases():
    """Words of ICD-10-CM's descriptions that are somewhere in lower case: the rest are names, or begin a description."""
    import simple_icd_10_cm as icd

    found = set()
    for code in icd.get_all_codes(False):
        for text in (icd.get_description(code), *(icd.get_inclusion_term(code) or []), *(icd.get_includes(code) or [])):
            for word in LETTERS.findall(text):
                if word.islower():
                    found.add(folded(word))
    return found


def people():
    """Names, each with how many of 100 people of the USA have it; 0 for names of other lists."""
    import faker.providers.person
    import names

    found = {}
    for file in ("dist.all.last", "dist.female.first", "dist.male.first"):
        for line in (pathlib.Path(names.__file__).parent / file).read_text().splitlines():
            name, share, *_ = line.split()
            found[name.lower()] = max(found.get(name.lower(), 0), float(share))
    found = {name: share for name, share in found.items() if share >= 0.001}
    for folder in sorted(pathlib.Path(faker.providers.person.__file__).parent.iterdir()):
        if not (folder / "__init__.py").exists():
            continue
        provider = importlib.import_module(f"faker.providers.person.{folder.name}").Provider
        for field in dir(provider):
            values = getattr(provider, field)
            if re.match("(first|last)_name", field) and isinstance(values, (list, tuple, dict, set)):
                for name in values:
                    for word in LETTERS.findall(str(name)):
                        found.setdefault(folded(word), 0)
    return found


def listed(file):
    lines = [l for l in (HERE / "vocabulary" / file).read_text().splitlines() if not l.startswith(("#", "["))]
    return {folded(w) for w in " ".join(lines).split()}


def bases(word):
    """Words that a word may be an inflection of: the same rules as in SafeVocabulary.swift."""
    if len(word) < 5 or not word.isascii():
        return
    for ending, replacements in (("s", [""]), ("es", [""]), ("ed", ["", "e"]), ("ing", ["", "e"]), ("ly", [""])):
        if word.endswith(ending):
            for replacement in replacements:
                base = word[: -len(ending)] + replacement
                if len(base) >= 4:
                    yield base


MODALITIES = {"ct", "mr", "pt", "us", "xr", "cr", "dx", "mg", "nm", "ax", "sg"}


def compounds(word, imaging):
    """Whether a word is two of imaging written as one: the same rule as in SafeVocabulary.swift."""
    if not 6 <= len(word) <= 32 or not word.isascii():
        return False
    return any(
        (cut >= 3 or word[:cut] in MODALITIES) and len(word) - cut >= 3 and (len(word) - cut >= 4 or cut >= 4)
        and word[:cut] in imaging and word[cut:] in imaging
        for cut in range(2, len(word) - 1))


def endings():
    text = (TARGET / "MedicalForms.swift").read_text()
    return tuple(re.search(r'endings = """(.*?)"""', text, re.S)[1].split())


def medical(word, forms):
    """Whether a word ends as those of medicine do: the same rule as in MedicalForms.swift."""
    return 8 <= len(word) <= 40 and word.isascii() and any(word.endswith(e) and len(word) >= len(e) + 3 for e in forms)


def main():
    import stopwordsiso

    counts, names = described(), people()
    abbreviations, languages = listed("imaging.txt"), listed("languages.txt")
    kept = listed("kept.txt") | abbreviations
    english = {w for file in sys.argv[2:4] for w in pathlib.Path(file).read_text().split("\n") if re.fullmatch("[a-z]{2,}", w)}
    english |= diseases() | listed("medicine.txt")
    small = {folded(w) for l in STOP for w in stopwordsiso.stopwords(l) if LETTERS.fullmatch(w)}
    small = {w for w in small if w not in names} | SMALL
    of_standard = standard(pathlib.Path(sys.argv[1]))

    shared = {w: n for w, n in counts.items() if (n[0] >= 5 and n[1] >= 2 or n[0] >= 100) and w.strip("#") not in REFUSED}
    patterns = sorted(w for w in shared if "#" in w and w != "#" and len(w) <= 24)
    letters = {w: n for w, n in shared.items() if w.isalpha() and len(w) >= 2}
    imaging = {w for w, n in letters.items() if w not in names or w in kept or (n[0] >= 20 and n[1] >= 3)} | abbreviations
    plain = (of_standard | english | languages | small | kept) - REFUSED
    safe = {w for w in plain if w not in names or w in kept or w in small} - imaging
    common = {folded(w) for w in stopwordsiso.stopwords("en")}
    every = safe | imaging
    lower = {w for w in (english | languages | set(letters)) - REFUSED if w in names and w not in every
             and (names[w] < 0.005 or w in common or w in letters or w in languages)}
    known = every | lower
    # What inflection or composition would let through although people are called so.
    forms = endings()
    refused = {w for w in names if w not in known
               and (any(b in every or any(c in every for c in bases(b)) for b in bases(w)) or compounds(w, imaging) or medical(w, forms))}
    # Inflected forms of words that stay need no entry of their own.
    safe = {w for w in safe if not any(b in every for b in bases(w))}
    write("Imaging", "words of descriptions of images", imaging)
    write("General", "words of the standard, of reports and of the languages", safe)
    write("LowerCase", "words that are names as well, and stay only in lower case", lower)
    # After "Dr." or "read by" these are names all the same; what descriptions are full of is not.
    also = {w for w in safe | imaging if names.get(w, 0) >= 0.003 and w not in small
            and not (letters.get(w, (0, 0))[0] >= 200 and letters[w][1] >= 10)}
    write("AlsoName", "safe words that are names where a person is expected", also)
    write("Refused", "names that are inflections or compositions of safe words", refused)
    write("Patterns", "codes of protocols; # stands for digits", patterns)
    print(*map(len, (imaging, safe, lower, also, refused, patterns)))


NOTICE = """// Generated by scripts/make_vocabulary.py, which says from what. Do not edit.
// English words: Spell Checker Oriented Word Lists, copyright 2000-2011 by Kevin Atkinson, used with permission to use, copy,
// modify and distribute. Small words: stopwords-iso, copyright 2020 Gene Diaz, MIT licence. Diseases: ICD-10-CM of the United
// States' CDC, in the public domain.

"""


def write(name, what, words):
    lines, line = [], ""
    for word in sorted(words):
        if len(line) + len(word) > 108:
            lines.append(line.rstrip())
            line = ""
        line += word + " "
    lines.append(line.rstrip())
    text = NOTICE + f"/// {len(words)} {what}; folded: lower case, without accents.\nenum {name}Words {{\n    static let text = \"\"\"\n"
    (TARGET / f"SafeWords+{name[0].lower() + name[1:]}.swift").write_text(text + "".join(f"        {l}\n" for l in lines) + '        """\n}\n')


if __name__ == "__main__":
    main()
