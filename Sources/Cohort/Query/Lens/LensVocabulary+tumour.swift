/// What EUCAIM's explorer can ask of the tumour: markers, grade, stage and radiological assessment, with keys and values of
/// its hyperontology (samply/eucaim-frontend, `catalogue-eucaim.json`).
extension LensVocabulary {
    static let ofTumours: [String: Key] = {
        let keys: [(code: String, Key)] = [
            ("CLIN1045815", receptor("Oestrogen receptor", "marker.ER")),
            ("CLIN1046085", receptor("Progesterone receptor", "marker.PR")),
            ("CLIN1033410", Key(label: "PSA", systems: [], values: .number("marker.PSA"))),
            (
                "CLIN1045851",
                key(
                    "HER2", "marker.HER2",
                    [("COM1002257", "0"), ("COM1001877", "1+"), ("COM1001879", "2+"), ("COM1001882", "3+")])
            ),
            ("CLIN1045913", Key(label: "Ki-67", systems: [], values: .number("marker.Ki67"))),
            (
                "CLIN1037294",
                key(
                    "Gleason score", "condition.gleason",
                    [
                        ("CLIN1025818", "2"), ("CLIN1025912", "3"), ("CLIN1026007", "4"), ("CLIN1026103", "5"),
                        ("CLIN1026200", "6"), ("CLIN1026298", "7"), ("CLIN1026397", "8"), ("CLIN1026497", "9"),
                        ("CLIN1025725", "10"),
                    ], isNumber: true)
            ),
            (
                "CLIN1037300",
                key(
                    "ISUP grade group", "condition.isup",
                    [
                        ("COM1001362", "1"), ("COM1001365", "2"), ("COM1001367", "3"), ("COM1001368", "4"),
                        ("COM1001369", "5"),
                    ], isNumber: true)
            ),
            (
                "CLIN1033379",
                key(
                    "Clinical T", "condition.cT",
                    [
                        ("COM1000316", "T0"), ("COM1000333", "T1"), ("COM1000351", "T2"), ("COM1000370", "T2a"),
                        ("COM1000390", "T2b"), ("COM1000411", "T2c"), ("COM1000433", "T3"), ("COM1000456", "T3a"),
                        ("COM1000480", "T3b"), ("COM1000505", "T4"),
                    ])
            ),
            (
                "CLIN1033391",
                key(
                    "Pathological T", "condition.pT",
                    [
                        ("COM1000708", "T0"), ("COM1000741", "T1"), ("COM1000775", "T2"), ("COM1000810", "T2a"),
                        ("COM1000846", "T2b"), ("COM1000883", "T2c"), ("COM1000921", "T3"), ("COM1000960", "T3a"),
                        ("COM1001000", "T3b"), ("COM1001041", "T4"),
                    ])
            ),
            ("CLIN1033358", key("Clinical N", "condition.cN", [("COM1000285", "N0"), ("COM1000300", "N1")])),
            ("CLIN1033368", key("Pathological N", "condition.pN", [("COM1000645", "N0"), ("COM1000676", "N1")])),
            (
                "CLIN1033341",
                key("Clinical M", "condition.cM", [("COM1000246", "M1"), ("COM1000258", "M1a"), ("COM1000271", "M1b")])
            ),
            (
                "CLIN1033349",
                key(
                    "Pathological M", "condition.pM",
                    [("COM1000531", "M1"), ("COM1000558", "M1a"), ("COM1000586", "M1b"), ("COM1000615", "M1c")])
            ),
            ("IMG1005459", Key(label: "BI-RADS or PI-RADS", systems: [], values: .codes(assessments))),
        ]
        return Dictionary(keys.map { (prefix + $0.code, $0.1) }) { first, _ in first }
    }()

    private static let prefix = "EUCAIM_Hyper-Ontology_V1.0."

    /// The catalogue has both assessments under one key, told apart by their values.
    private static let assessments: [Code] = {
        let breast = ["IMG1005470", "IMG1005469", "IMG1005468", "IMG1005466", "IMG1005465", "IMG1005464", "IMG1005463"]
        let prostate = ["IMG1005479", "IMG1005478", "IMG1005477", "IMG1005476", "IMG1005475"]
        return breast.enumerated().map { code($1, "tumour.birads", "\($0)", isNumber: false) }
            + prostate.enumerated().map { code($1, "tumour.pirads", "\($0 + 1)", isNumber: false) }
    }()

    private static func receptor(_ label: String, _ attribute: String) -> Key {
        key(label, attribute, [("COM1001310", "positive"), ("COM1001332", "negative")])
    }

    private static func key(
        _ label: String, _ attribute: String, _ values: [(code: String, value: String)], isNumber: Bool = false
    ) -> Key {
        Key(
            label: label, systems: [],
            values: .codes(values.map { code($0.code, attribute, $0.value, isNumber: isNumber) }))
    }

    private static func code(_ code: String, _ attribute: String, _ value: String, isNumber: Bool) -> Code {
        Code(prefix + code, code, label: value, asks: "\(attribute) = \(isNumber ? value : "\"\(value)\"")")
    }
}
