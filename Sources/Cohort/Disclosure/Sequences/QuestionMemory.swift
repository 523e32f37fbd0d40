/// The cohorts of which a caller was told the numbers, and which further numbers would tell of a small group.
///
/// A number is kept back where the new cohort, or what follows from it and earlier ones by adding and subtracting,
/// differs from one that was answered by fewer patients than the threshold. None is fewer, too: if only a difference of
/// one to four were kept back, keeping back would tell that it is there. Compared are
///
/// - a new cohort with each earlier one, and with what an earlier one leaves of the site (the tracker's two steps);
/// - with each two earlier ones: three cohorts, or what they leave, that fill the site or each other;
/// - with sums of many: what is left of an earlier cohort, or of the site, when those inside it are taken away.
///
/// It is the memory of one caller. Longer combinations than these are not looked for; see the threat model.
public struct QuestionMemory: Sendable {
    /// A number that was told.
    public struct Entry: Sendable, Hashable {
        /// The question in its canonical form.
        public var question: String
        public var patients: PatientSet
        public var shown: ProtectedCount
        /// Whether it was asked for, and is not a cell of a breakdown.
        public var isWhole: Bool

        public init(question: String, patients: PatientSet, shown: ProtectedCount, isWhole: Bool) {
            self.question = question
            self.patients = patients
            self.shown = shown
            self.isWhole = isWhole
        }

        /// The number in the middle of what was shown.
        var middle: Int {
            switch shown {
            case .exact(let number), .about(let number, _): number
            case .fewerThan, .moreThan: 0
            }
        }
        var slack: Int { if case .about(_, let within) = shown { within } else { 0 } }
    }

    /// What an earlier number says of a new cohort.
    enum Finding: Equatable {
        /// The same question, and at most a few patients have changed since: the number that was told then.
        case same(ProtectedCount)
        /// A number that follows from earlier ones, and how far it can be off.
        case follows(Int, within: Int)

        var isNew: Bool { if case .follows = self { true } else { false } }
    }

    private(set) var entries: [Entry] = []
    /// Places in ``entries``, fewest patients first; and those of them that were asked for themselves.
    private var order: [Int] = []
    private var wholes: [Int] = []
    private(set) var bytes = 0
    let threshold: Int
    /// How far back sums of two and of many are looked for.
    private static let mostPairs = 1000
    private static let mostWholes = 16

    public init(threshold: Int) { self.threshold = threshold }

    /// Keeps a number that is told. Bounds tell nothing that could be subtracted, and are not kept.
    public mutating func keep(_ entry: Entry) {
        switch entry.shown {
        case .exact, .about: break
        case .fewerThan, .moreThan: return
        }
        let count = entry.patients.count
        guard !places(with: count...count).contains(where: { entries[$0] == entry }) else { return }
        let (place, wholePlace) = (position(of: count, in: order), position(of: count, in: wholes))
        entries.append(entry)
        order.insert(entries.count - 1, at: place)
        if entry.isWhole { wholes.insert(entries.count - 1, at: wholePlace) }
        bytes += entry.patients.size + entry.question.utf8.count
    }

    /// Forgets the oldest entries until at most so many bytes are taken.
    public mutating func forget(beyond most: Int) {
        guard bytes > most else { return }
        var kept = entries[...]
        while bytes > most, let first = kept.popFirst() {
            bytes -= first.patients.size + first.question.utf8.count
        }
        let rest = Array(kept)
        self = QuestionMemory(threshold: threshold)
        for entry in rest { keep(entry) }
    }

    /// What follows for a cohort from what was told before; nil where its number may be told.
    ///
    /// - Parameter everyone: all patients of the site; their number is on its card.
    func finding(_ question: String, _ patients: PatientSet, everyone: PatientSet, isWhole: Bool) -> Finding? {
        let mine = patients.words(max(patients.wordCount, everyone.wordCount))
        let near = near(patients, mine, everyone.count)
        // The latest: the whole site's own numbers are told again when it changes.
        let same = near.filter { entries[$0.place].question == question && !$0.isOpposite }.map(\.place).max()
        if let same { return .same(entries[same].shown) }
        if let first = near.min(by: { $0.place < $1.place }) {
            let entry = entries[first.place]
            return .follows(
                first.isOpposite ? max(0, everyone.count - entry.middle) : entry.middle,
                within: threshold - 1 + entry.slack)
        }
        guard isWhole else { return nil }
        return sumOfTwo(patients, mine, everyone) ?? sumOfMany(patients, mine, everyone)
    }

    // MARK: One earlier cohort

    private func near(_ patients: PatientSet, _ mine: [UInt64], _ all: Int) -> [(place: Int, isOpposite: Bool)] {
        var found: [(Int, Bool)] = []
        for place in places(with: patients.count - threshold + 1...patients.count + threshold - 1)
        where distance(entries[place].patients, patients.count, mine) < threshold {
            found.append((place, false))
        }
        let rest = all - patients.count
        for place in places(with: rest - threshold + 1...rest + threshold - 1)
        where all - distance(entries[place].patients, patients.count, mine) < threshold {
            found.append((place, true))
        }
        return found
    }

    /// How many patients are in one of two cohorts only.
    private func distance(_ other: PatientSet, _ count: Int, _ mine: [UInt64]) -> Int {
        other.count + count - 2 * other.common(with: mine)
    }

    /// Places of the entries of so many patients.
    func places(with counts: ClosedRange<Int>) -> ArraySlice<Int> {
        Self.slice(order, position(of: counts.lowerBound, in: order), position(of: counts.upperBound + 1, in: order))
    }

    private static func slice(_ order: [Int], _ first: Int, _ last: Int) -> ArraySlice<Int> {
        order[first..<max(first, last)]
    }

    /// Where in an order the entries of at least so many patients begin.
    private func position(of count: Int, in order: [Int]) -> Int {
        var (low, high) = (0, order.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[order[middle]].patients.count < count { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: Sums

    /// Three cohorts, each of them or what it leaves of the site, that fill the site once: the number of one follows
    /// from the two others. What is in both of two cohorts follows so from either of them and their union.
    private func sumOfTwo(_ patients: PatientSet, _ mine: [UInt64], _ everyone: PatientSet) -> Finding? {
        let all = everyone.count
        let site = everyone.words(mine.count)
        let latest = wholes.sorted(by: >).prefix(Self.mostPairs)
        let oldest = latest.last ?? 0
        for place in latest {
            let first = entries[place].patients
            let words = first.words(mine.count)
            for turn in 0..<4 {
                let (isMineTurned, isFirstTurned) = (turn & 1 == 1, turn & 2 == 2)
                let sum =
                    (isMineTurned ? all - patients.count : patients.count)
                    + (isFirstTurned ? all - first.count : first.count)
                for isOtherTurned in [false, true] {
                    let wanted = isOtherTurned ? sum : all - sum
                    let slack = 2 * (threshold - 1)
                    let near = Self.slice(
                        wholes, position(of: wanted - slack, in: wholes), position(of: wanted + slack + 1, in: wholes))
                    for other in near where other < place && other >= oldest {
                        let third = entries[other].patients.words(mine.count)
                        let turned = (isMineTurned, isFirstTurned, isOtherTurned)
                        guard Self.unfilled(site, mine, words, third, turned) < threshold else { continue }
                        let parts = [(place, isFirstTurned), (other, isOtherTurned)].map { place, isTurned in
                            isTurned ? all - entries[place].middle : entries[place].middle
                        }
                        let number = isMineTurned ? parts[0] + parts[1] : all - parts[0] - parts[1]
                        return .follows(
                            max(0, number), within: slack + entries[place].slack + entries[other].slack)
                    }
                }
            }
        }
        return nil
    }

    /// How many patients of the site are not in exactly one of three cohorts.
    private static func unfilled(
        _ site: [UInt64], _ one: [UInt64], _ two: [UInt64], _ three: [UInt64], _ turned: (Bool, Bool, Bool)
    ) -> Int {
        var number = 0
        for place in site.indices {
            let first = turned.0 ? ~one[place] : one[place]
            let second = turned.1 ? ~two[place] : two[place]
            let third = turned.2 ? ~three[place] : three[place]
            let once = (first ^ second ^ third) & ~(first & second & third)
            number += (site[place] & ~once).nonzeroBitCount
        }
        return number
    }

    /// What is left of an earlier cohort, of the site or of the new cohort when cohorts inside it are taken away.
    private func sumOfMany(_ patients: PatientSet, _ mine: [UInt64], _ everyone: PatientSet) -> Finding? {
        if let parts = parts(of: mine, patients.count) {
            return .follows(parts.sum, within: threshold - 1 + parts.slack)
        }
        var larger: [(words: [UInt64], number: Int, slack: Int)] = [
            (everyone.words(mine.count), everyone.count, 0)
        ]
        for place in wholes where larger.count <= Self.mostWholes {
            let entry = entries[place]
            guard entry.patients.count > patients.count, patients.isInside(entry.patients.words(mine.count)) else {
                continue
            }
            larger.append((entry.patients.words(mine.count), entry.middle, entry.slack))
        }
        for whole in larger {
            var rest = whole.words
            patients.remove(from: &rest)
            let left = rest.reduce(0) { $0 + $1.nonzeroBitCount }
            guard let parts = parts(of: rest, left) else { continue }
            return .follows(
                max(0, whole.number - parts.sum), within: threshold - 1 + whole.slack + parts.slack)
        }
        return nil
    }

    /// Earlier cohorts that fill a cohort up to a few patients, none of them in two; nil where there are none.
    ///
    /// Taken from it one after the other: the largest first, then only what was asked for itself, then the latest first.
    private func parts(of words: [UInt64], _ count: Int) -> (sum: Int, slack: Int)? {
        guard count >= threshold else { return nil }
        let inside = order.reversed().filter { place in
            entries[place].patients.count <= count && entries[place].patients.isInside(words)
        }
        for places in [inside, inside.filter { entries[$0].isWhole }, inside.sorted(by: >)] {
            var (rest, left, sum, slack) = (words, count, 0, 0)
            for place in places {
                let entry = entries[place]
                guard entry.patients.count <= left, entry.patients.isInside(rest) else { continue }
                entry.patients.remove(from: &rest)
                left -= entry.patients.count
                sum += entry.middle
                slack += entry.slack
                if left < threshold { return (sum, slack) }
            }
        }
        return nil
    }
}
