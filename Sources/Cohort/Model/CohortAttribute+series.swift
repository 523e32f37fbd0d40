extension CohortAttribute {
    public static let modality = CohortAttribute(
        "series.modality", ["modality"], .series, .code(KnownValues.modalities, isClosed: false), "Modality",
        "How the images were made, as a DICOM modality code.", from: ["Modality"])

    public static let bodyPart = CohortAttribute(
        "series.bodyPart", ["bodyPart", "bodyPartExamined"], .series, .code(KnownValues.bodyParts, isClosed: false),
        "Body part", "The part of the body that was examined, as the images say it.", from: ["BodyPartExamined"])

    public static let laterality = CohortAttribute(
        "series.laterality", ["laterality", "side"], .series,
        .code(
            [
                KnownValue("L", "Left", "left"), KnownValue("R", "Right", "right"), KnownValue("B", "Both", "both"),
                KnownValue("U", "Unpaired", "unpaired"),
            ], isClosed: true),
        "Laterality", "The side of a paired part of the body.", from: ["Laterality", "ImageLaterality"])

    public static let manufacturer = CohortAttribute(
        "series.manufacturer", ["manufacturer", "vendor"], .series, .text, "Manufacturer",
        """
        The maker of the device, in the maker's own words; one maker writes itself in several ways, so that \
        `manufacturer contains siemens` finds more than `manufacturer = SIEMENS`.
        """,
        from: ["Manufacturer"])

    public static let model = CohortAttribute(
        "series.model", ["model", "manufacturerModel"], .series, .text, "Device model",
        "The maker's name for the model of the device.", from: ["ManufacturerModelName"])

    public static let sliceThickness = CohortAttribute(
        "series.sliceThickness", ["sliceThickness", "thickness"], .series, .number(unit: "mm"), "Slice thickness",
        "The nominal thickness of a slice.", from: ["SliceThickness"])

    public static let pixelSpacing = CohortAttribute(
        "series.pixelSpacing", ["pixelSpacing", "spacing"], .series, .number(unit: "mm"), "Pixel spacing",
        "The distance between the centres of neighbouring rows; in projection images, at the detector.",
        from: ["PixelSpacing", "ImagerPixelSpacing"])

    public static let rows = CohortAttribute(
        "series.rows", ["rows"], .series, .number(unit: nil), "Rows", "The height of an image in pixels.",
        from: ["Rows"])

    public static let columns = CohortAttribute(
        "series.columns", ["columns"], .series, .number(unit: nil), "Columns", "The width of an image in pixels.",
        from: ["Columns"])

    public static let images = CohortAttribute(
        "series.images", ["images", "instances"], .series, .number(unit: nil), "Images in the series",
        "How many objects of the series the site holds; a multi-frame object is one.", from: ["SOPInstanceUID"])

    public static let magneticFieldStrength = CohortAttribute(
        "series.magneticFieldStrength", ["magneticFieldStrength", "fieldStrength"], .series, .number(unit: "T"),
        "Magnetic field strength", "The nominal field strength of the MR magnet.", from: ["MagneticFieldStrength"])

    public static let echoTime = CohortAttribute(
        "series.echoTime", ["echoTime", "TE"], .series, .number(unit: "ms"), "Echo time",
        "The time from the excitation pulse to the peak of the echo (MR).", from: ["EchoTime", "EffectiveEchoTime"])

    public static let repetitionTime = CohortAttribute(
        "series.repetitionTime", ["repetitionTime", "TR"], .series, .number(unit: "ms"), "Repetition time",
        "The time between two pulse sequences (MR).", from: ["RepetitionTime"])

    public static let kvp = CohortAttribute(
        "series.kvp", ["kvp"], .series, .number(unit: "kV"), "Peak kilovoltage",
        "The peak voltage of the X-ray tube.", from: ["KVP"])

    public static let contrast = CohortAttribute(
        "series.contrast", ["contrast"], .series,
        .code(
            [KnownValue("yes", "With contrast", "true"), KnownValue("no", "Without contrast", "false", "none")],
            isClosed: true),
        "Contrast agent",
        """
        Whether a contrast agent was given: yes where the images describe one, no where they say that there was none. \
        Most images without contrast say nothing; for those it is not recorded.
        """,
        from: ["ContrastBolusAgent", "ContrastBolusVolume", "ContrastBolusRoute", "ContrastBolusIngredient"])

    public static let sopClass = CohortAttribute(
        "series.sopClass", ["sopClass"], .series, .code(KnownValues.sopClasses, isClosed: false), "Kind of object",
        "The SOP class of the objects, by UID or by name in quotes.", from: ["SOPClassUID"])

    public static let transferSyntax = CohortAttribute(
        "series.transferSyntax", ["transferSyntax"], .series, .code(KnownValues.transferSyntaxes, isClosed: false),
        "Transfer syntax", "How the objects are encoded and compressed, by UID or by name in quotes.",
        from: ["TransferSyntaxUID"])
}
