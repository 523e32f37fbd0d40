import FoundationEssentials

extension [UInt8] {
    /// The same bytes, as the database takes them.
    var data: Data { Data(self) }
}
