import DICOM

/// Objects that say what cannot be so. They are not repaired: whoever knows the patient has to.
enum Contradictions {
    static func check(_ file: DICOMFile) throws(CurationError) {
        try checkForm(file)
        try checkEncryption(file.dataSet)
        try checkDates(file.dataSet)
    }

    /// A form of a data set that nobody knows can be read by luck only, and its pixels not at all.
    private static func checkForm(_ file: DICOMFile) throws(CurationError) {
        guard !file.transferSyntax.isKnown else { return }
        throw CurationError(
            .unknownForm, tag: .transferSyntaxUID,
            "the object's transfer syntax is none that is known, so nothing can be promised of what is in it; convert it to explicit little endian at its source"
        )
    }

    /// What is encrypted cannot be looked at, and was put there to be read again by somebody (PS3.15 annex E.1.2).
    private static func checkEncryption(_ dataSet: DataSet) throws(CurationError) {
        guard let element = dataSet[Tag(0x0400, 0x0500)], !element.isEmpty else { return }
        throw CurationError(
            .encrypted, tag: element.tag,
            "the object carries encrypted attributes: an earlier de-identification left its originals in it; have them decrypted or removed by those who hold the key"
        )
    }

    private static func checkDates(_ dataSet: DataSet) throws(CurationError) {
        guard let born = dataSet[.patientBirthDate]?.string.flatMap({ CivilDate(dicom: $0) }) else { return }
        for tag in [Tag.studyDate, Tag(0x0008, 0x0021), Tag(0x0008, 0x0022), Tag(0x0008, 0x0023)] {
            guard let day = dataSet[tag]?.string.flatMap({ CivilDate(dicom: $0) }), day < born else { continue }
            throw CurationError(
                .contradiction, tag: tag,
                "it is before the patient's birth date; one of the two is wrong, or the object is another patient's: correct it at the source"
            )
        }
    }
}
