"""Fixtures that the interop tests share: the command, the samples, a running federation."""
import os
import pathlib
import shutil

import pydicom
import pytest

from federation import NAMES, Federation, atles

SAMPLES = pathlib.Path(pydicom.__file__).parent / "data"


@pytest.fixture(scope="session")
def samples() -> list[pathlib.Path]:
    """Every file among pydicom's test files and character set files, in a stable order."""
    files = [file for folder in ("test_files", "charset_files") for file in (SAMPLES / folder).rglob("*")]
    return sorted(file for file in files if file.is_file() and file.suffix not in {".py", ".pyc"})


@pytest.fixture(scope="session")
def shared() -> pathlib.Path:
    """The real data that the tests may read; tests that need it are skipped where it is not there."""
    folder = pathlib.Path(os.environ.get("ATLES_SHARED", pathlib.Path(__file__).resolve().parents[2] / "../shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"there is no shared data in {folder}")
    return folder


@pytest.fixture(scope="module")
def browser():
    """Headless Chromium; tests that need it are skipped where there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("there is no chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="session")
def federation(tmp_path_factory, samples):
    """A hub and three nodes with pydicom's real files, spread over them."""
    with Federation(tmp_path_factory.mktemp("federation"), sites=3) as running:
        for number, (name, _) in enumerate(NAMES[:3]):
            listing = running.folder / f"{number}.files"
            listing.write_text("".join(f"{file}\n" for file in samples[number::3]))
            done = atles("node", "ingest", "--folder", running.node_folder(name), "--files-from", listing, check=False)
            assert done.returncode in (0, 3), done.stderr
        running.wait_for_cards(3)
        yield running
