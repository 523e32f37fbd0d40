/// What left a site in one batch: every object with its hash and the result of its leak scan, how it was de-identified, and
/// a signature over all of it that nobody without the site's key can make.
///
/// A manifest is text, one JSON object on a line: a heading, the objects in the order in which they were written, a
/// closing, the signature. Each line carries the hash of the line before it, so that memory stays flat for millions of
/// objects and a line that was altered, removed, added or moved is found by its number. Nothing in it leads to a patient:
/// names of files and UIDs are those that were given out.
public enum BatchManifest {
    /// How the batch was made.
    public struct Heading: Sendable, Equatable, Codable {
        /// The name of the confidentiality profile.
        public var profile: String
        /// ``Deidentifier/fingerprint``: changes with key, profile and table.
        public var fingerprint: String
        /// The edition of PS3.15 table E.1-1.
        public var tableEdition: String
        /// "atles 1.2.3".
        public var tool: String
        /// When the batch was begun, ISO 8601 in UTC.
        public var started: String

        public init(profile: String, fingerprint: String, tableEdition: String, tool: String, started: String) {
            self.profile = profile
            self.fingerprint = fingerprint
            self.tableEdition = tableEdition
            self.tool = tool
            self.started = started
        }
    }

    /// One object that was written.
    public struct Entry: Sendable, Equatable, Codable {
        /// Its path in the batch's folder, with "/".
        public var path: String
        /// Of all its bytes, 64 hexadecimal digits.
        public var sha256: String
        /// Of its SOP class.
        public var sopClassUID: String
        /// The new one.
        public var sopInstanceUID: String
        public var scan: ScanResult
        /// Findings of the leak scan by kind (``KnownIdentifiers/Kind``); empty where there were none.
        public var findings: [String: Int]

        public init(
            path: String, sha256: String, sopClassUID: String, sopInstanceUID: String, scan: ScanResult,
            findings: [LeakFinding] = []
        ) {
            self.path = path
            self.sha256 = sha256
            self.sopClassUID = sopClassUID
            self.sopInstanceUID = sopInstanceUID
            self.scan = scan
            self.findings = findings.reduce(into: [:]) { $0[$1.kind.rawValue, default: 0] += 1 }
        }
    }

    /// Why an object could leave.
    public enum ScanResult: String, Sendable, Codable, CaseIterable {
        /// The leak scan found nothing.
        case clean
        /// A person looked at what it found and released the object.
        case released
        /// It was not scanned.
        case notScanned = "not scanned"
    }

    /// Sums over the whole batch.
    public struct Closing: Sendable, Equatable, Codable {
        public var objects = 0
        /// Objects by result of the leak scan.
        public var scans: [String: Int] = [:]
        /// Findings by kind.
        public var findings: [String: Int] = [:]
        /// Objects that did not leave, by reason: "review", "refused".
        public var heldBack: [String: Int] = [:]
        /// When the batch was ended, ISO 8601 in UTC.
        public var finished = ""

        public init() {}

        mutating func count(_ entry: Entry) {
            objects &+= 1
            scans[entry.scan.rawValue, default: 0] &+= 1
            for (kind, number) in entry.findings {
                findings[kind, default: 0] = findings[kind, default: 0].addingReportingOverflow(number).partialValue
            }
        }
    }
}

extension BatchManifest {
    /// The hash of an object, as a manifest has it: 64 hexadecimal digits.
    public static func sha256(_ bytes: some Collection<UInt8>) -> String {
        var hash = ManifestHash()
        hash.update(bytes)
        return hash.finish()
    }
}
