import Curation
import DICOM
import Testing

@Suite("References between objects")
struct ReferenceTests {
    @Test("of a segmentation to its images meet after de-identification as before")
    func segmentation() throws {
        let image = try Objects.file { builder in
            builder.append(.frameOfReferenceUID, .ui, string: "1.3.6.1.4.1.9590.7")
        }
        let segmentation = try Objects.file(sopClass: Objects.segmentation) { builder in
            builder.append(.sopInstanceUID, .ui, string: "1.3.6.1.4.1.9590.2.1")
            builder.append(.frameOfReferenceUID, .ui, string: "1.3.6.1.4.1.9590.7")
            builder.sequence(.referencedSeriesSequence) { series in
                series.append(.seriesInstanceUID, .ui, string: "1.3.6.1.4.1.9590.1.2")
                series.sequence(.referencedInstanceSequence) { instance in
                    instance.append(.referencedSOPClassUID, .ui, string: Objects.ct)
                    instance.append(.referencedSOPInstanceUID, .ui, string: "1.3.6.1.4.1.9590.1.3")
                }
            }
            // As segmentations refer to the frame that a segment was drawn on.
            builder.sequence(.perFrameFunctionalGroupsSequence) { frame in
                frame.sequence(.derivationImageSequence) { derivation in
                    derivation.sequence(.sourceImageSequence) { source in
                        source.append(.referencedSOPClassUID, .ui, string: Objects.ct)
                        source.append(.referencedSOPInstanceUID, .ui, string: "1.3.6.1.4.1.9590.1.3")
                    }
                }
            }
        }
        let deidentifier = try Objects.deidentifier()
        let images = try deidentifier.deidentify(image).dataSet
        let segments = try deidentifier.deidentify(segmentation).dataSet
        let series = try #require(segments.item(.referencedSeriesSequence))
        let source = segments.item(.perFrameFunctionalGroupsSequence)?.item(.derivationImageSequence)?
            .item(.sourceImageSequence)

        #expect(segments[.frameOfReferenceUID]?.uid == images[.frameOfReferenceUID]?.uid)
        #expect(series[.seriesInstanceUID]?.uid == images[.seriesInstanceUID]?.uid)
        #expect(
            series.item(.referencedInstanceSequence)?[.referencedSOPInstanceUID]?.uid == images[.sopInstanceUID]?.uid)
        #expect(source?[.referencedSOPInstanceUID]?.uid == images[.sopInstanceUID]?.uid)
        #expect(source?[.referencedSOPClassUID]?.uid == Objects.ct)
        #expect(segments[.studyInstanceUID]?.uid == images[.studyInstanceUID]?.uid)
        #expect(segments[.patientID]?.string == images[.patientID]?.string)
    }

    @Test("of a structure set and a report meet their images")
    func structureSetAndReport() throws {
        let uid = "1.3.6.1.4.1.9590.1.3"
        let pseudonyms = try Objects.pseudonyms()
        let file = try Objects.file(sopClass: "1.2.840.10008.5.1.4.1.1.481.3") { builder in
            builder.sequence(DICOMTag(0x3006, 0x0010)) { frame in
                frame.append(.frameOfReferenceUID, .ui, string: "1.3.6.1.4.1.9590.7")
            }
            builder.sequence(DICOMTag(0x3006, 0x0020)) { region in
                region.append(DICOMTag(0x3006, 0x0024), .ui, string: "1.3.6.1.4.1.9590.7")
            }
            // The evidence of a report, kept although its content goes.
            builder.sequence(DICOMTag(0x0040, 0xA375)) { study in
                study.append(.studyInstanceUID, .ui, string: "1.3.6.1.4.1.9590.1.1")
                study.sequence(.referencedSeriesSequence) { series in
                    series.append(.seriesInstanceUID, .ui, string: "1.3.6.1.4.1.9590.1.2")
                    series.sequence(DICOMTag(0x0008, 0x1199)) { $0.append(.referencedSOPInstanceUID, .ui, string: uid) }
                }
            }
        }
        let result = try Objects.deidentifier().deidentify(file).dataSet
        let frame = pseudonyms.uid("1.3.6.1.4.1.9590.7")
        #expect(result.item(DICOMTag(0x3006, 0x0010))?[.frameOfReferenceUID]?.uid == frame)
        #expect(result.item(DICOMTag(0x3006, 0x0020))?[DICOMTag(0x3006, 0x0024)]?.uid == frame)
        let series = result.item(DICOMTag(0x0040, 0xA375))?.item(.referencedSeriesSequence)
        #expect(series?.item(DICOMTag(0x0008, 0x1199))?[.referencedSOPInstanceUID]?.uid == pseudonyms.uid(uid))
    }

    @Test("in lists of UIDs are replaced one by one")
    func lists() throws {
        let file = try Objects.file { $0.append(DICOMTag(0x0008, 0x0058), .ui, strings: ["1.2.3", "", "1.2.4"]) }
        let pseudonyms = try Objects.pseudonyms()
        #expect(
            try Objects.deidentifier().deidentify(file).dataSet[DICOMTag(0x0008, 0x0058)]?.strings
                == [pseudonyms.uid("1.2.3"), "", pseudonyms.uid("1.2.4")])
    }

    @Test("never lose their SOP classes, coding schemes and transfer syntaxes, a vendor's own included")
    func classesStay() throws {
        let tags = [
            DICOMTag.sopClassUID, .referencedSOPClassUID, DICOMTag(0x0008, 0x001A), DICOMTag(0x0008, 0x010C),
            DICOMTag(0x0008, 0x3002),
        ]
        for tag in tags {
            let file = try Objects.file { $0.append(tag, .ui, string: "1.3.12.2.1107.5.9.1") }
            #expect(try Objects.deidentifier().deidentify(file).dataSet[tag]?.uid == "1.3.12.2.1107.5.9.1")
        }
    }

    @Test("by UIDs that the table has not caught up with are replaced as well")
    func unlistedUIDs() throws {
        // SOP Instance UID of Concatenation Source, Multi-frame Source SOP Instance UID, Volume Frame of Reference UID.
        for tag in [DICOMTag(0x0020, 0x0242), DICOMTag(0x0008, 0x1167), DICOMTag(0x0020, 0x9312)] {
            #expect(ConfidentialityTable.standard[tag] == nil)
            let file = try Objects.file { $0.append(tag, .ui, string: "1.2.3") }
            #expect(
                try Objects.deidentifier().deidentify(file).dataSet[tag]?.uid == Objects.pseudonyms().uid("1.2.3"))
        }
    }
}
