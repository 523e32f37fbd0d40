/// The meta group as it was found, and what it says about the data set.
struct MetaGroup {
    let nodes: ContiguousArray<Node>
    let bytes: [UInt8]
    /// Where it begins in the file, and where it ends: at the first element of another group, whatever length it claims.
    let start: Int
    let end: Int

    /// The transfer syntax to read the data set with; what is missing or wrong becomes a warning.
    func check(hasPreamble: Bool, data: [UInt8], warnings: inout Warnings) -> TransferSyntax {
        guard !nodes.isEmpty else {
            let syntax = TransferSyntax.guessed(from: data, at: end)
            warnings.add(
                DICOMError(
                    .badMeta, offset: start, "the file has no meta group; it is read as \(syntax.name ?? syntax.uid)"))
            return syntax
        }
        checkLength(&warnings)
        let set = DataSet(storage: DataSetStorage(bytes: bytes, nodes: nodes), range: 0..<nodes.count)
        guard let uid = set[.transferSyntaxUID]?.string else {
            let syntax = TransferSyntax.guessed(from: data, at: end)
            warnings.add(
                DICOMError(
                    .badMeta, offset: start, tag: .transferSyntaxUID,
                    "the file does not name its transfer syntax; it is read as \(syntax.name ?? syntax.uid)"))
            return syntax
        }
        let syntax = TransferSyntax(uid: uid)
        if !syntax.isKnown {
            warnings.add(
                DICOMError(
                    .unknownTransferSyntax, offset: start, tag: .transferSyntaxUID,
                    "the transfer syntax is not in the standard; it is read as explicit little endian"))
        }
        return syntax
    }

    private func checkLength(_ warnings: inout Warnings) {
        guard let first = nodes.first, first.tag == .fileMetaInformationGroupLength, first.length == 4 else {
            warnings.add(DICOMError(.badMeta, offset: start, "the meta group does not begin with its length"))
            return
        }
        let value = bytes[first.offset..<first.offset + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
        if first.offset + 4 + value != end {
            warnings.add(
                DICOMError(
                    .badMeta, offset: start, tag: .fileMetaInformationGroupLength,
                    "the meta group claims \(value) bytes and has \(end - first.offset - 4)"))
        }
    }
}
