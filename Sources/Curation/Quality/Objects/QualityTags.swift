import DICOM

/// Attributes that only the rules of quality name.
enum QualityTags {
    static let imageOrientation = Tag.imageOrientationPatient
    static let planePositionSequence = Tag(0x0020, 0x9113)
    static let planeOrientationSequence = Tag(0x0020, 0x9116)
    static let frameContentSequence = Tag(0x0020, 0x9111)
    static let pixelValueTransformationSequence = Tag(0x0028, 0x9145)
    static let frameAcquisitionDateTime = Tag(0x0018, 0x9074)
    static let contentDateTime = Tag(0x0008, 0x002A)

    /// What tells images at one position apart: time, echo, weighting, direction, phase.
    static let phase: [Tag] = [
        .imageType, Tag(0x0018, 0x0086), .echoTime, .inversionTime, Tag(0x0018, 0x1060), .convolutionKernel,
        .flipAngle, Tag(0x0018, 0x9087), Tag(0x0018, 0x9089), Tag(0x0020, 0x0100), .acquisitionNumber,
        .acquisitionTime, .acquisitionDateTime, Tag(0x0054, 0x1300), Tag(0x0054, 0x1330), Tag(0x0054, 0x0101),
    ]

    /// Functional groups of a frame, and what in them tells frames at one position apart.
    static let framePhase: [(group: Tag, tags: [Tag])] = [
        (
            frameContentSequence,
            [Tag(0x0020, 0x9128), Tag(0x0020, 0x9056), Tag(0x0020, 0x9156), Tag(0x0018, 0x9151)]
        ),
        (Tag(0x0018, 0x9114), [Tag(0x0018, 0x9082)]),
        (Tag(0x0018, 0x9117), [Tag(0x0018, 0x9087), Tag(0x0018, 0x9075)]),
        (Tag(0x0018, 0x9226), [Tag(0x0008, 0x9007)]),
        (Tag(0x0018, 0x9329), [Tag(0x0008, 0x9007)]),
        (Tag(0x0062, 0x000A), [Tag(0x0062, 0x000B)]),
    ]
}

/// What kind of object a SOP class makes.
enum ObjectKind {
    /// Objects about images: they have no body part, position or age of their own to be judged by.
    static let derivedModalities: Set<String> = [
        "SEG", "RTSTRUCT", "RTPLAN", "RTDOSE", "RTRECORD", "RTINTENT", "RTRAD", "RTSEGANN", "SR", "KO", "PR", "REG",
        "FID", "RWV", "ANN", "DOC", "PLAN", "M3D", "SMR", "ASMT", "AU", "ECG", "HD", "RESP", "EEG", "EMG", "EOG",
    ]

    /// Modalities whose images lie in space, and make a volume.
    static let crossSectional: Set<String> = ["CT", "MR", "PT"]

    /// CT, enhanced CT, MR, enhanced MR, PET and enhanced PET: images that must have a position (PS3.3 C.7.6.2).
    static let positionedClasses: Set<String> = [
        "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.2.1", "1.2.840.10008.5.1.4.1.1.4",
        "1.2.840.10008.5.1.4.1.1.4.1", "1.2.840.10008.5.1.4.1.1.128", "1.2.840.10008.5.1.4.1.1.130",
    ]

    static let ctClasses: Set<String> = ["1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.2.1"]
    static let segmentation = "1.2.840.10008.5.1.4.1.1.66.4"
}
