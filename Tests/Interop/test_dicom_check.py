"""`atles dicom check` on real files and on what a hospital's folder may hold besides."""

import json
import os

from dicom_corpus import DATA, atles

CT = DATA / "test_files" / "CT_small.dcm"


def check(*paths):
    """The report of each file by its name, the summary, and the exit code."""
    done = atles("check", "--json", *paths)
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    return {os.path.basename(report["path"]): report for report in reports[:-1]}, reports[-1], done.returncode


def test_real_files_are_read_and_summed_up():
    files, summary, code = check(DATA / "test_files", DATA / "charset_files")
    assert summary["files"] == len([p for f in ("test_files", "charset_files") for p in (DATA / f).rglob("*") if p.is_file()])
    assert files["CT_small.dcm"]["verdict"] == "ok" and files["CT_small.dcm"]["findings"] == []
    assert files["README.txt"]["verdict"] == "notDICOM"
    # Cut off in the middle of its header: the place and the element are named.
    broken = files["rtplan_truncated.dcm"]
    assert broken["verdict"] == "damaged" and broken["findings"][0]["code"] == "truncated"
    assert broken["findings"][0]["offset"] > 0 and len(broken["findings"][0]["tag"]) == 8
    short = files["MR_truncated.dcm"]
    assert short["verdict"] == "warnings" and short["findings"][0]["tag"] == "7FE00010"
    assert {name for name, report in files.items() if report["verdict"] == "damaged"} == {
        "rtplan_truncated.dcm", "DICOMDIR-nooffset"}
    assert code == 1


def test_a_folder_that_is_in_order_ends_with_zero(tmp_path):
    (tmp_path / "slice").write_bytes(CT.read_bytes())
    assert check(tmp_path)[1:] == (
        {"files": 1, "ok": 1, "warnings": 0, "damaged": 0, "notDICOM": 0, "unreadable": 0}, 0)


def test_links_pipes_and_devices_neither_hang_nor_hide(tmp_path):
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "slice").write_bytes(CT.read_bytes())
    (folder / "link").symlink_to(folder / "slice")
    (folder / "loop").symlink_to(tmp_path)
    (folder / "itself").symlink_to(folder / "itself")
    (folder / "zeros").symlink_to("/dev/zero")
    (folder / "gone").symlink_to(folder / "nothing")
    os.mkfifo(folder / "pipe")
    (folder / "empty").write_bytes(b"")
    files, summary, code = check(folder, tmp_path / "nowhere")
    assert {name: report["verdict"] for name, report in files.items()} == {
        "slice": "ok", "link": "unreadable", "loop": "unreadable", "itself": "unreadable", "zeros": "unreadable", "gone": "unreadable",
        "pipe": "unreadable", "empty": "notDICOM", "nowhere": "unreadable"}
    assert (summary["files"], code) == (9, 1)
    # A link that is given itself is followed.
    assert check(folder / "link")[0]["link"]["verdict"] == "ok"


def test_a_value_is_never_shown(tmp_path):
    data = CT.read_bytes()
    for length in range(200, 1400, 37):
        (tmp_path / f"{length}.dcm").write_bytes(data[:length])
    for options in ([], ["--json"]):
        done = atles("check", *options, tmp_path)
        assert done.returncode == 1
        assert b"CompressedSamples" not in done.stdout + done.stderr and b"1CT1" not in done.stdout + done.stderr
