public import DICOM

/// What was done with one attribute of an object: where it stands and how it was treated, never what was in it.
public struct ActionRecord: Sendable, Hashable {
    /// "(0008,1140)[2].(0008,1155)": sequences with the number of the item, from 1.
    public let path: String
    public let tag: Tag
    public let action: Action

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
    private var levels: [(tag: Tag, item: Int)] = []

    mutating func beginSequence(_ tag: Tag) { levels.append((tag, 0)) }
    mutating func endSequence() { _ = levels.popLast() }

    mutating func beginItem() {
        guard let last = levels.indices.last else { return }
        levels[last].item += 1
    }

    func path(to tag: Tag) -> String {
        levels.map { "\($0.tag)[\($0.item)]." }.joined() + "\(tag)"
    }
}
