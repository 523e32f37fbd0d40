import TestSupport
import Testing

@testable import Cohort

@Suite("What an asker was told is remembered")
struct QuestionMemoryTests {
    private let everyone = PatientSet(Array(0..<100))

    /// Asks for cohorts one after the other, and keeps the exact numbers that may be told.
    private func told(_ cohorts: [PatientSet], threshold: Int) -> [PatientSet] {
        var memory = QuestionMemory(threshold: threshold)
        var told: [PatientSet] = []
        for (place, patients) in cohorts.enumerated() {
            guard patients.count >= threshold, everyone.count - patients.count >= threshold else { continue }
            guard memory.finding("q\(place)", patients, everyone: everyone, isWhole: true) == nil else { continue }
            memory.keep(.init(question: "q\(place)", patients: patients, shown: .exact(patients.count), isWhole: true))
            told.append(patients)
        }
        return told
    }

    @Test("no two, and no three, of the exact numbers leave a group below the threshold", arguments: [2, 3, 5, 10])
    func combinations(threshold: Int) {
        var random = SeededGenerator(seed: UInt64(threshold))
        for _ in 0..<4 {
            // Cohorts that are near each other, and unions and intersections of them: what an attacker would ask.
            var cohorts: [Set<UInt32>] = []
            for _ in 0..<12 {
                let low = UInt32.random(in: 0..<70, using: &random)
                cohorts.append(Set(low..<low + UInt32.random(in: 5..<30, using: &random)))
            }
            for _ in 0..<30 {
                let one = cohorts.randomElement(using: &random) ?? []
                let other = cohorts.randomElement(using: &random) ?? []
                let made = [one.union(other), one.intersection(other), one.symmetricDifference(other)]
                cohorts.append(made.randomElement(using: &random) ?? [])
            }
            let told = told(cohorts.map { PatientSet(Array($0)) }, threshold: threshold).map { Set($0.numbers) }
            let all = Set(everyone.numbers)
            let sides = told.flatMap { [$0, all.subtracting($0)] }
            for (place, one) in sides.enumerated() {
                for (second, other) in sides.enumerated() where second / 2 > place / 2 {
                    #expect(one.symmetricDifference(other).count >= threshold)
                    for (third, last) in sides.enumerated() where third / 2 > second / 2 {
                        let unfilled = all.filter { number in
                            [one, other, last].count { $0.contains(number) } != 1
                        }
                        #expect(unfilled.count >= threshold, "\(place) \(second) \(third)")
                    }
                }
            }
        }
    }

    @Test("what is left of a cohort, when its parts are told one by one, is not told")
    func partition() {
        var memory = QuestionMemory(threshold: 5)
        let whole = PatientSet(Array(0..<60))
        memory.keep(.init(question: "whole", patients: whole, shown: .exact(60), isWhole: true))
        for part in 0..<4 {
            let patients = PatientSet(Array(UInt32(part * 11)..<UInt32(part * 11 + 11)))
            #expect(memory.finding("part \(part)", patients, everyone: everyone, isWhole: true) == nil)
            memory.keep(.init(question: "part \(part)", patients: patients, shown: .exact(11), isWhole: true))
        }
        // 44 are told; these 14 leave 2.
        let last = PatientSet(Array(44..<58))
        #expect(memory.finding("last", last, everyone: everyone, isWhole: true) == .follows(16, within: 4))
    }

    @Test("the same question gets what it got; one that is near gets what follows from it")
    func findings() {
        var memory = QuestionMemory(threshold: 5)
        memory.keep(.init(question: "a", patients: PatientSet(Array(0..<50)), shown: .exact(50), isWhole: true))
        let near = PatientSet(Array(0..<48))
        #expect(memory.finding("b", near, everyone: everyone, isWhole: true) == .follows(50, within: 4))
        #expect(memory.finding("a", near, everyone: everyone, isWhole: true) == .same(.exact(50)))
        // None or few: an equal cohort under another name is no different, or the difference would tell.
        let equal = PatientSet(Array(0..<50))
        #expect(memory.finding("b", equal, everyone: everyone, isWhole: true) == .follows(50, within: 4))
        let opposite = PatientSet(Array(52..<100))
        #expect(memory.finding("c", opposite, everyone: everyone, isWhole: true) == .follows(50, within: 4))
        #expect(memory.finding("d", PatientSet(Array(0..<45)), everyone: everyone, isWhole: true) == nil)
    }

    @Test("memory is bounded: the oldest are forgotten first")
    func bounded() {
        var memory = QuestionMemory(threshold: 5)
        for number in 0..<100 {
            let patients = PatientSet((0..<200).map { UInt32(number * 1000 + $0) })
            memory.keep(.init(question: "\(number)", patients: patients, shown: .exact(200), isWhole: true))
        }
        let half = memory.bytes / 2
        memory.forget(beyond: half)
        #expect(memory.bytes <= half && memory.entries.count > 40)
        #expect(memory.entries.map(\.question) == (100 - memory.entries.count..<100).map { "\($0)" })
    }
}
