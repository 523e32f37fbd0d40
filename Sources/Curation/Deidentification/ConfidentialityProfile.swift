public import DICOM

/// Which profile and options of PS3.15 annex E objects are de-identified with, and where it departs from them.
///
/// It decides what may be claimed of an object: the codes in (0012,0064) come from here, and nothing is in them that was
/// not done.
public struct ConfidentialityProfile: Sendable, Equatable {
    /// "basic": how a configuration names it.
    public let name: String
    /// In the order of the table's columns.
    public internal(set) var options: [ConfidentialityOption]
    /// Of the patient's characteristics, those that stay; nil: all that the option names.
    public internal(set) var characteristics: Set<Tag>?
    /// Attributes that are treated otherwise than the table and the options say.
    public internal(set) var exceptions: [Tag: ProfileException] = [:]
    /// Private elements that stay where Retain Safe Private is one of the options.
    public internal(set) var safePrivate = SafePrivateList()
    /// How pixels are treated.
    public internal(set) var pixels: PixelHandling = .declared
    /// Objects with Burned In Annotation YES are taken in, although nobody has looked at their pixels.
    public var allowsBurnedInText = false
    /// PDF, CDA and other documents are taken in, their content replaced by nothing.
    public var allowsEncapsulatedDocuments = false

    /// Presentation states are taken in, their texts cleaned and their drawings as they are: lines can be writing, too.
    public internal(set) var allowsPresentationStates = false

    /// Captures that are pages of text (dose reports, protocols, scanned letters) are taken in, with the text that is found
    /// covered.
    public var allowsReportCaptures = false

    /// How text in pixels is dealt with.
    public enum PixelHandling: String, Sendable, Equatable, CaseIterable {
        /// Frames are looked at for text, and what is found is covered: the Clean Pixel Data option.
        case look
        /// What the object says of itself is believed: objects that declare text are refused.
        case declared
    }

    public init(name: String, options: some Sequence<ConfidentialityOption> = []) {
        self.name = name
        self.options = Set(options).sorted { $0.rawValue < $1.rawValue }
        if self.options.contains(.cleanPixelData) { pixels = .look }
        if self.options.contains(.retainSafePrivate) { safePrivate = .standard }
    }

    /// The basic profile, nothing but.
    public static let basic = ConfidentialityProfile(name: "basic")

    /// What cancer research needs and nothing else: sex, age (90 and above as 90), size and weight; how the images were
    /// taken; dates moved so that intervals stay; descriptions, reports and annotations without what identifies; private
    /// elements that are known to hold numbers of physics; pixels without text.
    public static let research = {
        var profile = ConfidentialityProfile(
            name: "research",
            options: [
                .retainPatientCharacteristics, .retainModifiedDates, .retainSafePrivate, .cleanDescriptors,
                .cleanStructuredContent, .cleanGraphics, .cleanPixelData,
            ])
        profile.characteristics = [.patientSex, .patientAge, .patientSize, .patientWeight]
        return profile
    }()

    public static let all = [basic, research]

    public func has(_ option: ConfidentialityOption) -> Bool { options.contains(option) }

    /// Whether any text stays that has to be cleaned.
    var cleansText: Bool { has(.cleanDescriptors) || has(.cleanStructuredContent) || has(.cleanGraphics) }
}

/// How a profile treats one attribute otherwise than the table does.
public struct ProfileException: Sendable, Equatable {
    public let treatment: Treatment
    /// Why: for whoever reads the profile in five years.
    public let reason: String

    public init(_ treatment: Treatment, reason: String) {
        self.treatment = treatment
        self.reason = reason
    }

    public enum Treatment: Sendable, Equatable {
        case keep, remove, empty
        /// Text is cleaned, dates are moved.
        case clean
        /// A fixed value.
        case replace(String)

        /// "keep": as profile files have it.
        public var word: String {
            switch self {
            case .keep: "keep"
            case .remove: "remove"
            case .empty: "empty"
            case .clean: "clean"
            case .replace: "replace"
            }
        }
    }
}

extension ConfidentialityProfile {
    /// The values of (0012,0063), of at most 64 characters each.
    var methods: [String] {
        var methods = ["Atles: PS3.15 table E.1-1, edition of \(ConfidentialityTable.standard.edition)"]
        if has(.retainPatientCharacteristics), characteristics != nil || !exceptions.isEmpty {
            let kept = keptCharacteristics
            methods.append(
                kept == [.patientSex, .patientAge, .patientSize, .patientWeight]
                    ? "Patient characteristics kept: sex, age to 90, size, weight only"
                    : "Patient characteristics kept: \(kept.count) of those of the option")
        }
        if !exceptions.isEmpty { methods.append("Profile \(name.prefix(24)) with \(exceptions.count) exceptions") }
        let weaker = weakerExceptions.count
        if weaker > 0 { methods.append("\(weaker) attributes kept that the basic profile would not") }
        return methods
    }

    /// The characteristics of the option that stay, exceptions counted in.
    var keptCharacteristics: Set<Tag> {
        guard has(.retainPatientCharacteristics) else { return [] }
        var kept = characteristics ?? ConfidentialityTable.characteristics
        for (tag, exception) in exceptions where ConfidentialityTable.characteristics.contains(tag) {
            switch exception.treatment {
            case .keep, .clean: kept.insert(tag)
            case .remove, .empty, .replace: kept.remove(tag)
            }
        }
        return kept
    }

    /// The items of (0012,0064). Clean Pixel Data is claimed only of objects whose pixels were looked at or covered; Clean
    /// Recognizable Visual Features never, since nothing here does it; the basic profile only where nothing stays that it
    /// and the options would not leave.
    func codes(_ pixels: PixelStatement) -> [MethodCode] {
        (weakerExceptions.isEmpty ? [.basicProfile] : [])
            + options.filter { option in
                switch option {
                case .cleanPixelData: pixels != .notLookedAt
                case .cleanRecognizableVisualFeatures: false
                default: true
                }
            }.map(\.code)
    }

    /// What (0028,0303) says.
    var temporalInformation: String {
        if has(.retainFullDates) { return "UNMODIFIED" }
        return has(.retainModifiedDates) ? "MODIFIED" : "REMOVED"
    }

    /// Every setting, for telling whether two profiles do the same.
    var settings: [String] {
        [
            name, pixels.rawValue, "\(allowsBurnedInText)", "\(allowsEncapsulatedDocuments)",
            "\(allowsPresentationStates)",
        ]
            + (allowsReportCaptures ? ["report captures"] : [])
            + options.map { "\($0)" }
            + (characteristics?.map(\.hex).sorted() ?? ["all characteristics"])
            + exceptions.map { "\($0.key.hex) \($0.value.treatment)" }.sorted()
            + safePrivate.elements.map { "\($0)" }.sorted()
    }
}
