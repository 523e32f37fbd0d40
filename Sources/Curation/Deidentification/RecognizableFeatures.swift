import DICOM

/// Objects in which somebody may be recognised by the face (PS3.15 section E.3.2): photographs and videos of people, and
/// volumes of the head, from which a face can be drawn. Nothing here takes a face out, so where a profile demands it such
/// objects are refused.
enum RecognizableFeatures {
    static func check(_ dataSet: DataSet) throws(CurationError) {
        let sopClass = dataSet[.sopClassUID]?.uid ?? ""
        if photographs.contains(sopClass) {
            throw CurationError(
                .recognizableFeatures, tag: .sopClassUID,
                "the object is a photograph or video of a person, and the profile demands that nobody can be recognised; leave it out, or release it under a profile without the option"
            )
        }
        guard volumes.contains(dataSet[.modality]?.string ?? "") else { return }
        switch region(dataSet) {
        case .elsewhere: return
        case .head:
            throw CurationError(
                .recognizableFeatures, tag: .bodyPartExamined,
                "a face can be drawn from a volume of the head, and the profile demands that nobody can be recognised; remove the face with a tool for it first, or release it under a profile without the option"
            )
        case .unknown:
            throw CurationError(
                .recognizableFeatures, tag: .bodyPartExamined,
                "the object does not say which part of the body it shows, and the profile demands that no face can be drawn from it; add the body part at the source if it is not the head"
            )
        }
    }

    private enum Region { case head, elsewhere, unknown }

    private static func region(_ dataSet: DataSet) -> Region {
        let codes = (dataSet[.anatomicRegionSequence]?.items.first?[.codeMeaning]?.string).map { [$0] } ?? []
        let words = (codes + (dataSet[.bodyPartExamined]?.strings ?? [])).flatMap { text in
            text.uppercased().split { !$0.isLetter }.map(String.init)
        }
        if words.contains(where: { word in head.contains { word.hasPrefix($0) } }) { return .head }
        return words.contains(where: { word in body.contains { word.hasPrefix($0) } }) ? .elsewhere : .unknown
    }

    private static let volumes: Set<String> = ["CT", "MR", "PT", "NM"]

    /// Beginnings of the terms of PS3.16 annex L that have a face in view: what shows the whole body or the neck, too.
    private static let head = [
        "HEAD", "BRAIN", "SKULL", "FACE", "FACIAL", "EYE", "ORBIT", "NOSE", "SINUS", "MAXILL", "MANDIB", "JAW",
        "TEMPOR",
        "EAR", "IAC", "PITUIT", "SELLA", "NECK", "CSPINE", "CERVIC", "WHOLEBODY", "WHOLE", "TONGUE", "MOUTH",
        "TEETH", "TOOTH", "DENTAL", "PAROTID", "SALIV", "ZYGOMA", "HEADNECK", "NASO", "OROPH", "PHARYN", "LARYN",
        "CEREB",
        "CRAN",
    ]

    private static let body = [
        "CHEST", "THORAX", "LUNG", "BREAST", "HEART", "CARDIAC", "CORON", "AORTA", "ABDOMEN", "LIVER", "PANCREAS",
        "KIDNEY", "SPLEEN", "ADRENAL", "STOMACH", "COLON", "RECTUM", "BOWEL", "PELVIS", "PROSTATE", "BLADDER", "UTERUS",
        "OVARY", "CERVIX", "TSPINE", "LSPINE", "SSPINE", "LUMBAR", "HIP", "FEMUR", "KNEE", "ANKLE", "FOOT", "LEG",
        "THIGH",
        "TOE", "SHOULDER", "CLAVICLE", "HUMERUS", "ELBOW", "FOREARM", "WRIST", "HAND", "FINGER", "EXTREMITY", "ARM",
        "ESOPHAGUS", "MEDIASTINUM", "RIB", "STERNUM", "SACRUM", "GALLBLADDER", "BILE", "URETER", "TESTIS", "PERINEUM",
    ]

    /// Visible light photography and video, and those of skin and eyes (PS3.6 table A-1).
    private static let photographs: Set<String> = [
        "1.2.840.10008.5.1.4.1.1.77.1.4", "1.2.840.10008.5.1.4.1.1.77.1.4.1", "1.2.840.10008.5.1.4.1.1.77.1.7",
    ]
}
