import DICOM

/// An image of a series for tests: a CT slice that no rule has anything against, until something is changed.
struct Slice {
    var patient = "PATIENT1"
    var study = "1.2.3.1"
    var series = "1.2.3.1.1"
    var instance: String
    var sopClass = Objects.ct
    var modality = "CT"
    var number: Int
    var position: [Double]? = nil
    var orientation: [Double] = [1, 0, 0, 0, 1, 0]
    var spacing: [Double] = [0.7, 0.7]
    var frameOfReference = "1.2.3.1.9"
    var rows = 24
    var columns = 24
    /// Seeds the picture: two slices with one seed have the same pixels.
    var seed: Int
    var pixels: [UInt8]? = nil
    /// Without it, an object that has no pixels of its own.
    var isImage = true
    /// What comes on top: of two elements with one tag the later one counts.
    var change: (inout DataSetBuilder) -> Void = { _ in }

    /// Slice `number` (from 1) of a series, at a height in millimetres.
    init(_ number: Int, at height: Double, series: Int = 1) {
        self.number = number
        self.series = "1.2.3.1.\(series)"
        instance = "\(self.series).\(number)"
        position = [-90, -80, height]
        seed = series * 1000 + number
    }

    /// A series of slices at heights.
    static func stack(_ heights: [Double], series: Int = 1, _ change: (inout Slice) -> Void = { _ in }) -> [Slice] {
        heights.enumerated().map { number, height in
            var slice = Slice(number + 1, at: height, series: series)
            change(&slice)
            return slice
        }
    }

    func bytes() throws -> [UInt8] {
        try DICOMWriter.file(meta: DataSet(), dataSet: try dataSet(), transferSyntax: .explicitLittleEndian)
    }

    func dataSet() throws -> DataSet {
        var builder = DataSetBuilder()
        builder.append(.sopClassUID, .ui, string: sopClass)
        builder.append(.sopInstanceUID, .ui, string: instance)
        builder.append(.studyInstanceUID, .ui, string: study)
        builder.append(.seriesInstanceUID, .ui, string: series)
        builder.append(.patientID, .lo, string: patient)
        builder.append(.modality, .cs, string: modality)
        for (tag, vr, text) in Self.plain { builder.append(tag, vr, string: text) }
        builder.append(.imageType, .cs, strings: ["ORIGINAL", "PRIMARY", "AXIAL"])
        builder.append(.instanceNumber, .is, string: "\(number)")
        builder.append(.frameOfReferenceUID, .ui, string: frameOfReference)
        if let position {
            builder.append(.imagePositionPatient, .ds, doubles: position)
            builder.append(.imageOrientationPatient, .ds, doubles: orientation)
            builder.append(.pixelSpacing, .ds, doubles: spacing)
        }
        guard isImage else {
            change(&builder)
            return try builder.finish()
        }
        let numbers: [(DICOMTag, Int)] = [
            (.rows, rows), (.columns, columns), (.samplesPerPixel, 1), (.bitsAllocated, 16), (.bitsStored, 12),
            (.highBit, 11), (.pixelRepresentation, 0),
        ]
        for (tag, number) in numbers { builder.append(tag, .us, ints: [number]) }
        builder.append(.photometricInterpretation, .cs, string: "MONOCHROME2")
        builder.append(.pixelData, .ow, bytes: pixels ?? Self.picture(seed, rows, columns))
        change(&builder)
        return try builder.finish()
    }

    private static let plain: [(DICOMTag, VR, String)] = [
        (.patientSex, .cs, "F"), (.patientAge, .as, "061Y"), (.patientBirthDate, .da, "19630101"),
        (.studyDate, .da, "20240317"), (.seriesDate, .da, "20240317"), (.acquisitionDate, .da, "20240317"),
        (.manufacturer, .lo, "ACME"), (.bodyPartExamined, .cs, "LIVER"), (.sliceThickness, .ds, "2.5"),
        (.kvp, .ds, "120"), (.rescaleSlope, .ds, "1"), (.rescaleIntercept, .ds, "-1024"),
    ]

    /// A picture of 12 bits: bright squares on a ramp, their places by the seed.
    static func picture(_ seed: Int, _ rows: Int, _ columns: Int) -> [UInt8] {
        var state = UInt64(truncatingIfNeeded: seed &* 2_654_435_761 &+ 12345)
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 40) % max(bound, 1)
        }
        var values = (0..<rows * columns).map { ($0 % columns) * 600 / columns }
        for _ in 0..<6 {
            let (left, top, level) = (next(columns), next(rows), 1000 + next(2500))
            for y in top..<min(top + rows / 3, rows) {
                for x in left..<min(left + columns / 3, columns) { values[y * columns + x] = level }
            }
        }
        return values.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    }
}

/// Heights at equal distances.
func heights(_ count: Int, _ spacing: Double = 2.5, without: Set<Int> = []) -> [Double] {
    (0..<count).filter { !without.contains($0) }.map { Double($0) * spacing }
}
