/// Reads a file from its start: preamble, meta group, data set. Feeds the parser as much of the source as it asks for.
struct FileReader<Source: ByteSource> {
    private let source: Source
    private let limits: Limits
    private let stop: Parser.Stop
    /// The file from its start, as far as it has been read.
    private var buffer: [UInt8]

    /// Holds the whole header of nearly every CT, MR and X-ray image.
    private static var firstRead: Int { 16 << 10 }

    /// `bytes`: the whole source, where it is in memory already.
    init(source: Source, limits: Limits, stop: Parser.Stop, bytes: [UInt8] = []) {
        self.source = source
        self.limits = limits
        self.stop = stop
        buffer = bytes
    }

    mutating func read() throws(DICOMError) -> DICOMFile {
        guard source.count > 0 else { throw DICOMError(.empty, "the file is empty") }
        var warnings = Warnings(limit: limits.maximumWarnings)
        try extend(to: min(source.count, 132))
        let start = try FileStart.find(in: buffer, total: source.count, warnings: &warnings)

        var meta = Parser(
            at: start.position, total: source.count, isExplicit: true, isBigEndian: false, limits: limits,
            stop: .endOfMeta, warnings: warnings)
        try run(&meta)
        warnings = meta.warnings
        let metaNodes = meta.orderedNodes
        let declared = MetaGroup(nodes: metaNodes, bytes: buffer, start: start.position, end: meta.position)
        let syntax = declared.check(hasPreamble: start.hasPreamble, data: buffer, warnings: &warnings)

        var file = try readDataSet(at: meta.position, as: syntax, warnings: warnings)
        file.hasPreamble = start.hasPreamble
        file.meta = DataSet(
            storage: DataSetStorage(bytes: buffer, nodes: metaNodes), range: 0..<metaNodes.count)
        return file
    }

    /// The data set that begins at a position.
    mutating func readDataSet(
        at position: Int, as syntax: TransferSyntax, warnings: Warnings
    ) throws(DICOMError) -> DICOMFile {
        if syntax.isDeflated {
            return try readDeflated(at: position, as: syntax, warnings: warnings)
        }
        var parser = Parser(
            at: position, total: source.count, isExplicit: syntax.isExplicit, isBigEndian: syntax.isBigEndian,
            limits: limits, stop: stop, warnings: warnings)
        try run(&parser)
        if let pixelData = parser.pixelData, case .bytes(let count) = pixelData.length,
            count > source.count - pixelData.valueOffset
        {
            parser.warnings.add(
                DICOMError(
                    .pixelDataShort, offset: pixelData.elementOffset, tag: pixelData.tag,
                    "the pixel data has \(max(source.count - pixelData.valueOffset, 0)) of \(count) bytes; the file is cut off"
                ))
        }
        return file(parser, bytes: buffer, syntax: syntax)
    }

    /// The same for a data set that is compressed as a whole: unfolded as far as the parser asks for.
    private func readDeflated(
        at position: Int, as syntax: TransferSyntax, warnings: Warnings
    ) throws(DICOMError) -> DICOMFile {
        var parser = Parser(
            at: 0, total: nil, isExplicit: syntax.isExplicit, isBigEndian: syntax.isBigEndian, limits: limits,
            stop: stop, warnings: warnings)
        let inflater = try Inflater(source, from: position, limits: limits)
        while case .needs(let count) = try parser.run(inflater.output.span.bytes, isComplete: inflater.isFinished) {
            try inflater.extend(to: max(count, 2 * inflater.output.count), warnings: &parser.warnings)
        }
        return file(parser, bytes: inflater.output, syntax: syntax)
    }

    private func file(_ parser: Parser, bytes: [UInt8], syntax: TransferSyntax) -> DICOMFile {
        let nodes = parser.orderedNodes
        return DICOMFile(
            meta: DataSet(),
            dataSet: DataSet(storage: DataSetStorage(bytes: bytes, nodes: nodes), range: 0..<nodes.count),
            transferSyntax: syntax, pixelData: parser.pixelData, hasPreamble: false, isTruncated: parser.isTruncated,
            warnings: parser.warnings)
    }

    private mutating func run(_ parser: inout Parser) throws(DICOMError) {
        while case .needs(let count) = try parser.run(buffer.span.bytes, isComplete: buffer.count >= source.count) {
            try extend(to: count)
        }
    }

    /// Reads on until the buffer holds `count` bytes, and twice what it held, within the file.
    private mutating func extend(to count: Int) throws(DICOMError) {
        guard buffer.count < count else { return }
        guard count <= limits.maximumHeaderBytes else {
            throw DICOMError(
                .tooLarge, offset: buffer.count,
                "what comes before the pixel data is more than \(limits.maximumHeaderBytes) bytes; raise the limit if that is right"
            )
        }
        let wanted = min(max(count, 2 * buffer.count, Self.firstRead), source.count)
        let more = try source.bytes(at: buffer.count, count: wanted - buffer.count)
        guard !more.isEmpty else {
            throw DICOMError(
                .unreadable, offset: buffer.count, "the file became shorter while it was read; try again")
        }
        if buffer.isEmpty { buffer = more } else { buffer += more }
    }
}

extension Parser {
    /// The tape, in ascending order.
    var orderedNodes: ContiguousArray<Node> {
        needsOrdering ? TapeOrder.ordered(nodes, range: 0..<nodes.count) : nodes
    }
}
