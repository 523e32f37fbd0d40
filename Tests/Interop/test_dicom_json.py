"""`atles dicom dump --json` on every file of the pydicom wheel: no crash, no hang, and the DICOM JSON that pydicom makes."""

import base64
import json
import logging
import warnings

import pydicom
import pytest

from dicom_corpus import atles, files, name, read

# pydicom warns about what is wrong with these files; that is why they are here.
logging.getLogger("pydicom").disabled = True

# pydicom knows some vendors' private attributes, which are no part of the standard. Without its list it reads private
# attributes of implicit files as PS3.5 6.2.2 says: as UN.
pydicom.datadict.private_dictionaries.clear()

# Bytes that change places between the byte orders (PS3.5 7.3).
UNITS = {"OW": 2, "OF": 4, "OL": 4, "OD": 8, "OV": 8}


def without_group_lengths(path, key, ours, theirs):
    """PS3.18 F.2.2: group lengths shall not be in the DICOM JSON model."""
    return key.endswith("0000") and ours is None and theirs["vr"] == "UL"


def null_for_empty(path, key, ours, theirs):
    """PS3.18 F.2.5: an empty value among others is null; pydicom writes an empty string."""
    return bool(ours and theirs) and ours == {**theirs, "Value": [None if v == "" else v for v in theirs.get("Value", [])]}


def insignificant_spaces(path, key, ours, theirs):
    """PS3.5 table 6.2-1: spaces around a CS mean nothing; pydicom keeps them before a backslash."""
    return bool(ours and theirs) and ours["vr"] == "CS" and ours == {
        **theirs, "Value": [v.strip(" ") or None if isinstance(v, str) else v for v in theirs.get("Value", [])]}


def little_endian_binary(path, key, ours, theirs):
    """PS3.18 F.2.7 leaves byte order to PS3.5, and JSON names no transfer syntax: the default of web services is explicit
    little endian (PS3.18 8.7.3). pydicom gives the bytes of a big endian file as they lie in it."""
    if not (ours and theirs) or ours["vr"] not in UNITS or read_order(path) != "big":
        return False
    ours_bytes, theirs_bytes = (base64.b64decode(element["InlineBinary"]) for element in (ours, theirs))
    unit = UNITS[ours["vr"]]
    swapped = b"".join(theirs_bytes[i:i + unit][::-1] for i in range(0, len(theirs_bytes), unit))
    return ours["vr"] == theirs["vr"] and ours_bytes == swapped


def number_that_is_none(path, key, ours, theirs):
    """PS3.18 F.2.3: text in IS that is no number may be a string; pydicom refuses the element."""
    return path.name == "badVR.dcm" and key == "00280008" and theirs is None and ours == {"vr": "IS", "Value": ["1A"]}


def element_cut_off(path, key, ours, theirs):
    """PS3.5 7.1.1: a value has the length that its header says. The file ends inside this one; pydicom gives the part."""
    return path.name == "rtplan_truncated.dcm" and key == "300A012C" and ours is None


ALLOWED = [
    without_group_lengths, null_for_empty, insignificant_spaces, little_endian_binary, number_that_is_none, element_cut_off,
]
used: set = set()


def read_order(path):
    data = pydicom.dcmread(path, stop_before_pixels=True, force=True)
    return "little" if data.original_encoding[1] else "big"


def differences(path, ours: dict, theirs: dict, where: str = ""):
    """Elements that are not equal and for which there is no reason, as sentences."""
    for key in sorted(ours.keys() | theirs.keys()):
        one, other = ours.get(key), theirs.get(key)
        if one == other:
            continue
        if one and other and one["vr"] == other["vr"] == "SQ":
            # F.2.5: an empty sequence has no Value. pydicom gives an empty list, which says the same.
            items, others = one.get("Value", []), other.get("Value", [])
            if len(items) == len(others):
                for number, (item, its) in enumerate(zip(items, others)):
                    yield from differences(path, item or {}, its or {}, f"{where}{key}[{number}].")
                continue
        reason = next((rule for rule in ALLOWED if rule(path, key, one, other)), None)
        if reason:
            used.add(reason)
        else:
            yield f"{where}{key}: ours {str(one)[:200]}, pydicom {str(other)[:200]}"


def pydicom_json(data: pydicom.Dataset) -> dict:
    """`to_json_dict`, element by element: one that pydicom refuses is left out, not the whole file."""
    found = {}
    for tag in data.keys():
        try:
            found[f"{tag:08X}"] = data[tag].to_json_dict(bulk_data_element_handler=None, bulk_data_threshold=0)
        except (ValueError, TypeError):
            continue
    # Numbers of pydicom's own types become plain ones.
    return json.loads(json.dumps(found))


@pytest.mark.parametrize("path", files(), ids=name)
def test_json_equals_pydicoms(path):
    done = atles("dump", "--json", "--pixel-data", path)
    assert done.returncode in (0, 1), f"ended by a signal or a trap: {done.returncode}\n{done.stderr.decode()}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = read(path)
        if data is None and done.returncode == 0:
            # A file without preamble, which pydicom reads only when told to.
            data = pydicom.dcmread(path, force=True)
        if data is None:
            assert done.stdout == b"" and done.stderr.startswith(b"Error: "), "neither a result nor a sentence"
            return
        assert list(differences(path, json.loads(done.stdout), pydicom_json(data))) == []


def test_every_allowed_difference_is_needed():
    assert [rule.__name__ for rule in ALLOWED if rule not in used] == []


def test_a_header_dump_leaves_pixel_data_alone():
    path = next(path for path in files() if path.name == "CT_small.dcm")
    found = json.loads(atles("dump", "--json", path).stdout)
    assert "7FE00010" not in found and found["00280010"]["Value"] == [128]
