/// A sum that does not lose the small ones beside the large ones (Neumaier 1974).
struct CompensatedSum {
    private var sum = 0.0
    private var lost = 0.0

    mutating func add(_ value: Double) {
        let next = sum + value
        lost += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
        sum = next
    }

    var value: Double { sum + lost }
}

extension Sequence<Double> {
    var compensatedSum: Double {
        var sum = CompensatedSum()
        for value in self { sum.add(value) }
        return sum.value
    }
}
