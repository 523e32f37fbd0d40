import Catalogue

/// Records for tests: short names, and a digest and a source that follow from them.
enum Records {
    static let key: [UInt8] = Array(repeating: 7, count: 32)

    static func source(_ path: String, modified: Int64 = 1) -> SourceKey {
        SourceKey(path: path, size: 100, modified: modified, key: key)
    }

    static func digest(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 64 - digits.count) + digits
    }

    /// A series is one patient's: its UID follows from both.
    static func record(
        _ patient: String, _ study: String, _ series: String, _ instance: Int, content: Int? = nil,
        _ change: (inout InstanceRecord) -> Void = { _ in }
    ) -> InstanceRecord {
        var record = InstanceRecord(
            patientID: patient, studyUID: study, seriesUID: "\(series).\(patient)", sopInstanceUID: "2.25.\(instance)",
            sopClassUID: "1.2.840.10008.5.1.4.1.1.2", digest: digest(content ?? instance), size: 1000,
            source: source("/in/\(instance)"))
        change(&record)
        return record
    }
}

extension Index {
    /// Lists one file as set aside; without a reason, as not DICOM.
    func setAside(_ path: String, _ reason: String? = nil, source: SourceKey) throws {
        try setAside([(path: path, reason: reason, source: source)])
    }
}
