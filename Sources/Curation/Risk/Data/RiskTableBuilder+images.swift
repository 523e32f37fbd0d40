public import DICOM

extension RiskTableBuilder {
    /// Which traits of images count as quasi-identifiers.
    public struct ImageTraits: Sendable, Equatable {
        /// Years of studies: only where dates were not moved, as moved ones tell nothing.
        public var includesYears: Bool
        /// Manufacturers: only where several hospitals are in one data set does a device tell much.
        public var includesManufacturer: Bool

        public init(includesYears: Bool = false, includesManufacturer: Bool = false) {
            self.includesYears = includesYears
            self.includesManufacturer = includesManufacturer
        }
    }

    /// Makes place for what images tell.
    public mutating func declareImageTraits(_ traits: ImageTraits = ImageTraits()) {
        declare(QuasiIdentifier(Trait.sex, .category))
        declare(QuasiIdentifier(Trait.age, .age), joining: .least)
        declare(QuasiIdentifier(Trait.ethnicGroup, .category))
        declare(QuasiIdentifier(Trait.size, .number), joining: .least)
        declare(QuasiIdentifier(Trait.weight, .number), joining: .least)
        declare(QuasiIdentifier(Trait.bodyPart, .category))
        declare(QuasiIdentifier(Trait.modality, .category))
        declare(QuasiIdentifier(Trait.studies, .number), joining: .count)
        if traits.includesYears { declare(QuasiIdentifier(Trait.year, .number), joining: .least) }
        if traits.includesManufacturer { declare(QuasiIdentifier(Trait.manufacturer, .category)) }
    }

    /// Adds what a de-identified object tells of its patient. One object of each series is enough.
    public mutating func add(image dataSet: DataSet) {
        func text(_ group: UInt16, _ element: UInt16) -> String {
            dataSet[Tag(group, element)]?.string?.cellTrimmed ?? ""
        }
        let patient = text(0x0010, 0x0020)
        guard !patient.isEmpty else { return }
        add(patient: patient)
        add(SexWord.letter(text(0x0010, 0x0040)), of: Trait.sex, patient: patient)
        if let years = Self.years(text(0x0010, 0x1010)) { add("\(years)", of: Trait.age, patient: patient) }
        add(text(0x0010, 0x2160).uppercased(), of: Trait.ethnicGroup, patient: patient)
        // Centimetres and kilograms: more digits say nothing that anybody knows.
        if let metres = Double(text(0x0010, 0x1020)), (0.2...2.6).contains(metres) {
            add("\(Int((metres * 100).rounded()))", of: Trait.size, patient: patient)
        }
        if let kilograms = Double(text(0x0010, 0x1030)), (0.2...500).contains(kilograms) {
            add("\(Int(kilograms.rounded()))", of: Trait.weight, patient: patient)
        }
        add(text(0x0018, 0x0015).uppercased(), of: Trait.bodyPart, patient: patient)
        add(text(0x0008, 0x0060).uppercased(), of: Trait.modality, patient: patient)
        add(text(0x0020, 0x000D), of: Trait.studies, patient: patient)
        add(String(text(0x0008, 0x0020).prefix(4)), of: Trait.year, patient: patient)
        add(text(0x0008, 0x0070).uppercased(), of: Trait.manufacturer, patient: patient)
    }

    /// Whole years of "045Y", "018M"; nil for what is no age.
    private static func years(_ age: String) -> Int? {
        guard let unit = age.last, let count = Int(age.dropLast()), (0...999).contains(count) else { return nil }
        return switch unit {
        case "Y": count
        case "M": count / 12
        case "W": count / 52
        case "D": count / 365
        default: nil
        }
    }
}

/// The names that facts of images have in risk tables.
enum Trait {
    static let sex = "sex"
    static let age = "age at imaging"
    static let ethnicGroup = "ethnic group"
    static let size = "height (cm)"
    static let weight = "weight (kg)"
    static let bodyPart = "body parts imaged"
    static let modality = "modalities"
    static let studies = "number of studies"
    static let year = "year of imaging"
    static let manufacturer = "manufacturer"
}

/// One word for a sex, whatever a table or an image calls it, so that both are one fact.
enum SexWord {
    static func letter(_ word: String) -> String {
        switch word.lowercased() {
        case "f", "female", "w", "woman", "weiblich", "femme", "mujer", "femenino", "femmina", "vrouw", "248152002": "F"
        case "m", "male", "man", "männlich", "homme", "hombre", "masculino", "maschio", "248153007": "M"
        default: word
        }
    }
}
