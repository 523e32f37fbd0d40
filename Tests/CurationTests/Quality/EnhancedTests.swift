import Curation
import DICOM
import Testing

@Suite("Enhanced multi-frame objects")
struct EnhancedTests {
    /// An enhanced CT image with a frame at each height.
    private func enhanced(_ heights: [Double], frames: Int? = nil) -> Slice {
        var slice = Slice(1, at: 0)
        slice.position = nil
        slice.sopClass = "1.2.840.10008.5.1.4.1.1.2.1"
        let pixels = heights.indices.flatMap { Slice.picture($0, 24, 24) }
        slice.pixels = pixels
        slice.change = { builder in
            builder.append(.numberOfFrames, .is, string: "\(frames ?? heights.count)")
            builder.sequence(.sharedFunctionalGroupsSequence) { shared in
                shared.sequence(DICOMTag(0x0020, 0x9116)) {
                    $0.append(.imageOrientationPatient, .ds, doubles: [1, 0, 0, 0, 1, 0])
                }
                shared.sequence(.pixelMeasuresSequence) { $0.append(.pixelSpacing, .ds, doubles: [0.7, 0.7]) }
            }
            builder.beginSequence(.perFrameFunctionalGroupsSequence)
            for height in heights {
                builder.beginItem()
                builder.sequence(DICOMTag(0x0020, 0x9113)) {
                    $0.append(.imagePositionPatient, .ds, doubles: [-90, -80, height])
                }
                builder.endItem()
            }
            builder.endSequence()
        }
        return slice
    }

    @Test("frames are judged by the positions in their functional groups")
    func positions() throws {
        #expect(try MemoryDataSet([enhanced(heights(10))]).check().found() == [])
        let report = try MemoryDataSet([enhanced(heights(10, without: [4]))]).check()
        #expect(report.found() == ["geometry.missing-slice"])
        #expect(report.finding("geometry.missing-slice")?.count == 1)
        #expect(report.checked.objects == 1 && report.checked.frames == 9)
    }

    @Test("as many descriptions as frames are asked for")
    func groups() throws {
        let report = try MemoryDataSet([enhanced(heights(10), frames: 9)]).check()
        #expect(report.finding("series.frame-groups")?.detail == "9 frames, 10 descriptions.")
        #expect(report["pixel.surplus"] != nil)
    }

    @Test("first, middle and last frame are pictured")
    func pictures() throws {
        let report = try MemoryDataSet([enhanced(heights(11))]).check()
        #expect(report.pictures["1.2.3.1.1"]?.map(\.frame) == [1, 6, 11])
        #expect(report.checked.framesDecoded == 3)
        var deep = QualityOptions()
        deep.isDeep = true
        #expect(try MemoryDataSet([enhanced(heights(11))]).check(deep).checked.framesDecoded == 11)
    }
}
