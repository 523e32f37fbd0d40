import Curation
import DICOM
import DICOMImaging
import Testing

@Suite("The same pictures twice")
struct DuplicateTests {
    /// Another series of pictures with the same seeds.
    private func copy(_ slices: [Slice], series: Int = 2, _ change: (inout Slice) -> Void = { _ in }) -> [Slice] {
        slices.map { slice in
            var copy = slice
            copy.series = "1.2.3.1.\(series)"
            copy.instance = "\(copy.series).\(copy.number)"
            change(&copy)
            return copy
        }
    }

    @Test("pixels that are there under two UIDs of a patient are counted by pairs of series")
    func samePatient() throws {
        let slices = Slice.stack(heights(5))
        let report = try MemoryDataSet(slices + copy(slices)).check()
        #expect(report.found() == ["duplicate.pixels"])
        let finding = try #require(report.finding("duplicate.pixels"))
        #expect(finding.count == 5 && finding.places.map(\.series) == ["1.2.3.1.1", "1.2.3.1.2"])
        #expect(report.pairs.first?.likeness == 1 && report.pairs.first?.pictures.count == 2)
    }

    @Test("under two patients they are an error")
    func otherPatient() throws {
        let slices = Slice.stack(heights(5))
        let report = try MemoryDataSet(slices + copy(slices) { ($0.patient, $0.study) = ("PATIENT2", "1.2.4") }).check()
        #expect(report.found() == ["duplicate.pixels-other-patient"])
        #expect(report.finding("duplicate.pixels-other-patient")?.severity == .error)
    }

    @Test("blank pictures are alike and mean nothing")
    func blank() throws {
        let slices = Slice.stack(heights(3)) { $0.pixels = Array(repeating: 0, count: 1152) }
        #expect(try MemoryDataSet(slices + copy(slices)).check().found("duplicate") == [])
    }

    @Test("large pictures that differ where no sample lies are not called the same")
    func samples() throws {
        func pair(_ change: Int?) throws -> [String] {
            let slices = Slice.stack([0, 2.5, 5]) { ($0.rows, $0.columns) = (256, 256) }
            let other = copy(slices) { slice in
                slice.patient = "PATIENT2"
                slice.study = "1.2.4"
                var pixels = Slice.picture(slice.seed, 256, 256)
                // Samples of 4 KiB begin every (131072 - 4096) / 7 = 18139 bytes.
                if let change { pixels[change] ^= 1 }
                slice.pixels = pixels
            }
            return try MemoryDataSet(slices + other).check().found("duplicate.pixels")
        }
        #expect(try pair(nil) == ["duplicate.pixels-other-patient"])
        #expect(try pair(10_000) == [])
        #expect(try pair(18_200) == [])
    }

    @Test("brighter, or in another size: they look the same; other pictures do not")
    func near() throws {
        let slices = Slice.stack(heights(6)) { ($0.rows, $0.columns) = (64, 64) }
        func other(_ pixels: @escaping (Slice) -> [UInt8]) throws -> [String: Int] {
            let others = copy(slices) { slice in
                (slice.patient, slice.study) = ("PATIENT2", "1.2.4")
                slice.pixels = pixels(slice)
            }
            let report = try MemoryDataSet(slices + others).check()
            return Dictionary(uniqueKeysWithValues: report.found("duplicate").map { ($0, report[$0]?.count ?? 0) })
        }
        // Every value but the largest one more: not one pixel row of bytes is the same.
        let shifted = try other { slice in
            let bytes = Slice.picture(slice.seed, 64, 64)
            return stride(from: 0, to: bytes.count, by: 2).flatMap { index -> [UInt8] in
                let value = (UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8) + 7
                return [UInt8(value & 255), UInt8(value >> 8)]
            }
        }
        // First, middle and last frame.
        #expect(shifted == ["duplicate.near-other-patient": 3])
        #expect(try other { Slice.picture($0.seed + 500_000, 64, 64) } == [:])
    }

    @Test("series of one study show the same anatomy without being copies")
    func oneStudy() throws {
        let slices = Slice.stack(heights(6)) { ($0.rows, $0.columns) = (64, 64) }
        let kernel = copy(slices) { slice in
            var bytes = Slice.picture(slice.seed, 64, 64)
            bytes[100] ^= 1
            slice.pixels = bytes
        }
        #expect(try MemoryDataSet(slices + kernel).check().found("duplicate") == [])
    }

    @Test("thousands of frames that look alike are told of, and a pair among them is found all the same")
    func crowd() throws {
        var options = QualityOptions()
        options.isDeep = true
        // 2,100 frames of one picture for each of two patients, whose first bytes differ.
        let slices = (1...2).map { patient in
            var slice = Slice(1, at: 0, series: patient)
            (slice.patient, slice.study) = ("PATIENT\(patient)", "1.2.\(patient)")
            (slice.position, slice.modality, slice.sopClass) = (nil, "US", "1.2.840.10008.5.1.4.1.1.3.1")
            var picture = Slice.picture(3, 24, 24)
            picture[0] = UInt8(patient)
            slice.pixels = Array(repeatElement(picture, count: 2_100).joined())
            slice.change = { $0.append(.numberOfFrames, .is, string: "2100") }
            return slice
        }
        let report = try MemoryDataSet(slices).check(options)
        #expect(report.found("duplicate") == ["duplicate.near-other-patient"])
        #expect(report.limitations.count == 1)
    }
}
