import Cohort
import Runtime

/// The section `disclosure` of `node.yaml`.
enum DisclosureSettings {
    /// Takes the rule and how much is remembered; `withheld` is left for the caller.
    static func read(_ section: inout Settings) throws(SettingsError) -> (DisclosureRule, MemoryRule) {
        let threshold = try section.number("threshold") ?? DisclosureRule.standard.threshold
        let rounding = try section.number("rounding") ?? 1
        var noise: NoiseRule?
        if var part = try section.section("noise") {
            let epsilon = try thousandths("epsilon", in: &part)
            let budget = try thousandths("budget", in: &part)
            try part.finish()
            do {
                noise = try NoiseRule(milliepsilon: epsilon, budget: budget)
            } catch {
                throw SettingsError("`disclosure.noise`: \(error)")
            }
        }
        var memory = MemoryRule()
        if let questions = try section.number("remember_questions") {
            guard (0...100_000).contains(questions) else {
                throw SettingsError("`disclosure.remember_questions` should be 0 to 100000; 2000 is usual")
            }
            memory.questions = questions
        }
        if let days = try section.number("remember_days") {
            guard (1...36_500).contains(days) else {
                throw SettingsError("`disclosure.remember_days` should be 1 to 36500; 365 is usual")
            }
            memory.days = days
        }
        guard noise == nil || memory.questions > 0 else {
            throw SettingsError(
                "`disclosure.noise` needs `remember_questions`: without memory a question that is asked again is new")
        }
        do {
            return (try DisclosureRule(threshold: threshold, rounding: rounding, noise: noise), memory)
        } catch {
            throw SettingsError("`disclosure.\(error.threshold == nil ? "rounding" : "threshold")`: \(error)")
        }
    }

    /// A number with at most three decimals, in thousandths.
    private static func thousandths(_ name: String, in section: inout Settings) throws(SettingsError) -> Int {
        guard let text = try section.text(name) else {
            throw SettingsError("`disclosure.noise.\(name)` is missing: noise needs `epsilon` and `budget`")
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first.flatMap({ Int($0) }), (0...100_000).contains(whole),
            case let decimals = parts.count == 2 ? String(parts[1]) : "", decimals.utf8.count <= 3,
            let fraction = Int((decimals + "000").prefix(3)), fraction >= 0
        else {
            throw SettingsError("`disclosure.noise.\(name)` should be a number of at most three decimals, such as 0.5")
        }
        return whole * 1000 + fraction
    }
}
