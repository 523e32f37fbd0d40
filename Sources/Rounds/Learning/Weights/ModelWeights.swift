/// The weights of a model: named tensors of 32-bit floats, in the order of their names.
///
/// All values lie in one array, tensor after tensor. Equal weights have equal ``safetensors`` bytes, so a hash of those
/// names a model.
public struct ModelWeights: Sendable, Equatable {
    /// Where one tensor lies.
    public struct Entry: Sendable, Equatable, Hashable {
        public let name: String
        /// Empty for a single number.
        public let shape: [Int]
        /// The place of the first value among all values.
        public let offset: Int
        public let count: Int

        public var range: Range<Int> { offset..<(offset + count) }
    }

    /// One tensor to build weights from; its values run row by row.
    public struct Tensor: Sendable, Equatable {
        public let name: String
        public let shape: [Int]
        public let values: [Float]

        public init(_ name: String, shape: [Int], _ values: [Float]) {
            self.name = name
            self.shape = shape
            self.values = values
        }
    }

    /// The tensors, sorted by the bytes of their names.
    public let entries: [Entry]
    public private(set) var values: [Float]

    /// - Throws: ``RoundsError/shape(_:)`` where two tensors have one name, or a shape and its values do not agree.
    public init(_ tensors: [Tensor]) throws(RoundsError) {
        let sorted = tensors.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        self.entries = try Self.entries(sorted.map { ($0.name, $0.shape) })
        for (entry, tensor) in zip(entries, sorted) where entry.count != tensor.values.count {
            throw .shape("\(entry.name) has \(tensor.values.count) values and a shape for \(entry.count)")
        }
        self.values = sorted.flatMap(\.values)
    }

    /// Other values in the same tensors.
    public init(_ values: [Float], like other: ModelWeights) throws(RoundsError) {
        try self.init(values, entries: other.entries)
    }

    init(_ values: [Float], entries: [Entry]) throws(RoundsError) {
        let count = entries.last.map { $0.offset + $0.count } ?? 0
        guard values.count == count else {
            throw .shape("there are \(values.count) values for a model of \(count)")
        }
        self.entries = entries
        self.values = values
    }

    /// Zeros in the same tensors.
    public static func zeros(like other: ModelWeights) -> ModelWeights {
        var zeros = other
        zeros.values = Array(repeating: 0, count: other.values.count)
        return zeros
    }

    /// The places of tensors whose names are sorted.
    static func entries(_ shapes: [(name: String, shape: [Int])]) throws(RoundsError) -> [Entry] {
        var entries: [Entry] = []
        entries.reserveCapacity(shapes.count)
        var offset = 0
        for (name, shape) in shapes {
            guard entries.last?.name != name else { throw .shape("two tensors are called \(name)") }
            guard let count = Self.count(shape), let end = offset.addingOrNil(count) else {
                throw .shape("\(name) has a shape that no tensor can have")
            }
            entries.append(Entry(name: name, shape: shape, offset: offset, count: count))
            offset = end
        }
        return entries
    }

    /// The number of values of a shape; nil where a side is negative or the product is too large.
    static func count(_ shape: [Int]) -> Int? {
        var count = 1
        for side in shape {
            guard side >= 0 else { return nil }
            let (product, overflow) = count.multipliedReportingOverflow(by: side)
            guard !overflow else { return nil }
            count = product
        }
        return count
    }

    /// The values of one tensor.
    public func tensor(_ name: String) throws(RoundsError) -> [Float] {
        guard let entry = entries.first(where: { $0.name == name }) else {
            throw .shape("the model has no tensor called \(name)")
        }
        return Array(values[entry.range])
    }

    /// The tensors, each with its own array.
    public var tensors: [Tensor] {
        entries.map { Tensor($0.name, shape: $0.shape, Array(values[$0.range])) }
    }

    /// Throws where another model has other tensors: the check on what a site sent.
    public func check(_ other: ModelWeights) throws(RoundsError) {
        guard entries.count == other.entries.count else {
            throw .shape("they are weights of another model: \(other.entries.count) tensors, not \(entries.count)")
        }
        for (mine, theirs) in zip(entries, other.entries) where mine != theirs {
            throw .shape(
                "they are weights of another model: \(theirs.name) \(theirs.shape) where \(mine.name) \(mine.shape) is")
        }
    }

    /// Whether all values are numbers: a site whose training diverged sends some that are not.
    public var isFinite: Bool { values.allSatisfy(\.isFinite) }

    /// Replaces every value by a function of its place and itself.
    public mutating func update(_ change: (Int, Float) -> Float) {
        values.withUnsafeMutableBufferPointer { values in
            for place in values.indices { values[place] = change(place, values[place]) }
        }
    }

    /// Value by value, this less another.
    public func minus(_ other: ModelWeights) throws(RoundsError) -> ModelWeights {
        try check(other)
        var difference = self
        difference.update { place, value in value - other.values[place] }
        return difference
    }

    /// Value by value, this and a multiple of another.
    public func plus(_ other: ModelWeights, times factor: Double = 1) throws(RoundsError) -> ModelWeights {
        try check(other)
        var sum = self
        sum.update { place, value in Float(Double(value) + factor * Double(other.values[place])) }
        return sum
    }

    /// The Euclidean length of all values together.
    public var norm: Double { values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() }
}

extension Int {
    /// The sum, or nil where it cannot be held.
    func addingOrNil(_ other: Int) -> Int? {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? nil : sum
    }
}
