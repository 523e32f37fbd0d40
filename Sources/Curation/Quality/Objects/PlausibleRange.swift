import DICOM

/// The range in which a measurement of scanners and bodies lies. Wide: what is outside is a slip, not an exception.
struct PlausibleRange: Sendable {
    let tag: Tag
    /// The modalities it holds for; all when empty.
    let modalities: Set<String>
    let values: ClosedRange<Double>
    let unit: String
    /// The functional group that enhanced objects keep it in.
    var group: Tag?

    var sentence: String {
        let of = modalities.isEmpty ? "" : " for \(modalities.sorted().joined(separator: ", "))"
        return "It is not between \(Self.text(values.lowerBound)) and \(Self.text(values.upperBound)) \(unit)\(of)."
    }

    /// At the top of an object, and in the functional groups that its frames share.
    func elements(in dataSet: DataSet) -> [Element] {
        var found = dataSet[tag].map { [$0] } ?? []
        if let group,
            let element = dataSet[.sharedFunctionalGroupsSequence]?.items.first?[group]?.items.first?[tag]
        {
            found.append(element)
        }
        return found
    }

    private static func text(_ number: Double) -> String {
        let whole = Int(number)
        return Double(whole) == number ? "\(whole)" : "\(number)"
    }

    /// Spacings from microscopes that write millimetres to gamma cameras.
    static let all: [PlausibleRange] = [
        PlausibleRange(
            tag: .sliceThickness, modalities: [], values: 0.0001...60, unit: "mm", group: .pixelMeasuresSequence),
        PlausibleRange(
            tag: .pixelSpacing, modalities: [], values: 0.0001...30, unit: "mm", group: .pixelMeasuresSequence),
        PlausibleRange(tag: .imagerPixelSpacing, modalities: [], values: 0.005...5, unit: "mm"),
        PlausibleRange(tag: .kvp, modalities: ["CT"], values: 40...200, unit: "kV"),
        PlausibleRange(tag: .kvp, modalities: ["MG"], values: 15...60, unit: "kV"),
        PlausibleRange(tag: .kvp, modalities: ["CR", "DX", "RF", "XA"], values: 20...200, unit: "kV"),
        PlausibleRange(tag: .magneticFieldStrength, modalities: ["MR"], values: 0.01...15, unit: "T"),
        PlausibleRange(tag: .echoTime, modalities: ["MR"], values: 0...2_000, unit: "ms"),
        PlausibleRange(tag: .repetitionTime, modalities: ["MR"], values: 0...60_000, unit: "ms"),
        PlausibleRange(tag: .flipAngle, modalities: ["MR"], values: 0...360, unit: "degrees"),
        PlausibleRange(tag: .patientWeight, modalities: [], values: 0.2...400, unit: "kg"),
        PlausibleRange(tag: .patientSize, modalities: [], values: 0.2...2.6, unit: "m"),
        PlausibleRange(tag: .windowWidth, modalities: [], values: 0.000_001...1e9, unit: "values"),
    ]
}
