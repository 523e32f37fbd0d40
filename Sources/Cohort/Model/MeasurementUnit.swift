/// Units in which a number can be given, and how they relate to the unit in which it is kept.
///
/// All are powers of ten of each other, so a conversion moves the decimal point of the number as it was written: 0.7 cm
/// is exactly the 7 mm that a file says.
enum MeasurementUnit {
    /// The power of ten that takes a number in `unit` to the base unit, or nil where it does not measure the same.
    static func exponent(of unit: String, in base: String) -> Int? {
        // Case matters in SI (mT, MT), but nobody means a megatesla: units are read in either case.
        table[base]?.first { $0.names.contains(unit.lowercased()) }?.exponent
    }

    /// What can be written for `base`, the base unit first.
    static func names(of base: String) -> [String] { table[base]?.map(\.symbol) ?? [] }

    private struct Unit {
        let symbol: String
        let exponent: Int
        let names: [String]

        init(_ symbol: String, _ exponent: Int, _ names: String...) {
            self.symbol = symbol
            self.exponent = exponent
            self.names = names + [symbol.lowercased()]
        }
    }

    private static let table: [String: [Unit]] = [
        "mm": [
            Unit("mm", 0, "millimetre", "millimetres", "millimeter", "millimeters"),
            Unit("cm", 1, "centimetre", "centimetres", "centimeter", "centimeters"),
            Unit("µm", -3, "um", "μm", "micrometre", "micrometres"),
        ],
        "ms": [
            Unit("ms", 0, "msec", "millisecond", "milliseconds"), Unit("s", 3, "sec", "second", "seconds"),
        ],
        "T": [Unit("T", 0, "tesla"), Unit("mT", -3, "millitesla")],
        "kV": [Unit("kV", 0, "kvp", "kilovolt", "kilovolts"), Unit("V", -3, "volt", "volts")],
        "years": [Unit("years", 0, "year", "y", "yr", "yrs", "a")],
    ]
}
