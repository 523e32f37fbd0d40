import Federation
import FoundationEssentials

/// Something that a computation made and that wants to leave the site: its bytes, and what they mean, as far as the
/// computation can say it in a form that can be checked.
public struct AirlockOutput: Sendable, Hashable {
    public let kind: OutputKind
    public let type: FileType
    public let content: [UInt8]
    /// The counts of patients in it, each of one cell; nil for a cell that is not shown.
    public let cells: [Int?]
    /// The numbers in it, by name: coefficients, weights, curves.
    public let arrays: [NamedNumbers]
    /// On how many patients it was computed.
    public let patients: Int
    /// Bytes of the table or the images that it was computed from.
    public let trainingBytes: Int

    /// Numbers in the order in which they leave.
    public struct NamedNumbers: Sendable, Hashable {
        public let name: String
        public let values: [Double]

        public init(_ name: String, _ values: [Double]) {
            self.name = name
            self.values = values
        }
    }

    public init(
        kind: OutputKind, type: FileType, content: [UInt8], cells: [Int?] = [], arrays: [NamedNumbers] = [],
        patients: Int, trainingBytes: Int
    ) {
        self.kind = kind
        self.type = type
        self.content = content
        self.cells = cells
        self.arrays = arrays
        self.patients = patients
        self.trainingBytes = trainingBytes
    }

    /// Numbers in it.
    var parameters: Int { arrays.reduce(0) { $0 + $1.values.count } }
}
