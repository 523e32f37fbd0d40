"""The corpora with planted identifiers of Benchmarks/deidentify, and what the tests need of its scorer."""
import pathlib
import sys

BENCHMARK = pathlib.Path(__file__).resolve().parents[2] / "Benchmarks/deidentify"
sys.path.insert(0, str(BENCHMARK))

import make_corpus  # noqa: E402
import outputs  # noqa: E402
import pixels  # noqa: E402
import score  # noqa: E402
import search  # noqa: E402

__all__ = ["BENCHMARK", "make_corpus", "outputs", "pixels", "score", "search"]
