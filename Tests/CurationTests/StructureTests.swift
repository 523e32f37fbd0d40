import Curation
import DICOM
import Testing

@Suite("The structure of an object")
struct StructureTests {
    @Test("loses private elements, blocks and sequences at every depth")
    func privateElements() throws {
        let file = try Objects.file { builder in
            builder.append(DICOMTag(0x0009, 0x0010), .lo, string: "ACME")
            builder.append(DICOMTag(0x0009, 0x1001), .lo, string: "DOE^JANE")
            builder.sequence(DICOMTag(0x0029, 0x1010)) { $0.append(.manufacturer, .lo, string: "DOE") }
            builder.sequence(.contributing) { item in
                item.append(DICOMTag(0x0019, 0x0010), .lo, string: "ACME")
                item.append(DICOMTag(0x0019, 0x1001), .un, bytes: Array("DOE".utf8))
            }
        }
        let result = try Objects.deidentifier(.research).deidentify(file)
        let bytes = try Objects.bytes(result)
        #expect(!bytes.holds("ACME") && !bytes.holds("DOE"))
        #expect(result.dataSet.item(.contributing)?.isEmpty == true)
    }

    @Test("loses attributes that no dictionary knows")
    func unknownElements() throws {
        for tag in [
            DICOMTag(0x0018, 0x9FFE), DICOMTag(0x0022, 0xFFF0), DICOMTag(0x7F00, 0x0010), DICOMTag(0x7FE0, 0x0099),
        ] {
            let file = try Objects.file { $0.append(tag, .un, bytes: Array("DOE^JANE".utf8)) }
            #expect(try Objects.deidentifier().deidentify(file).dataSet[tag] == nil)
        }
    }

    @Test("loses values of a kind that the attribute cannot have")
    func wrongKinds() throws {
        let file = try Objects.file { builder in
            builder.append(.rows, .lt, bytes: Array("DOE^JANE".utf8))
            builder.append(DICOMTag(0x0040, 0x0440), .ob, bytes: Array("DOE^JANE".utf8))
            builder.append(DICOMTag(0x0008, 0x1115), .un, bytes: Array("DOE^JANE".utf8))
            // The dictionary knows a name when it meets one, whatever VR it hides behind.
            builder.append(DICOMTag(0x0014, 0x2006), .un, bytes: Array("DOE^JANE".utf8))
        }
        #expect(try !Objects.bytes(Objects.deidentifier().deidentify(file)).holds("DOE"))
    }

    @Test("loses whole overlays, not only their bits")
    func overlays() throws {
        let file = try Objects.file { builder in
            builder.append(DICOMTag(0x6002, 0x0010), .us, ints: [512])
            builder.append(DICOMTag(0x6002, 0x0022), .lo, string: "DOE")
            builder.append(DICOMTag(0x6002, 0x3000), .ow, bytes: [1, 2])
        }
        let result = try Objects.deidentifier().deidentify(file).dataSet
        #expect(result.elements.allSatisfy { $0.tag.group < 0x6000 })
    }

    @Test("loses pictures inside items, and keeps those of the object itself")
    func nestedPixels() throws {
        let file = try Objects.file { builder in
            builder.append(.pixelData, .ow, bytes: [1, 2, 3, 4])
            builder.sequence(DICOMTag(0x0040, 0x0440)) { $0.append(.pixelData, .ow, bytes: [9, 9]) }
        }
        let result = try Objects.deidentifier().deidentify(file).dataSet
        #expect(result[.pixelData].map { Array($0.bytes) } == [1, 2, 3, 4])
        #expect(result.item(DICOMTag(0x0040, 0x0440))?[.pixelData] == nil)
    }

    @Test("keeps what science needs: geometry, acquisition, codes")
    func kept() throws {
        let file = try Objects.file { builder in
            builder.append(.modality, .cs, string: "CT")
            builder.append(.manufacturer, .lo, string: "ACME")
            builder.append(.sliceThickness, .ds, string: "1.25")
            builder.append(.imagePositionPatient, .ds, strings: ["-1", "2.5", "3"])
            builder.append(.rows, .us, ints: [512])
            builder.append(.bodyPartExamined, .cs, string: "CHEST")
            builder.sequence(.anatomicRegionSequence) { item in
                item.append(.codeValue, .sh, string: "51185008")
                item.append(.codeMeaning, .lo, string: "Chest")
            }
        }
        let result = try Objects.deidentifier().deidentify(file).dataSet
        for tag in [DICOMTag.modality, .manufacturer, .sliceThickness, .imagePositionPatient, .rows, .bodyPartExamined]
        {
            #expect(result[tag]?.strings == file.dataSet[tag]?.strings && result[tag] != nil)
        }
        #expect(result.item(.anatomicRegionSequence)?[.codeMeaning]?.string == "Chest")
    }

    @Test("is walked as deep as a reader goes, without recursion")
    func depth() throws {
        let file = try Objects.file { builder in
            for _ in 0..<64 {
                builder.beginSequence(.contributing)
                builder.beginItem()
            }
            builder.append(.patientName, .pn, string: "DOE^JANE")
        }
        let result = try Objects.deidentifier().deidentify(file)
        #expect(try !Objects.bytes(result).holds("DOE"))
        var (item, depth) = (result.dataSet, 0)
        while let next = item.item(.contributing) { (item, depth) = (next, depth + 1) }
        #expect(depth == 64)
        #expect(item[.patientName]?.isEmpty == true)
    }

    @Test("comes out little endian when it was big endian or deflated, and otherwise as it was")
    func transferSyntaxes() throws {
        let jpeg = TransferSyntax(uid: "1.2.840.10008.1.2.4.50")
        for (from, to) in [
            (TransferSyntax.explicitBigEndian, TransferSyntax.explicitLittleEndian),
            (.deflatedExplicitLittleEndian, .explicitLittleEndian), (.implicitLittleEndian, .implicitLittleEndian),
            (jpeg, jpeg),
        ] {
            let result = try Objects.deidentifier().deidentify(try Objects.file(syntax: from) { _ in })
            #expect(result.transferSyntax == to)
            #expect(result.meta[.transferSyntaxUID]?.uid == to.uid)
        }
    }

    @Test("is the same byte for byte each time")
    func deterministic() throws {
        let file = try Objects.file { builder in
            for row in StandardTable.rows where row.tag != nil && row.id != "00420011" {
                if let tag = row.tag { PlantedValue.append(tag, row.vr, to: &builder) }
            }
            builder.append(.sopClassUID, .ui, string: Objects.ct)
            builder.append(.studyInstanceUID, .ui, string: "1.2.3")
        }
        let deidentifier = try Objects.deidentifier(.research)
        #expect(try Objects.bytes(deidentifier.deidentify(file)) == Objects.bytes(deidentifier.deidentify(file)))
    }
}
