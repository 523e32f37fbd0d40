import Testing

@testable import Cohort

@Suite("Units of clinical values")
struct UnitTests {
    /// Powers of ten and calendars by hand; amounts of substance by the factors that laboratories publish (creatinine
    /// 88.4, bilirubin 17.1, glucose 18.0, testosterone 28.84).
    @Test(
        "are converted to the attribute's own",
        arguments: [
            ("PSA >= 4 ug/L", 4), ("PSA >= 4000 ng/L", 4), ("CEA >= 0.5 ng/dL", 0.005), ("AFP >= 1 mg/L", 1000),
            ("dose >= 6000 cGy", 60), ("dosePerFraction >= 2", 2), ("survivalDays >= 2 weeks", 14),
            ("survivalDays >= 5 years", 1826.25), ("survivalDays >= 2 months", 60.875), ("tumourSize >= 2.5 cm", 25),
            ("Ki67 >= 20%", 20), ("Ki67 >= 0.2 fraction", 20), ("prostateVolume >= 40 cc", 40),
            ("haemoglobin >= 120 g/L", 12), ("platelets >= 150 10^9/L", 150), ("platelets >= 150 10*3/uL", 150),
            ("albumin >= 3.5 g/dL", 35), ("LDH >= 4 ukat/L", 240), ("ageAtDiagnosis >= 18 months", 1.5),
            ("height >= 1.7 m", 170), ("weight >= 70 kg", 70), ("creatinine <= 88.4 umol/L", 1),
            ("creatinine <= 88.4 µmol/L", 1), ("bilirubin <= 17.1 umol/L", 1), ("glucose <= 5.55 mmol/L", 100),
            ("testosterone <= 1 nmol/L", 28.84), ("testosterone <= 0.5 ng/mL", 50),
        ])
    func conversions(question: String, value: Double) throws {
        let condition = try CohortQuery(text: question).condition
        guard case .test(let comparison) = condition else {
            Issue.record("no test")
            return
        }
        switch comparison.operation {
        case .atLeast(let bound), .atMost(let bound): #expect(abs(bound - value) <= value * 0.001, "\(bound)")
        default: Issue.record("no bound")
        }
    }

    @Test(
        "of something else are refused",
        arguments: [
            "PSA >= 4 mm", "dose >= 4 mg/dL", "marker.value >= 4 ng/mL", "PSA >= 4 nmol/L", "albumin >= 600 umol/L",
        ])
    func refused(question: String) {
        let error = #expect(throws: QueryError.self) { try CohortQuery(text: question) }
        #expect(error?.code == .unit)
    }

    @Test("every unit of the model can be written, with and without a space, and reads back")
    func everyUnit() throws {
        for attribute in CohortModel.attributes {
            guard let unit = attribute.unit else { continue }
            // A unit that begins with a digit needs the space.
            let spaces = unit.first?.isNumber == true ? [" "] : ["", " "]
            for text in spaces.map({ "\(attribute.name) >= 2\($0)\(unit)" }) {
                let query = try CohortQuery(text: text)
                #expect(try CohortQuery(text: query.text) == query, "\(text)")
                #expect(query.condition == .test(Comparison(attribute, .atLeast(2))), "\(text)")
            }
        }
    }
}
