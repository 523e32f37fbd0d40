import DICOM

/// What the lines of a report are about, as the walk goes down its tree: some concepts identify, whatever the form of their
/// value, and a subject's age is an age although it is written as a number.
///
/// A content item names its concept (0040,A043) before its value (0040,A120 and on), so that one walk is enough.
struct ReportConcepts {
    /// What is special about a content item.
    enum Concept: Sendable {
        /// Its value leads to the patient or to people at the hospital.
        case identity
        /// Its value is an age in years.
        case age
    }

    /// The sequences that are open, each with the concept of its current item.
    private var levels: [(sequence: Tag, concept: Concept?)] = []

    mutating func beginSequence(_ tag: Tag) { levels.append((tag, nil)) }
    mutating func endSequence() { _ = levels.popLast() }

    mutating func beginItem() {
        guard let last = levels.indices.last else { return }
        // The value of a number stands in a sequence of its own, below the item that names the concept.
        let isValue = levels[last].sequence == .measuredValueSequence && last > 0
        levels[last].concept = isValue ? levels[last - 1].concept : nil
    }

    /// Takes note of the code of a concept name: it belongs to the item around.
    mutating func note(_ element: Element) {
        guard element.tag == .codeValue, levels.count >= 2,
            levels[levels.count - 1].sequence == .conceptNameCodeSequence
        else { return }
        levels[levels.count - 2].concept = element.string.flatMap { ReportConcepts.codes[$0] }
    }

    /// What must be done with a value because of its concept; nil where nothing.
    func disposal(of element: Element) -> Disposal? {
        guard let concept = levels.last?.concept, ReportConcepts.values.contains(element.tag) else { return nil }
        guard concept == .age else { return .dummy }
        let oldest = PatientCharacteristics.oldestYears
        guard element.tag == .numericValue, let age = element.double, age < Double(oldest) else {
            return element.tag == .numericValue ? .replace("\(oldest)") : nil
        }
        return nil
    }

    private static let values: Set<Tag> = [.textValue, .numericValue, .reportDate, .reportDateTime, .reportPersonName]

    /// Concepts of PS3.16 templates 1002 to 1010 and 1204; the age also by the codes of LOINC and SNOMED CT.
    private static let codes: [String: Concept] = [
        "121029": .identity,  // Subject Name
        "121030": .identity,  // Subject ID
        "121031": .identity,  // Subject Birth Date
        "121008": .identity,  // Person Observer Name
        "121009": .identity,  // Person Observer's Organization Name
        "121013": .identity,  // Device Observer Name
        "121016": .identity,  // Device Observer Serial Number
        "121017": .identity,  // Device Observer Physical Location During Observation
        "121193": .identity,  // Device Subject Name
        "121196": .identity,  // Device Subject Serial Number
        "121197": .identity,  // Device Subject Physical Location during observation
        "113880": .identity,  // Device Serial Number
        "121020": .identity,  // Placer Number
        "121021": .identity,  // Filler Number
        "121022": .identity,  // Accession Number
        "121040": .identity,  // Specimen Accession Number
        "121033": .age,  // Subject Age
        "30525-0": .age,
        "397669002": .age,
        "424144002": .age,
    ]
}

extension Tag {
    static let measuredValueSequence = Tag(0x0040, 0xA300)
    static let numericValue = Tag(0x0040, 0xA30A)
    static let reportDate = Tag(0x0040, 0xA121)
    static let reportDateTime = Tag(0x0040, 0xA120)
    static let reportPersonName = Tag(0x0040, 0xA123)
}
