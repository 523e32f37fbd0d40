"""Objects are as valid after de-identification as before: dciodvfy finds no error that the original had not."""
import shutil

import pytest

from planted_corpus import atles_deidentify, make_corpus, validity

pytestmark = pytest.mark.skipif(not shutil.which("dciodvfy"), reason="dciodvfy (Debian's dicom3tools) is not installed")


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    corpus = tmp_path_factory.mktemp("planted") / "corpus"
    make_corpus.make(corpus, **make_corpus.SMALL)
    run = atles_deidentify(corpus, tmp_path_factory.mktemp("run"))
    return list(validity.pairs(corpus, run.output))


def test_no_object_has_an_error_that_its_original_had_not(pairs):
    worse = {f"{key.kind} ({key.file})": more for key, before, after in pairs if (more := validity.added(before, after))}
    assert not worse, "\n".join(f"{name}: {message}" for name, more in worse.items() for message in more)


def test_every_kind_of_object_was_compared(pairs):
    kinds = {key.kind.split(" ")[0] for key, _, _ in pairs}
    assert kinds >= {"CT", "MR", "PT", "US", "SEG", "RTSTRUCT", "RTPLAN", "RTDOSE", "SR", "KO", "private"}
    # Pictures with text in them may wait for a person, but not all of them.
    assert len(kinds & {"MG", "DX", "CR", "XA", "SC"}) >= 2


def test_the_check_itself_sees_an_error(pairs, tmp_path):
    import pydicom

    key, before, _ = next(pair for pair in pairs if pair[0].kind == "CT")
    data = pydicom.dcmread(before)
    del data.Rows
    data.save_as(tmp_path / "broken.dcm")
    assert validity.added(before, tmp_path / "broken.dcm")
