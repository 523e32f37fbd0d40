import Curation
import DICOM
import Testing

@Suite("Reports and annotations that are cleaned")
struct StructuredContentTests {
    private static let content = DICOMTag(0x0040, 0xA730)
    private static let text = DICOMTag(0x0040, 0xA160)
    private static let known = KnownIdentifiers([
        .init(.patientName, "MUSTERMANN"), .init(.patientName, "ERIKA"), .init(.patientID, "HOSP12345"),
    ])

    private func deidentify(_ fill: (inout DataSetBuilder) -> Void) throws -> DataSet {
        let file = try Objects.file(sopClass: Objects.report, fill)
        return try Objects.deidentifier(.research)
            .deidentify(file, context: DeidentificationContext(known: Self.known)).dataSet
    }

    /// A content item of a report: its concept and its value.
    private func line(
        _ code: String, _ type: String, in builder: inout DataSetBuilder, _ value: (inout DataSetBuilder) -> Void
    ) {
        builder.beginItem()
        builder.append(DICOMTag(0x0040, 0xA010), .cs, string: "CONTAINS")
        builder.append(DICOMTag(0x0040, 0xA040), .cs, string: type)
        builder.sequence(.conceptNameCodeSequence) { name in
            name.append(.codeValue, .sh, string: code)
            name.append(.codingSchemeDesignator, .sh, string: "DCM")
            name.append(.codeMeaning, .lo, string: "Concept")
        }
        value(&builder)
        builder.endItem()
    }

    private func lines(_ dataSet: DataSet) -> [DataSet] { dataSet[Self.content].map { Array($0.items) } ?? [] }

    @Test("keep their tree, codes and numbers; names go, text is cleaned, dates move, references meet")
    func tree() throws {
        let result = try deidentify { builder in
            builder.beginSequence(Self.content)
            line("121071", "TEXT", in: &builder) {
                $0.append(Self.text, .ut, string: "nodule of MUSTERMANN in the liver")
            }
            line("121206", "NUM", in: &builder) { item in
                item.sequence(DICOMTag(0x0040, 0xA300)) { $0.append(DICOMTag(0x0040, 0xA30A), .ds, string: "12.5") }
            }
            line("111018", "DATE", in: &builder) { $0.append(DICOMTag(0x0040, 0xA121), .da, string: "20240317") }
            line("121005", "PNAME", in: &builder) {
                $0.append(DICOMTag(0x0040, 0xA123), .pn, string: "MUSTERMANN^ERIKA")
            }
            line("121012", "UIDREF", in: &builder) { $0.append(DICOMTag(0x0040, 0xA124), .ui, string: "1.2.3.4.5") }
            builder.endSequence()
        }
        let lines = lines(result)
        #expect(lines.count == 5)
        #expect(
            lines.map { $0.item(.conceptNameCodeSequence)?[.codeValue]?.string } == [
                "121071", "121206", "111018", "121005", "121012",
            ])
        #expect(lines[0][Self.text]?.string?.contains("nodule") == true)
        #expect(lines[0][Self.text]?.string?.contains("MUSTERMANN") == false)
        #expect(lines[1].item(DICOMTag(0x0040, 0xA300))?[DICOMTag(0x0040, 0xA30A)]?.string == "12.5")
        let date = try #require(lines[2][DICOMTag(0x0040, 0xA121)]?.string)
        #expect(date != "20240317" && CivilDate(dicom: date) != nil)
        #expect(lines[3][DICOMTag(0x0040, 0xA123)]?.string == "REMOVED")
        #expect(lines[4][DICOMTag(0x0040, 0xA124)]?.uid == (try Objects.pseudonyms().uid("1.2.3.4.5")))
    }

    @Test(
        "lose the lines that are about who it is, whatever words they are in",
        arguments: ["121029", "121030", "121008", "121009", "121013", "121016", "121017", "121022", "121020", "121021"])
    func identity(code: String) throws {
        let result = try deidentify { builder in
            builder.beginSequence(Self.content)
            // Words that every vocabulary has: the concept gives them away, not their form.
            line(code, "TEXT", in: &builder) { $0.append(Self.text, .ut, string: "chest") }
            line("121071", "TEXT", in: &builder) { $0.append(Self.text, .ut, string: "chest") }
            builder.endSequence()
        }
        #expect(lines(result).map { $0[Self.text]?.string } == ["REMOVED", "chest"])
    }

    @Test(
        "do not tell a birth date, and no age above 90",
        arguments: [("67", "67"), ("89.5", "89.5"), ("90", "90"), ("103", "90"), ("old", "90")])
    func ages(age: String, expected: String) throws {
        let result = try deidentify { builder in
            builder.beginSequence(Self.content)
            line("121033", "NUM", in: &builder) { item in
                item.sequence(DICOMTag(0x0040, 0xA300)) { $0.append(DICOMTag(0x0040, 0xA30A), .ds, string: age) }
            }
            line("121031", "DATE", in: &builder) { $0.append(DICOMTag(0x0040, 0xA121), .da, string: "19410803") }
            // The same number about something else stays.
            line("121206", "NUM", in: &builder) { item in
                item.sequence(DICOMTag(0x0040, 0xA300)) { $0.append(DICOMTag(0x0040, 0xA30A), .ds, string: "103") }
            }
            builder.endSequence()
        }
        let lines = lines(result)
        #expect(lines[0].item(DICOMTag(0x0040, 0xA300))?[DICOMTag(0x0040, 0xA30A)]?.string == expected)
        #expect(lines[1][DICOMTag(0x0040, 0xA121)]?.string == "19000101")
        #expect(lines[2].item(DICOMTag(0x0040, 0xA300))?[DICOMTag(0x0040, 0xA30A)]?.string == "103")
    }

    @Test("are one line that says nothing under the basic profile")
    func basic() throws {
        let file = try Objects.file(sopClass: Objects.report) { builder in
            builder.beginSequence(Self.content)
            line("121071", "TEXT", in: &builder) { $0.append(Self.text, .ut, string: "nodule") }
            line("121071", "TEXT", in: &builder) { $0.append(Self.text, .ut, string: "cyst") }
            builder.endSequence()
        }
        let result = try Objects.deidentifier(.basic).deidentify(file).dataSet
        #expect(lines(result).map { $0[Self.text]?.string } == ["REMOVED"])
    }

    @Test("of presentation states: text is cleaned, what points at things stays")
    func annotations() throws {
        let result = try deidentify { builder in
            builder.sequence(DICOMTag(0x0070, 0x0001)) { annotation in
                annotation.append(DICOMTag(0x0070, 0x0002), .cs, string: "LAYER1")
                annotation.sequence(DICOMTag(0x0070, 0x0008)) {
                    $0.append(DICOMTag(0x0070, 0x0006), .st, string: "tumor MUSTERMANN")
                }
                annotation.sequence(DICOMTag(0x0070, 0x0009)) {
                    $0.append(DICOMTag(0x0070, 0x0022), .fl, doubles: [1, 2])
                }
            }
            builder.append(DICOMTag(0x6000, 0x3000), .ow, bytes: [1, 2])
            builder.append(DICOMTag(0x6000, 0x0010), .us, ints: [512])
        }
        let annotation = try #require(result.item(DICOMTag(0x0070, 0x0001)))
        #expect(annotation.item(DICOMTag(0x0070, 0x0008))?[DICOMTag(0x0070, 0x0006)]?.string == "tumor")
        #expect(annotation.item(DICOMTag(0x0070, 0x0009))?[DICOMTag(0x0070, 0x0022)]?.doubles == [1, 2])
        // Nobody can look into the bits of an overlay: it goes whole.
        #expect(result.elements.allSatisfy { $0.tag.group & 0xFF00 != 0x6000 })
    }
}
