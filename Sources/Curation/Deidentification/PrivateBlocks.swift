import DICOM

/// Whose private blocks an object has, at each depth of its sequences: a block's number means something only beside the
/// creator element of its own data set (PS3.5 section 7.8.1).
struct PrivateBlocks {
    private let list: SafePrivateList
    /// For each open data set, the creators by group and block.
    private var creators: [[UInt32: String]] = [[:]]

    init(list: SafePrivateList) {
        self.list = list
    }

    mutating func enter() { creators.append([:]) }
    mutating func leave() { if creators.count > 1 { creators.removeLast() } }
    mutating func beginItem() { creators[creators.count - 1] = [:] }

    /// Whether the element names a creator, which is then remembered.
    mutating func isCreator(_ element: Element) -> Bool {
        guard (0x0010...0x00FF).contains(element.tag.element) else { return false }
        let name = String(decoding: element.bytes.prefix(64), as: UTF8.self).trimmed
        creators[creators.count - 1][key(element.tag.group, element.tag.element)] = name
        return true
    }

    /// The creator of an element that is known to be safe, with the place of the creator's name; nil where the element is
    /// not known, or holds something else than it should.
    func safe(_ element: Element) -> (Tag, String, SafePrivateList.Element)? {
        let block = element.tag.element >> 8
        guard block >= 0x10, !element.isSequence, let creator = creators.last?[key(element.tag.group, block)],
            let entry = list.entry(creator: creator, tag: element.tag), holds(entry.vr, element)
        else { return nil }
        return (Tag(element.tag.group, block), creator, entry)
    }

    private func key(_ group: UInt16, _ block: UInt16) -> UInt32 { UInt32(group) << 16 | UInt32(block) }

    /// Whether a value can be of that VR: whole numbers of bytes, or nothing but digits and a short code.
    private func holds(_ vr: VR, _ element: Element) -> Bool {
        guard element.vr == vr || element.vr == .un || element.vr == .ob else { return false }
        let bytes = element.bytes
        switch vr {
        case .fl, .sl, .ul: return bytes.count % 4 == 0 && bytes.count <= 4_096
        case .fd: return bytes.count % 8 == 0 && bytes.count <= 4_096
        case .us, .ss: return bytes.count % 2 == 0 && bytes.count <= 4_096
        case .ds, .is: return bytes.count <= 1_024 && bytes.allSatisfy { "0123456789+-.eE\\ \0".utf8.contains($0) }
        case .da, .dt, .tm: return bytes.count <= 64 && bytes.allSatisfy { "0123456789+-.: \0".utf8.contains($0) }
        case .ui: return bytes.count <= 64 && bytes.allSatisfy { "0123456789.\0".utf8.contains($0) }
        case .cs, .sh:
            // A code of a few characters; names have more.
            return bytes.count <= 16
                && bytes.allSatisfy { "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-./:,;()*%#<>=\\ \0".utf8.contains($0) }
        case .lo, .st, .lt: return bytes.count <= 4_096
        default: return false
        }
    }
}
