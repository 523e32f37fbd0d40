import Cohort

/// Counts series that come in the order of patients and studies: what is new is what differs from the one before.
struct Tally {
    private(set) var counts = Counts()
    /// For each facet, by the number of a value: patients with it.
    private(set) var facets: [[Int]]
    /// For each facet, by the number of a value: the patient who was counted last.
    private var counted: [[Int64]]
    private var patient: Int64 = -1
    private var study: Int64 = -1

    init(facets: Int) {
        self.facets = Array(repeating: [], count: facets)
        counted = Array(repeating: [], count: facets)
    }

    /// Takes in the next series.
    mutating func add(patient: Int64, study: Int64, images: Int) {
        if study != self.study || patient != self.patient { counts.studies += 1 }
        if patient != self.patient { counts.patients += 1 }
        counts.series += 1
        counts.images += images
        self.patient = patient
        self.study = study
    }

    /// Takes in the value of a facet that the series has; 0 stands for none.
    mutating func add(value: Int, of facet: Int) {
        guard value >= 0 else { return }
        if value >= counted[facet].count {
            let missing = value + 1 - counted[facet].count
            counted[facet].append(contentsOf: repeatElement(-1, count: missing))
            facets[facet].append(contentsOf: repeatElement(0, count: missing))
        }
        guard counted[facet][value] != patient else { return }
        counted[facet][value] = patient
        facets[facet][value] += 1
    }
}
