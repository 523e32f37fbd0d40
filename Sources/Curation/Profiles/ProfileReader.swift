import DICOM

extension ConfidentialityProfile {
    /// Bytes of a profile file, at most.
    public static let largestFile = 262_144

    /// Reads a profile file: the option set that it starts from, options more or less, and its exceptions with reasons.
    ///
    /// - Parameter name: what the profile is called where the file does not say; a file's name without its ending.
    public init(yaml: String, name: String) throws(ProfileError) {
        let reader = ProfileReader(try ProfileNode(yaml: yaml))
        self = try reader.profile(name: name)
    }
}

/// Makes a profile of its file, line by line; what it does not understand it refuses.
struct ProfileReader {
    private let root: ProfileNode

    init(_ root: ProfileNode) {
        self.root = root
    }

    private static let words = [
        "name", "start", "options", "without", "characteristics", "pixels", "presentation_states",
        "report_captures", "keep", "remove", "empty", "replace", "clean", "safe_private",
    ]

    func profile(name: String) throws(ProfileError) -> ConfidentialityProfile {
        guard let fields = root.fields else {
            throw ProfileError(
                .badForm, line: root.line,
                "a profile consists of `name: value` lines; write at least `start: research` or `start: basic`")
        }
        for (word, value) in fields where !Self.words.contains(word) {
            throw ProfileError(
                .unknownWord, line: value.line,
                "`\(Self.shown(word))` is no word of profiles; there are \(Self.words.joined(separator: ", "))")
        }
        func part(_ word: String) -> ProfileNode? { fields.first { $0.name == word }?.value }

        let start = try start(part("start"))
        let options = try options(part("options"), part("without"), start: start)
        var profile = ConfidentialityProfile(name: try called(part("name"), orElse: name), options: options)
        profile.allowsBurnedInText = start.allowsBurnedInText
        profile.allowsEncapsulatedDocuments = start.allowsEncapsulatedDocuments
        try setCharacteristics(part("characteristics"), start: start, of: &profile)
        try setPixels(part("pixels"), of: &profile)
        func accepts(_ word: String) throws(ProfileError) -> Bool {
            guard let node = part(word) else { return false }
            guard let text = node.text, ["accept", "refuse"].contains(text) else {
                throw ProfileError(.unknownWord, line: node.line, "`\(word):` is `refuse` (the default) or `accept`")
            }
            return text == "accept"
        }
        profile.allowsPresentationStates = try accepts("presentation_states")
        profile.allowsReportCaptures = try accepts("report_captures")
        let reader = ExceptionReader(isDated: profile.has(.retainModifiedDates))
        for word in ["keep", "remove", "empty", "replace", "clean"] {
            for entry in try entries(part(word), word) { try reader.read(entry, word, into: &profile) }
        }
        for entry in try entries(part("safe_private"), "safe_private") {
            try SafePrivateReader.read(entry, into: &profile)
        }
        return profile
    }

    // MARK: What it starts from

    private func start(_ node: ProfileNode?) throws(ProfileError) -> ConfidentialityProfile {
        let names = ConfidentialityProfile.all.map(\.name).joined(separator: " or ")
        guard let node else {
            throw ProfileError(
                .badForm, line: root.line, "it does not say what it starts from; write `start:` \(names)")
        }
        guard let profile = ConfidentialityProfile.all.first(where: { $0.name == node.text }) else {
            throw ProfileError(.unknownWord, line: node.line, "`start:` is \(names)")
        }
        return profile
    }

    private func called(_ node: ProfileNode?, orElse name: String) throws(ProfileError) -> String {
        let text = node.map { $0.text ?? "" } ?? name
        let isWord = text.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "-_.".utf8.contains($0)
        }
        // It goes into every object that is made with it.
        guard isWord, (1...24).contains(text.utf8.count) else {
            throw ProfileError(
                .badValue, line: node?.line,
                "the name is 1 to 24 letters, digits, points and hyphens; write it as `name: lung-screening`")
        }
        if ConfidentialityProfile.all.contains(where: { $0.name == text }) {
            throw ProfileError(
                .contradiction, line: node?.line,
                "`\(text)` is the name of a profile that is there already; write another one after `name:`")
        }
        return text
    }

    private func options(
        _ more: ProfileNode?, _ less: ProfileNode?, start: ConfidentialityProfile
    ) throws(ProfileError) -> [ConfidentialityOption] {
        var options = Set(start.options)
        let (added, taken) = (try optionList(more, "options"), try optionList(less, "without"))
        if let both = added.first(where: { option in taken.contains { $0.option == option.option } }) {
            throw ProfileError(
                .contradiction, line: both.line,
                "`\(both.option.word)` is under `options:` and `without:`; leave one out")
        }
        options.formUnion(added.map(\.option))
        options.subtract(taken.map(\.option))
        if options.contains(.retainFullDates), options.contains(.retainModifiedDates) {
            throw ProfileError(
                .contradiction, line: more?.line,
                "dates either stay or are moved; write `without: [retain-modified-dates]` to keep them as they are")
        }
        return Array(options)
    }

    private func optionList(
        _ node: ProfileNode?, _ word: String
    ) throws(ProfileError) -> [(option: ConfidentialityOption, line: Int?)] {
        guard let node else { return [] }
        guard let list = node.list else {
            throw ProfileError(.badForm, line: node.line, "`\(word):` is a list, as in `\(word): [retain-uids]`")
        }
        var options: [(ConfidentialityOption, Int?)] = []
        for item in list {
            guard let option = item.text.flatMap(ConfidentialityOption.init(word:)) else {
                let all = ConfidentialityOption.allCases.map(\.word).joined(separator: ", ")
                throw ProfileError(.unknownWord, line: item.line, "there is no such option; there are \(all)")
            }
            options.append((option, item.line))
        }
        return options
    }

    private func setCharacteristics(
        _ node: ProfileNode?, start: ConfidentialityProfile, of profile: inout ConfidentialityProfile
    ) throws(ProfileError) {
        guard profile.has(.retainPatientCharacteristics) else {
            guard let node else { return }
            throw ProfileError(
                .contradiction, line: node.line,
                "no characteristics stay without `retain-patient-characteristics` among the options; add it there")
        }
        guard let node else {
            profile.characteristics = start.characteristics
            return
        }
        guard let list = node.list else {
            throw ProfileError(
                .badForm, line: node.line, "`characteristics:` is a list, as in `characteristics: [PatientSex]`")
        }
        var kept: Set<Tag> = []
        for item in list {
            let tag = try AttributeName.tag(item)
            guard ConfidentialityTable.characteristics.contains(tag) else {
                throw ProfileError(
                    .unknownWord, line: item.line,
                    "it is no characteristic by PS3.15 table E.1-1; put it under `keep:` with its reason")
            }
            kept.insert(tag)
        }
        profile.characteristics = kept
    }

    private func setPixels(_ node: ProfileNode?, of profile: inout ConfidentialityProfile) throws(ProfileError) {
        guard let node else { return }
        guard let handling = node.text.flatMap(ConfidentialityProfile.PixelHandling.init(rawValue:)) else {
            throw ProfileError(
                .unknownWord, line: node.line,
                "`pixels:` is `look` (frames are searched for text) or `declared` (what the object says is believed)")
        }
        if handling == .declared, profile.has(.cleanPixelData) {
            throw ProfileError(
                .contradiction, line: node.line,
                "`clean-pixel-data` is among the options, which needs `pixels: look`; take it out with `without:` or look"
            )
        }
        profile.pixels = handling
    }

    private func entries(_ node: ProfileNode?, _ word: String) throws(ProfileError) -> [ProfileNode] {
        guard let node else { return [] }
        guard let list = node.list else {
            throw ProfileError(
                .badForm, line: node.line,
                "`\(word):` is a list of exceptions, each with `- attribute:` and `reason:`")
        }
        return list
    }

    /// A word of the file as it may be shown: short, on one line.
    static func shown(_ word: String) -> String { String(word.prefix(40).map { $0.isNewline ? " " : $0 }) }
}
