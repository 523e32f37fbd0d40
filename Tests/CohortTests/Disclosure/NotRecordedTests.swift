import Testing

@testable import Cohort

/// An answer says of each attribute for about how many patients it is not recorded. The attacker knows how the
/// attributes and the question hang together, and lists every site for which that would be true.
@Suite("What is not recorded singles out nobody")
struct NotRecordedTests {
    @Test(
        "from the answer and the numbers of two attributes: every site of so many patients",
        arguments: Knowledge.allCases, [(2, 6), (2, 8), (3, 8), (3, 9)])
    func everySite(knowledge: Knowledge, size: (threshold: Int, patients: Int)) throws {
        let rule = try DisclosureRule(threshold: size.threshold)
        let sites = knowledge.sites(of: size.patients)
        for seen in Set(sites.map { knowledge.seen(of: $0, under: rule) }) {
            let revealed = knowledge.revealed(by: seen, among: sites, below: size.threshold)
            // A question and its opposite leave out those without a value; that is not this number's doing.
            let before =
                revealed.isEmpty
                ? [] : knowledge.revealed(by: Knowledge.silenced(seen), among: sites, below: size.threshold)
            #expect(revealed.subtracting(before).isEmpty, "known from \(seen)")
        }
    }

    @Test("the number is true, a threshold or more above its bound, and a little more does not show")
    func bounds() throws {
        for threshold in [2, 3, 5, 10, 1000] {
            let rule = try DisclosureRule(threshold: threshold)
            var numbers: [ProtectedCount: [Int]] = [:]
            for number in 0..<22 * threshold {
                numbers[rule.protect(notRecorded: number), default: []].append(number)
            }
            for (shown, numbers) in numbers {
                #expect(numbers.count >= threshold, "\(numbers) is known from \(shown)")
                // From each number, the threshold or more up or down to what is said of it.
                #expect(numbers.allSatisfy { isFar($0, from: shown, threshold) })
            }
        }
    }

    private func isFar(_ number: Int, from shown: ProtectedCount, _ threshold: Int) -> Bool {
        switch shown {
        case .exact, .about: false
        case .fewerThan(let bound): bound - number > threshold
        case .moreThan(let bound): number - bound >= threshold
        }
    }

    @Test(
        "steps people can read",
        arguments: [
            (0, "<10"), (4, "<10"), (5, ">0"), (9, ">0"), (10, ">5"), (18, ">10"), (60, ">50"), (1400, ">1000"),
            (2504, ">1000"), (2505, ">2500"),
        ])
    func steps(number: Int, shown: String) {
        #expect(DisclosureRule.standard.protect(notRecorded: number).description == shown)
    }

    @Test("a threshold of one shows it, and no number is too large")
    func edges() throws {
        #expect(try DisclosureRule(threshold: 1).protect(notRecorded: 18) == .exact(18))
        #expect(
            try DisclosureRule(threshold: 2).protect(notRecorded: .max)
                == .moreThan(4_000_000_000_000_000_000))
    }
}

/// What anyone knows beforehand of a question's cohort and of the patients without two attributes, called A and B.
enum Knowledge: CaseIterable {
    case nothing
    /// `not exists A`: those without A are among the counted.
    case firstCounted
    /// `not exists A`, and whoever has no B has no A.
    case bothCounted
    /// Two attributes of which one is never there without the other.
    case firstWithinSecond
    /// `A = value` where a patient has one series: nobody without A is counted, and the opposite question is answered too.
    case firstNotCounted
    /// Neither is any without B.
    case bothNotCounted

    /// How many patients are in each of eight parts: bit 0 for the cohort, bit 1 for no A, bit 2 for no B.
    typealias Site = [Int]

    private func allows(_ part: Int) -> Bool {
        let (isCounted, first, second) = (part & 1 != 0, part & 2 != 0, part & 4 != 0)
        return switch self {
        case .nothing: true
        case .firstCounted: !first || isCounted
        case .bothCounted: (!first || isCounted) && (!second || first)
        case .firstWithinSecond: !first || second
        case .firstNotCounted: !(first && isCounted)
        case .bothNotCounted: !(first && isCounted) && !(second && isCounted)
        }
    }

    func sites(of patients: Int) -> [Site] {
        var sites: [Site] = []
        func fill(_ part: Int, _ site: Site, _ rest: Int) {
            if part == 7 {
                if rest == 0 || allows(7) { sites.append(site + [rest]) }
            } else {
                for number in allows(part) ? 0...rest : 0...0 { fill(part + 1, site + [number], rest - number) }
            }
        }
        fill(0, [], patients)
        return sites
    }

    /// The cohort, those without A, those without B, and the cohort of the opposite question.
    private func numbers(of site: Site) -> [Int] {
        let numbers = Self.masks.prefix(3).map { Self.sum(site, $0) }
        return [.firstNotCounted, .bothNotCounted].contains(self)
            ? numbers + [site.reduce(0, +) - numbers[0] - numbers[1]] : numbers
    }

    func seen(of site: Site, under rule: DisclosureRule) -> [ProtectedCount] {
        let all = site.reduce(0, +)
        return numbers(of: site).enumerated().map { place, number in
            place == 1 || place == 2
                ? rule.protect(notRecorded: number) : rule.patients(number, of: all, isEverything: false)
        }
    }

    /// What is seen where nothing is said of what is not recorded.
    static func silenced(_ seen: [ProtectedCount]) -> [ProtectedCount] {
        seen.enumerated().map { $0 == 1 || $0 == 2 ? .fewerThan(.max) : $1 }
    }

    /// The small numbers on which all sites agree that fit what is seen, by name.
    func revealed(by seen: [ProtectedCount], among sites: [Site], below threshold: Int) -> Set<String> {
        let groups = Self.groups.filter { group in (0..<8).contains { allows($0) && group.holds($0) } }
        var ranges = groups.map { _ in (low: Int.max, high: Int.min) }
        for site in sites where zip(numbers(of: site), seen).allSatisfy(Self.fits) {
            for (place, group) in groups.enumerated() {
                let number = Self.sum(site, group.holds)
                ranges[place] = (min(ranges[place].low, number), max(ranges[place].high, number))
            }
            if ranges.allSatisfy({ $0.low < $0.high }) { return [] }
        }
        return Set(zip(groups, ranges).filter { $1.low == $1.high && $1.low < threshold }.map(\.0.name))
    }

    private static func fits(_ number: Int, _ shown: ProtectedCount) -> Bool {
        number >= shown.range.low && number <= shown.range.high ?? .max
    }

    private static func sum(_ site: Site, _ holds: (Int) -> Bool) -> Int {
        site.indices.reduce(0) { holds($1) ? $0 + site[$1] : $0 }
    }

    private static let masks: [@Sendable (Int) -> Bool] = [{ $0 & 1 != 0 }, { $0 & 2 != 0 }, { $0 & 4 != 0 }]

    private struct Group: Sendable {
        var name: String
        var holds: @Sendable (Int) -> Bool
    }

    /// Every set, every two of them together, without each other and outside both.
    private static let groups: [Group] = {
        let names = ["the cohort", "no A", "no B"]
        var groups: [Group] = []
        for (one, first) in masks.enumerated() {
            groups.append(Group(name: names[one], holds: first))
            groups.append(Group(name: "outside \(names[one])", holds: { !first($0) }))
            for (other, second) in masks.enumerated() where other != one {
                groups.append(
                    Group(name: "\(names[one]) without \(names[other])", holds: { first($0) && !second($0) }))
                guard one < other else { continue }
                groups.append(Group(name: "\(names[one]) and \(names[other])", holds: { first($0) && second($0) }))
                groups.append(
                    Group(name: "neither \(names[one]) nor \(names[other])", holds: { !first($0) && !second($0) }))
            }
        }
        return groups
    }()
}
