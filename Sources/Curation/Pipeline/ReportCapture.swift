import DICOM
import DICOMImaging

/// Reports in the form of an image: dose reports, protocols, screens of a report, scanned letters. They are documents, and
/// refused like those: what is free text from edge to edge cannot be de-identified by rule.
///
/// An image that has text in it is another matter: the text is covered, and the image stays.
struct ReportCapture {
    private let dataSet: DataSet

    /// nil for objects that are no captures: what a modality writes as its own image is none.
    init?(_ dataSet: DataSet) {
        let types = dataSet[.imageType]?.strings.map { $0.uppercased() } ?? []
        let isCapture =
            dataSet[.sopClassUID]?.uid.map { $0 == Self.singleFrame || $0.hasPrefix(Self.singleFrame + ".") } ?? false
            || dataSet[.conversionType]?.isEmpty == false
            || types.contains { $0.contains("SCREEN") || $0.contains("CAPTURE") }
        guard isCapture else { return nil }
        self.dataSet = dataSet
    }

    /// Secondary Capture Image Storage; its multi-frame forms begin alike (PS3.4 B.5).
    private static let singleFrame = "1.2.840.10008.5.1.4.1.1.7"

    // MARK: By what it says of itself

    /// Throws where the header says that the object is a report: nothing has to be read for that.
    func checkHeader() throws(CurationError) {
        // Scanned Document (PS3.3 C.8.6.1).
        if dataSet[.conversionType]?.string?.uppercased() == "SD" {
            throw Self.refusal(.conversionType, "the object says that it is a scanned document")
        }
        // Document (PS3.3 C.7.3.1.1.1).
        if dataSet[.modality]?.string?.uppercased() == "DOC" {
            throw Self.refusal(.modality, "the object says that it is a document")
        }
        for tag in [Tag.imageType, .seriesDescription, .documentTitle] {
            let words = dataSet[tag]?.strings.map(Self.words) ?? []
            if words.contains(where: Self.namesReport) {
                throw Self.refusal(tag, "the object is a capture, and by its name of a report or a protocol")
            }
        }
    }

    /// Letters and digits in lower case, one space between words, one around them all.
    private static func words(_ text: String) -> String {
        let plain = text.lowercased().map { $0.isLetter || $0.isNumber ? $0 : " " }
        return " " + String(plain).split(separator: " ").joined(separator: " ") + " "
    }

    private static func namesReport(_ words: String) -> Bool { names.contains { words.contains(" \($0) ") } }

    /// What scanners and workstations call such captures, in the languages that they speak. "CT_SOM5 PROT" and "Patient
    /// Protocol" are Siemens', "Dose Report" is GE's, "Dose Info" Philips', "Exam Summary" Canon's.
    private static let names = [
        "report", "reports", "dose info", "dose record", "dose summary", "dose page", "exam summary", "exam protocol",
        "patient protocol", "som5 prot", "som7 prot", "syngo prot", "worksheet", "letter", "befund", "bericht",
        "arztbrief",
        "dosisbericht", "dosisprotokoll", "patientenprotokoll", "untersuchungsprotokoll", "compte rendu",
        "rapport", "rapport de dose", "informe", "informe de dosis", "referto", "relatorio", "relatório", "verslag",
    ]

    // MARK: By its pixels

    /// What of a frame is text.
    struct Share: Equatable {
        /// Rows of text below one another.
        var lines: Int
        /// The part of the frame that text takes, from 0 to 1.
        var text: Double
        /// The part of the frame outside of text that is not background, from 0 to 1.
        var picture: Double

        /// A page: text in lines, and nothing much beside it; or so much text that a picture is but its ornament.
        var isPage: Bool {
            (lines >= 6 && text >= 0.04 && picture <= 0.05) || (lines >= 15 && text >= 0.2)
        }
    }

    /// Throws where most frames are pages of text.
    ///
    /// - Parameter covered: the text that was found in each frame.
    func checkPixels(
        _ file: DICOMFile, source: some ByteSource, covered: [Int: [PixelRectangle]], limits: Limits
    ) throws(CurationError) {
        guard !covered.isEmpty, let frames = try? FrameReader(file: file, source: source, limits: limits),
            covered.count * 2 >= frames.count
        else { return }
        let shares = covered.sorted { $0.key < $1.key }.compactMap { index, boxes in
            (try? frames.decoded(index)).map { Self.share(of: boxes, in: $0.gray()) }
        }
        let pages = shares.filter(\.isPage)
        guard pages.count * 2 >= frames.count, let first = pages.first else { return }
        throw Self.refusal(
            .pixelData,
            "the object is a capture of a page of text (\(first.lines) lines, and next to nothing beside them)")
    }

    static func share(of boxes: [PixelRectangle], in image: GrayImage) -> Share {
        let (width, height) = (image.width, image.height)
        var isText = [Bool](repeating: false, count: image.pixels.count)
        let bounds = PixelRectangle(left: 0, top: 0, right: width, bottom: height)
        for box in boxes.map({ $0.clipped(to: bounds) }) where !box.isEmpty {
            for row in box.top..<box.bottom {
                for index in row * width + box.left..<row * width + box.right { isText[index] = true }
            }
        }
        // The background is the commonest level; ink is what differs from it well.
        var histogram = [Int](repeating: 0, count: 256)
        for level in image.pixels { histogram[Int(level)] += 1 }
        let background = histogram.indices.max { histogram[$0] < histogram[$1] } ?? 0
        var (text, picture) = (0, 0)
        var inkInText = [Int](repeating: 0, count: height)
        // As many of one as of the other; a row has `width` of them.
        for (index, (level, isText)) in zip(image.pixels, isText).enumerated() {
            let isInk = abs(Int(level) - background) > 24
            if isText {
                text += 1
                if isInk { inkInText[index / width] += 1 }
            } else if isInk {
                picture += 1
            }
        }
        let all = Double(max(image.pixels.count, 1))
        return Share(
            lines: max(lines(boxes), lines(inkInText)), text: Double(text) / all, picture: Double(picture) / all)
    }

    /// How many lines boxes stand in: those that share most of their height stand in one.
    private static func lines(_ boxes: [PixelRectangle]) -> Int {
        var (count, bottom) = (0, Int.min)
        for box in boxes.sorted(by: { $0.top < $1.top }) where !box.isEmpty && box.top + box.height / 2 > bottom {
            count += 1
            bottom = box.bottom
        }
        return count
    }

    /// How many lines there are by the ink in each row: bands of a letter's height with ground between them. One box may be
    /// around a whole paragraph.
    private static func lines(_ ink: [Int]) -> Int {
        ink.split { $0 == 0 }.count { (4...64).contains($0.count) }
    }

    private static func refusal(_ tag: Tag, _ what: String) -> CurationError {
        CurationError(
            .encapsulatedDocument, tag: tag,
            "\(what), and reports cannot be de-identified by rule; leave it out, or accept such objects with `report_captures: accept` in a profile file, to keep them with the text covered that is found"
        )
    }
}

extension Tag {
    fileprivate static let conversionType = Tag(0x0008, 0x0064)
}
