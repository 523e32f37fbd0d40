"""What `atles dicom convert` writes, pydicom and `dcmdump` read back equal to the original."""

import base64
import logging
import re
import shutil
import subprocess
import warnings

import pydicom
import pytest

from dicom_corpus import HANG_GUARD_SECONDS, atles, files, name, read
from test_dicom_json import pydicom_json

logging.getLogger("pydicom").disabled = True

# Native pixel data can be written in each of these.
SYNTAXES = {
    "implicit": "1.2.840.10008.1.2",
    "explicit": "1.2.840.10008.1.2.1",
    "deflated": "1.2.840.10008.1.2.1.99",
    "big-endian": "1.2.840.10008.1.2.2",
}

# Cut off in the header: convert refuses them, as it should.
CUT_OFF = {"rtplan_truncated.dcm", "DICOMDIR-nooffset"}


def readable():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [path for path in files() if path.name not in CUT_OFF and read(path) is not None]


def is_compressed(data):
    return data.file_meta.get("TransferSyntaxUID", pydicom.uid.ImplicitVRLittleEndian).is_compressed


def comparable(data):
    """pydicom's JSON without what writing changes on purpose: group lengths go, odd values get their padding."""
    def clean(elements):
        for key, element in list(elements.items()):
            if key.endswith("0000"):
                del elements[key]
            elif element["vr"] == "SQ":
                for item in element.get("Value", []):
                    clean(item)
            elif "Value" in element:
                element["Value"] = [v.strip(" ") if isinstance(v, str) else v for v in element["Value"]]
            elif "InlineBinary" in element:
                value = base64.b64decode(element["InlineBinary"])
                element["InlineBinary"] = value + bytes(len(value) % 2)
        return elements
    return clean(pydicom_json(data))


@pytest.mark.parametrize("path", readable(), ids=name)
def test_pydicom_reads_the_same_data_set(path, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        original = pydicom.dcmread(path)
        target = tmp_path / "written.dcm"
        done = atles("convert", path, target)
        assert done.returncode == 0, done.stderr.decode()
        written = pydicom.dcmread(target)
        before, after = comparable(original), comparable(written)
        # SC_rgb_jpeg.dcm holds an implicit data set under an explicit transfer syntax, and MR_truncated.dcm has one pixel
        # too few bytes: written, the file is what it says.
        for key in before.keys() | after.keys():
            assert after.get(key) == before.get(key), key
        assert written.file_meta.ImplementationVersionName == "ATLES_1"
        assert target.read_bytes()[:128] == bytes(128)


@pytest.mark.parametrize("path", readable(), ids=name)
def test_every_syntax_holds_the_same(path, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        original = pydicom.dcmread(path)
    compressed = is_compressed(original) and "PixelData" in original
    reference = tmp_path / "reference.dcm"
    if not compressed:
        convert(path, "explicit", reference)
    for syntax, uid in SYNTAXES.items():
        target = tmp_path / f"{syntax}.dcm"
        if compressed:
            done = atles("convert", "--transfer-syntax", syntax, path, target)
            assert done.returncode == 1 and b"compressed" in done.stderr and not target.exists()
            continue
        convert(path, syntax, target)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            before, after = pydicom.dcmread(reference), pydicom.dcmread(target)
        assert after.file_meta.TransferSyntaxUID == uid
        for element in before:
            # The bytes of binary values differ with the byte order; they are compared below.
            if element.VR not in ("UN", "SQ", "OW", "OB", "OF", "OD", "OL") and not element.tag.is_private:
                assert after[element.tag].value == element.value, element.tag
        if syntax != "implicit":
            # Back in explicit little endian it must be the same file to the last byte. Implicit VR cannot carry the VRs of
            # private attributes.
            back = tmp_path / "back.dcm"
            convert(target, "explicit", back)
            assert back.read_bytes() == reference.read_bytes()


def convert(source, syntax, target):
    done = atles("convert", "--transfer-syntax", syntax, source, target)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.skipif(shutil.which("dcmdump") is None, reason="Debian's dcmtk is not installed")
@pytest.mark.parametrize("path", readable(), ids=name)
def test_dcmdump_reads_the_same(path, tmp_path):
    target = tmp_path / "written.dcm"
    assert atles("convert", path, target).returncode == 0
    before, after = dcmdump(path), dcmdump(target)
    assert after.returncode == 0, after.stderr
    assert not [line for line in after.stderr.splitlines() if line.startswith("E:")]
    # MR_truncated.dcm is cut off, and SC_rgb_jpeg.dcm not laid down as it says: dcmdump gives up on these two originals.
    if before.returncode == 0 or path.name not in {"MR_truncated.dcm", "SC_rgb_jpeg.dcm"}:
        assert lines(after.stdout) == lines(before.stdout)


def dcmdump(path):
    return subprocess.run(
        ["dcmdump", "+L", "+uc", "-dc", str(path)], capture_output=True, text=True, errors="replace",
        timeout=HANG_GUARD_SECONDS, check=False)


def lines(text):
    """The data set as dcmdump shows it, without lengths, delimiters and group lengths."""
    data_set = text.split("# Dicom-Data-Set")[-1]
    found = []
    for line in data_set.splitlines():
        line = line.split("#")[0].strip()
        # The byte that fills up a value of an odd length.
        line = re.sub(r"(^\(\w{4},\w{4}\) (UN|\?\?) .*)\\00$", r"\1", line)
        if re.match(r"\((?!fffe,e000)", line) and not re.match(r"\(fffe,e0[0d]d|\(\w{4},0000\)", line):
            found.append(re.sub(r"\((Sequence|Item|PixelSequence) with.*", "", line))
    return found
