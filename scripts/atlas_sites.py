#!/usr/bin/env python3
"""Splits the index of the NCI Imaging Data Commons into the sites of a federation.

    atlas_sites.py OUT [--sites 30] [--share 0.1] [--clinical FOLDER]

Needs the packages duckdb and idc-index-data. Writes OUT/sites.csv (site, name, country, patients, studies, series, images)
and for each site OUT/<site>/series.csv (a row a series, DICOM keywords as names), OUT/<site>/datasets.csv (its collections)
and, where collection tcga_brca lies there, OUT/<site>/clinical.csv (outcomes of the same patients, from the data of FLamby's
Fed-TCGA-BRCA, where that is at hand).

Deterministic. A patient lies at one site; a collection stays whole unless it is larger than a site's fair share, or is
tcga_brca, which is split by the region of its source centres, as in FLamby. The countries are placement only: where these
patients live is not known, and not in Europe for most.
"""
import argparse
import csv
import importlib.util
import os
import pathlib
import sys
import urllib.request

import duckdb

COUNTRIES = ["ES", "FR", "DE", "IT", "PT", "GR", "NL", "BE", "AT", "SE", "FI", "PL", "CZ", "SI", "IE"]
REGIONS = ["Northeast", "South", "West", "Midwest", "Europe", "Canada"]
CLINICAL = "tcga_brca"
FLAMBY = "https://raw.githubusercontent.com/owkin/FLamby/main/flamby/datasets/fed_tcga_brca/"
SERIES = """i.collection_id dataset, i.PatientID, i.StudyInstanceUID, i.SeriesInstanceUID, i.PatientAge, i.PatientSex,
    i.StudyDate, i.StudyDescription, i.BodyPartExamined, i.Modality, i.SOPClassUID, i.TransferSyntaxUID, i.Manufacturer,
    i.ManufacturerModelName, i.SeriesDate, i.SeriesDescription, i.SeriesNumber,
    i.instanceCount NumberOfSeriesRelatedInstances, i.series_size_MB, c.cancer_types, c.tumor_locations"""


def clinical_folder(given: str | None, out: pathlib.Path) -> pathlib.Path | None:
    """The folder with brca.csv and centers.csv: given, named by ATLES_TCGA_BRCA, beside this checkout, or fetched."""
    root = pathlib.Path(__file__).resolve().parent.parent
    named = given or os.environ.get("ATLES_TCGA_BRCA")
    places = [pathlib.Path(named)] if named else [out / "fed_tcga_brca", *sorted(root.parent.glob("*/data/fed_tcga_brca"))]
    for place in places:
        if (place / "brca.csv").is_file() and (place / "centers.csv").is_file():
            return place
    if named:
        sys.exit(f"there are no brca.csv and centers.csv in {named}")
    place = out / "fed_tcga_brca"
    place.mkdir(parents=True, exist_ok=True)
    try:
        for name in ["brca.csv", "centers.csv"]:
            with urllib.request.urlopen(FLAMBY + name, timeout=20) as answer:
                (place / name).write_bytes(answer.read())
        return place
    except OSError as problem:
        print(f"no clinical table: the data of Fed-TCGA-BRCA cannot be fetched ({problem}); "
              "ATLES_TCGA_BRCA names a folder with its brca.csv and centers.csv", file=sys.stderr)
        return None


def place_collections(db: duckdb.DuckDBPyConnection, sites: int) -> list[tuple]:
    """(collection, region, part, parts, site): the largest collections first, each to the sites with the fewest patients."""
    fair = db.execute("select count(*) from patient").fetchone()[0] / sites
    load = {site: 0.0 for site in range(sites)}
    placed: list[tuple] = []
    for number, region in enumerate(REGIONS):
        site = number % sites
        placed.append((CLINICAL, region, 0, 1, site))
        load[site] += db.execute(
            "select count(*) from patient where collection_id = ? and region = ?", [CLINICAL, region]).fetchone()[0]
    placed.append((CLINICAL, None, 0, 1, len(REGIONS) % sites))
    sizes = db.execute("""select collection_id, count(*) n from patient where collection_id <> ?
        group by 1 order by n desc, 1""", [CLINICAL]).fetchall()
    for collection, count in sizes:
        parts = max(1, min(sites, round(count / fair)))
        chosen = sorted(load, key=lambda site: (load[site], site))[:parts]
        for part, site in enumerate(chosen):
            load[site] += count / parts
            placed.append((collection, "", part, parts, site))
    return placed


def split(db: duckdb.DuckDBPyConnection, index: str, sites: int, share: float, clinical: pathlib.Path | None) -> None:
    """Makes the table atlas: every series with its site."""
    db.execute(f"create table series as select * from '{index}/idc_index.parquet'")
    db.execute(f"""create table collection as select collection_id, collection_name, cancer_types, tumor_locations, species
        from '{index}/collections_index.parquet'""")
    db.execute("create table centre(code varchar, region varchar)")
    if clinical:
        db.execute(f"""insert into centre select distinct "TSS Code", Region
            from read_csv('{clinical}/centers.csv', header = true, all_varchar = true)""")
    db.execute(f"""create table patient as select p.collection_id, p.PatientID, coalesce(c.region, '') region
        from (select distinct collection_id, PatientID from series) p left join centre c
        on p.collection_id = '{CLINICAL}' and c.code = split_part(p.PatientID, '-', 2)""")
    db.execute("create table place(collection_id varchar, region varchar, part int, parts int, site int)")
    db.executemany("insert into place values (?, ?, ?, ?, ?)", place_collections(db, sites))
    regions = ", ".join(f"'{region}'" for region in REGIONS)
    db.execute(f"""create table home as select p.collection_id, p.PatientID, l.site
        from patient p join place l on l.collection_id = p.collection_id and
            case when p.collection_id = '{CLINICAL}'
                then l.region is not distinct from case when p.region in ({regions}) then p.region end
                else l.part = (md5_number_lower(p.PatientID) % l.parts)::int end""")
    if share < 1:
        db.execute("delete from home where md5_number_upper(collection_id || PatientID) % 10000 >= ?", [round(share * 10000)])
    db.execute(f"""create table atlas as select h.site, {SERIES} from series i
        join home h on h.collection_id = i.collection_id and h.PatientID = i.PatientID
        left join collection c on c.collection_id = i.collection_id""")


def write(db: duckdb.DuckDBPyConnection, out: pathlib.Path, sites: int, clinical: pathlib.Path | None) -> list[list]:
    rows = []
    for site in range(sites):
        name = f"site{site + 1:02d}"
        folder = out / name
        folder.mkdir(parents=True, exist_ok=True)
        db.execute(f"""copy (select * exclude (site) from atlas where site = {site}
            order by dataset, PatientID, StudyInstanceUID, SeriesInstanceUID) to '{folder}/series.csv' (header)""")
        db.execute(f"""copy (select distinct c.* from collection c join atlas a on a.dataset = c.collection_id
            where a.site = {site} order by 1) to '{folder}/datasets.csv' (header)""")
        (folder / "clinical.csv").unlink(missing_ok=True)
        patients = f"select PatientID from atlas where site = {site} and dataset = '{CLINICAL}'"
        if clinical and db.execute(f"select count(*) from ({patients})").fetchone()[0]:
            db.execute(f"""copy (select * from read_csv('{clinical}/brca.csv', header = true) where pid in ({patients})
                order by pid) to '{folder}/clinical.csv' (header)""")
        counts = db.execute("""select count(distinct dataset || PatientID), count(distinct StudyInstanceUID), count(*),
            coalesce(sum(NumberOfSeriesRelatedInstances), 0) from atlas where site = ?""", [site]).fetchone()
        country = COUNTRIES[site % len(COUNTRIES)]
        rows.append([name, f"Site {site + 1:02d} ({country})", country, *map(int, counts)])
    with open(out / "sites.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["site", "name", "country", "patients", "studies", "series", "images"])
        writer.writerows(rows)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--sites", type=int, default=30)
    parser.add_argument("--share", type=float, default=1, help="a part of each collection's patients, for quick tries")
    parser.add_argument("--index", help="the folder with idc_index.parquet and collections_index.parquet, not the package's")
    parser.add_argument("--clinical", help="the folder with brca.csv and centers.csv of Fed-TCGA-BRCA")
    arguments = parser.parse_args()
    index = arguments.index
    if index is None:
        package = importlib.util.find_spec("idc_index_data")
        if package is None or package.origin is None:
            sys.exit("the package idc-index-data is not installed: pip install idc-index-data==25.0.5")
        index = os.path.dirname(package.origin)
    out = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    clinical = clinical_folder(arguments.clinical, out)
    db = duckdb.connect()
    split(db, index, arguments.sites, arguments.share, clinical)
    rows = write(db, out, arguments.sites, clinical)
    patients, studies, series, images = (sum(row[column] for row in rows) for column in (3, 4, 5, 6))
    print(f"{len(rows)} sites, {patients} patients, {studies} studies, {series} series, {images} images")


if __name__ == "__main__":
    main()
