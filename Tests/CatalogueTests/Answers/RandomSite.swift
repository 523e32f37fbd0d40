import Cohort
import TestSupport

@testable import Catalogue

/// A small site with all kinds of values and gaps, as records for the index and as series for the naive evaluator.
struct RandomSite {
    private(set) var records: [InstanceRecord] = []
    private(set) var evaluator = NaiveEvaluator(series: [])

    private static let words = ["CT", "MR", "Ct", "siemens", "SIEMENS  Healthineers", "GE", "é", "100%_", "O'Neil"]
    private static let numbers: [Double] = [0.7, 1, 2, 2.5, 50, 59, 60, 120]

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var instance = 0
        for patient in 0..<Int.random(in: 1...12, using: &random) {
            let sex = ["F", "M", "O", nil].randomElement(using: &random) ?? nil
            for study in 0..<Int.random(in: 1...3, using: &random) {
                let age = [nil, 0.5, 9.99, 10, 49, 50, 59, 60, 89, 90].randomElement(using: &random) ?? nil
                let date = [nil, 20_191_231, 20_200_101, 20_201_231].randomElement(using: &random) ?? nil
                for number in 0..<Int.random(in: 1...4, using: &random) {
                    let images = Int.random(in: 1...3, using: &random)
                    var record = InstanceRecord(
                        patientID: "P\(patient)", studyUID: "1.\(study)", seriesUID: "1.\(patient).\(study).\(number)",
                        sopInstanceUID: "",
                        sopClassUID: Bool.random(using: &random) ? "1.2.840.10008.5.1.4.1.1.2" : "1.9",
                        digest: "", size: 1, source: Records.source(""))
                    (record.sex, record.ageYears, record.studyDate) = (sex, age, date)
                    Self.fill(&record, using: &random)
                    for _ in 0..<images {
                        instance += 1
                        record.sopInstanceUID = "2.25.\(instance)"
                        record.digest = Records.digest(instance)
                        record.source = Records.source("/\(instance)")
                        records.append(record)
                    }
                    evaluator.series.append(
                        NaiveEvaluator.Series(
                            patient: record.patientID, study: record.studyUID, images: images,
                            values: Self.values(of: record, images: images)))
                }
            }
        }
        records.shuffle(using: &random)
    }

    private static func fill(_ record: inout InstanceRecord, using random: inout SeededGenerator) {
        func word() -> String? { Bool.random(using: &random) ? words.randomElement(using: &random) : nil }
        func number() -> Double? { Bool.random(using: &random) ? numbers.randomElement(using: &random) : nil }
        record.modality = word()
        record.bodyPart = word()
        record.laterality = word()
        record.manufacturer = word()
        record.model = word()
        record.sliceThicknessMM = number()
        record.pixelSpacingMM = number()
        record.magneticFieldStrengthT = number()
        record.echoTimeMS = number()
        record.repetitionTimeMS = number()
        record.kvpKV = number()
        record.contrast = [true, false, nil].randomElement(using: &random) ?? nil
        record.transferSyntaxUID = Bool.random(using: &random) ? "1.2.840.10008.1.2.1" : nil
        record.rows = number().map { Int($0) }
        record.columns = number().map { Int($0) }
    }

    private static func values(of record: InstanceRecord, images: Int) -> [CohortAttribute: CohortValue] {
        func text(_ value: String?) -> CohortValue? {
            value.map { .text($0.split(separator: " ").joined(separator: " ")) }
        }
        func number(_ value: Double?) -> CohortValue? { value.map { .number($0) } }
        let values: [CohortAttribute: CohortValue?] = [
            .sex: text(record.sex), .ageAtStudy: number(record.ageYears),
            .studyDate: number(record.studyDate.map(Double.init)), .modality: text(record.modality),
            .bodyPart: text(record.bodyPart), .laterality: text(record.laterality),
            .manufacturer: text(record.manufacturer), .model: text(record.model),
            .sliceThickness: number(record.sliceThicknessMM), .pixelSpacing: number(record.pixelSpacingMM),
            .magneticFieldStrength: number(record.magneticFieldStrengthT), .echoTime: number(record.echoTimeMS),
            .repetitionTime: number(record.repetitionTimeMS), .kvp: number(record.kvpKV),
            .contrast: text(record.contrast.map { $0 ? "yes" : "no" }), .sopClass: text(record.sopClassUID),
            .transferSyntax: text(record.transferSyntaxUID), .rows: number(record.rows.map(Double.init)),
            .columns: number(record.columns.map(Double.init)), .images: .number(Double(images)),
        ]
        return values.compactMapValues { $0 }
    }

    // MARK: Questions

    static func query(using random: inout SeededGenerator) -> CohortQuery {
        CohortQuery(
            condition: condition(depth: 4, using: &random),
            facets: CohortFacet.standardNames.filter { _ in Bool.random(using: &random) })
    }

    static func condition(depth: Int, using random: inout SeededGenerator) -> Condition {
        switch depth == 0 ? 9 : Int.random(in: 0..<10, using: &random) {
        case 0, 1, 2: .all(parts(depth, using: &random))
        case 3, 4: .any(parts(depth, using: &random))
        case 5: .not(condition(depth: depth - 1, using: &random))
        case 6: .has(related(depth, using: &random))
        default: .test(comparison(using: &random))
        }
    }

    private static func related(_ depth: Int, using random: inout SeededGenerator) -> Related {
        let ofStudy = Int.random(in: 0..<4, using: &random) == 0
        let atLeast = Int.random(in: 0...3, using: &random)
        return Related(
            base: ofStudy ? .study : .patient, ofStudy ? .series : imaging(using: &random),
            where: condition(depth: max(0, min(2, depth - 2)), using: &random), atLeast: atLeast,
            atMost: Bool.random(using: &random) ? atLeast + Int.random(in: 0...2, using: &random) : nil,
            window: Bool.random(using: &random) ? window(depth, using: &random) : nil)
    }

    private static func window(_ depth: Int, using random: inout SeededGenerator) -> TimeWindow {
        let from = [nil, -366, -365, -1, 0, 1].randomElement(using: &random) ?? nil
        let length = [nil, 0, 1, 365, 366].randomElement(using: &random) ?? nil
        return TimeWindow(
            from: from, through: length.map { (from ?? -1) + $0 },
            of: .init(
                TimeWindow.Anchor.Which.allCases.randomElement(using: &random) ?? .any, imaging(using: &random),
                where: condition(depth: max(0, min(1, depth - 3)), using: &random)))
    }

    private static func imaging(using random: inout SeededGenerator) -> CohortEntity {
        Bool.random(using: &random) ? .series : .study
    }

    /// What the index of images records; clinical attributes have tests of their own.
    static let attributes = CohortModel.attributes.filter { attribute in
        attribute == .sex || [.ageAtStudy, .studyDate, .images].contains(attribute)
            || SeriesColumns.own.contains { $0.attribute == attribute.name }
    }

    private static func parts(_ depth: Int, using random: inout SeededGenerator) -> [Condition] {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in condition(depth: depth - 1, using: &random) }
    }

    static func comparison(using random: inout SeededGenerator) -> Comparison {
        let attribute = attributes.randomElement(using: &random) ?? .modality
        let number = attribute == .studyDate ? 20_200_101 : (numbers + [0, 3, 10]).randomElement(using: &random) ?? 0
        let word: CohortValue = .text((words + ["F", "yes", "nowhere", "1.9"]).randomElement(using: &random) ?? "")
        let part = ["e", "S", "siemens h", "%", "_", "'", "nowhere", "1"].randomElement(using: &random) ?? ""
        let operations: [Comparison.Operation] =
            attribute.isOrdered
            ? [
                .equals(.number(number)), .oneOf([.number(number), .number(2)]), .less(number), .atMost(number),
                .greater(number), .atLeast(number), .between(number - 1, number + 10), .exists,
            ] : [.equals(word), .oneOf([word, .text("MR"), .text("f")]), .oneOf([word]), .exists, .contains(part)]
        return Comparison(attribute, operations.randomElement(using: &random) ?? .exists)
    }
}
