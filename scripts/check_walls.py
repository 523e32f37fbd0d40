#!/usr/bin/env python3
"""Checks every import under Sources/ against the table of docs/architecture.md: who may import whom.

Two walls matter most. The hub imports nothing that can hold a pixel or a patient; the federation layer imports no
domain type, so it cannot read what it carries. SQLite appears only in folders named Store, servers and sockets only
where the table says. Prints each breach as file:line and exits 1 when there is one.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SYSTEM = {"Foundation", "FoundationEssentials", "Glibc", "Synchronization", "Dispatch"}

# Our own targets: what each may import of the others.
OURS = {
    "CSyscalls": set(),
    "CZlib": set(),
    "Runtime": {"CSyscalls"},
    "DICOM": {"CZlib"},
    "CohortData": set(),
    "Cohort": {"CohortData"},
    "CTurboJPEG": set(),
    "COpenJPEG": set(),
    "CCharLS": set(),
    "CTesseract": set(),
    "DICOMImaging": {"DICOM", "CZlib", "CTurboJPEG", "COpenJPEG", "CCharLS"},
    "Curation": {"DICOM", "DICOMImaging", "Cohort", "WebPages", "CTesseract"},
    "Catalogue": {"DICOM", "Cohort", "Runtime"},
    "Federation": {"Runtime"},
    "Governance": {"Cohort", "Federation", "Runtime"},
    "CLapack": set(),
    "CStatistics": set(),
    "Rounds": {"CLapack", "CStatistics", "Runtime"},
    "WebPages": set(),
    "Hub": {"Runtime", "Cohort", "Federation", "Governance", "Rounds", "WebPages"},
    "Node": {"Runtime", "DICOM", "DICOMImaging", "Cohort", "Curation", "Catalogue", "Federation", "Governance", "Rounds", "WebPages"},
    "atles": {"Runtime", "DICOM", "DICOMImaging", "Cohort", "Curation", "Catalogue", "Federation", "Governance", "Rounds", "Hub", "Node"},
}

# Other people's modules that only some places may use: module -> does this path qualify?
NETWORK = ("NIO", "Hummingbird", "AsyncHTTPClient")


def allowed_elsewhere(module: str, target: str, path: pathlib.PurePath) -> bool:
    if module in {"GRDB", "GRDBSQLite"}:
        return "Store" in path.parts
    if module.startswith(NETWORK):
        return target in {"Hub", "Node", "atles"} or (target == "Federation" and "Transport" in path.parts)
    if module == "ArgumentParser":
        return target == "atles"
    return True


def main() -> int:
    breaches = []
    for source in sorted((ROOT / "Sources").rglob("*.swift")):
        path = source.relative_to(ROOT / "Sources")
        target = path.parts[0]
        if target not in OURS:
            breaches.append(f"Sources/{path}: target {target} is not in the table of {pathlib.Path(__file__).name}")
            continue
        for number, line in enumerate(source.read_text().splitlines(), 1):
            match = re.match(r"\s*(?:@\w+\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)", line)
            if not match:
                continue
            module = match.group(1)
            if module in SYSTEM:
                continue
            good = module in OURS[target] if module in OURS else allowed_elsewhere(module, target, path)
            if not good:
                breaches.append(f"Sources/{path}:{number}: {target} may not import {module} here")
    print("\n".join(breaches) or "walls: every import is allowed")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
