import DICOMImaging

/// What the look at one series found, and what of it is compared with other series.
struct SeriesOutcome: Sendable {
    let series: QualitySeries
    var modality = ""
    /// The most frequent description of what it is: image, or about images.
    var isImaging = false
    var findings: [QualityFinding] = []
    var patient = PatientFacts()
    /// Which minimum attributes its objects have.
    var attributes: Set<MinimumAttribute> = []
    var frames = 0
    var framesDecoded = 0
    var frameOfReference = ""
    /// Digests of pixel data, by object.
    var digests: [(value: PixelDigest.Value, object: Int)] = []
    var marks: [(mark: PictureMark, object: Int, frame: Int)] = []
    /// What it refers to in the data set: series, and the frames of reference it has for them.
    var references: [(series: String, framesOfReference: Set<String>)] = []
    var stack: SliceStack?
    var pictures: [SeriesPicture] = []

    init(_ series: QualitySeries) {
        self.series = series
    }
}

/// A frame as a thumbnail.
public struct SeriesPicture: Sendable, Equatable {
    public let instance: String
    /// Counted from 1.
    public let frame: Int
    public let width: Int
    public let height: Int
    /// A JPEG file.
    public let jpeg: [UInt8]

    init?(_ image: GrayImage, instance: String, frame: Int, side: Int) {
        let small = image.scaled(toFit: side)
        guard let jpeg = Picture.jpeg(small, quality: 78) else { return nil }
        self.instance = instance
        self.frame = frame
        width = small.width
        height = small.height
        self.jpeg = jpeg
    }
}
