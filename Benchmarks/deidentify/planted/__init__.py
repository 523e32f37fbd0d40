"""Corpora of DICOM objects with planted identifiers, and the key that says what must become of each."""
