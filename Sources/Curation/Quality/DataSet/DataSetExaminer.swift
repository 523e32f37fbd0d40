import DICOM
import DICOMImaging

/// The rules about several series: run once all have been looked at.
struct DataSetExaminer {
    var ledger: DataSetLedger
    let limits: Limits

    private var options: QualityOptions { ledger.options }
    private var entries: [DataSetLedger.Entry] { ledger.entries }

    init(ledger: DataSetLedger, limits: Limits) {
        self.ledger = ledger
        self.limits = limits
    }

    mutating func conclude(_ source: some QualitySource, made: String?) throws -> QualityReport {
        for stray in try source.strays() {
            switch stray {
            case .unreadable(let reason): ledger.add(QualityFinding(.unreadable, at: [QualityPlace()], reason))
            case .duplicateUID(let place):
                ledger.add(QualityFinding(.duplicateUID, at: [place], "A second file has this UID."))
            }
        }
        patients()
        seriesInTwoPlaces()
        framesOfReference()
        var limitations: [String] = []
        let twins = try exactPairs(source)
        let pairs = twins + nearPairs(known: twins, &limitations)
        var report = QualityReport(
            title: source.title, made: made, checked: ledger.counts, completeness: ledger.completeness,
            rules: ledger.book.sorted, series: ledger.cards, pairs: [])
        report.checked.isDeep = options.isDeep
        report.errors = ledger.book.count(.error)
        report.warnings = ledger.book.count(.warning)
        report.notices = ledger.book.count(.notice)
        report.completeness.judge(errors: report.errors)
        report.completeness.clinical = options.clinical?.shares ?? []
        report.completeness.clinicalPatients = options.clinical?.patients.count ?? 0
        report.pairs = shown(pairs, source)
        report.limitations = limitations
        report.pictures = ledger.pictures
        report.series.sort {
            ($0.patient, $0.study, $0.series) < ($1.patient, $1.study, $1.series)
        }
        return report
    }

    private mutating func patients() {
        for (patient, facts) in ledger.patients.sorted(by: { $0.key < $1.key }) {
            let clinical = options.clinical?.patients[patient]
            for finding in PatientCheck(patient: patient, facts: facts, clinical: clinical).run() {
                ledger.add(finding)
            }
            if options.clinical != nil, clinical == nil {
                ledger.add(
                    QualityFinding(.clinicalAbsent, at: [QualityPlace(patient: patient)], "It has no row."))
            }
        }
        for patient in (options.clinical?.patients.keys.sorted() ?? []) where ledger.patients[patient] == nil {
            ledger.add(QualityFinding(.imagesAbsent, at: [QualityPlace(patient: patient)], "It has no images."))
        }
    }

    private mutating func seriesInTwoPlaces() {
        var first: [String: Int] = [:]
        for (number, entry) in entries.enumerated() {
            guard let known = first[entry.series.series] else {
                first[entry.series.series] = number
                continue
            }
            let isPatient = entries[known].series.patient != entry.series.patient
            ledger.add(
                QualityFinding(
                    .mixedPatient, at: [entries[known].series.place, entry.series.place],
                    "It stands under two \(isPatient ? "patients" : "studies")."))
        }
    }

    private mutating func framesOfReference() {
        var frames: [String: String] = [:]
        for entry in entries where !entry.frameOfReference.isEmpty {
            frames[entry.series.series] = entry.frameOfReference
        }
        for entry in entries {
            for (series, stated) in entry.references {
                guard let actual = frames[series], !stated.contains(actual) else { continue }
                var other = QualityPlace()
                other.series = series
                ledger.add(
                    QualityFinding(
                        .frameMismatch, at: [entry.series.place, other],
                        "None of its frames of reference is that of the series it names."))
            }
        }
    }
}
