extension RiskReport {
    /// The report for a terminal.
    public var text: String {
        var lines = [
            decision.passed ? "passed: may be published" : "NOT passed: must not be published as it is", "",
        ]
        lines += decision.explanation
        lines += [
            "",
            "facts       \(quasiIdentifiers.map(\.name).joined(separator: ", "))",
            "records     \(PageText.number(records)) in \(PageText.count(classes, "class", plural: "classes")); the smallest has \(PageText.number(smallest)) (k-anonymity)",
            "at risk     \(PageText.count(atRisk, "record")) in classes below \(gate.k)",
            "prosecutor  highest \(PageText.percent(risk.prosecutor.highest)), average \(PageText.percent(risk.prosecutor.average)), above 1/\(gate.k) for \(PageText.percent(risk.prosecutor.recordsAboveThreshold)) of the records",
        ]
        if let journalist = risk.journalist {
            lines.append(
                "journalist  highest \(PageText.percent(journalist.highest)), average \(PageText.percent(journalist.average)), above 1/\(gate.k) for \(PageText.percent(journalist.recordsAboveThreshold)) (population estimated from \(PageText.percent(risk.samplingFraction ?? 0)) sampled)"
            )
        }
        lines.append(
            "marketer    \(PageText.expected(risk.marketer)) records expected to be found of all (\(PageText.percent(risk.marketerShare)))"
        )
        for one in diversity {
            lines.append(
                "diversity   “\(one.attribute)”: at least \(PageText.count(one.distinct, "value")) in a class, entropy \(PageText.decimal(one.entropy, 2)), distance \(one.closeness.map { PageText.decimal($0, 3) } ?? "not measured"); \(PageText.count(one.revealed, "record")) in classes of one value"
            )
        }
        if atRisk > 0 {
            lines += ["", "at risk if one fact were left out:"]
            for one in contributions {
                lines.append(
                    "  \(PageText.number(one.atRiskWithout)) without “\(one.name)” (\(PageText.count(one.values, "value")))"
                )
            }
        }
        lines += suggestionLines
        if !listed.isEmpty {
            lines += ["", "records at risk (others like it; the fact that gives it away most):"]
            for one in listed.prefix(20) {
                lines.append("  \(one.pseudonym)  \(one.classSize - 1)  \(one.because ?? "several together")")
            }
            if atRisk > 20 { lines.append("  … and \(PageText.number(atRisk - 20)) more (--json lists them)") }
        }
        return lines.joined(separator: "\n")
    }

    private var suggestionLines: [String] {
        guard atRisk > 0 else { return [] }
        if suggestions.isEmpty {
            return ["", "There is no way to \(gate.k) records in every class but to leave out nearly all."]
        }
        var lines = [
            "",
            "suggestions, the one that loses least first\(suggestionsAreOptimal ? "" : " (not all ways were looked at)"):",
        ]
        for suggestion in suggestions {
            lines.append(
                "  \(suggestion.sentence): loses \(PageText.percent(suggestion.loss)), then every record has \(suggestion.smallest - 1) others or more, average risk \(PageText.percent(suggestion.averageRisk))"
            )
        }
        return lines
    }
}

extension RiskReport.Suggestion {
    /// "age in bands of 10; area left out; 3 records left out".
    public var sentence: String {
        let adverbs = ["in bands", Hierarchy.Level.none.name]
        var parts = changes.map { told in
            adverbs.contains { told.how.hasPrefix($0) }
                ? "\(told.name) \(told.how)" : "\(told.name) told as \(told.how)"
        }
        if suppressed > 0 {
            parts.append("\(PageText.count(suppressed, "record")) (\(PageText.percent(suppressedShare))) left out")
        }
        return parts.isEmpty ? "as it is" : parts.joined(separator: "; ")
    }
}

extension PageText {
    /// "12.5 %", "<0.1 %".
    static func percent(_ share: Double) -> String {
        guard share.isFinite else { return "?" }
        if share > 0, share < 0.0005 { return "<0.1 %" }
        return "\(decimal(share * 100, share * 100 == (share * 100).rounded() ? 0 : 1)) %"
    }

    /// With that many decimals, rounded.
    static func decimal(_ number: Double, _ decimals: Int) -> String {
        guard number.isFinite, abs(number) < 1e12 else { return "?" }
        var factor = 1.0
        for _ in 0..<decimals { factor *= 10 }
        let scaled = Int((number * factor).rounded())
        guard decimals > 0 else { return "\(scaled)" }
        let digits = String(scaled.magnitude)
        let padded = String(repeating: "0", count: max(decimals + 1 - digits.utf8.count, 0)) + digits
        return (scaled < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// A number of records that is expected: whole where it is, or where there are many.
    static func expected(_ number: Double) -> String {
        number < 1e12 && (number >= 100 || number == number.rounded())
            ? self.number(Int(number.rounded())) : decimal(number, 1)
    }

    static func count(_ number: Int, _ noun: String, plural: String) -> String {
        "\(self.number(number)) \(number == 1 ? noun : plural)"
    }
}
