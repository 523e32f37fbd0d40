/// What the header of a safetensors file says, checked against the file's own size.
struct SafetensorsHeader {
    /// The kinds of number that are read.
    enum Kind: String {
        case float32 = "F32"
        case float16 = "F16"
        case brain16 = "BF16"

        var bytes: Int { self == .float32 ? 4 : 2 }

        func floats(_ bytes: ArraySlice<UInt8>) -> [Float] {
            let step = self.bytes
            return bytes.withUnsafeBytes { raw in
                (0..<(raw.count / step)).map { index in
                    switch self {
                    case .float32:
                        Float(
                            bitPattern: UInt32(
                                littleEndian: raw.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)))
                    case .float16: Self.half(raw.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self))
                    case .brain16:
                        Float(
                            bitPattern: UInt32(
                                UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)))
                                << 16)
                    }
                }
            }
        }

        /// IEEE 754 binary16, widened by hand: `Float16` is not there on every platform.
        private static func half(_ raw: UInt16) -> Float {
            let bits = UInt16(littleEndian: raw)
            let exponent = Int(bits >> 10) & 31
            let fraction = Float(bits & 1023)
            let size: Float
            switch exponent {
            case 0: size = fraction * 0x1p-24
            case 31: size = fraction == 0 ? .infinity : .nan
            default: size = Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
            }
            return bits >> 15 == 1 ? -size : size
        }
    }

    struct Tensor {
        let name: String
        let kind: Kind
        let shape: [Int]
        /// Bytes after the header.
        let begin: Int
        let end: Int
    }

    let tensors: [Tensor]
    /// Where the header ends and the tensors' bytes begin.
    let end: Int

    init(_ bytes: [UInt8], limits: ModelWeights.Limits) throws(RoundsError) {
        guard bytes.count >= 8 else { throw .shape("the safetensors file ends before its header") }
        let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(max(0, limits.headerBytes)), length <= UInt64(bytes.count - 8) else {
            throw .shape("the header of the safetensors file is longer than the file or than is allowed")
        }
        end = 8 + Int(length)
        var text = JSONText(bytes[8..<end])
        var tensors: [Tensor] = []
        var names: Set<String> = []
        var values = 0
        try text.object { (name, text) throws(RoundsError) in
            guard names.insert(name).inserted else { throw .shape("the safetensors file names \(name) twice") }
            if name == "__metadata__" {
                try text.object { (_, text) throws(RoundsError) in _ = try text.string() }
                return
            }
            guard tensors.count < limits.tensors else {
                throw .shape("the safetensors file has more than \(limits.tensors) tensors")
            }
            let tensor = try Self.tensor(name, &text)
            guard let total = values.addingOrNil((tensor.end - tensor.begin) / tensor.kind.bytes),
                total <= limits.values
            else { throw .shape("the safetensors file has more than \(limits.values) values") }
            values = total
            tensors.append(tensor)
        }
        try text.end()
        try Self.checkCover(tensors, bytes.count - end)
        self.tensors = tensors
    }

    private static func tensor(_ name: String, _ text: inout JSONText) throws(RoundsError) -> Tensor {
        var kind: Kind?
        var shape: [Int]?
        var offsets: [Int]?
        try text.object { (key, text) throws(RoundsError) in
            switch key {
            case "dtype":
                let found = try text.string()
                guard let known = Kind(rawValue: found) else {
                    throw .shape("\(name) is of the kind \(found.prefix(8)); 32 or 16 bit floats are read")
                }
                kind = known
            case "shape": shape = try text.integers(atMost: 16)
            case "data_offsets": offsets = try text.integers(atMost: 2)
            default: throw .shape("\(name) has a field that the format does not know")
            }
        }
        guard let kind, let shape, let offsets, offsets.count == 2 else {
            throw .shape("\(name) has no kind, shape or place in the safetensors file")
        }
        guard let count = ModelWeights.count(shape), offsets[0] <= offsets[1],
            count.multipliedReportingOverflow(by: kind.bytes) == (offsets[1] - offsets[0], false)
        else { throw .shape("the place of \(name) in the safetensors file is not as large as its shape") }
        return Tensor(name: name, kind: kind, shape: shape, begin: offsets[0], end: offsets[1])
    }

    /// The tensors must follow each other without overlap or hole and end with the file.
    private static func checkCover(_ tensors: [Tensor], _ size: Int) throws(RoundsError) {
        var reached = 0
        for tensor in tensors.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
            guard tensor.begin == reached, tensor.end <= size else {
                throw .shape("\(tensor.name) overlaps another tensor, leaves a hole or ends after the file")
            }
            reached = tensor.end
        }
        guard reached == size else { throw .shape("the safetensors file has bytes that belong to no tensor") }
    }
}
