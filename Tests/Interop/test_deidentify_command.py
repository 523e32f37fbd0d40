"""`atles deidentify` as a data manager uses it: folders in and out, keys that get lost, runs that are cut off."""
import hashlib
import json
import pathlib
import re
import signal
import subprocess
import time

import pydicom
import pytest

import waiting_objects as objects
from federation import ATLES, atles

UID = r"2\.25\.\d{1,39}"


class Run:
    """A folder of originals, a key, and where the output goes."""

    def __init__(self, folder: pathlib.Path, **originals):
        self.folder, self.out, self.key = folder, folder / "out", folder / "project.key"
        self.private = folder / "out.private"
        self.originals = objects.write(folder / "originals" / objects.FAMILY, originals).parent
        atles("deidentify", "key", self.key)

    def run(self, *options, code: int = 0, key=None, out=None, gate=False) -> subprocess.CompletedProcess:
        """Runs it; a handful of patients hides nobody, so that the gate is left open unless a test is about it."""
        done = atles(
            "deidentify", self.originals, out or self.out, "--key", key or self.key, *options,
            *([] if gate else ["--accept-risk"]), check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return done

    def summary(self, *options, code: int = 0, gate=False) -> dict:
        return json.loads(self.run("--json", *options, code=code, gate=gate).stdout)

    def review(self, *arguments, code: int = 0, key=None) -> subprocess.CompletedProcess:
        done = atles("deidentify", "review", *arguments, "--output", self.out, "--key", key or self.key, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return done

    def waiting(self) -> list[dict]:
        return [e for e in json.loads(self.review("list", "--json").stdout) if e["state"] == "waiting"]

    def files(self) -> dict[str, str]:
        """The objects that may leave, by place, with their digests."""
        return {
            str(file.relative_to(self.out)): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(self.out.rglob("*.dcm"))}


@pytest.fixture
def made(tmp_path):
    """Makes a run with some objects."""
    return lambda **originals: Run(tmp_path, **originals)


def state(*folders: pathlib.Path) -> list:
    """Everything that lies in the folders: to see that nothing was written."""
    return [
        (str(file), file.stat().st_mtime_ns, hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "")
        for folder in folders for file in sorted(folder.rglob("*"))]


def test_objects_lie_by_patient_study_and_series_and_nothing_identifying_leaves(made):
    run = made(one=objects.released(1), two=objects.released(2))
    before = state(run.originals)
    done = run.run()
    assert "2  taken in" in done.stdout
    assert len(run.files()) == 2
    for place in run.files():
        assert re.fullmatch(rf"[A-Z0-9]+/{UID}/{UID}/{UID}\.dcm", place)
        patient, study, series, name = pathlib.Path(place).parts
        ds = pydicom.dcmread(run.out / place)
        assert [ds.PatientID, ds.StudyInstanceUID, ds.SeriesInstanceUID, ds.SOPInstanceUID + ".dcm"] == [patient, study, series, name]
    assert {file.name for file in run.out.iterdir() if file.is_file()} == {"report.json", "manifest.jsonl"}
    assert objects.identifying_text(run.out) == []
    # Nor does it lie open in what stays: the vault is sealed, and nothing was set aside.
    assert objects.identifying_text(run.private) == []
    assert state(run.originals) == before, "the originals were touched"


def test_nobody_else_on_the_machine_can_read_any_of_it(made):
    run = made(one=objects.released(1), waits=objects.named_body_part(2))
    run.run(code=3)
    assert run.key.stat().st_mode & 0o777 == 0o600
    for folder in (run.out, run.private):
        for path in [folder, *folder.rglob("*")]:
            assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_a_second_run_takes_in_what_is_new_and_changes_nothing_else(made):
    run = made(one=objects.released(1))
    assert run.summary()["accepted"] == 1
    first = run.files()
    again = run.summary()
    assert (again["accepted"], again["alreadyThere"]) == (0, 1) and run.files() == first
    objects.write(run.originals, {"later": objects.released(2)})
    later = run.summary()
    assert (later["accepted"], later["alreadyThere"]) == (1, 1)
    assert first.items() <= run.files().items() and len(run.files()) == 2
    # The same patient, study and series as a year before.
    assert len({pathlib.Path(place).parent for place in run.files()}) == 1


def test_another_key_a_lost_key_and_no_key_are_told_apart_and_nothing_is_written(made, tmp_path):
    run = made(one=objects.released(1))
    run.run()
    objects.write(run.originals, {"later": objects.released(2)})
    before = state(run.out, run.private)
    other, lost = tmp_path / "other.key", tmp_path / "lost.key"
    atles("deidentify", "key", other)
    assert "not the key that the data set was begun with" in run.run(key=other, code=1).stderr
    assert "no longer at" in run.run(key=lost, code=1).stderr
    assert not lost.exists(), "a key was made in the place of the lost one"
    assert "not the key" in run.review("list", key=other, code=1).stderr
    assert state(run.out, run.private) == before
    fresh = tmp_path / "fresh"
    assert "atles deidentify key" in run.run(key=lost, out=fresh, code=1).stderr
    assert not fresh.exists() and not fresh.with_name("fresh.private").exists()
    assert "choose another name" in atles("deidentify", "key", run.key, check=False).stderr
    run.key.chmod(0o644)
    assert "chmod 600" in run.run(code=1).stderr


def test_two_projects_with_one_key_share_no_pseudonym(made, tmp_path):
    run = made(one=objects.released(1), waits=objects.video(2))
    run.run("--project", "liver", code=3)
    other = tmp_path / "other"
    run.run("--project", "lung", out=other, code=3)
    parts = [set(re.findall(rf"{UID}|^[A-Z0-9]+", place)) for place in run.files()]
    parts += [set(re.findall(rf"{UID}|^[A-Z0-9]+", str(file.relative_to(other)))) for file in other.rglob("*.dcm")]
    assert len(parts) == 2 and len(parts[0]) == 4 and not parts[0] & parts[1]
    # And a data set goes on in its own project alone.
    before = state(run.out)
    run.run(code=1)
    run.run("--project", "lung", code=1)
    assert "not the key" in run.review("list", code=1).stderr and state(run.out) == before
    run.run("--project", "liver", code=3)
    run.review("release", json.loads(run.review("list", "--json", "--project", "liver").stdout)[0]["id"], "--project", "liver")
    assert len(run.files()) == 2


def test_another_profile_is_refused_unless_somebody_decides_so(made):
    run = made(one=objects.released(1))
    run.run()
    objects.write(run.originals, {"later": objects.released(2)})
    before = state(run.out, run.private)
    refused = run.run("--profile", "basic", code=1).stderr
    assert "begun with the profile research" in refused and "--accept-profile-change" in refused
    assert state(run.out, run.private) == before
    run.run("--profile", "basic", "--accept-profile-change")
    assert len(run.files()) == 2
    assert "begun with the profile basic" in run.run(code=1).stderr


def test_folders_that_cannot_be_are_refused_before_anything_is_made(made, tmp_path):
    run = made(one=objects.released(1))
    inside = run.originals / "out"
    assert "lie in one another" in run.run(out=inside, code=1).stderr and not inside.exists()
    assert "lie in one another" in run.run(out=tmp_path, code=1).stderr
    assert "lie in one another" in run.run("--private", run.out / "private", code=1).stderr
    full = tmp_path / "full"
    full.mkdir()
    (full / "something").touch()
    assert "is not empty" in run.run(out=full, code=1).stderr and len(list(full.iterdir())) == 1
    nowhere = atles("deidentify", tmp_path / "nowhere", run.out, "--key", run.key, check=False)
    assert nowhere.returncode == 1 and "nothing at" in nowhere.stderr
    assert not run.out.exists() and not run.private.exists()
    assert "no data set was begun here" in run.review("list", code=1).stderr and not run.private.exists()


def test_objects_that_wait_are_listed_shown_released_and_rejected(made, tmp_path):
    run = made(one=objects.released(1), named=objects.named_body_part(2), video=objects.video(3))
    done = run.run(code=3)
    assert "2  waiting for a person" in done.stdout and "atles deidentify review" in done.stdout
    first, waiting = run.files(), {entry["findings"][0]["kind"]: entry["id"] for entry in run.waiting()}
    named, video = waiting["identifier left in the object"], waiting["pixels that cannot be looked into"]
    assert objects.identifying_text(run.out) == []
    listed = run.review("list").stdout
    assert named in listed and video in listed
    pictures = tmp_path / "pictures"
    shown = run.review("show", named, "--pictures", pictures).stdout
    assert "BodyPartExamined" in shown and str(run.originals) in shown
    assert {file.suffix for file in pictures.iterdir()} <= {".jpg", ".png"} and len(list(pictures.iterdir())) == 2

    assert "review list" in run.review("release", "0" * 32, code=1).stderr
    run.review("release", video)
    run.review("reject", named)
    assert run.waiting() == [] and "Nothing waits" in run.review("list").stdout
    assert first.items() <= run.files().items() and len(run.files()) == 2
    assert "has been rejected" in run.review("release", named, code=1).stderr
    again = run.summary()
    assert (again["alreadyThere"], again["review"]["waiting"], again["review"]["rejected"]) == (2, 0, 1)
    decisions = re.findall(r"review\.\w+", (run.private / "audit.log").read_text())
    assert decisions == ["review.released", "review.rejected"]
    atles("audit", "verify", run.private / "audit.log")


def test_the_exit_code_and_the_summary_for_programs_say_what_was_held_back(made):
    run = made(one=objects.released(1))
    (run.originals / "notes.txt").write_text("nothing")
    summary = run.summary()
    assert (summary["accepted"], summary["notDICOM"]["count"]) == (1, 1)
    broken = pydicom.filebase.DicomBytesIO()
    objects.released(2).save_as(broken, enforce_file_format=True)
    (run.originals / "broken.dcm").write_bytes(broken.getvalue()[:-1000])
    summary = run.summary(code=3)
    assert summary["quarantined"]["reasons"] == {"truncated": 1}
    for wrong in ([], [run.originals], [run.originals, run.out], [run.originals, run.out, "--key", run.key, "--workers", "0"]):
        assert atles("deidentify", *wrong, check=False).returncode not in (0, 1, 3), wrong


def test_a_shut_gate_is_an_exit_code_and_leaves_no_signature(made):
    run = made(one=objects.released(1))
    verify = ["deidentify", "verify", run.out, "--key", run.key]
    done = run.run(code=3, gate=True)
    assert "Not to be published yet" in done.stdout and "--accept-risk" in done.stdout
    assert atles(*verify, check=False).returncode == 1
    summary = run.summary(code=3, gate=True)
    assert (summary["alreadyThere"], summary["risk"]["passed"], summary["manifest"]["isSigned"]) == (1, False, False)
    assert any("fewer than 5 patients" in sentence for sentence in summary["risk"]["explanation"])
    # Two ways to open it: to ask for less, or to answer for it.
    summary = run.summary("--k", "1", gate=True)
    assert (summary["risk"]["passed"], summary["manifest"]["isSigned"], summary["manifest"]["riskAccepted"]) == (True, True, False)
    atles(*verify)
    summary = run.summary()
    assert (summary["risk"]["passed"], summary["manifest"]["isSigned"], summary["manifest"]["riskAccepted"]) == (False, True, True)
    atles(*verify)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_cut_off_is_gone_on_with_to_the_same_files(made, tmp_path, how):
    run = made(**{f"object{n}": objects.released(n) for n in range(1, 41)}, waits=objects.named_body_part(50))
    calm = tmp_path / "calm"
    run.run(out=calm, code=3)
    expected = {str(f.relative_to(calm)): hashlib.sha256(f.read_bytes()).hexdigest() for f in calm.rglob("*.dcm")}
    assert len(expected) == 40
    cut_off = 0
    for wait in (0.1, 0.3, 0.6, 1.0, 0.2):
        process = subprocess.Popen(
            [ATLES, "deidentify", run.originals, run.out, "--key", run.key, "--workers", "1"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        if process.poll() is None:
            process.send_signal(how)
            cut_off += 1
        process.wait(60)
        # What is there already is complete: nothing half-written, nothing that the whole run would not make.
        assert run.files().items() <= expected.items()
    assert cut_off > 0
    run.run(code=3)
    assert run.files() == expected
    assert len(run.waiting()) == 1
    assert objects.identifying_text(run.out) == []
    assert not list((run.private / "store").rglob("*.dcm")), "objects were left in the store"
