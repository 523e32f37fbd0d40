import DICOM

/// All that a profile does, attribute by attribute, for people to read and programs to compare.
///
/// The rules are asked of the same code that treats objects: what is listed is what is done.
public struct ProfileListing: Sendable, Codable, Equatable {
    public let name: String
    /// "January 2025".
    public let edition: String
    /// The words of the options.
    public let options: [String]
    /// What objects claim in (0012,0064); the codes of pixels where those were looked at.
    public let codes: [String]
    /// What objects say in (0028,0303).
    public let dates: String
    public let pixels: String
    /// Of the patient's characteristics, those that stay.
    public let characteristics: [String]
    public let rules: [Rule]
    public let safePrivate: [PrivateElement]
    public let notes: [Note]

    /// What is done with one attribute.
    public struct Rule: Sendable, Codable, Equatable {
        /// "(0010,0010)"; of repeating groups "(60xx,3000)".
        public let tag: String
        public let name: String
        /// The action of the basic profile: "X/Z/D". Empty for attributes that the table does not name.
        public let basic: String
        /// What is done here.
        public let done: String
        /// Why the profile departs from the table and its options; nil where it does not.
        public let reason: String?
    }

    public struct PrivateElement: Sendable, Codable, Equatable {
        public let creator: String
        /// "(0019,xx0C)".
        public let element: String
        public let vr: String
        public let meaning: String
    }

    public struct Note: Sendable, Codable, Equatable {
        public let kind: String
        public let message: String
    }
}

extension ProfileListing {
    public init(_ profile: ConfidentialityProfile) {
        let table = ConfidentialityTable.standard
        name = profile.name
        edition = table.edition
        options = profile.options.map(\.word)
        codes = profile.codes(profile.pixels == .look ? .free : .notLookedAt).map { "\($0.value) \($0.meaning)" }
        dates = profile.temporalInformation
        pixels = profile.pixels.rawValue
        characteristics = profile.keptCharacteristics.sorted().map { $0.keyword ?? "\($0)" }
        notes = profile.notes.map { Note(kind: $0.kind.rawValue, message: $0.message) }
        safePrivate =
            profile.has(.retainSafePrivate)
            ? profile.safePrivate.elements.map { element in
                PrivateElement(
                    creator: element.creator,
                    element: "(\(hex(element.group, 4)),xx\(hex(UInt16(element.element), 2)))",
                    vr: "\(element.vr)", meaning: element.meaning)
            } : []

        let probe = RuleProbe(profile)
        let exceptional = profile.exceptions.keys.filter { table.rows[$0] == nil }
        var rules = (Array(table.rows.keys) + exceptional).sorted().map { tag in
            Rule(
                tag: "\(tag)", name: table[tag]?.name ?? DataDictionary.standard[tag]?.name ?? "",
                basic: table[tag]?.action.rawValue ?? "", done: probe.done(tag),
                reason: profile.exceptions[tag]?.reason)
        }
        for (tag, text) in RuleProbe.masked {
            rules.append(
                Rule(
                    tag: text, name: table[tag]?.name ?? "", basic: table[tag]?.action.rawValue ?? "",
                    done: probe.done(tag), reason: nil))
        }
        rules.append(
            Rule(
                tag: "odd groups", name: table.privateAttributes.name, basic: table.privateAttributes.action.rawValue,
                done: profile.has(.retainSafePrivate) ? "removed but for the safe private elements" : "removed",
                reason: nil))
        self.rules = rules
    }
}

/// Asks the rules what they do with an attribute, by showing them one.
private struct RuleProbe {
    private let rules: AttributeRules

    init(_ profile: ConfidentialityProfile) {
        rules = AttributeRules(profile: profile)
    }

    /// The rows of repeating groups: an attribute of each, and how the row is written.
    static let masked: [(Tag, String)] = [
        (Tag(0x5000, 0x3000), "(50xx,xxxx)"), (Tag(0x6000, 0x3000), "(60xx,3000)"),
        (Tag(0x6000, 0x4000), "(60xx,4000)"),
    ]

    func done(_ tag: Tag) -> String {
        // Commands and the file's own group have no place in a data set.
        guard let element = RuleProbe.element(tag) else { return "removed" }
        let row = ConfidentialityTable.standard[tag]
        switch rules.disposal(of: element, needs: nil) {
        case .keep where element.isSequence: return "kept, its content by its own rules"
        case .keep, .retain: return "kept"
        case .remove: return "removed"
        case .empty: return row?.action == .removeOrEmpty ? "removed, or emptied where the object needs it" : "emptied"
        case .dummy: return dummy(row?.action)
        case .replace(let value): return "replaced by \(value)"
        case .remapUID: return "new UID"
        case .patientPseudonym, .identifierPseudonym: return "pseudonym"
        case .characteristic:
            return tag == .patientAge ? "kept, 90 years and more as 90" : "kept where it is what it should be"
        case .shift: return element.vr == .tm ? "time of day kept" : "dates moved"
        case .clean: return "text cleaned"
        case .scrub: return "kept but for what is known to identify"
        case .safePrivate: return "kept where known to be safe"
        }
    }

    private func dummy(_ action: ConfidentialityAction?) -> String {
        switch action {
        case .emptyOrDummy: "emptied, or a dummy where the object needs a value"
        case .removeOrDummy: "removed, or a dummy where the object needs a value"
        case .removeEmptyOrDummy: "removed, emptied or a dummy, as little as the object allows"
        default: "a dummy"
        }
    }

    /// An element with a value, as an object might have it.
    private static func element(_ tag: Tag) -> Element? {
        let vr = DataDictionary.standard[tag]?.vrs.first ?? .lo
        var builder = DataSetBuilder()
        if vr == .sq {
            builder.beginSequence(tag)
            builder.beginItem()
            builder.append(.codeMeaning, .lo, string: "text")
            builder.endItem()
            builder.endSequence()
        } else {
            builder.append(tag, vr, bytes: vr == .da ? Array("20240317".utf8) : DummyValue.bytes(of: tag, vr: vr))
        }
        return (try? builder.finish())?[tag]
    }
}

private func hex(_ number: UInt16, _ digits: Int) -> String {
    let text = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(digits - text.utf8.count, 0)) + text
}
