"""The scorer is scored: what does nothing gets nothing, what does all that the key asks for gets all."""
import collections
import datetime
import hashlib
import json
import shutil
import warnings

import numpy
import pydicom
import pytest
from pydicom.uid import ExplicitVRLittleEndian

from planted_corpus import make_corpus, outputs, pixels, score, search  # first: it makes the rest findable
from planted import burned, key as keys


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("planted") / "corpus"
    make_corpus.make(folder, **make_corpus.SMALL)
    return folder


def counts(result):
    return {action: result.counts(action) for action in score.ACTIONS}


def test_a_corpus_has_every_action_and_kind(corpus):
    found = keys.read(corpus / "key.jsonl")
    actions = collections.Counter(action.action for each in found for action in each.actions)
    assert set(score.ACTIONS) <= set(actions)
    assert {each.kind.split(" ")[0] for each in found} >= {
        "CT", "MR", "PT", "US", "MG", "DX", "CR", "XA", "SC", "SEG", "RTSTRUCT", "RTDOSE", "SR", "KO", "PR", "PDF", "private"}
    assert len({(each.sop_class, each.series, each.instance) for each in found}) == len(found)


def test_the_same_numbers_make_the_same_corpus(corpus, tmp_path):
    make_corpus.make(tmp_path / "again", **make_corpus.SMALL)
    assert (tmp_path / "again/key.jsonl").read_text() == (corpus / "key.jsonl").read_text()


def test_a_copy_keeps_everything_and_hides_nothing(corpus):
    result = score.score(corpus, corpus / "objects")
    for action in ("tag_retained", "text_notnull", "text_retained", "uid_consistent", "pixels_retained"):
        right, required = result.counts(action)
        assert right == required > 0, (action, score.details(result, 10))
    for action in ("text_removed", "date_shifted", "uid_changed", "patid_consistent", "pixels_hidden"):
        left = [(each.key.file, each.action.place, each.action.token) for each in result.judgements
                if each.action.action == action and each.right]
        assert not left, left
    assert result.removal()[0] == 0


def test_an_empty_folder_leaks_nothing_and_keeps_nothing(corpus, tmp_path):
    result = score.score(corpus, tmp_path)
    right, required = result.removal()
    assert right == required
    assert result.counts("text_removed")[0] == result.counts("text_removed")[1]
    for action in ("tag_retained", "text_retained", "date_shifted", "uid_changed", "pixels_retained"):
        assert result.counts(action)[0] == 0


class Perfect:
    """Does what the key asks for, and nothing else."""

    def __init__(self, corpus, output):
        self.corpus, self.output = corpus, output

    def uid(self, old: str) -> str:
        return f"2.25.{int.from_bytes(hashlib.sha256(old.encode()).digest()[:15], 'big')}"

    def run(self):
        for key in keys.read(self.corpus / "key.jsonl"):
            data = pydicom.dcmread(self.corpus / "objects" / key.file)
            self.pixels(key, data)
            for action in key.actions:
                self.follow(action, data)
            target = self.output / f"{hashlib.sha256(key.file.encode()).hexdigest()[:12]}.dcm"
            data.preamble = bytes(128)
            data.save_as(target, enforce_file_format=False)

    def follow(self, action, data):
        if action.place == "preamble":
            return  # run writes an empty one
        at = outputs.find(data, action.place)
        places = [] if at is None else [at]
        if action.kind == "age over 89":
            if at is not None:
                at.value = "090Y"
        elif action.action == "text_removed":
            for each in places or outputs.alike(data, action.place):
                # As often as it is there: a name may stand in each of its groups.
                while outputs.holds(each, action.token):
                    each.value = self.without(each, action.token)
        elif at is None:
            return
        elif action.action == "date_shifted":
            before = score.moment(action.token)
            after = before - datetime.timedelta(days=77)
            at.value = after.strftime("%Y%m%d" if len(action.token) == 8 else "%Y%m%d%H%M%S.%f")
        elif action.action == "uid_changed":
            at.value = self.uid(action.token)
        elif action.action == "patid_consistent":
            at.value = "P" + hashlib.sha256(action.token.encode()).hexdigest()[:10]

    def without(self, element, token):
        if element.VR == "SQ":
            return []
        if not isinstance(element.value, (str, pydicom.valuerep.PersonName)):
            return b"" if isinstance(element.value, bytes) else None
        text = str(element.value)
        at = text.casefold().find(token.casefold())
        return text[:at] + text[at + len(token) :] if at >= 0 else ""

    def pixels(self, key, data):
        regions = [action.region for action in key.actions if action.action == "pixels_hidden"]
        if not regions:
            return
        frames = pixels.frames(data).copy()
        for region in regions:
            frames[region["frames"], region["y"] : region["y"] + region["height"], region["x"] : region["x"] + region["width"]] = 0
        data.PixelData = frames.tobytes()
        data["PixelData"].VR = "OW" if data.BitsAllocated > 8 else "OB"
        data["PixelData"].is_undefined_length = False
        for keyword in ("ExtendedOffsetTable", "ExtendedOffsetTableLengths"):
            data.pop(keyword, None)
        if data.SamplesPerPixel == 3:
            data.PhotometricInterpretation, data.PlanarConfiguration = "RGB", 0
        data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian


def test_a_tool_that_does_all_that_is_asked_gets_all(corpus, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Perfect(corpus, tmp_path).run()
    result = score.score(corpus, tmp_path)
    assert not result.failures(), score.details(result, 30)
    assert result.total()[0] == result.total()[1] > 1000


def test_a_date_that_moves_by_itself_is_wrong(corpus, tmp_path):
    shutil.copytree(corpus / "objects", tmp_path / "out")
    files = sorted((tmp_path / "out").rglob("*.dcm"))
    for number, file in enumerate(files):
        data = pydicom.dcmread(file)
        data.StudyDate = f"2001{1 + number % 12:02d}{1 + number % 28:02d}"
        data.save_as(file)
    result = score.score(corpus, tmp_path / "out")
    moved = [each for each in result.judgements if each.action.place == "00080020"]
    # One of each patient's agrees with itself.
    assert sum(each.right for each in moved) <= len({each.key.patient for each in moved}) * 2 < len(moved)


def test_two_patients_with_one_pseudonym_are_wrong(corpus, tmp_path):
    shutil.copytree(corpus / "objects", tmp_path / "out")
    for file in (tmp_path / "out").rglob("*.dcm"):
        data = pydicom.dcmread(file)
        data.PatientID = "SAME"
        data.save_as(file)
    assert score.score(corpus, tmp_path / "out").counts("patid_consistent")[0] == 0


@pytest.mark.parametrize("angle", [0, 8, 90, 180])
@pytest.mark.parametrize("size", [8, 12, 24, 40])
def test_one_letter_that_is_left_is_seen(size, angle):
    noise = numpy.random.default_rng(size * 1000 + angle)
    canvas = burned.Canvas(noise.normal(90, 6, (1, 500, 700)).astype(numpy.uint8), 255)
    assert canvas.write("MUSTERMANN, ERIKA", 40, 40, size, angle=angle)
    region = canvas.regions[0]
    assert pixels.is_visible(region, canvas.frames)
    covered = canvas.frames.copy()
    rows = slice(region["y"], region["y"] + region["height"])
    columns = slice(region["x"], region["x"] + region["width"])
    covered[0, rows, columns] = 0
    assert not pixels.is_visible(region, covered)
    # A cover that misses the last letter.
    short = canvas.frames.copy()
    if region["width"] >= region["height"]:
        short[0, rows, region["x"] : region["x"] + int(region["width"] * 0.85)] = 0
    else:
        short[0, region["y"] : region["y"] + int(region["height"] * 0.85), columns] = 0
    assert pixels.is_visible(region, short)


def test_a_string_is_found_in_any_form(tmp_path):
    strings = {"P1": ["Müller", "山田", "19410803"]}
    (tmp_path / "a").mkdir()
    for name, content in {
        "utf8.dcm": "x Müller".encode(), "latin.dcm": "MÜLLER".encode("latin-1"), "wide.dcm": "müller".encode("utf-16-le"),
        "jp.dcm": "山田太郎".encode("iso2022_jp"), "date.txt": b'{"day": 19410803}', "clean.dcm": b"Mueller 1941-08-03", "19410803.txt": b"",
    }.items():
        (tmp_path / "a" / name).write_bytes(content)
    found = {file.name for file, _ in search.leaks([tmp_path / "a"], strings)}
    assert found == {"utf8.dcm", "latin.dcm", "wide.dcm", "date.txt", "19410803.txt"}


def test_every_object_of_a_copy_is_found_by_its_strings(corpus):
    strings = json.loads((corpus / "strings.json").read_text())
    files = [file for file in (corpus / "objects").rglob("*") if file.is_file()]
    assert len({file for file, _ in search.leaks([corpus / "objects"], strings)}) == len(files)
