import TestSupport
import Testing

@testable import Cohort

/// The attacker knows the site's card, asks a question and its opposite, and lists every site for which exactly that
/// would have been shown. Where all of them agree on a small number, it is known; that must never happen.
@Suite("Nobody can work out a small group")
struct AttackTests {
    @Test(
        "from a card, an answer and the opposite answer: every site of so many patients",
        arguments: [(2, 4), (2, 5), (2, 6), (3, 5), (3, 6), (3, 7), (4, 8)])
    func everySmallSite(threshold: Int, patients: Int) throws {
        let rule = try DisclosureRule(threshold: threshold)
        let sites = SmallSite.all(patients: patients)
        for seen in Set(sites.map { $0.seen(under: rule) }) {
            let revealed = Self.revealed(by: seen, among: sites, below: threshold)
            #expect(revealed == nil, "\(revealed ?? "") is known from \(seen)")
        }
    }

    @Test(
        "from a card, an answer and the opposite answer: larger sites, some of them",
        arguments: [(2, 9, 60), (3, 10, 40), (5, 11, 30), (5, 12, 20)])
    func someLargerSites(threshold: Int, patients: Int, count: Int) throws {
        let rule = try DisclosureRule(threshold: threshold)
        let sites = SmallSite.all(patients: patients)
        var random = SeededGenerator(seed: UInt64(patients))
        for _ in 0..<count {
            let seen = try #require(sites.randomElement(using: &random)).seen(under: rule)
            let revealed = Self.revealed(by: seen, among: sites, below: threshold)
            #expect(revealed == nil, "\(revealed ?? "") is known from \(seen)")
        }
    }

    @Test("a number of patients hides among others even from someone who knows the rule", arguments: [2, 3, 5, 10])
    func countsHide(threshold: Int) throws {
        let rule = try DisclosureRule(threshold: threshold)
        for all in threshold...60 {
            var numbers: [[ProtectedCount]: Set<Int>] = [:]
            for patients in 0...all {
                let shown = [patients, all - patients].map { rule.patients($0, of: all, isEverything: false) }
                numbers[shown, default: []].insert(patients)
            }
            for (shown, possible) in numbers where possible.contains(where: { min($0, all - $0) < threshold }) {
                #expect(possible.count > 1, "\(possible) of \(all) is known from \(shown)")
            }
        }
    }

    /// The name of a small number on which all sites agree that fit what is seen.
    private static func revealed(by seen: SmallSite.Seen, among sites: [SmallSite], below threshold: Int) -> String? {
        var possible: [String: (number: Int, isKnown: Bool)] = [:]
        var found = false
        for site in sites where site.fits(seen) {
            found = true
            for (name, number) in site.numbers {
                if let known = possible[name] {
                    possible[name] = (known.number, known.isKnown && known.number == number)
                } else {
                    possible[name] = (number, true)
                }
            }
        }
        if !found { return "nothing fits, and so what is shown is false" }
        return possible.first { $0.value.isKnown && $0.value.number < threshold }.map {
            "\($0.key) = \($0.value.number)"
        }
    }
}
