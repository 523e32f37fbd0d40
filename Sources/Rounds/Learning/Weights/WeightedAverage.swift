/// A weighted mean of many sites' vectors, taken one site at a time: the memory of one model, whatever their number.
///
/// Sums are in 64 bit, so the order of the sites changes the last bit of a 32-bit result at most. A site may also come
/// in pieces, as chunks of its file arrive.
public struct WeightedAverage: Sendable, Equatable {
    public private(set) var sum: [Double]
    /// The weights of all sites together.
    public private(set) var weight: Double
    /// How many sites are in it.
    public private(set) var sites: Int

    public init(count: Int) {
        sum = Array(repeating: 0, count: max(0, count))
        weight = 0
        sites = 0
    }

    /// A sum that was taken elsewhere, for example under masks.
    public init(sum: [Double], weight: Double, sites: Int) {
        self.sum = sum
        self.weight = weight
        self.sites = sites
    }

    /// Adds a whole site.
    ///
    /// - Parameter weight: more than 0 and finite, such as the site's number of rows.
    public mutating func add(_ values: [Float], weight: Double) throws(RoundsError) {
        try add(values, weight: weight, counting: weight)
    }

    /// Adds a whole site whose values are multiplied by one number and counted with another.
    mutating func add(_ values: [Float], weight: Double, counting: Double) throws(RoundsError) {
        guard values.count == sum.count else {
            throw .shape("there are \(values.count) values for a model of \(sum.count)")
        }
        try begin(weight: counting)
        add(values, at: 0, weight)
    }

    /// Begins a site whose values come in pieces.
    public mutating func begin(weight: Double) throws(RoundsError) {
        guard weight.isFinite, weight > 0 else { throw .shape("a site's weight must be a number above 0") }
        self.weight += weight
        sites += 1
    }

    /// Adds a piece of the site that was begun, as bytes of 32-bit floats (little endian), from one place on.
    public mutating func add(bytes: [UInt8], at place: Int, weight: Double) throws(RoundsError) {
        guard bytes.count.isMultiple(of: 4), place >= 0, bytes.count / 4 <= sum.count,
            place <= sum.count - bytes.count / 4
        else { throw .shape("a piece of the weights lies outside the model") }
        bytes.withUnsafeBytes { raw in
            sum.withUnsafeMutableBufferPointer { sum in
                // The range was checked above; without the checks of each sum the loop runs several values at a time.
                for index in 0..<(raw.count / 4) {
                    let bits = UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self))
                    sum[place &+ index] += weight * Double(Float(bitPattern: bits))
                }
            }
        }
    }

    private mutating func add(_ values: [Float], at place: Int, _ weight: Double) {
        values.withUnsafeBufferPointer { values in
            sum.withUnsafeMutableBufferPointer { sum in
                for index in values.indices { sum[place &+ index] += weight * Double(values[index]) }
            }
        }
    }

    /// The mean.
    ///
    /// - Throws: ``RoundsError/numerical(_:)`` where no site is in it.
    public func mean() throws(RoundsError) -> [Double] {
        guard weight > 0, weight.isFinite else { throw .numerical("no site is in the average") }
        return sum.map { $0 / weight }
    }
}
