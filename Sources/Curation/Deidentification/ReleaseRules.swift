import DICOM

/// Objects that the profile cannot make safe: what identifies somebody is where table E.1-1 does not reach.
struct ReleaseRules: Sendable {
    let profile: ConfidentialityProfile
    /// What was done about text in the pixels.
    let pixels: PixelStatement

    func check(_ dataSet: DataSet) throws(CurationError) {
        try checkDocument(dataSet)
        try checkPresentation(dataSet)
        try checkPixels(dataSet)
        if profile.has(.cleanRecognizableVisualFeatures) { try RecognizableFeatures.check(dataSet) }
        for tag in [Tag.sopClassUID, .sopInstanceUID, .studyInstanceUID, .seriesInstanceUID]
        where dataSet[tag]?.uid == nil {
            throw CurationError(
                .missingAttribute, tag: tag,
                "the object has no valid value of it, so it cannot be told from others; export it again from its source"
            )
        }
    }

    private func checkPixels(_ dataSet: DataSet) throws(CurationError) {
        // Whoever has looked knows better than the object.
        guard !profile.allowsBurnedInText, pixels == .notLookedAt else { return }
        if dataSet[.burnedInAnnotation]?.string?.uppercased() == "YES" {
            throw CurationError(
                .burnedInText, tag: .burnedInAnnotation,
                "the object says that text is burned into its pixels, which may name the patient; cover the text at its source, or allow such objects in the node's settings"
            )
        }
    }

    private func checkDocument(_ dataSet: DataSet) throws(CurationError) {
        guard !profile.allowsEncapsulatedDocuments else { return }
        let sopClass = dataSet[.sopClassUID]?.uid ?? ""
        if sopClass.hasPrefix("1.2.840.10008.5.1.4.1.1.104.") || dataSet[.encapsulatedDocument] != nil {
            throw CurationError(
                .encapsulatedDocument, tag: .encapsulatedDocument,
                "the object is a document (PDF, CDA or a model) in a DICOM wrapper, and documents cannot be de-identified by rule; leave it out, or allow such objects in the node's settings to keep them without their content"
            )
        }
    }
}

extension ReleaseRules {
    /// Presentation states: texts in them can be cleaned, what is drawn by hand cannot be read.
    private func checkPresentation(_ dataSet: DataSet) throws(CurationError) {
        guard !profile.allowsPresentationStates, let sopClass = dataSet[.sopClassUID]?.uid,
            sopClass.hasPrefix("1.2.840.10008.5.1.4.1.1.11.")
        else { return }
        throw CurationError(
            .encapsulatedDocument, tag: .sopClassUID,
            "the object is a presentation state: somebody may have written on the image, and drawn lines cannot be read; leave it out, or accept such objects with `presentation_states: accept` in a profile file"
        )
    }
}

extension Tag {
    static let encapsulatedDocument = Tag(0x0042, 0x0011)
}
