/// A system of codes: who gives the codes and what they are called.
public enum CodeSystem: String, Sendable, Hashable, CaseIterable {
    case snomed = "SNOMED"
    /// ICD-O-3, topography and morphology.
    case icdO3 = "ICD-O-3"
    case icd10 = "ICD-10"
    case loinc = "LOINC"
    case ucum = "UCUM"
    case radLex = "RadLex"
    /// Code values of PS3.16 and defined terms of the standard.
    case dicom = "DICOM"
    /// Numbers of genes.
    case hgnc = "HGNC"
    /// The NCI Thesaurus.
    case ncit = "NCIt"
    /// The hyperontology of Cancer Image Europe.
    case eucaim = "EUCAIM"
    /// Two-letter codes of countries.
    case iso3166 = "ISO-3166"
    /// Words of this model, where no system has them or the field writes them as they are.
    case atles = "Atles"

    /// The system's name in FHIR and on the web, without the code.
    public var uri: String {
        switch self {
        case .snomed: "http://snomed.info/sct"
        case .icdO3: "http://terminology.hl7.org/CodeSystem/icd-o-3"
        case .icd10: "http://hl7.org/fhir/sid/icd-10"
        case .loinc: "http://loinc.org"
        case .ucum: "http://unitsofmeasure.org"
        case .radLex: "http://radlex.org"
        case .dicom: "http://dicom.nema.org/resources/ontology/DCM"
        case .hgnc: "http://www.genenames.org/geneId"
        case .ncit: "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl"
        case .eucaim: "https://cancerimage.eu/ontology/EUCAIM"
        case .iso3166: "urn:iso:std:iso:3166"
        case .atles: "https://atles.cat/vocabulary"
        }
    }

    /// The system that a document calls `name`: its name, a usual abbreviation or its URI, in either case.
    public static func find(_ name: String) -> CodeSystem? { byName[name.lowercased()] }

    private static let byName: [String: CodeSystem] = {
        var table: [String: CodeSystem] = [
            "sct": .snomed, "snomed ct": .snomed, "snomed-ct": .snomed, "snomedct": .snomed,
            "icdo3": .icdO3, "icdo": .icdO3, "icd-o": .icdO3, "cie-o": .icdO3, "cie-o-3": .icdO3,
            "icd10": .icd10, "icd-10-cm": .icd10, "icd10cm": .icd10, "cie-10": .icd10, "cie10": .icd10,
            "http://hl7.org/fhir/sid/icd-10-cm": .icd10, "http://hl7.org/fhir/sid/icd-o-3": .icdO3,
            "lnc": .loinc, "ln": .loinc, "rid": .radLex, "radlex": .radLex, "dcm": .dicom, "nci": .ncit,
            "https://hyperontology.eucaim.cancerimage.eu/": .eucaim, "hyperontology": .eucaim, "iso3166": .iso3166,
        ]
        for system in allCases {
            table[system.rawValue.lowercased()] = system
            table[system.uri.lowercased()] = system
        }
        return table
    }()
}

/// A code with the system that gives it: `SNOMED:254837009`.
public struct Coding: Sendable, Hashable, CustomStringConvertible {
    public let system: CodeSystem
    public let code: String

    public init(_ system: CodeSystem, _ code: String) {
        self.system = system
        self.code = code
    }

    /// Reads `SNOMED:254837009`, also with the system's URI and `#`, `|` or `:` before the code.
    public init?(_ text: String) {
        // The form in which the model's own data has it.
        if let mark = text.utf8.firstIndex(of: UInt8(ascii: ":")),
            let system = CodeSystem(rawValue: String(text[..<mark]))
        {
            let code = text[text.utf8.index(after: mark)...]
            if let first = code.first, let last = code.last, !first.isWhitespace, !last.isWhitespace {
                self.init(system, String(code))
                return
            }
        }
        guard let mark = text.lastIndex(where: { $0 == ":" || $0 == "#" || $0 == "|" }), mark < text.endIndex,
            let system = CodeSystem.find(text[..<mark].trimmed)
        else { return nil }
        let code = text[text.index(after: mark)...].trimmed
        guard !code.isEmpty else { return nil }
        self.init(system, code)
    }

    public var description: String { "\(system.rawValue):\(code)" }
}
