public import DICOM

/// What a profile leaves of the attributes of images that stand in a table: the same as of the images themselves.
public struct SeriesColumnRules: Sendable {
    private let profile: ConfidentialityProfile
    private let rules: AttributeRules
    private let text: TextTreatment

    public init(profile: ConfidentialityProfile) {
        self.profile = profile
        rules = AttributeRules(profile: profile)
        text = TextTreatment(profile: profile, known: KnownIdentifiers(), cleaner: TextCleaner())
    }

    /// What becomes of dates.
    public enum Dates: Sendable, Equatable {
        case kept, moved, removed
    }

    public var dates: Dates {
        guard let sample = element("20000101", as: .studyDate) else { return .removed }
        return switch rules.disposal(of: sample, needs: nil) {
        case .keep, .retain: .kept
        case .shift: .moved
        default: .removed
        }
    }

    /// Whether UIDs stay as they are.
    public var keepsUIDs: Bool { profile.has(.retainUIDs) }

    /// What is left of a value; nil where nothing is, or where it is not what the attribute is for.
    public func kept(_ value: String, as tag: Tag) -> String? {
        guard let element = element(value, as: tag) else { return nil }
        switch rules.disposal(of: element, needs: nil) {
        case .keep, .retain: return value
        case .replace(let other): return other
        case .characteristic: return PatientCharacteristics.value(of: element)
        case .clean: return text.clean(element, shift: nil)
        case .scrub: return text.scrub(element, shift: nil) ?? value
        default: return nil
        }
    }

    private func element(_ value: String, as tag: Tag) -> Element? {
        guard let vr = DataDictionary.standard.vrs(of: tag)?.first else { return nil }
        var builder = DataSetBuilder()
        if vr.isText {
            builder.append(tag, vr, string: value)
        } else {
            // Numbers are judged by their attribute alone.
            builder.append(tag, vr)
        }
        return try? builder.finish()[tag]
    }
}
