import DICOM
import TestSupport
import Testing

/// Small real shapes, changed at random: whatever comes out must be read, written and read again equal, or be refused
/// with an error. A trap ends the test run, and is found by that.
@Suite("Mutations")
struct MutationTests {
    @Test("Fifty thousand mutated files: read, write, read gives the same, or an error", arguments: Shapes.all)
    func mutations(shape: Shapes.Shape) throws {
        var random = SeededGenerator(seed: shape.seed)
        var readable = 0
        for round in 0..<10_000 {
            let bytes = Mutation.apply(to: shape.bytes, random: &random)
            do {
                let header = try DICOMFile.readHeader(MemorySource(bytes))
                _ = try? header.pixelData?.extent(in: MemorySource(bytes))
                _ = Inspection(of: MemorySource(bytes))
                let file = try DICOMFile.read(bytes)
                exercise(file.dataSet)
                readable += 1
                try checkRoundTrip(file, round)
            } catch let error as DICOMError {
                #expect(!error.message.isEmpty)
            }
        }
        // Most single changes hit a value, not a header: if hardly anything could be read, nothing would be tested.
        #expect(readable > 1_000)
    }

    /// Every consumer of a data set.
    private func exercise(_ dataSet: DataSet) {
        for event in dataSet.events {
            guard case .element(let element) = event else { continue }
            _ = element.strings
            _ = element.ints
            _ = element.doubles
            _ = element.tags
            _ = element.uid
        }
        _ = Listing().text(dataSet)
    }

    private func checkRoundTrip(_ file: DICOMFile, _ round: Int) throws {
        let bytes = try DICOMWriter.file(meta: file.meta, dataSet: file.dataSet, transferSyntax: file.transferSyntax)
        let once = try DICOMFile.read(bytes)
        let again = try DICOMFile.read(
            DICOMWriter.file(meta: once.meta, dataSet: once.dataSet, transferSyntax: once.transferSyntax))
        #expect(once.dataSet == again.dataSet, "round \(round)")
        #expect(once.warnings.allSatisfy { $0.code == .unknownTransferSyntax }, "\(once.warnings)")
        // Writing leaves out group lengths and fills up odd values, and nothing else.
        // Elements of the meta group that damage pushed into the data set have no place there.
        // An explicit data set in a file that calls itself implicit loses the VRs that only it knew when it is written so.
        let losesVRs = !file.transferSyntax.isExplicit && file.warningCodes.contains(.wrongVR)
        let strays = file.dataSet.elements.contains { $0.tag.group == 2 }
        if !strays, !losesVRs, !file.warningCodes.contains(.oddLength), !file.warningCodes.contains(.pixelDataShort) {
            let (before, after) = (DICOMJSON.encode(file.dataSet), DICOMJSON.encode(once.dataSet))
            if before != after {
                Issue.record(
                    "round \(round): \(String(decoding: before, as: UTF8.self))\n\(String(decoding: after, as: UTF8.self))"
                )
            }
        }
        _ = try? DICOMJSON.decode(DICOMJSON.encode(file.dataSet))
    }
}

/// Changes that find faults in parsers: bits, bytes, lengths, cuts, copies and swaps of pieces.
private enum Mutation {
    static func apply(to original: [UInt8], random: inout SeededGenerator) -> [UInt8] {
        var bytes = original
        for _ in 0...Int.random(in: 0...2, using: &random) where bytes.count > 8 {
            let position = Int.random(in: 0..<bytes.count - 4, using: &random)
            switch Int.random(in: 0...8, using: &random) {
            case 0: bytes[position] ^= 1 << UInt8.random(in: 0...7, using: &random)
            case 1: bytes[position] = UInt8.random(in: 0...255, using: &random)
            case 2: bytes.replaceSubrange(position..<position + 4, with: [0xFF, 0xFF, 0xFF, 0xFF])
            case 3: bytes.replaceSubrange(position..<position + 4, with: [0, 0, 0, 0])
            case 4: bytes.removeLast(Int.random(in: 1...bytes.count / 2, using: &random))
            case 5:
                let piece = piece(of: bytes, &random)
                bytes.insert(contentsOf: piece, at: position)
            case 6: bytes.removeSubrange(position..<min(position + Int.random(in: 1...24, using: &random), bytes.count))
            case 7:
                let delimiters = [Raw.itemEnd, Raw.sequenceEnd, Raw.item([]), Raw.item + Raw.u32(Raw.undefined)]
                bytes.insert(contentsOf: delimiters.randomElement(using: &random) ?? [], at: position)
            default:
                let letters = ["SQ", "UN", "OB", "UT", "ZZ", "US", "PN"].randomElement(using: &random) ?? "UN"
                bytes.replaceSubrange(position..<position + 2, with: letters.utf8)
            }
        }
        return bytes
    }

    private static func piece(of bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        let start = Int.random(in: 0..<bytes.count, using: &random)
        return Array(bytes[start..<min(start + Int.random(in: 1...64, using: &random), bytes.count)])
    }
}

/// Files in the shapes that real ones have.
enum Shapes {
    struct Shape: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: [UInt8]
        var seed: UInt64
    }

    static let all: [Shape] = [
        Shape(testDescription: "an explicit CT slice", bytes: Raw.file(slice()), seed: 1),
        Shape(testDescription: "a big endian slice", bytes: Raw.file(Raw.bigEndian, slice(big: true)), seed: 2),
        Shape(
            testDescription: "an implicit report with private and nested parts", bytes: Raw.file(Raw.implicit, report),
            seed: 3),
        Shape(testDescription: "compressed frames with an icon", bytes: Raw.file(Raw.jpeg, frames), seed: 4),
        Shape(testDescription: "Japanese text without a meta group", bytes: Raw.preamble + japanese, seed: 5),
    ]

    private static func slice(big: Bool = false) -> [UInt8] {
        func us(_ group: UInt16, _ element: UInt16, _ value: UInt16) -> [UInt8] {
            Raw.explicit(group, element, "US", Raw.u16(value, big: big), big: big)
        }
        func text(_ group: UInt16, _ element: UInt16, _ vr: String, _ value: String) -> [UInt8] {
            Raw.explicit(group, element, vr, Raw.padded(value, vr), big: big)
        }
        let item = Raw.tag(0xFFFE, 0xE000, big: big)
        let content = text(0x0010, 0x0020, "LO", "OTHER")
        let sequence = item + Raw.u32(UInt32(content.count), big: big) + content
        return text(0x0008, 0x0005, "CS", "ISO_IR 100") + text(0x0008, 0x0016, "UI", "1.2.840.10008.5.1.4.1.1.2")
            + text(0x0008, 0x0018, "UI", "1.2.3.4") + text(0x0008, 0x0020, "DA", "20240317")
            + text(0x0008, 0x0060, "CS", "CT") + text(0x0010, 0x0010, "PN", "Doe^Jane")
            + text(0x0010, 0x0020, "LO", "ID1")
            + Raw.explicit(0x0010, 0x1002, "SQ", sequence, big: big) + text(0x0018, 0x0050, "DS", "2.5")
            + us(0x0028, 0x0010, 2) + us(0x0028, 0x0011, 2) + us(0x0028, 0x0100, 16) + us(0x0028, 0x0103, 1)
            + Raw.explicit(0x7FE0, 0x0010, "OW", [1, 2, 3, 4, 5, 6, 7, 8], big: big)
    }

    private static let report: [UInt8] = {
        let code = Raw.implicit(0x0008, 0x0100, "T-D0050 ") + Raw.implicit(0x0008, 0x0104, "Tissue")
        let inner = Raw.implicit(0x0040, 0xA730, Raw.item(Raw.implicit(0x0040, 0xA043, Raw.item(code))))
        let open = Raw.openItem(inner + Raw.implicit(0x0040, 0xA160, "Seen. ")) + Raw.sequenceEnd
        return Raw.implicit(0x0008, 0x0018, "1.2.3.4\0") + Raw.implicit(0x0009, 0x0010, "ACME")
            + Raw.implicit(
                0x0009, 0x1001, Raw.openItem(Raw.implicit(0x0009, 0x0010, "ACME")) + Raw.sequenceEnd,
                length: Raw.undefined)
            + Raw.implicit(0x0028, 0x0106, Raw.u16(7)) + Raw.implicit(0x0040, 0xA730, open, length: Raw.undefined)
    }()

    private static let frames: [UInt8] = {
        let icon = Raw.explicit(
            0x7FE0, 0x0010, "OB", Raw.item([]) + Raw.item([1, 2]) + Raw.sequenceEnd, length: Raw.undefined)
        return Raw.explicit(0x0008, 0x0018, "UI", "1.2.3.4") + Raw.explicit(0x0028, 0x0008, "IS", "2 ")
            + Raw.explicit(0x0088, 0x0200, "SQ", Raw.openItem(icon) + Raw.sequenceEnd, length: Raw.undefined)
            + Raw.explicit(
                0x7FE0, 0x0010, "OB",
                Raw.item(Raw.u32(0) + Raw.u32(12)) + Raw.item([0xFF, 0xD8, 0xFF, 0xD9])
                    + Raw.item([0xFF, 0xD8, 0xFF, 0xD9])
                    + Raw.sequenceEnd, length: Raw.undefined)
    }()

    private static let japanese: [UInt8] =
        Raw.explicit(0x0008, 0x0005, "CS", "ISO 2022 IR 13\\ISO 2022 IR 87\\ISO 2022 IR 159")
        + Raw.explicit(0x0008, 0x0060, "CS", "MR")
        + Raw.explicit(
            0x0010, 0x0010, "PN",
            [
                0xD4, 0xCF, 0xC0, 0xDE, 0x3D, 0x1B, 0x24, 0x42, 0x3B, 0x33, 0x45, 0x44, 0x1B, 0x28, 0x4A, 0x5E, 0x1B,
                0x24, 0x28,
                0x44, 0x30, 0x21, 0x1B, 0x28, 0x42, 0x20,
            ])
        + Raw.explicit(0x0010, 0x4000, "LT", "line\r\n\u{1B}$B;3\u{1B}(B ")
}
