"""The corpora with planted identifiers of Benchmarks/deidentify, and what the tests need of its programs."""
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Benchmarks/deidentify"))
os.environ.setdefault("ATLES", str(ROOT / ".build/debug/atles"))

import make_corpus  # noqa: E402
import outputs  # noqa: E402
import pixels  # noqa: E402
import score  # noqa: E402
import search  # noqa: E402
import tools  # noqa: E402
import validity  # noqa: E402

__all__ = ["atles_deidentify", "make_corpus", "outputs", "pixels", "score", "search", "tools", "validity"]


def atles_deidentify(corpus: pathlib.Path, work: pathlib.Path) -> "tools.Run":
    return tools.atles(corpus / "objects", work / "run")
