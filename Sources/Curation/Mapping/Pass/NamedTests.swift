import Cohort

/// Tests that have an attribute of their own beside code and value: `marker.PSA` is `marker.code` PSA with `marker.value` in
/// ng/mL. Tables say one or the other; a record says both.
enum NamedTests {
    private struct Parts {
        let code, value, unit, interpretation: String
    }

    private static let parts: [CohortEntity: Parts] = [
        .marker: Parts(
            code: "marker.code", value: "marker.value", unit: "marker.unit", interpretation: "marker.interpretation"),
        .laboratory: Parts(
            code: "laboratory.code", value: "laboratory.value", unit: "laboratory.unit",
            interpretation: "laboratory.interpretation"),
    ]

    /// The attributes of named tests, by the code of the test.
    private static let named: [CohortEntity: [String: [CohortAttribute]]] = {
        var table: [CohortEntity: [String: [CohortAttribute]]] = [:]
        for attribute in CohortModel.attributes {
            guard let test = attribute.test else { continue }
            table[attribute.entity, default: [:]][test, default: []].append(attribute)
        }
        return table
    }()

    /// Adds the named attribute of a test that came as code and value, and the code of one that came by name.
    ///
    /// - Returns: what cannot be brought together, such as a unit that does not measure the test.
    static func complete(_ record: inout ClinicalRecord) -> [RowProblems.Problem] {
        guard let parts = parts[record.entity], let named = named[record.entity] else { return [] }
        guard let codes = record.values[parts.code] else {
            let tests = named.filter { $0.value.contains { record.values[$0.name] != nil } }.keys.sorted()
            if !tests.isEmpty { record.values[parts.code] = tests.map { .text($0) } }
            return []
        }
        var problems: [RowProblems.Problem] = []
        for case .text(let code) in codes {
            for attribute in named[code] ?? [] where record.values[attribute.name] == nil {
                switch attribute.kind {
                case .number: number(attribute, parts, &record, &problems)
                case .code:
                    if case .text(let word)? = record.values[parts.interpretation]?.first,
                        let concept = attribute.valueSet?.find(word)
                    {
                        record.values[attribute.name] = [.text(concept.code)]
                    }
                case .text, .date, .age: continue
                }
            }
        }
        return problems
    }

    private static func number(
        _ attribute: CohortAttribute, _ parts: Parts, _ record: inout ClinicalRecord,
        _ problems: inout [RowProblems.Problem]
    ) {
        guard case .number(let value)? = record.values[parts.value]?.first else { return }
        guard case .text(let unit)? = record.values[parts.unit]?.first else {
            // Of a test without a unit of its own nothing has to be known; otherwise a number alone says nothing.
            if attribute.unit == nil {
                record.values[attribute.name] = [.number(value)]
            } else {
                problems.append(
                    .init(
                        column: parts.unit, attribute: attribute.name, kind: .wrongUnit,
                        "the number has no unit; map `unit`, or write the test as `\(attribute.name)` with `unit:`"))
            }
            return
        }
        if let number = attribute.number("\(value)", in: unit) {
            record.values[attribute.name] = [.number(number)]
        } else if attribute.unit != nil, !(unit == "%") {
            problems.append(
                .init(
                    column: parts.unit, attribute: attribute.name, kind: .wrongUnit,
                    "“\(unit)” does not measure it; it can be given in \(attribute.units.prefix(6).joined(separator: ", "))"
                ))
        }
    }
}
