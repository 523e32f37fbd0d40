import Curation
import DICOM
import Foundation
import TestSupport
import Testing

@Suite("Objects that lie or are damaged")
struct DamagedObjectTests {
    private func isWhole(_ report: QualityReport) throws {
        let data = try JSONEncoder().encode(report)
        _ = try JSONDecoder().decode(QualityReport.self, from: data)
        #expect(QualityPage.html(report).hasSuffix("</html>\n"))
    }

    @Test("numbers beyond all measure end in findings, not in a trap")
    func numbers() throws {
        let huge = "9223372036854775807"
        let changes: [(inout DataSetBuilder) -> Void] = [
            { $0.append(.numberOfFrames, .is, string: huge) },
            { $0.append(.instanceNumber, .is, string: huge) },
            { $0.append(.instanceNumber, .is, string: "-9223372036854775808") },
            { $0.append(.imagePositionPatient, .ds, strings: ["1e308", "-1e308", "1e308"]) },
            { $0.append(.imagePositionPatient, .ds, strings: ["0", "0", "1e300"]) },
            { $0.append(.pixelSpacing, .ds, strings: ["1e308", "0"]) },
            { $0.append(.sliceThickness, .ds, string: "1e308") },
            { $0.append(.spacingBetweenSlices, .ds, string: "-1e308") },
            { $0.append(.rescaleSlope, .ds, string: "1e999") },
            {
                $0.append(.rows, .us, ints: [65535]); $0.append(.columns, .us, ints: [65535])
            },
            { $0.append(.bitsAllocated, .us, ints: [65535]) },
            {
                $0.append(.bitsStored, .us, ints: [1]); $0.append(.highBit, .us, ints: [0])
            },
            { $0.append(.patientAge, .as, string: "999Y") },
            {
                $0.append(.studyDate, .da, string: "99991231"); $0.append(.patientBirthDate, .da, string: "00010101")
            },
        ]
        for change in changes {
            let slices = Slice.stack(heights(5)) { if $0.number.isMultiple(of: 2) { $0.change = change } }
            try isWhole(MemoryDataSet(slices).check())
        }
    }

    @Test("bytes changed at random, in headers and pixels, are checked to the end")
    func mutations() throws {
        var generator = SeededGenerator(seed: 20)
        let originals = try Slice.stack(heights(4)).map { ($0, try $0.bytes()) }
        for _ in 0..<150 {
            var dataSet = try MemoryDataSet()
            for (slice, bytes) in originals {
                var changed = bytes
                for _ in 0..<Int.random(in: 1...12, using: &generator) {
                    // Past the preamble.
                    let place = Int.random(in: 128..<changed.count, using: &generator)
                    changed[place] = UInt8.random(in: 0...255, using: &generator)
                }
                if Bool.random(using: &generator) {
                    changed.removeLast(Int.random(in: 0..<changed.count, using: &generator))
                }
                dataSet.add(changed, slice)
            }
            var options = QualityOptions()
            options.isDeep = Bool.random(using: &generator)
            let report = try dataSet.check(options)
            #expect(report.checked.objects == 4)
            try isWhole(report)
        }
    }
}
