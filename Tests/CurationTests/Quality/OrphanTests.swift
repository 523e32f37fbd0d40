import Curation
import DICOM
import Testing

@Suite("Objects about images")
struct OrphanTests {
    private func segmentation(of instances: [String], frameOfReference: String = "1.2.3.1.9") -> Slice {
        var slice = Slice(1, at: 0, series: 5)
        (slice.modality, slice.sopClass, slice.position) = ("SEG", Objects.segmentation, nil)
        slice.frameOfReference = frameOfReference
        slice.change = { builder in
            builder.sequence(.referencedSeriesSequence) { series in
                series.append(.seriesInstanceUID, .ui, string: "1.2.3.1.1")
                series.beginSequence(.referencedInstanceSequence)
                for instance in instances {
                    series.beginItem()
                    series.append(.referencedSOPInstanceUID, .ui, string: instance)
                    series.endItem()
                }
                series.endSequence()
            }
        }
        return slice
    }

    private func found(_ object: Slice, beside slices: [Slice] = Slice.stack(heights(3))) throws -> QualityReport {
        try MemoryDataSet(slices + [object]).check()
    }

    @Test("a segmentation with all of its images is fine")
    func complete() throws {
        let all = (1...3).map { "1.2.3.1.1.\($0)" }
        #expect(try found(segmentation(of: all)).found() == [])
    }

    @Test("a segmentation without its images is an orphan, one with some of them incomplete")
    func orphan() throws {
        let none = try found(segmentation(of: ["1.2.9.1", "1.2.9.2"]))
        #expect(none.found() == ["reference.orphan"] && none.finding("reference.orphan")?.count == 2)
        #expect(none.finding("reference.orphan")?.place.series == "1.2.3.1.5")
        let some = try found(segmentation(of: ["1.2.3.1.1.1", "1.2.9.2"]))
        #expect(some.found() == ["reference.incomplete"])
    }

    @Test("images of another patient are an error")
    func stranger() throws {
        let others = Slice.stack(heights(3)) { $0.patient = "PATIENT2" }
        #expect(try found(segmentation(of: ["1.2.3.1.1.1"]), beside: others).found() == ["reference.other-patient"])
    }

    @Test("a segmentation in another frame of reference does not lie on its images")
    func frame() throws {
        let report = try found(segmentation(of: ["1.2.3.1.1.1"], frameOfReference: "1.2.3.7"))
        #expect(report.found() == ["reference.frame-of-reference"])
        #expect(report.finding("reference.frame-of-reference")?.places.map(\.series) == ["1.2.3.1.5", "1.2.3.1.1"])
    }

    @Test("structure sets name their frame of reference and images in sequences")
    func structures() throws {
        func structureSet(_ frame: String, image: String = "1.2.3.1.1.2") -> Slice {
            var slice = Slice(1, at: 0, series: 6)
            (slice.modality, slice.sopClass, slice.position) = ("RTSTRUCT", "1.2.840.10008.5.1.4.1.1.481.3", nil)
            slice.frameOfReference = ""
            slice.isImage = false
            slice.change = { builder in
                builder.sequence(DICOMTag(0x3006, 0x0010)) { item in
                    item.append(.frameOfReferenceUID, .ui, string: frame)
                    item.sequence(DICOMTag(0x3006, 0x0012)) { study in
                        study.append(.referencedSOPInstanceUID, .ui, string: "1.2.3.77")
                        study.sequence(DICOMTag(0x3006, 0x0016)) {
                            $0.append(.referencedSOPInstanceUID, .ui, string: image)
                        }
                    }
                }
            }
            return slice
        }
        // The study is named too, and is no image.
        #expect(try found(structureSet("1.2.3.1.9")).found("reference") == [])
        #expect(try found(structureSet("1.2.3.4")).found("reference") == ["reference.frame-of-reference"])
        #expect(try found(structureSet("1.2.3.1.9", image: "1.2.9.9")).found("reference") == ["reference.orphan"])
    }

    @Test("what an object was made from before, and the study it belongs to, are no references to images")
    func history() throws {
        var image = Slice(1, at: 0, series: 8)
        image.change = { builder in
            builder.sequence(.referencedStudySequence) {
                $0.append(.referencedSOPInstanceUID, .ui, string: "1.2.3.99")
            }
        }
        var report = image
        (report.modality, report.sopClass, report.position) = ("SR", Objects.report, nil)
        #expect(try found(report).found("reference") == [])
    }
}
