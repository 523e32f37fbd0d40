/// What is kept of all series: findings up to a number, and compact tables to compare series by.
struct DataSetLedger {
    let options: QualityOptions

    /// A series as the comparisons know it; its number is its place here.
    struct Entry {
        let series: QualitySeries.Name
        let frameOfReference: String
        let references: [(series: String, framesOfReference: Set<String>)]
    }

    private(set) var entries: [Entry] = []
    private(set) var patients: [String: PatientFacts] = [:]
    private(set) var book: FindingBook
    private(set) var completeness = Completeness()
    private(set) var twins = PixelTwins()
    private(set) var lookAlikes = LookAlikes()
    private(set) var cards: [SeriesCard] = []
    private(set) var pictures: [String: [SeriesPicture]] = [:]
    private(set) var counts = QualityReport.Checked()
    private var studies: Set<String> = []
    private var goodCards = 0

    init(options: QualityOptions) {
        self.options = options
        book = FindingBook(listed: options.listedPerRule)
    }

    mutating func add(_ outcome: SeriesOutcome) {
        let number = entries.count
        entries.append(
            Entry(
                series: outcome.series.name, frameOfReference: outcome.frameOfReference,
                references: outcome.references))
        merge(outcome.patient, of: outcome.series.patient)
        for finding in outcome.findings { book.add(finding) }
        if outcome.isImaging { completeness.add(outcome.attributes) }
        for digest in outcome.digests { twins.add(digest.value, series: number, object: digest.object) }
        for mark in outcome.marks {
            lookAlikes.add(mark.mark, series: number, object: mark.object, frame: mark.frame)
        }
        studies.insert(outcome.series.patient + " " + outcome.series.study)
        counts.patients = patients.count
        counts.studies = studies.count
        counts.series += 1
        counts.objects += outcome.series.objects.count
        counts.frames += outcome.frames
        counts.framesDecoded += outcome.framesDecoded
        show(outcome)
    }

    mutating func add(_ finding: QualityFinding) { book.add(finding) }

    private mutating func merge(_ facts: PatientFacts, of patient: String) {
        var known = patients[patient] ?? PatientFacts()
        known.sexes.formUnion(facts.sexes)
        known.birthDates.formUnion(facts.birthDates)
        known.days.formUnion(facts.days)
        known.sides.formUnion(facts.sides)
        for age in facts.ages where !known.ages.contains(where: { $0 == age }) { known.ages.append(age) }
        patients[patient] = known
    }

    /// Series with findings come with pictures, and some without.
    private mutating func show(_ outcome: SeriesOutcome) {
        let worst = outcome.findings.map(\.severity).min()
        let isWorthALook = worst == .error || worst == .warning
        if isWorthALook ? cards.count - goodCards >= options.picturedSeries : goodCards >= options.picturedGoodSeries {
            return
        }
        if !isWorthALook { goodCards += 1 }
        cards.append(SeriesCard(outcome))
        pictures[outcome.series.series] = outcome.pictures
    }
}

extension QualitySeries {
    /// Whose a series is and what it is called.
    struct Name: Sendable, Hashable {
        let key: SeriesKey
        let patient, study, series: String

        var place: QualityPlace { QualityPlace(patient: patient, study: study, series: series) }
    }

    var name: Name { Name(key: key, patient: patient, study: study, series: series) }
}
