public import DICOM

/// What was done with one attribute of an object: where it stands and how it was treated, never what was in it.
public struct ActionRecord: Sendable, Hashable {
    /// The sequences around it, from the outermost, with the number of the item, from 1.
    let levels: [Level]
    public let tag: Tag
    public let action: Action

    struct Level: Hashable {
        let tag: Tag
        var item: Int
    }

    /// "(0008,1140)[2].(0008,1155)": sequences with the number of the item. Spelled out only where somebody wants to read it.
    public var path: String { levels.map { "\($0.tag)[\($0.item)]." }.joined() + "\(tag)" }

    /// The fates of an attribute.
    public enum Action: String, Sendable, Codable, CaseIterable {
        case removed
        case emptied
        /// Got a value that means nothing, or a pseudonym.
        case replaced
        /// Its UIDs got new ones.
        case remapped
        /// Its dates were moved by the patient's shift.
        case shifted
        /// Text that may identify was taken out of it.
        case cleaned
        /// Stays, although the basic profile would have removed or replaced it: an option or the profile keeps it.
        case retained
        /// Stays, since the standard and our own rules have nothing against it.
        case kept
    }
}

/// Follows a walk through an object, and knows where it is.
struct PathTracker {
    private(set) var levels: [ActionRecord.Level] = []

    mutating func beginSequence(_ tag: Tag) { levels.append(ActionRecord.Level(tag: tag, item: 0)) }
    mutating func endSequence() { _ = levels.popLast() }

    mutating func beginItem() {
        guard let last = levels.indices.last else { return }
        levels[last].item += 1
    }

    func path(to tag: Tag) -> String {
        ActionRecord(levels: levels, tag: tag, action: .kept).path
    }
}
