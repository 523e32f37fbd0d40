import DICOM
import Testing

@Suite("The data dictionary, tags and VRs")
struct DictionaryTests {
    @Test(
        "Attributes of PS3.6 by tag and by keyword",
        arguments: [
            (0x0010, 0x0010, "PatientName", "Patient's Name", [VR.pn], "1", false),
            (0x0008, 0x0005, "SpecificCharacterSet", "Specific Character Set", [.cs], "1-n", false),
            (0x0008, 0x0001, "LengthToEnd", "Length to End", [.ul], "1", true),
            (0x0018, 0x1153, "ExposureInuAs", "Exposure in µAs", [.is], "1", false),
            (0x0028, 0x0106, "SmallestImagePixelValue", "Smallest Image Pixel Value", [.us, .ss], "1", false),
            (0x0012, 0x0063, "DeidentificationMethod", "De-identification Method", [.lo], "1-n", false),
            (0x7FE0, 0x0010, "PixelData", "Pixel Data", [.ob, .ow], "1", false),
        ] as [(UInt16, UInt16, String, String, [VR], String, Bool)])
    func entries(
        group: UInt16, element: UInt16, keyword: String, name: String, vrs: [VR], multiplicity: String, isRetired: Bool
    ) throws {
        let entry = try #require(DataDictionary.standard[Tag(group, element)])
        #expect(entry.keyword == keyword && entry.name == name && entry.vrs == vrs)
        #expect(entry.multiplicity == multiplicity && entry.isRetired == isRetired)
        #expect(Tag(keyword: keyword) == Tag(group, element))
        #expect(Tag(group, element).keyword == keyword)
    }

    @Test("Repeating groups: overlays, curves and others have the entry of their pattern")
    func repeatingGroups() {
        #expect(Tag(0x6002, 0x3000).keyword == "OverlayData")
        #expect(Tag(0x50FE, 0x3000).keyword == "CurveData")
        #expect(Tag(0x0020, 0x3142).keyword == "SourceImageIDs")
        #expect(Tag(0x6001, 0x3000).keyword == nil)
        #expect(DataDictionary.standard[keyword: "OverlayData"]?.tag == Tag(0x6000, 0x3000))
    }

    @Test("Private and unknown attributes are not in it")
    func others() {
        #expect(DataDictionary.standard[Tag(0x0009, 0x0010)] == nil)
        #expect(DataDictionary.standard[Tag(0x0008, 0xFFFF)] == nil)
        #expect(Tag(keyword: "patientName") == nil)
        #expect(Tag(keyword: "") == nil)
        #expect(DataDictionary.edition == "January 2025")
    }

    @Test("Tags are written and read in hexadecimal and ordered by group and element")
    func tags() {
        #expect(Tag(0x0010, 0x00AB).description == "(0010,00AB)")
        #expect(Tag(hex: "001000ab") == Tag(0x0010, 0x00AB))
        #expect(Tag(0x0010, 0x00AB).hex == "001000AB")
        for text in ["", "0010", "+0100010", "0010001g", "00100010 "] { #expect(Tag(hex: text) == nil) }
        #expect(Tag(0x0008, 0xFFFF) < Tag(0x0010, 0x0000))
    }

    @Test("Private blocks: creators, and the creator of an attribute (PS3.5 7.8.1)")
    func privateTags() {
        #expect(Tag(0x0009, 0x0010).isPrivateCreator && Tag(0x0009, 0x00FF).isPrivateCreator)
        #expect(!Tag(0x0009, 0x0001).isPrivateCreator && !Tag(0x0008, 0x0010).isPrivateCreator)
        #expect(Tag(0x0009, 0x10E7).privateCreatorTag == Tag(0x0009, 0x0010))
        #expect(Tag(0x0009, 0xFF01).privateCreatorTag == Tag(0x0009, 0x00FF))
        #expect(Tag(0x0008, 0x1040).privateCreatorTag == nil)
    }

    @Test("The 34 VRs by their letters; no others")
    func vrs() {
        #expect(VR.allCases.count == 34)
        for vr in VR.allCases { #expect(VR(vr.name) == vr) }
        #expect(VR("PN") == .pn && VR("pn") == nil && VR("XX") == nil && VR("") == nil && VR("SQX") == nil)
        // PS3.5 table 7.1-1.
        #expect(
            VR.allCases.filter(\.isLongForm).map(\.name)
                == ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"])
    }
}
