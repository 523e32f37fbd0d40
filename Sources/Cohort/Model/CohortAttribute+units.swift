extension CohortAttribute {
    /// A number that someone gave in `unit`, as the attribute keeps it; nil where that unit does not measure it.
    ///
    /// - Parameter digits: decimal digits with a point at most and an exponent.
    public func number(_ digits: String, in unit: String) -> Double? {
        guard let base = self.unit else { return nil }
        return MeasurementUnit.factor(of: unit, in: base, of: self)?.applied(to: digits)
    }

    /// The units in which its numbers can be given, its own first; empty where it has none.
    public var units: [String] { unit.map(MeasurementUnit.names(of:)) ?? [] }
}
