/// What is known to identify one patient, gathered from originals: what must not be found in anything that is released.
///
/// Knows nothing of profiles and their rules, so that it can judge what they did.
public struct KnownIdentifiers: Sendable, Equatable {
    /// One identifier.
    public struct Value: Sendable, Hashable {
        public let kind: Kind
        /// As it was found, decoded; never shown to anybody.
        public let text: String

        public init(_ kind: Kind, _ text: String) {
            self.kind = kind
            self.text = text
        }
    }

    /// What an identifier is. Reports name the kind, never the value.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// A part of the patient's, or a relative's, name.
        case patientName = "patient name"
        /// A number or code of the patient: hospital number, social security, other ids.
        case patientID = "patient id"
        case birthDate = "birth date"
        case address
        case phone = "phone or e-mail"
        case accession = "accession or order number"
        /// The name of somebody at the hospital.
        case staffName = "staff name"
        case institution
        /// The UID of an original object, study, series, frame of reference.
        case uid = "original UID"
        /// A station, a serial number, a protocol host.
        case device
        /// The day of an examination, as it was before it was shifted.
        case studyDate = "original date"
    }

    public private(set) var values: Set<Value> = []

    public init(_ values: some Sequence<Value> = []) {
        self.values = Set(values)
    }

    public mutating func insert(_ kind: Kind, _ text: String) {
        values.insert(Value(kind, text))
    }

    public mutating func formUnion(_ other: KnownIdentifiers) {
        values.formUnion(other.values)
    }

    public var isEmpty: Bool { values.isEmpty }
}
