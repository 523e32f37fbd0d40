import DICOM

/// Pieces of memory as one source, without copies: the fragments, or the value, of pixel data in a data set.
struct PieceSource: ByteSource {
    private let pieces: [ArraySlice<UInt8>]
    /// Where each piece begins.
    private let starts: [Int]
    let count: Int

    init(_ pieces: [ArraySlice<UInt8>]) {
        self.pieces = pieces
        var (starts, position) = ([Int](), 0)
        for piece in pieces {
            starts.append(position)
            position += piece.count
        }
        self.starts = starts
        count = position
    }

    /// The place of every piece.
    var ranges: [Range<Int>] {
        zip(starts, pieces).map { $0..<$0 + $1.count }
    }

    func read(at offset: Int, count wanted: Int) -> [UInt8] {
        guard offset >= 0, offset < count, wanted > 0 else { return [] }
        let end = offset + min(wanted, count - offset)
        var result: [UInt8] = []
        result.reserveCapacity(end - offset)
        var index = piece(at: offset)
        while index < pieces.count, starts[index] < end {
            let piece = pieces[index]
            let from = max(offset - starts[index], 0)
            result += piece.dropFirst(from).prefix(end - starts[index] - from)
            index += 1
        }
        return result
    }

    /// The last piece that begins at or before a place.
    private func piece(at offset: Int) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return max(low - 1, 0)
    }
}
