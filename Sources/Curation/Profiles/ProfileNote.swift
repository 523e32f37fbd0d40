public import DICOM

/// Something that whoever answers for a profile should know of it. No error: the profile can be used.
public struct ProfileNote: Sendable, Equatable {
    public let kind: Kind
    /// The attribute that it is about.
    public let tag: Tag?
    public let message: String

    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// More stays than the standard's basic profile and the profile's options allow.
        case weaker = "weaker than the basic profile"
        /// Something that is not done, although its name might let one think so.
        case notDone = "not done"
        /// A line without any effect.
        case noEffect = "no effect"
    }
}

extension ConfidentialityProfile {
    /// What should be known of the profile: where it is weaker than its codes would say, and lines that change nothing.
    public var notes: [ProfileNote] {
        var notes = exceptions.sorted { $0.key < $1.key }.compactMap { note(on: $0.key, $0.value) }
        if has(.cleanRecognizableVisualFeatures) {
            notes.append(
                ProfileNote(
                    kind: .notDone, tag: nil,
                    message:
                        "faces are not taken out of pictures: volumes and photographs of heads are set aside, and the option's code is not claimed"
                ))
        }
        if pixels == .declared {
            notes.append(
                ProfileNote(
                    kind: .notDone, tag: .burnedInAnnotation,
                    message: "nobody looks for text in the pixels: only what objects say of themselves is believed"))
        }
        return notes
    }

    /// The exceptions by which more stays than the basic profile and the profile's options would leave.
    var weakerExceptions: [Tag] { exceptions.keys.sorted().filter(isWeaker) }

    private func isWeaker(_ tag: Tag) -> Bool {
        guard let treatment = exceptions[tag]?.treatment, let row = ConfidentialityTable.standard[tag] else {
            return false
        }
        let allowed = options.compactMap { row.exception(of: $0) }
        switch treatment {
        case .remove, .empty, .replace: return false
        case .clean: return allowed.isEmpty
        case .keep: return !allowed.contains(.keep)
        }
    }

    private func note(on tag: Tag, _ exception: ProfileException) -> ProfileNote? {
        let name = tag.keyword ?? "\(tag)"
        if isWeaker(tag) {
            let action = ConfidentialityTable.standard[tag]?.action.rawValue ?? ""
            return ProfileNote(
                kind: .weaker, tag: tag,
                message:
                    "\(name) stays\(exception.treatment == .clean ? ", cleaned," : "") where the standard has \(action): objects do not claim the basic profile. Reason given: \(exception.reason)"
            )
        }
        if exception.treatment == .keep, has(.retainPatientCharacteristics), characteristics?.contains(tag) ?? true,
            ConfidentialityTable.standard[tag]?.exception(of: .retainPatientCharacteristics) == .keep
        {
            return ProfileNote(kind: .noEffect, tag: tag, message: "\(name) stays anyway, by the profile's options")
        }
        return nil
    }
}
