/// Conversions between amounts of substance and masses, for the substances whose molar mass is exact enough.
///
/// Molar masses in g/mol from the formulas and IUPAC's standard atomic weights: creatinine C4H7N3O, bilirubin C33H36N4O6,
/// testosterone C19H28O2, glucose C6H12O6.
enum MolarMass {
    private static let gramsPerMole: [String: Double] = [
        "laboratory.creatinine": 113.12, "laboratory.bilirubin": 584.67, "laboratory.testosterone": 288.43,
        "laboratory.glucose": 180.16,
    ]

    /// The power of ten of moles in a litre, by the unit's folded name.
    private static let moles: [String: Int] = ["mol/l": 0, "mmol/l": -3, "umol/l": -6, "nmol/l": -9, "pmol/l": -12]

    /// What takes grams in a litre to the base unit, as a power of ten.
    private static let perGram: [String: Int] = ["mg/dL": 2, "ng/dL": 8, "g/L": 0, "g/dL": -1]

    static func factor(of unit: String, in base: String, of attribute: String) -> MeasurementUnit.Factor? {
        guard let mass = gramsPerMole[attribute], let power = moles[unit], let gram = perGram[base] else { return nil }
        return MeasurementUnit.Factor(exponent: power + gram, multiplier: mass)
    }
}
