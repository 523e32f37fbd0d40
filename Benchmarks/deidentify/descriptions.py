#!/usr/bin/env python3
"""Writes real descriptions of series and studies, for measuring how many of their words the cleaning of text keeps.

They come from the index of the NCI Imaging Data Commons (PyPI idc-index-data), which is free of identifiers; names that tools
gave to their own results by number are left out. Nothing of it is stored in this repository.

usage: descriptions.py OUT.tsv    (needs idc-index-data==25.0.5 pandas pyarrow)
then:  ATLES_DESCRIPTIONS=OUT.tsv swift test --filter CurationTests.RetentionTests
"""
import re
import sys

import idc_index_data
import pandas

BY_NUMBER = re.compile("TotalSegmentator|NLSTSeg|Annotation|mcgpu")


def main():
    frame = pandas.read_parquet(idc_index_data.IDC_INDEX_PARQUET_FILEPATH)
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        for column in ("SeriesDescription", "StudyDescription"):
            for text, count in frame[column].dropna().value_counts().items():
                if not BY_NUMBER.search(text):
                    out.write(f"{count}\t{' '.join(text.split())}\n")


if __name__ == "__main__":
    main()
