/// True, false or unknown of many records: one byte each, so that Kleene's logic is the smaller, the larger, and the
/// distance from 2, which the processor does for many records at once.
enum Truth {
    static let isFalse: UInt8 = 0
    static let unknown: UInt8 = 1
    static let isTrue: UInt8 = 2

    static func and(_ left: inout [UInt8], _ right: [UInt8]) {
        for place in 0..<min(left.count, right.count) { left[place] = min(left[place], right[place]) }
    }

    static func or(_ left: inout [UInt8], _ right: [UInt8]) {
        for place in 0..<min(left.count, right.count) { left[place] = max(left[place], right[place]) }
    }

    static func not(_ values: inout [UInt8]) {
        for place in values.indices { values[place] = 2 - min(2, values[place]) }
    }
}
