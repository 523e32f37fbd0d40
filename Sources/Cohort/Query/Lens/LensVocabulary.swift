/// What EUCAIM's explorer can ask, and how that is asked here (samply/eucaim-frontend, `catalogue-eucaim.json`).
///
/// Each value is written as a question in the text form: what this version's model does not have is then unsupported by
/// itself, and becomes supported as soon as the model has it.
enum LensVocabulary {
    struct Key {
        var label: String
        /// The names of the coding system with which the key may come; none is fine, too.
        var systems: [String]
        var values: Values
    }

    enum Values {
        case codes([Code])
        /// Makers, in their own words: a text may be asked for as well.
        case makers([Code])
        /// A number or a year of the attribute.
        case number(String)
    }

    struct Code {
        /// With and without the prefix of its system.
        var codes: [String]
        var label: String
        /// The question that asks for it, in the text form.
        var question: String
        /// How the question is only near to what the code means.
        var approximation: String?

        init(_ codes: String..., label: String, asks question: String, approximation: String? = nil) {
            self.codes = codes
            self.label = label
            self.question = question
            self.approximation = approximation
        }
    }

    static func key(_ name: String) -> Key? { keys[name] ?? ofTumours[name] }

    static var names: [String] { (Array(keys.keys) + ofTumours.keys).sorted() }

    static let sex = "SNOMEDCT263495000"
    static let modality = "RID10311"
    static let bodyPart = "SNOMEDCT123037004"
    static let manufacturer = "C25392"

    private static let snomed = ["urn:snomed-org/sct", "http://snomed.info/sct"]

    private static let keys: [String: Key] = [
        sex: Key(
            label: "Gender", systems: snomed,
            values: .codes([
                Code("SNOMEDCT248153007", "248153007", label: "male", asks: "patient.sex = M"),
                Code("SNOMEDCT248152002", "248152002", label: "female", asks: "patient.sex = F"),
                Code("SNOMEDCT74964007", "74964007", label: "other", asks: "patient.sex = O"),
                Code("SNOMEDCT261665006", "261665006", label: "unknown", asks: "not exists patient.sex"),
            ])),
        "SNOMEDCT423493009": Key(
            label: "Age at Diagnosis", systems: snomed, values: .number("condition.ageAtDiagnosis")),
        "SNOMEDCT439401001": Key(label: "Diagnosis", systems: snomed, values: .codes(diagnoses)),
        "SNOMEDCT432213005": Key(
            label: "Year of Diagnosis", systems: snomed, values: .number("condition.yearOfDiagnosis")),
        modality: Key(
            label: "Modality", systems: ["urn:oid:2.16.840.1.113883.6.256", "http://radlex.org"],
            values: .codes([
                Code("RID10312", label: "Magnetic Resonance Imaging", asks: "series.modality = MR"),
                Code("RID10337", label: "Positron Emission Tomography", asks: "series.modality = PT"),
                Code("RID10321", label: "Computed Tomography", asks: "series.modality = CT"),
                Code(
                    "RID10334", label: "Single Photon Emission Computed Tomography", asks: "series.modality = NM",
                    approximation: "SPECT is the DICOM modality NM, which planar scintigraphy has, too"),
            ])),
        bodyPart: Key(
            label: "Body Part", systems: snomed,
            values: .codes([
                Code("SNOMEDCT76752008", "76752008", label: "Breast", asks: "series.bodyPart = BREAST"),
                Code("SNOMEDCT71854001", "71854001", label: "Colon", asks: "series.bodyPart = COLON"),
                Code("SNOMEDCT39607008", "39607008", label: "Lung", asks: "series.bodyPart = LUNG"),
                Code("SNOMEDCT12921003", "12921003", label: "Pelvis", asks: "series.bodyPart = PELVIS"),
                Code("SNOMEDCT41216001", "41216001", label: "Prostate", asks: "series.bodyPart = PROSTATE"),
            ])),
        manufacturer: Key(
            label: "Manufacturer", systems: ["http://bioontology.org/projects/ontologies/birnlex"],
            values: .makers([
                maker("C200140", "birnlex_3066", label: "Siemens", "series.manufacturer contains siemens"),
                maker(
                    "birnlex_12833", label: "General Electric Medical Systems",
                    """
                    series.manufacturer = "GE" or series.manufacturer contains "ge medical" or series.manufacturer \
                    contains "ge healthcare" or series.manufacturer contains "general electric"
                    """),
                maker("birnlex_3065", label: "Philips Medical Systems", "series.manufacturer contains philips"),
                maker("birnlex_3067", label: "Toshiba Medical Solutions", "series.manufacturer contains toshiba"),
            ])),
    ]

    private static func maker(_ one: String, _ other: String? = nil, label: String, _ question: String) -> Code {
        var code = Code(
            one, label: label, asks: question,
            approximation: """
                the makers' names are those in the images, which write one maker in several ways: asked is `\(question)`
                """)
        if let other { code.codes.append(other) }
        return code
    }

    private static let diagnoses = [
        diagnosis("399068003", "Prostate Cancer", "prostate-cancer"),
        diagnosis("254837009", "Breast Cancer", "breast-cancer"), diagnosis("363358000", "Lung Cancer", "lung-cancer"),
        diagnosis("363406005", "Colon Cancer", "colon-cancer"),
        diagnosis("363351006", "Rectum Cancer", "rectal-cancer"),
        Code(
            "SNOMEDCT363484005", "363484005", label: "Pelvis Cancer", asks: "condition.topography = \"C76.3\"",
            approximation: "found by its place, the ICD-O-3 topography C76.3, whatever the morphology"),
    ]

    private static func diagnosis(_ code: String, _ label: String, _ name: String) -> Code {
        Code("SNOMEDCT" + code, code, label: label, asks: "condition.diagnosis = \"\(name)\"")
    }
}
