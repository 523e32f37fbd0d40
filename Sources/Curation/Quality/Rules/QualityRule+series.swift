/// Rules about a series as a whole.
extension QualityRule {
    static let missingSlice = QualityRule(
        "geometry.missing-slice", .error, .series, "Slices are missing",
        "Positions along the slice direction leave a gap of a whole number of slices. Series with several phases, echoes or b-values are judged by their positions, not by their number.",
        remedy: "Fetch the series again; if the archive has no more, leave it out of analyses of volumes.")

    static let incompletePhase = QualityRule(
        "geometry.incomplete-phase", .warning, .series, "Some positions have fewer images than others",
        "The series has several images at most positions (phases, echoes, b-values), and fewer at some.",
        remedy: "Fetch the series again; check whether the scan was stopped early.")

    static let unevenSpacing = QualityRule(
        "geometry.uneven-spacing", .warning, .series, "Slices are not evenly spaced",
        "The distance between neighbouring slices changes, by other than whole slices. Volumes resampled from it are distorted.",
        remedy: "Split the series into its acquisitions, or keep it out of analyses that assume a regular grid.")

    static let duplicatePosition = QualityRule(
        "geometry.duplicate-position", .warning, .series, "Two images at one position",
        "Images lie at the same place and nothing (time, echo, b-value, acquisition, image type) tells them apart.",
        remedy: "Look for images that were sent twice, or two reconstructions under one series UID.")

    static let mixedOrientation = QualityRule(
        "geometry.mixed-orientation", .warning, .series, "Images in several orientations",
        "The images of one series are not parallel, and it is no localizer: no volume can be made of it.",
        remedy: "Split it into one series for each orientation, or leave it out of volume analyses.")

    static let mixedSpacing = QualityRule(
        "geometry.mixed-spacing", .warning, .series, "Several pixel spacings",
        "Pixel Spacing changes within the series.",
        remedy: "Split the series, or resample it before use.")

    static let mixedMatrix = QualityRule(
        "geometry.mixed-matrix", .warning, .series, "Several image sizes",
        "Rows or Columns change within the series, and it is no localizer.",
        remedy: "Split the series: screenshots and dose reports are often hidden in it.")

    static let mixedFrameOfReference = QualityRule(
        "geometry.mixed-frame-of-reference", .warning, .series, "Several frames of reference",
        "Positions of different frames of reference cannot be compared; a series has one (PS3.3 C.7.4.1).",
        remedy: "Check whether two scans were merged into one series.")

    static let badOrientation = QualityRule(
        "geometry.orientation", .error, .series, "The orientation is no orientation",
        "The two direction cosines must have length 1 and stand at a right angle (PS3.3 C.7.6.2.1.1); otherwise left and right cannot be trusted.",
        remedy: "Correct it at the source; such objects come from faulty converters.")

    static let noPosition = QualityRule(
        "geometry.no-position", .error, .series, "Cross-sectional images without a position",
        "Image Position and Image Orientation (Patient) are missing in CT, MR or PET images.",
        remedy: "Export the original series; secondary captures do not carry positions.")

    static let spacingClaim = QualityRule(
        "geometry.spacing-claim", .notice, .series, "The stated spacing is not the measured one",
        "Spacing Between Slices differs from the distance between positions by more than a tenth.",
        remedy: "Use the positions; warn users of tools that trust the attribute.")

    static let sheared = QualityRule(
        "geometry.sheared", .notice, .series, "Slices are shifted against one another",
        "Positions move sideways along the stack, as with a tilted gantry: tools that assume a straight stack distort it.",
        remedy: "Resample the series with its positions before use.")

    static let geometryRules = [
        missingSlice, incompletePhase, unevenSpacing, duplicatePosition, mixedOrientation, mixedSpacing, mixedMatrix,
        mixedFrameOfReference, badOrientation, noPosition, spacingClaim, sheared,
    ]

    static let duplicateNumber = QualityRule(
        "series.instance-number", .warning, .series, "Instance numbers are used twice",
        "Objects of one series should have numbers of their own; tools that sort by them lose images.",
        remedy: "Sort by position, not by number; renumber at the source if tools need it.")

    static let numberGap = QualityRule(
        "series.instance-gap", .notice, .series, "Instance numbers have gaps",
        "Numbers between the first and the last are not there: images may not have been sent. Only series without positions are judged by their numbers.",
        remedy: "Compare the number of images with the archive's.")

    static let mixedModality = QualityRule(
        "series.mixed-modality", .error, .series, "Several modalities in one series",
        "A series has one modality (PS3.3 A.1.4).",
        remedy: "Split the series at the source.")

    static let mixedPatient = QualityRule(
        "series.mixed-patient", .error, .series, "One series under several patients or studies",
        "The same Series Instance UID stands under two patients or two studies: images may be those of another person.",
        remedy: "Take the series out until the source has settled whose images they are.")

    static let frameGroups = QualityRule(
        "series.frame-groups", .error, .object, "Frames and their descriptions do not match in number",
        "An enhanced object describes each frame in Per-Frame Functional Groups; there are not as many items as frames.",
        remedy: "Send the object again; converters that drop frames leave such objects.")

    static let seriesRules = [duplicateNumber, numberGap, mixedModality, mixedPatient, frameGroups]
}
