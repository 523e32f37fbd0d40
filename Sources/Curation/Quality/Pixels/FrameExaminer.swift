import DICOM
import DICOMImaging

/// Looks at frames of one series: all of them in a deep check, otherwise the first, the middle and the last.
struct FrameExaminer {
    let options: QualityOptions

    private var decoded = 0
    private var digests: [(value: PixelDigest.Value, object: Int)] = []
    private var marks: [(mark: PictureMark, object: Int, frame: Int)] = []
    private var pictures: [SeriesPicture] = []
    /// Over all frames looked at: the largest value, and the smallest Bits Stored.
    private var largest: UInt64 = 0
    private var bitsStored = Int.max
    private var isMonochrome = true

    init(options: QualityOptions) {
        self.options = options
    }

    /// The look at an object while it is open: a digest of its pixels, and its frames where all are decoded.
    mutating func look(
        _ reader: FrameReader, _ file: DICOMFile, _ bytes: some ByteSource, _ facts: ObjectFacts, _ object: Int,
        _ findings: inout SeriesFindings
    ) {
        if let location = file.pixelData, !ObjectKind.derivedModalities.contains(facts.modality),
            let extent = try? location.extent(in: bytes),
            let value = PixelDigest.value(of: extent, in: bytes, isWhole: options.isDeep)
        {
            digests.append((value, object))
        }
        guard options.isDeep else { return }
        for frame in 0..<reader.count {
            guard let picture = look(reader, frame, facts, &findings) else { continue }
            if let mark = PictureMark(picture) { marks.append((mark, object, frame)) }
        }
    }

    /// The look at the frames that stand for the series.
    mutating func sample(
        _ series: QualitySeries, _ objects: [ObjectFacts], _ order: [(object: Int, frame: Int)],
        _ source: some QualitySource, _ limits: Limits, step: () throws -> Void, _ findings: inout SeriesFindings
    ) throws {
        let listed = Dictionary(series.objects.enumerated().map { ($1.instance, $0) }) { first, _ in first }
        for (index, frame) in Self.chosen(objects, order) {
            guard objects.indices.contains(index), let number = listed[objects[index].instance] else { continue }
            try step()
            let facts = objects[index]
            guard let bytes = try? source.open(series.objects[number]) else { continue }
            defer { bytes.close() }
            guard let file = try? DICOMFile.readHeader(bytes, limits: limits), file.pixelData != nil,
                let reader = try? FrameReader(file: file, source: bytes), frame < reader.count
            else { continue }
            guard let picture = look(reader, frame, facts, &findings, isAgain: options.isDeep) else { continue }
            if !options.isDeep, let mark = PictureMark(picture) { marks.append((mark, number, frame)) }
            if let shown = SeriesPicture(
                picture, instance: facts.instance, frame: frame + 1, side: options.thumbnailSide)
            {
                pictures.append(shown)
            }
        }
    }

    /// First, middle and last in the order of positions; without positions, in the order of instance numbers.
    private static func chosen(
        _ objects: [ObjectFacts], _ order: [(object: Int, frame: Int)]
    ) -> [(object: Int, frame: Int)] {
        guard order.isEmpty else {
            return Set([0, order.count / 2, order.count - 1]).sorted().map { order[$0] }
        }
        let images = objects.indices.filter { objects[$0].isImage }
            .sorted { (objects[$0].number ?? .max, $0) < (objects[$1].number ?? .max, $1) }
        let total = images.reduce(0) { $0 + objects[$1].frames }
        guard total > 0 else { return [] }
        // The frame of that number, counted through all objects.
        return Set([0, total / 2, total - 1]).sorted().compactMap { wanted in
            var before = 0
            for index in images {
                if wanted < before + objects[index].frames { return (index, wanted - before) }
                before += objects[index].frames
            }
            return nil
        }
    }

    private mutating func look(
        _ reader: FrameReader, _ number: Int, _ facts: ObjectFacts, _ findings: inout SeriesFindings,
        isAgain: Bool = false
    ) -> GrayImage? {
        let frame: Frame
        do throws(ImagingError) {
            frame = try reader.decoded(number)
        } catch {
            if !isAgain { PixelIntegrity.note(error, facts.instance, &findings) }
            return nil
        }
        if !isAgain { note(FrameLook(frame), frame, number, reader, facts, &findings) }
        return frame.gray()
    }

    private mutating func note(
        _ look: FrameLook, _ frame: Frame, _ number: Int, _ reader: FrameReader, _ facts: ObjectFacts,
        _ findings: inout SeriesFindings
    ) {
        decoded += 1
        largest = max(largest, look.maximum)
        bitsStored = min(bitsStored, frame.description.bitsStored)
        isMonochrome = isMonochrome && !frame.description.isFloat && frame.description.samplesPerPixel == 1
        // A segment may well be empty in a frame.
        if look.isConstant, facts.modality != "SEG", facts.modality != "RTDOSE" {
            findings.add(
                .pixelConstant, "All its pixels have the same value.", instance: facts.instance, frame: number + 1)
        }
        // A codec clears foreign bits, or has none.
        if look.usesForeignBits, !reader.isEncapsulated {
            findings.add(
                .pixelBits, "Bits above the highest of \(frame.description.bitsStored) are in use.",
                attribute: .bitsStored, instance: facts.instance, frame: number + 1)
        }
        if look.looksSigned {
            findings.add(
                .pixelSign, "Values lie at both ends of the range and none in the middle.",
                attribute: .pixelRepresentation, instance: facts.instance, frame: number + 1)
        }
    }

    /// What all frames together tell.
    func conclude(_ modality: String, _ findings: inout SeriesFindings) {
        guard decoded > 0, ["CT", "MR", "CR", "DX", "MG"].contains(modality), isMonochrome, bitsStored >= 12,
            largest > 0, largest < 256
        else { return }
        findings.add(
            .pixelEightBits, "\(bitsStored) bits are stored; no value in \(decoded) frames needs more than 8.",
            attribute: .bitsStored)
    }

    func move(to outcome: inout SeriesOutcome) {
        outcome.framesDecoded = decoded
        outcome.digests = digests
        outcome.marks = marks
        outcome.pictures = pictures
    }
}
