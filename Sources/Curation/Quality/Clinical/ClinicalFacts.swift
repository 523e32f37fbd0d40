/// What a de-identified clinical table says of patients, as far as images can contradict it. By pseudonym.
public struct ClinicalFacts: Sendable, Equatable {
    public struct Patient: Sendable, Equatable {
        /// F, M or O.
        public var sex: String?
        /// The birth date, or 1 July of the year of birth where the table has no more.
        public var birth: CivilDate?
        /// Whether ``birth`` is a year alone.
        public var isBirthYearOnly = false
        public var death: CivilDate?
        /// Sides of the disease: L, R or B for both.
        public var sides: Set<String> = []
        /// An age in years and the day it holds for.
        public var age: Double?
        public var ageDay: CivilDate?
        /// The minimum attributes that have a value in one of the patient's rows.
        public var attributes: Set<ClinicalAttribute> = []

        public init() {}
    }

    public private(set) var patients: [String: Patient] = [:]
    /// The minimum attributes that the table has a column for.
    public internal(set) var columns: Set<ClinicalAttribute> = []

    public init(_ patients: [String: Patient] = [:]) {
        self.patients = patients
    }

    /// Takes what another row says of a patient; what is known already stays.
    public mutating func add(_ pseudonym: String, _ row: Patient) {
        guard var known = patients[pseudonym] else {
            patients[pseudonym] = row
            return
        }
        known.sex = known.sex ?? row.sex
        if known.birth == nil { (known.birth, known.isBirthYearOnly) = (row.birth, row.isBirthYearOnly) }
        known.death = known.death ?? row.death
        if known.age == nil { (known.age, known.ageDay) = (row.age, row.ageDay) }
        known.sides.formUnion(row.sides)
        known.attributes.formUnion(row.attributes)
        patients[pseudonym] = known
    }

    /// How complete the table is.
    public var shares: [ClinicalAttribute.Share] {
        ClinicalAttribute.allCases.map { attribute in
            ClinicalAttribute.Share(
                attribute: attribute, hasColumn: columns.contains(attribute),
                patients: patients.values.count { $0.attributes.contains(attribute) })
        }
    }
}
