import DICOM

/// How likely it is that an object has text burned into its pixels, by what its header says.
enum PixelRisk: Equatable {
    /// No pixels that anybody looks at: contours, doses, label maps, reports.
    case none
    /// The scanner's own slices, which say that they have no text.
    case declaredFree
    /// Slices of scanners, without a word on text.
    case low
    /// Screens, ultrasound, projections, photographs; and whatever declares text.
    case high

    init(_ dataSet: DataSet) {
        let sopClass = dataSet[.sopClassUID]?.uid ?? ""
        if Self.withoutPictures.contains(sopClass) {
            self = .none
            return
        }
        let declared = dataSet[.burnedInAnnotation]?.string?.uppercased()
        let types = dataSet[Tag(0x0008, 0x0008)]?.strings.map { $0.uppercased() } ?? []
        let isOwn = types.first == "ORIGINAL" && types.dropFirst().first == "PRIMARY"
        let isScreen = types.contains { $0.contains("SCREEN") || $0.contains("SECONDARY") || $0.contains("CAPTURE") }
        if declared == "YES" || isScreen || !Self.slices.contains(sopClass) || dataSet[Tag(0x0008, 0x0064)] != nil {
            self = .high
        } else if declared == "NO" {
            self = .declaredFree
        } else {
            self = isOwn ? .low : .high
        }
    }

    private static func classes(_ suffixes: [String]) -> Set<String> {
        Set(suffixes.map { "1.2.840.10008.5.1.4.1.1." + $0 })
    }

    /// Slices that scanners write: CT, MR, PET, NM and their enhanced forms.
    private static let slices = classes([
        "2", "2.1", "2.2", "4", "4.1", "4.2", "4.3", "4.4", "20", "128", "128.1", "130",
    ])

    /// Segmentation, parametric map, dose, real world values, surfaces, waveforms.
    private static let withoutPictures = classes([
        "66", "66.1", "66.2", "66.3", "66.4", "66.5", "66.6", "66.7", "30", "67", "481.2", "481.3", "481.5", "481.8",
        "481.18",
    ])
}
