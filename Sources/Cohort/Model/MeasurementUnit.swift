/// Units in which a number can be given, and how they relate to the unit in which it is kept.
///
/// Most are powers of ten of each other, so a conversion moves the decimal point of the number as it was written: 0.7 cm
/// is exactly the 7 mm that a file says. Times have whole factors, and amounts of substance the factor of the substance.
/// Names are those of UCUM, with the words that people write.
enum MeasurementUnit {
    /// What takes a number in one unit to another: first the decimal point, then the multiplier.
    struct Factor: Equatable {
        var exponent = 0
        var multiplier = 1.0
        var divisor = 1.0

        /// The converted number; nil for what is no finite number.
        func applied(to digits: String) -> Double? {
            guard let number = Decimals.number(digits, shiftedBy: exponent) else { return nil }
            guard multiplier != 1 || divisor != 1 else { return number }
            let converted = number * multiplier / divisor
            return converted.isFinite ? (converted == 0 ? 0 : converted) : nil
        }
    }

    /// What takes a number in `unit` to the base unit, or nil where it does not measure the same.
    ///
    /// - Parameter attribute: what is measured; moles of it can be turned into grams where its molar mass is known.
    static func factor(of unit: String, in base: String, of attribute: CohortAttribute? = nil) -> Factor? {
        let name = folded(unit)
        // Case matters in SI (mT, MT), but nobody means a megatesla: units are read in either case.
        if let found = table[base]?.first(where: { $0.names.contains(name) }) { return found.factor }
        return attribute.flatMap { MolarMass.factor(of: name, in: base, of: $0.name) }
    }

    /// What can be written for `base`, the base unit first.
    static func names(of base: String) -> [String] { table[base]?.map(\.symbol) ?? [base] }

    /// In lower case, with one letter for micro and one sign for powers.
    static func folded(_ unit: String) -> String {
        String(unit.lowercased().map { $0 == "µ" || $0 == "μ" ? "u" : $0 == "^" ? "*" : $0 }).filter { $0 != " " }
    }

    private struct Unit {
        let symbol: String
        let factor: Factor
        let names: [String]

        init(
            _ symbol: String, _ exponent: Int, times multiplier: Double = 1, over divisor: Double = 1,
            _ names: String...
        ) {
            self.symbol = symbol
            factor = Factor(exponent: exponent, multiplier: multiplier, divisor: divisor)
            self.names = names + [MeasurementUnit.folded(symbol)]
        }
    }

    private static let table: [String: [Unit]] = [
        "mm": [
            Unit("mm", 0, "millimetre", "millimetres", "millimeter", "millimeters"),
            Unit("cm", 1, "centimetre", "centimetres", "centimeter", "centimeters"),
            Unit("µm", -3, "micrometre", "micrometres"),
        ],
        "cm": [
            Unit("cm", 0, "centimetre", "centimetres", "centimeter", "centimeters"),
            Unit("m", 2, "metre", "metres", "meter", "meters"), Unit("mm", -1, "millimetre", "millimetres"),
        ],
        "kg": [Unit("kg", 0, "kilogram", "kilograms"), Unit("g", -3, "gram", "grams")],
        "kg/m2": [Unit("kg/m2", 0, "kg/m*2", "kg/m²")],
        "mL": [
            Unit("mL", 0, "cm3", "cm*3", "cc", "millilitre", "millilitres"), Unit("L", 3, "litre", "litres", "dm3"),
            Unit("mm3", -3, "mm*3", "ul"),
        ],
        "mm2/s": [
            Unit("mm2/s", 0, "mm*2/s"), Unit("um2/s", -6, "um*2/s"), Unit("10*-3mm2/s", -3, "10*-3.mm2/s"),
            Unit("10*-6mm2/s", -6, "10*-6.mm2/s"),
        ],
        "ms": [
            Unit("ms", 0, "msec", "millisecond", "milliseconds"), Unit("s", 3, "sec", "second", "seconds"),
        ],
        "T": [Unit("T", 0, "tesla"), Unit("mT", -3, "millitesla")],
        "kV": [Unit("kV", 0, "kvp", "kilovolt", "kilovolts"), Unit("V", -3, "volt", "volts")],
        "Gy": [Unit("Gy", 0, "gray", "grays"), Unit("cGy", -2, "centigray"), Unit("mGy", -3, "milligray")],
        "years": [
            Unit("years", 0, "year", "y", "yr", "yrs", "a"),
            Unit("months", 0, over: 12, "month", "mo", "mos"),
            // UCUM's Julian year, of 365.25 days.
            Unit("weeks", 0, times: 7, over: 365.25, "week", "wk"), Unit("days", 0, over: 365.25, "day", "d"),
        ],
        "days": [
            Unit("days", 0, "day", "d"), Unit("weeks", 0, times: 7, "week", "wk"),
            // UCUM's Julian month, a twelfth of the Julian year.
            Unit("months", 0, times: 30.4375, "month", "mo", "mos"),
            Unit("years", 0, times: 365.25, "year", "y", "yr", "yrs", "a"),
        ],
        "%": [Unit("%", 0, "percent", "per cent"), Unit("fraction", 2, "1", "ratio")],
        "1/Mb": [Unit("1/Mb", 0, "mut/mb", "mutations/mb", "/mb")],
        "ng/mL": [
            Unit("ng/mL", 0, "ug/l", "mcg/l"), Unit("ug/mL", 3, "mg/l"), Unit("ng/dL", -2), Unit("ng/L", -3, "pg/ml"),
            Unit("ug/dL", 1),
        ],
        "ng/mL2": [Unit("ng/mL2", 0, "ng/ml/ml", "ng/ml/cm3", "ng/ml/cc", "ng/ml*2")],
        "ng/dL": [Unit("ng/dL", 0), Unit("ng/mL", 2, "ug/l"), Unit("ng/L", -1, "pg/ml")],
        "mg/dL": [Unit("mg/dL", 0, "mg%"), Unit("mg/L", -1, "ug/ml"), Unit("g/L", 2), Unit("g/dL", 3)],
        "g/dL": [Unit("g/dL", 0, "g%"), Unit("g/L", -1, "mg/ml"), Unit("mg/dL", -3)],
        "g/L": [Unit("g/L", 0, "mg/ml"), Unit("g/dL", 1, "g%"), Unit("mg/dL", -2), Unit("mg/L", -3)],
        "U/mL": [Unit("U/mL", 0, "ku/l", "iu/ml", "[iu]/ml", "ui/ml", "k[iu]/l"), Unit("U/L", -3, "iu/l", "[iu]/l")],
        "U/L": [
            Unit("U/L", 0, "iu/l", "[iu]/l", "ui/l"), Unit("U/mL", 3, "ku/l", "iu/ml"),
            // One katal converts one mole a second, one unit a micromole a minute.
            Unit("ukat/L", 0, times: 60, "microkat/l"), Unit("nkat/L", -3, times: 60),
        ],
        "10*9/L": [
            Unit("10*9/L", 0, "10e9/l", "giga/l", "gpt/l", "10*3/ul", "k/ul", "1000/ul", "10e3/ul", "10*3/mm3"),
            Unit("10*6/L", -3, "1/ul", "/ul", "cells/ul", "/mm3", "10e6/l"),
        ],
    ]
}
