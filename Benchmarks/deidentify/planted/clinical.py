"""The clinical table of the same patients."""
import csv
import pathlib

COLUMNS = ["patient_id", "name", "birth_date", "sex", "age", "postcode", "diagnosis", "diagnosis_date", "stage", "notes"]


def write(studies: dict, file: pathlib.Path) -> None:
    """One row a patient; `studies` has the examinations by person's id."""
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(COLUMNS)
        for examinations in studies.values():
            first = examinations[0]
            person = first.person
            family = person.ascii_name.split("^")[0]
            rows.writerow([
                person.id, person.ascii_name, person.birth.isoformat(), person.sex, first.age, person.postcode, "C34.1",
                first.date.isoformat(), "IIIA", f"{family} was called at {person.phone}"])
