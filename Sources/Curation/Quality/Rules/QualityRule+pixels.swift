/// Rules about files and their pixels.
extension QualityRule {
    static let unreadable = QualityRule(
        "file.unreadable", .error, .object, "The object cannot be read",
        "The bytes are no DICOM object any more, or the file is cut off before its pixel data.",
        remedy: "Send the object from the archive again; if it happens again, check the disk.")

    static let pixelDescription = QualityRule(
        "pixel.description", .error, .object, "The image does not say how its pixels are stored",
        "Rows, Columns, Bits Allocated, Bits Stored, High Bit, Samples per Pixel and Photometric Interpretation must be there and fit one another (PS3.3 C.7.6.3).",
        remedy: "Export the object again from its source; do not guess the missing values.")

    static let pixelMissing = QualityRule(
        "pixel.missing", .error, .object, "An image without pixel data",
        "The object has rows and columns, but no pixel data.",
        remedy: "Send the object again; some archives deliver headers only when a transfer is interrupted.")

    static let pixelLength = QualityRule(
        "pixel.length", .error, .object, "The pixel data is too short",
        "There are fewer bytes, or fewer compressed fragments, than rows, columns, bits and frames ask for: the file was cut off, or its header is wrong.",
        remedy: "Send the object again from the archive.")

    static let pixelSurplus = QualityRule(
        "pixel.surplus", .notice, .object, "The pixel data is longer than the image",
        "Bytes follow the last frame. Most readers leave them out; some take them for another frame.",
        remedy: "Nothing, if the pictures look right; otherwise check Number of Frames.")

    static let pixelUndecodable = QualityRule(
        "pixel.undecodable", .error, .object, "A frame cannot be decoded",
        "The compressed frame is damaged, or is not of the kind that the object says.",
        remedy: "Send the object again; if the archive has it like this too, convert it there or leave it out.")

    static let pixelNotLookedAt = QualityRule(
        "pixel.not-looked-at", .notice, .object, "Frames were not looked at",
        "The frames are compressed or laid down in a way that this program does not decode: they are stored, but nobody has checked them.",
        remedy: "Convert the object to a common transfer syntax before intake if it matters.")

    static let pixelConstant = QualityRule(
        "pixel.constant", .warning, .object, "A frame without a picture",
        "All pixels of the frame have the same value: a black or blank picture. Empty frames at the ends of a scan are harmless; elsewhere an image was lost on the way.",
        remedy: "Look at the series; leave out what has no content.")

    static let pixelBits = QualityRule(
        "pixel.bits-stored", .error, .object, "Pixel values go beyond Bits Stored",
        "Bits above High Bit are in use. Readers that clear them and readers that do not show different pictures; old overlays in the pixels look the same.",
        remedy: "Find out what the bits are: correct Bits Stored, or have overlays moved out of the pixel data.")

    static let pixelSign = QualityRule(
        "pixel.sign", .warning, .object, "The values look signed, the header says unsigned",
        "Pixel Representation is 0, but values lie at both ends of the range and none between them, as negative numbers do when they are read without their sign.",
        remedy: "Compare with the scanner's own display; correct Pixel Representation where it is wrong.")

    static let pixelEightBits = QualityRule(
        "pixel.eight-bits", .notice, .series, "Deep pixels with shallow content",
        "All values looked at are below 256 although twelve bits or more are stored: the picture may have been rendered for a screen, and measured values are lost.",
        remedy: "Ask for the original series, not for screenshots of it.")

    static let rescaleAbsent = QualityRule(
        "ct.rescale", .error, .object, "A CT image without rescale slope and intercept",
        "Without both (or with a slope of 0) the pixel values are no Hounsfield units (PS3.3 C.8.2.1).",
        remedy: "Export the series again from the scanner or archive.")

    static let fileRules = [unreadable]
    static let pixelRules = [
        pixelDescription, pixelMissing, pixelLength, pixelSurplus, pixelUndecodable, pixelNotLookedAt, pixelConstant,
        pixelBits, pixelSign, pixelEightBits, rescaleAbsent,
    ]
}
