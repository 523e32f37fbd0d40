/// The records of a batch by patient, study and series, each with the first values that are not empty.
struct BatchTree {
    struct Series {
        var uid: String
        /// A record that stands for all: each attribute is the first one's that has it.
        var attributes: InstanceRecord
        /// Places in the batch.
        var records: [Int]
    }

    struct Study {
        var uid: String
        var date: Int?
        var age: Double?
        var series: [Series] = []
    }

    struct Patient {
        var id: String
        var sex: String?
        var studies: [Study] = []
    }

    private(set) var patients: [Patient] = []

    init(_ records: [InstanceRecord]) {
        var patientAt: [String: Int] = [:]
        // A study belongs to its patient, a series to its study: the same UID elsewhere is another one.
        var studyAt: [[String]: Int] = [:]
        var seriesAt: [[String]: Int] = [:]
        for (place, record) in records.enumerated() {
            let p = patientAt[record.patientID] ?? patients.count
            if p == patients.count { patients.append(Patient(id: record.patientID)) }
            patientAt[record.patientID] = p
            patients[p].sex = patients[p].sex ?? record.sex.flatMap(Term.normalised)

            let studyKey = [record.patientID, record.studyUID]
            let s = studyAt[studyKey] ?? patients[p].studies.count
            if s == patients[p].studies.count { patients[p].studies.append(Study(uid: record.studyUID)) }
            studyAt[studyKey] = s
            patients[p].studies[s].date = patients[p].studies[s].date ?? record.studyDate
            patients[p].studies[s].age = patients[p].studies[s].age ?? record.ageYears

            let seriesKey = studyKey + [record.seriesUID]
            let r = seriesAt[seriesKey] ?? patients[p].studies[s].series.count
            if r == patients[p].studies[s].series.count {
                patients[p].studies[s].series.append(Series(uid: record.seriesUID, attributes: record, records: []))
            }
            seriesAt[seriesKey] = r
            patients[p].studies[s].series[r].attributes.fillGaps(from: record)
            patients[p].studies[s].series[r].records.append(place)
        }
    }
}

extension InstanceRecord {
    /// Takes what is empty here from `other`, as far as it belongs to the series.
    mutating func fillGaps(from other: InstanceRecord) {
        func fill(_ path: WritableKeyPath<InstanceRecord, String?>) {
            if self[keyPath: path].flatMap(Term.normalised) == nil { self[keyPath: path] = other[keyPath: path] }
        }
        fill(\.modality)
        fill(\.bodyPart)
        fill(\.laterality)
        fill(\.manufacturer)
        fill(\.model)
        fill(\.transferSyntaxUID)
        sliceThicknessMM = sliceThicknessMM ?? other.sliceThicknessMM
        pixelSpacingMM = pixelSpacingMM ?? other.pixelSpacingMM
        magneticFieldStrengthT = magneticFieldStrengthT ?? other.magneticFieldStrengthT
        echoTimeMS = echoTimeMS ?? other.echoTimeMS
        repetitionTimeMS = repetitionTimeMS ?? other.repetitionTimeMS
        kvpKV = kvpKV ?? other.kvpKV
        contrast = contrast ?? other.contrast
        rows = rows ?? other.rows
        columns = columns ?? other.columns
    }
}
