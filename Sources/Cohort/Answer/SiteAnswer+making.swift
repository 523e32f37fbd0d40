extension SiteAnswer {
    /// The answer of a site that applied every condition.
    ///
    /// - Parameter withheldFacets: facets that were asked for and that the site does not give.
    public static func counted(
        _ query: CohortQuery, _ raw: RawAnswer, withheldFacets: [String] = [], rule: DisclosureRule
    ) -> SiteAnswer {
        let (counts, facets) = rule.protect(raw, to: query.condition)
        var conditions = query.condition.comparisons.map { comparison in
            ConditionReport(
                text: text(of: comparison), status: .applied,
                unknown: raw.notRecorded[comparison.attribute.name].map { rule.protect(notRecorded: $0) })
        }
        conditions += withheldFacets.map {
            ConditionReport(
                text: "facets \($0)", status: .unsupported, reason: "this site does not give a breakdown by it")
        }
        return SiteAnswer(
            outcome: .counted, conditions: conditions, counts: counts, facets: facets, threshold: rule.threshold)
    }

    /// The answer of a site that cannot apply the conditions on some attributes: nothing is counted.
    public static func cannotApply(
        _ query: CohortQuery, refusing attributes: Set<String>, rule: DisclosureRule
    ) -> SiteAnswer {
        let conditions = query.condition.comparisons.map { comparison in
            attributes.contains(comparison.attribute.name)
                ? ConditionReport(
                    text: text(of: comparison), status: .unsupported,
                    reason: "this site answers no questions about \(comparison.attribute.name)")
                : ConditionReport(text: text(of: comparison), status: .applied)
        }
        return SiteAnswer(
            outcome: .cannotApply, conditions: conditions, counts: nil, facets: [], threshold: rule.threshold)
    }

    /// The answer of a site that has nothing of what some conditions ask about: nothing is counted.
    ///
    /// - Parameter missing: attributes and kinds of records, by name.
    public static func cannotApply(
        _ query: CohortQuery, missing: Set<String>, rule: DisclosureRule
    ) -> SiteAnswer {
        var conditions = query.condition.comparisons.map { comparison in
            missing.contains(comparison.attribute.name)
                ? ConditionReport(
                    text: text(of: comparison), status: .unsupported,
                    reason: "this site has no records of \(comparison.attribute.name)")
                : ConditionReport(text: text(of: comparison), status: .applied)
        }
        conditions += query.condition.entities.map(\.rawValue).filter(missing.contains).map {
            ConditionReport(text: "has \($0)", status: .unsupported, reason: "this site has no records of that kind")
        }
        return SiteAnswer(
            outcome: .cannotApply, conditions: conditions, counts: nil, facets: [], threshold: rule.threshold)
    }

    /// The answer of a site that cannot read the question, such as one that names an attribute of a newer version.
    public static func cannotRead(_ error: QueryError, rule: DisclosureRule) -> SiteAnswer {
        SiteAnswer(
            outcome: .cannotApply,
            conditions: [
                ConditionReport(
                    text: "the question", status: .unsupported,
                    reason: "this site's version of Atles cannot read it: \(error.message)"
                        .cut(toBytes: AnswerLimits.textBytes))
            ],
            counts: nil, facets: [], threshold: rule.threshold)
    }

    /// A test can list hundreds of values.
    private static func text(of comparison: Comparison) -> String {
        comparison.text.cut(toBytes: AnswerLimits.textBytes)
    }
}

extension Comparison {
    /// The text form.
    public var text: String { QueryText.text(self) }
}
