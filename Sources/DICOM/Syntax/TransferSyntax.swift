/// How a data set is laid down in bytes (PS3.5 section 10 and annex A).
public struct TransferSyntax: Hashable, Sendable {
    public let uid: String
    /// Whether elements carry their VR.
    public let isExplicit: Bool
    public let isBigEndian: Bool
    /// Whether the data set is compressed as a whole.
    public let isDeflated: Bool
    /// Whether pixel data is a sequence of fragments, each frame compressed by itself.
    public let isEncapsulated: Bool
    /// "JPEG Baseline (Process 1)"; nil when the UID is not known.
    public let name: String?

    /// A UID that is not known is read as explicit little endian, the form of every syntax added since 1993; whether its
    /// pixel data is encapsulated shows in the pixel data itself.
    public init(uid: String) {
        self = TransferSyntax.known[uid] ?? TransferSyntax(uid, nil)
    }

    public var isKnown: Bool { name != nil }

    private init(
        _ uid: String, _ name: String?, explicit: Bool = true, bigEndian: Bool = false, deflated: Bool = false,
        encapsulated: Bool = false
    ) {
        self.uid = uid
        self.name = name
        isExplicit = explicit
        isBigEndian = bigEndian
        isDeflated = deflated
        isEncapsulated = encapsulated
    }
}

extension TransferSyntax {
    public static let implicitLittleEndian = TransferSyntax(
        "1.2.840.10008.1.2", "Implicit VR Little Endian", explicit: false)
    public static let explicitLittleEndian = TransferSyntax("1.2.840.10008.1.2.1", "Explicit VR Little Endian")
    public static let explicitBigEndian = TransferSyntax(
        "1.2.840.10008.1.2.2", "Explicit VR Big Endian", bigEndian: true)
    public static let deflatedExplicitLittleEndian = TransferSyntax(
        "1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian", deflated: true)

    /// PS3.6 table A-1; JPIP Referenced syntaxes hold no pixel data, their deflated one is deflated.
    private static let known: [String: TransferSyntax] = {
        var table: [String: TransferSyntax] = [:]
        let native = [
            implicitLittleEndian, explicitLittleEndian, explicitBigEndian, deflatedExplicitLittleEndian,
            TransferSyntax(
                "1.2.840.10008.1.2.1.98", "Encapsulated Uncompressed Explicit VR Little Endian", encapsulated: true),
            TransferSyntax("1.2.840.10008.1.2.4.94", "JPIP Referenced"),
            TransferSyntax("1.2.840.10008.1.2.4.95", "JPIP Referenced Deflate", deflated: true),
            TransferSyntax("1.2.840.10008.1.2.4.204", "JPIP HTJ2K Referenced"),
            TransferSyntax("1.2.840.10008.1.2.4.205", "JPIP HTJ2K Referenced Deflate", deflated: true),
            // General Electric's own: a data set like the first, pixels in big endian order.
            TransferSyntax(
                "1.2.840.113619.5.2", "Implicit VR Little Endian with big endian pixels (GE)", explicit: false),
        ]
        for syntax in native { table[syntax.uid] = syntax }
        for (suffix, name) in encapsulated {
            let uid = "1.2.840.10008.1.2." + suffix
            table[uid] = TransferSyntax(uid, name, encapsulated: true)
        }
        return table
    }()

    private static let encapsulated: [(String, String)] = [
        ("4.50", "JPEG Baseline (Process 1)"),
        ("4.51", "JPEG Extended (Process 2 & 4)"),
        ("4.52", "JPEG Extended (Process 3 & 5)"),
        ("4.53", "JPEG Spectral Selection (Process 6 & 8)"),
        ("4.54", "JPEG Spectral Selection (Process 7 & 9)"),
        ("4.55", "JPEG Full Progression (Process 10 & 12)"),
        ("4.56", "JPEG Full Progression (Process 11 & 13)"),
        ("4.57", "JPEG Lossless (Process 14)"),
        ("4.58", "JPEG Lossless (Process 15)"),
        ("4.59", "JPEG Extended, Hierarchical (Process 16 & 18)"),
        ("4.60", "JPEG Extended, Hierarchical (Process 17 & 19)"),
        ("4.61", "JPEG Spectral Selection, Hierarchical (Process 20 & 22)"),
        ("4.62", "JPEG Spectral Selection, Hierarchical (Process 21 & 23)"),
        ("4.63", "JPEG Full Progression, Hierarchical (Process 24 & 26)"),
        ("4.64", "JPEG Full Progression, Hierarchical (Process 25 & 27)"),
        ("4.65", "JPEG Lossless, Hierarchical (Process 28)"),
        ("4.66", "JPEG Lossless, Hierarchical (Process 29)"),
        ("4.70", "JPEG Lossless, First-Order Prediction (Process 14, Selection Value 1)"),
        ("4.80", "JPEG-LS Lossless"),
        ("4.81", "JPEG-LS Near-Lossless"),
        ("4.90", "JPEG 2000 Lossless"),
        ("4.91", "JPEG 2000"),
        ("4.92", "JPEG 2000 Part 2 Multi-component Lossless"),
        ("4.93", "JPEG 2000 Part 2 Multi-component"),
        ("4.100", "MPEG2 Main Profile / Main Level"),
        ("4.100.1", "Fragmentable MPEG2 Main Profile / Main Level"),
        ("4.101", "MPEG2 Main Profile / High Level"),
        ("4.101.1", "Fragmentable MPEG2 Main Profile / High Level"),
        ("4.102", "MPEG-4 AVC/H.264 High Profile / Level 4.1"),
        ("4.102.1", "Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.1"),
        ("4.103", "MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1"),
        ("4.103.1", "Fragmentable MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1"),
        ("4.104", "MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video"),
        ("4.104.1", "Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video"),
        ("4.105", "MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video"),
        ("4.105.1", "Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video"),
        ("4.106", "MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2"),
        ("4.106.1", "Fragmentable MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2"),
        ("4.107", "HEVC/H.265 Main Profile / Level 5.1"),
        ("4.108", "HEVC/H.265 Main 10 Profile / Level 5.1"),
        ("4.110", "JPEG XL Lossless"),
        ("4.111", "JPEG XL JPEG Recompression"),
        ("4.112", "JPEG XL"),
        ("4.201", "High-Throughput JPEG 2000 Lossless"),
        ("4.202", "High-Throughput JPEG 2000 with RPCL Options Lossless"),
        ("4.203", "High-Throughput JPEG 2000"),
        ("5", "RLE Lossless"),
        ("8.1", "Deflated Image Frame Compression"),
    ]
}

extension TransferSyntax: CustomStringConvertible {
    public var description: String { name.map { "\($0) (\(uid))" } ?? uid }
}
