import Curation
import DICOM
import Testing

@Suite("Private elements that are known to be safe")
struct SafePrivateTests {
    private func deidentify(
        _ profile: ConfidentialityProfile = .research, known: KnownIdentifiers = KnownIdentifiers(),
        _ fill: (inout DataSetBuilder) -> Void
    ) throws -> Deidentified {
        try Objects.deidentifier(profile).deidentify(
            try Objects.file(fill), context: DeidentificationContext(known: known))
    }

    @Test("stay with their creator, whatever the number of their block, and nothing else of it stays")
    func stay() throws {
        for block in [0x10, 0x21, 0xFF] as [UInt16] {
            let result = try deidentify { builder in
                builder.append(DICOMTag(0x0019, block), .lo, string: "SIEMENS MR HEADER")
                builder.append(DICOMTag(0x0019, block << 8 | 0x0C), .is, string: "800")
                builder.append(DICOMTag(0x0019, block << 8 | 0x0D), .cs, string: "DIRECTIONAL")
                builder.append(DICOMTag(0x0019, block << 8 | 0x0F), .lo, string: "MUSTERMANN")
            }.dataSet
            #expect(result[DICOMTag(0x0019, block)]?.string == "SIEMENS MR HEADER")
            #expect(result[DICOMTag(0x0019, block << 8 | 0x0C)]?.string == "800")
            #expect(result[DICOMTag(0x0019, block << 8 | 0x0D)]?.string == "DIRECTIONAL")
            #expect(result[DICOMTag(0x0019, block << 8 | 0x0F)] == nil)
        }
    }

    @Test("are those of the creator of their own block, of two in a group")
    func twoCreators() throws {
        let result = try deidentify { builder in
            builder.append(DICOMTag(0x0019, 0x0010), .lo, string: "SOMEBODY ELSE")
            builder.append(DICOMTag(0x0019, 0x0011), .lo, string: "SIEMENS MR HEADER")
            builder.append(DICOMTag(0x0019, 0x100C), .is, string: "4711")
            builder.append(DICOMTag(0x0019, 0x110C), .is, string: "800")
        }.dataSet
        #expect(result[DICOMTag(0x0019, 0x0010)] == nil && result[DICOMTag(0x0019, 0x100C)] == nil)
        #expect(result[DICOMTag(0x0019, 0x110C)]?.string == "800")
    }

    @Test("without a creator, or with one of the data set around, are nobody's")
    func noCreator() throws {
        let result = try deidentify { builder in
            builder.append(DICOMTag(0x0019, 0x0010), .lo, string: "SIEMENS MR HEADER")
            builder.append(DICOMTag(0x0021, 0x100C), .is, string: "800")
            builder.sequence(.contributing) { $0.append(DICOMTag(0x0019, 0x100C), .is, string: "800") }
        }.dataSet
        #expect(result[DICOMTag(0x0021, 0x100C)] == nil)
        #expect(result.item(.contributing)?[DICOMTag(0x0019, 0x100C)] == nil)
        // A creator of whom nothing stays does not stay either.
        #expect(result[DICOMTag(0x0019, 0x0010)] == nil)
    }

    @Test("stay inside sequences, beside the creator of their own item")
    func nested() throws {
        let result = try deidentify { builder in
            builder.sequence(.contributing) { item in
                item.append(DICOMTag(0x7053, 0x0010), .lo, string: "Philips PET Private Group")
                item.append(DICOMTag(0x7053, 0x1000), .ds, string: "0.000276")
            }
        }.dataSet
        #expect(result.item(.contributing)?[DICOMTag(0x7053, 0x1000)]?.string == "0.000276")
    }

    @Test(
        "hold what they should or go",
        arguments: [
            (VR.is, "800", true), (.un, "800 ", true), (.lo, "800", false), (.is, "MUSTERMANN", false),
            (.un, "MUSTERMANN", false),
        ])
    func values(vr: VR, value: String, stays: Bool) throws {
        let result = try deidentify { builder in
            builder.append(DICOMTag(0x0019, 0x0010), .lo, string: "SIEMENS MR HEADER")
            builder.append(DICOMTag(0x0019, 0x100C), vr, bytes: Array(value.utf8))
        }.dataSet
        #expect((result[DICOMTag(0x0019, 0x100C)] != nil) == stays)
        if stays { #expect(result[DICOMTag(0x0019, 0x100C)]?.vr == .is) }
    }

    @Test("that are codes do not stay where they are the patient's name")
    func names() throws {
        let known = KnownIdentifiers([.init(.patientName, "MUSTERMANN")])
        for (code, stays) in [("MUSTERMANN", false), ("DIRECTIONAL", true)] {
            let result = try deidentify(known: known) { builder in
                builder.append(DICOMTag(0x0019, 0x0010), .lo, string: "SIEMENS MR HEADER")
                builder.append(DICOMTag(0x0019, 0x100D), .cs, string: code)
            }.dataSet
            #expect((result[DICOMTag(0x0019, 0x100D)] != nil) == stays)
        }
    }

    @Test("that are dates move with the others, and go where no dates stay")
    func dates() throws {
        let fill: (inout DataSetBuilder) -> Void = { builder in
            builder.append(DICOMTag(0x0009, 0x0010), .lo, string: "GEMS_PETD_01")
            builder.append(DICOMTag(0x0009, 0x103B), .dt, string: "20240317073000.00")
        }
        let result = try deidentify(fill: fill)
        let day = try #require(CivilDate(dicom: "20240317")?.daysSince1970)
        let moved = try #require(CivilDate(daysSince1970: day + result.dateShift.days)).dicom
        #expect(result.dataSet[DICOMTag(0x0009, 0x103B)]?.string == moved + "073000.00")
        let none = ConfidentialityProfile(name: "none", options: [.retainSafePrivate])
        #expect(try deidentify(none, fill: fill).dataSet[DICOMTag(0x0009, 0x103B)] == nil)
    }

    @Test("go without the option, sequences and creators with them")
    func basic() throws {
        let result = try deidentify(.basic) { builder in
            builder.append(DICOMTag(0x0019, 0x0010), .lo, string: "SIEMENS MR HEADER")
            builder.append(DICOMTag(0x0019, 0x100C), .is, string: "800")
            builder.sequence(DICOMTag(0x0029, 0x1010)) { $0.append(.codeMeaning, .lo, string: "x") }
        }.dataSet
        #expect(result.elements.allSatisfy { !$0.tag.isPrivate })
    }

    @Test("that are text of a device stay without what identifies")
    func text() throws {
        let known = KnownIdentifiers([.init(.patientName, "MUSTERMANN")])
        for (text, left) in [
            ("18X24CM PADDLE", "18X24CM PADDLE"), ("PADDLE MUSTERMANN", "PADDLE"), ("Kowalczyk", nil),
        ] as [(String, String?)] {
            let result = try deidentify(known: known) { builder in
                builder.append(DICOMTag(0x0019, 0x0010), .lo, string: "HOLOGIC, Inc.")
                builder.append(DICOMTag(0x0019, 0x1026), .lo, string: text)
            }.dataSet
            #expect(result[DICOMTag(0x0019, 0x1026)]?.string == left)
        }
    }

    @Test("may have what parts the numbers of a ratio in their codes")
    func ratio() throws {
        let result = try deidentify { builder in
            builder.append(DICOMTag(0x0043, 0x0010), .lo, string: "GEMS_PARM_01")
            builder.append(DICOMTag(0x0043, 0x1027), .sh, string: "/1.0:1")
        }.dataSet
        #expect(result[DICOMTag(0x0043, 0x1027)]?.string == "/1.0:1")
    }

    @Test("are in a list whose every element holds numbers, codes or text that can be cleaned")
    func list() {
        let elements = SafePrivateList.standard.elements
        // 48 numbers and codes of the standard's table that do not belong to mammography alone, at the least.
        #expect(elements.count > 100)
        for element in elements {
            #expect(element.group & 1 == 1 && !element.meaning.isEmpty && element.creator.utf8.count <= 64)
            #expect([.ut, .uc, .pn, .ob, .ow, .un, .sq].contains(element.vr) == false)
        }
    }

    private func deidentify(
        _ profile: ConfidentialityProfile = .research, fill: (inout DataSetBuilder) -> Void
    ) throws -> Deidentified {
        try deidentify(profile, known: KnownIdentifiers(), fill)
    }
}
