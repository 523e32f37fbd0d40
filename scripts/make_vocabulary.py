#!/usr/bin/env python3
"""Makes Sources/Curation/Text/SafeVocabulary+words.swift: words that may stay in descriptions of images.

A word is safe when it belongs to the language of imaging and not to a person. Two sources say what belongs to it:

- words of series and study descriptions in the index of the NCI Imaging Data Commons (PyPI idc-index-data): those that at
  least 5 patients of at least 2 collections share. What many patients share names none of them.
- words of the DICOM standard's own tables: names of attributes, and meanings of the codes of PS3.16 (PyPI pydicom).

Names of people (PyPI Faker's lists for the languages of Europe) are taken out again, unless at least 20 patients of 3
collections share the word: "Stone" is one, and so is a kidney's.

usage: make_vocabulary.py STANDARD-TABLES-FOLDER   (needs idc-index-data==25.0.5 pandas pyarrow pydicom Faker)
"""
import collections
import importlib
import json
import pathlib
import re
import sys
import unicodedata

import idc_index_data
import pandas
from pydicom.sr._concepts_dict import concepts

TARGET = pathlib.Path(__file__).resolve().parent.parent / "Sources/Curation/Text/SafeVocabulary+words.swift"
WORD = re.compile(r"[^\W\d_]{3,}")
LOCALES = "en_US en_GB de_DE fr_FR es_ES it_IT nl_NL pt_PT pl_PL cs_CZ sv_SE da_DK no_NO fi_FI hu_HU ro_RO hr_HR sl_SI".split()
# Words of anatomy and imaging that are family names as well.
KEPT = set("""head neck hand foot arm leg back chest heart bone bones blood brain liver lung lungs stone stones field fields
gray grey black white brown green blue long short small large high low left right upper lower middle day may june april august
young baby child angle band bar base bell bird block bolus bond boot bush butt case cell coil cone cook cord core cross day dose
drive duct fat film flash flow gate glass gold grade grant gross hall hard head heel hip hook iron joint key king lake lamp lane
law lead lens light limb line link lip little locus love low lung mark mass max mean nail node noise north nose page pain palm
park part peak plane plate pool port post pouch power price pulse range ray rest rich ring rod root rose round rule sand scout
seed sharp shell shoulder side sinus skin skull slice soft south spine spring star stem sweet target tip toe tooth top tract
trunk tube turn vein wall water wave way west width wing wood worm wrist dixon hodgkin parkinson crohn warthin kaposi
ewing sobel gauss fourier lanczos agatston""".split())
CITIES = """amsterdam athens barcelona berlin bilbao bologna bonn bordeaux bratislava brussels bucharest budapest cologne copenhagen
cracow dresden dublin dusseldorf essen florence frankfurt gdansk geneva genoa ghent granada hamburg hannover heidelberg helsinki
innsbruck krakow leiden leipzig lille lisbon ljubljana london lyon madrid malaga mannheim marseille milan munich nantes naples nice
oslo padova palermo paris pisa porto poznan prague riga rome rotterdam salzburg seville sofia stockholm strasbourg stuttgart
tallinn thessaloniki toulouse turin utrecht valencia venice verona vienna vilnius warsaw wroclaw zagreb zurich springfield boston
chicago houston dallas seattle denver baltimore pittsburgh cleveland rochester madison atlanta philadelphia"""
# Words of imaging in other languages of the federation, and the small words of reports, which the sources above have few of.
ADDED = set("""
schadel kopf hals thoraxaufnahme brust brustkorb bauch becken wirbelsaule leber niere nieren milz lunge lungen herz gehirn
knochen gelenk knie hufte schulter hand fuss arm bein mamma mammographie kontrastmittel nativ ohne mit nach vor und oder quer
langs untersuchung aufnahme verlauf kontrolle befund tumor karzinom metastase metastasen lymphknoten rechts links beidseits
tete crane cou thorax abdomen bassin rachis foie rein reins rate poumon poumons coeur cerveau sein seins genou hanche epaule main
pied mammographie avec sans apres avant injection produit contraste coupe coupes examen controle tumeur cancer metastase droite
droit gauche bilateral echographie scanner irm radiographie
cabeza craneo cuello torax abdomen pelvis columna higado rinon rinones bazo pulmon pulmones corazon cerebro mama mamas rodilla
cadera hombro mano pie mamografia con sin contraste antes despues corte cortes examen estudio control tumor cancer metastasis
derecha derecho izquierda izquierdo bilateral ecografia tomografia resonancia radiografia
testa cranio collo torace addome bacino colonna fegato rene reni milza polmone polmoni cuore cervello mammella mammelle ginocchio
anca spalla mano piede mammografia senza contrasto prima dopo esame controllo tumore destra destro sinistra sinistro ecografia
risonanza radiografia
hoofd hals borst buik bekken wervelkolom lever nier nieren milt long longen hart hersenen knie heup schouder voet mammografie
zonder contrast voor onderzoek controle tumor rechts echo
cabeca pescoco torax abdome bacia coluna figado rim rins baco pulmao pulmoes coracao cerebro mama joelho quadril ombro sem
contraste exame direita esquerda ecografia ressonancia
glowa szyja klatka piersiowa brzuch miednica kregoslup watroba nerka nerki sledziona pluco pluca serce mozg kosci piers badanie
the and with without for from not was were has had are his her seen noted shows showed there this that then than into after before
during over under between above below within left right mild moderate severe small large new old stable unchanged increased
decreased compared prior previous study image images series slice slices normal abnormal lesion lesions mass masses nodule nodules
finding findings impression evidence suspicious benign malignant follow recommended recommend consistent likely probably possible
measured measures measuring approximately scan scans performed acquired obtained patient year month week day weeks months years
history clinical indication technique comparison contrast intravenous administered given
""".split())


def folded(word):
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
    return plain.replace("ß", "ss").replace("ł", "l").replace("ø", "o").replace("æ", "ae").replace("œ", "oe")


def described():
    frame = pandas.read_parquet(idc_index_data.IDC_INDEX_PARQUET_FILEPATH)
    patients, sources = collections.defaultdict(set), collections.defaultdict(set)
    for column in ("SeriesDescription", "StudyDescription"):
        rows = frame[[column, "PatientID", "collection_id"]].dropna().drop_duplicates()
        for text, patient, collection in rows.itertuples(index=False):
            for word in set(WORD.findall(text)):
                patients[folded(word)].add(patient)
                sources[folded(word)].add(collection)
    return {w: (len(patients[w]), len(sources[w])) for w in patients}


def standard(folder):
    words = set()
    for attribute in json.loads((folder / "attributes.json").read_text()):
        words |= set(WORD.findall(attribute["name"]))
    for scheme in concepts.values():
        for codes in scheme.values():
            for meaning, _ in codes.values():
                words |= set(WORD.findall(meaning))
    return {folded(w) for w in words}


def names():
    found = set()
    for locale in LOCALES:
        try:
            provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        except ImportError:
            continue
        for field in dir(provider):
            if ("first_name" in field or "last_name" in field) and not field.startswith("_"):
                values = getattr(provider, field)
                if isinstance(values, (list, tuple, dict, set)):
                    for name in values:
                        found |= {folded(w) for w in WORD.findall(str(name))}
        try:
            provider = importlib.import_module(f"faker.providers.address.{locale}").Provider
        except ImportError:
            continue
        for field in dir(provider):
            if field in ("cities", "city_names", "towns", "countries", "states", "provinces", "regions", "street_names"):
                for name in getattr(provider, field):
                    found |= {folded(w) for w in WORD.findall(str(name))}
    return found | set(CITIES.split())


def main():
    counts, people = described(), names()
    safe = {w for w, (patients, collections) in counts.items() if patients >= 5 and collections >= 2} | standard(pathlib.Path(sys.argv[1]))
    shared = {w for w, (patients, collections) in counts.items() if patients >= 20 and collections >= 3}
    safe = sorted((safe - people) | (safe & (shared | KEPT)) | KEPT | {folded(w) for w in ADDED if len(w) > 2})
    lines, line = [], ""
    for word in safe:
        if len(line) + len(word) > 108:
            lines.append(line.rstrip())
            line = ""
        line += word + " "
    lines.append(line.rstrip())
    TARGET.write_text(
        "// Generated by scripts/make_vocabulary.py from the DICOM standard (edition of January 2025) and the index of the NCI\n"
        "// Imaging Data Commons (idc-index-data 25.0.5). Do not edit.\n\n"
        f"/// {len(safe)} words of imaging and oncology, folded: lower case, without accents.\n"
        "enum SafeWords {\n    static let text = \"\"\"\n" + "".join(f"        {l}\n" for l in lines) + "        \"\"\"\n}\n")
    print(len(safe), "words;", len(people), "names known")


if __name__ == "__main__":
    main()
