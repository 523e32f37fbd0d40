import DICOM

/// Where one frame of a series lies, and what tells it from others at the same place.
struct SlicePose: Sendable {
    /// The object's place in its series, as the source lists it.
    let object: Int
    /// Counted from 0.
    let frame: Int
    let position: Vector3
    let orientation: SliceOrientation
    /// Rows, columns: in millimetres.
    let pixelSpacing: [Double]
    let acquisition: String
    /// Time, echo, weighting and so on, as one text.
    let phase: String

    /// The frames of an object that lie in space: one of a classic object, each frame of an enhanced one.
    static func all(of dataSet: DataSet, object: Int) -> [SlicePose] {
        let frames = dataSet[.perFrameFunctionalGroupsSequence]
        guard let frames, !frames.items.isEmpty else {
            return classic(dataSet, object: object).map { [$0] } ?? []
        }
        let shared = dataSet[.sharedFunctionalGroupsSequence]?.items.first
        var poses: [SlicePose] = []
        for (number, item) in frames.items.enumerated() {
            if let pose = enhanced(item, shared: shared, object: object, frame: number) { poses.append(pose) }
        }
        return poses
    }

    private static func classic(_ dataSet: DataSet, object: Int) -> SlicePose? {
        guard let position = dataSet[.imagePositionPatient].flatMap({ Vector3($0.doubles) }),
            let orientation = dataSet[.imageOrientationPatient].flatMap({ SliceOrientation($0.doubles) })
        else { return nil }
        return SlicePose(
            object: object, frame: 0, position: position, orientation: orientation,
            pixelSpacing: dataSet[.pixelSpacing]?.doubles ?? [], acquisition: text(dataSet, .acquisitionNumber),
            phase: QualityTags.phase.map { text(dataSet, $0) }.joined(separator: "|"))
    }

    private static func enhanced(_ item: DataSet, shared: DataSet?, object: Int, frame: Int) -> SlicePose? {
        func group(_ tag: Tag) -> DataSet? { item[tag]?.items.first ?? shared?[tag]?.items.first }
        guard
            let position = group(QualityTags.planePositionSequence)?[.imagePositionPatient].flatMap({
                Vector3($0.doubles)
            }),
            let orientation = group(QualityTags.planeOrientationSequence)?[.imageOrientationPatient].flatMap({
                SliceOrientation($0.doubles)
            })
        else { return nil }
        let phase = QualityTags.framePhase.flatMap { entry in
            let place = group(entry.group)
            return entry.tags.map { tag in place.map { text($0, tag) } ?? "" }
        }
        return SlicePose(
            object: object, frame: frame, position: position, orientation: orientation,
            pixelSpacing: group(.pixelMeasuresSequence)?[.pixelSpacing]?.doubles ?? [], acquisition: "",
            phase: phase.joined(separator: "|"))
    }

    private static func text(_ dataSet: DataSet, _ tag: Tag) -> String {
        guard let element = dataSet[tag] else { return "" }
        return element.isSequence ? "\(element.items.count)" : element.strings.joined(separator: "\\")
    }
}
