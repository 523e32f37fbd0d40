import DICOM

/// The objects that an object is about: what it is of no use without.
struct ObjectReferences: Sendable {
    /// SOP Instance UIDs, each once.
    private(set) var instances: Set<String> = []
    /// Whether there were more than are kept.
    private(set) var isIncomplete = false
    /// The frames of reference that it puts its contours or segments into.
    private(set) var framesOfReference: Set<String> = []

    /// References kept of an object; the largest radiotherapy and segmentation objects have some thousands.
    private static let most = 50_000

    /// Objects whose references matter: those about images (and doses and plans about structure sets).
    static let modalities: Set<String> = [
        "SEG", "RTSTRUCT", "RTDOSE", "RTPLAN", "SR", "KO", "PR", "RWV", "ANN", "FID", "REG",
    ]

    /// Sequences that tell of what came before rather than of what the object is about.
    private static let history: Set<Tag> = [
        Tag(0x0008, 0x1110), Tag(0x0008, 0x1111), Tag(0x0040, 0xA360), Tag(0x0040, 0xA385), Tag(0x0020, 0x9529),
        Tag(0x0400, 0x0561), Tag(0x0040, 0xA525),
    ]

    /// - Parameter own: the object's own UID.
    init(_ dataSet: DataSet, own: String) {
        if let frame = dataSet[.frameOfReferenceUID]?.uid, dataSet[.modality]?.string == "SEG" {
            framesOfReference.insert(frame)
        }
        // The sequences that the walk is inside of, and how many of them it does not look at.
        var inside: [Tag] = []
        var passing = 0
        for event in dataSet.events {
            switch event {
            case .beginSequence(let element):
                inside.append(element.tag)
                if passing > 0 || Self.history.contains(element.tag) { passing += 1 }
            case .endSequence:
                inside.removeLast(min(1, inside.count))
                if passing > 0 { passing -= 1 }
            case .element(let element) where passing == 0 && !inside.isEmpty:
                // RT Referenced Study Sequence names the study itself, and the images in a sequence inside of it.
                if inside.last != Tag(0x3006, 0x0012) { note(element, own) }
            default: break
            }
        }
    }

    private mutating func note(_ element: Element, _ own: String) {
        switch element.tag {
        case .referencedSOPInstanceUID:
            guard let uid = element.uid, uid != own else { return }
            if instances.count < Self.most { instances.insert(uid) } else { isIncomplete = true }
        case .frameOfReferenceUID, Tag(0x3006, 0x0024):
            // In Referenced Frame of Reference Sequence, and of each structure of a structure set.
            if let uid = element.uid { framesOfReference.insert(uid) }
        default: break
        }
    }
}
