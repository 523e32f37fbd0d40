/// The pseudonyms and date shifts of a table's patients. Remembers some: rows of a patient often follow each other.
struct TablePatients {
    struct Patient {
        let pseudonym: String
        let shift: DateShift
    }

    private let pseudonyms: Pseudonymizer
    private let issuer: String
    private var known: [String: Patient] = [:]

    private static let remembered = 65_536

    init(_ pseudonyms: Pseudonymizer, issuer: String) {
        self.pseudonyms = pseudonyms
        self.issuer = issuer.trimmed
    }

    mutating func patient(_ id: String) -> Patient {
        if let known = known[id] { return known }
        let patient = Patient(
            pseudonym: pseudonyms.patientID(issuer: issuer, id: id), shift: pseudonyms.dateShift(issuer: issuer, id: id)
        )
        if known.count >= Self.remembered { known.removeAll(keepingCapacity: true) }
        known[id] = patient
        return patient
    }

    /// The pseudonym alone, of a number that may be nobody's.
    func pseudonym(_ id: String) -> String { pseudonyms.patientID(issuer: issuer, id: id) }
}

/// Which patients of a table have images, and what would bring the others together with theirs.
struct ImageLinks {
    private let imaged: Set<String>
    private var met: Set<String> = []
    private var missed: Set<String> = []
    private(set) var link = TableReport.ImageLink()

    /// Patients that are told apart; a table with more gets no exact numbers beyond.
    private static let most = 1_000_000

    init(_ imaged: Set<String>) {
        self.imaged = imaged
    }

    mutating func observe(_ cell: String, id: String, pseudonym: String, row: Int, _ patients: TablePatients) {
        if imaged.contains(pseudonym) {
            met.insert(pseudonym)
            return
        }
        guard missed.count < Self.most, missed.insert(pseudonym).inserted else { return }
        link.rows.add(row)
        for (remedy, variant) in Self.variants(id) where imaged.contains(patients.pseudonym(variant)) {
            link.remedies[remedy, default: 0] += 1
            break
        }
    }

    var finished: TableReport.ImageLink {
        var link = link
        (link.withImages, link.withoutImages) = (met.count, missed.count)
        link.imagesWithoutRow = imaged.count - met.count
        return link
    }

    /// How the same number may have been written in images.
    private static func variants(_ id: String) -> [(String, String)] {
        var all = [
            ("uppercase: true", id.uppercased()), ("drop_zeros: true", id.withoutLeadingZeros),
        ]
        for width in 4...12 { all.append(("zero_pad: \(width)", id.withoutLeadingZeros.zeroPadded(to: width))) }
        return all.filter { $0.1 != id }
    }
}
