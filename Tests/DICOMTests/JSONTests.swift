import DICOM
import Testing

@Suite("DICOM JSON")
struct JSONTests {
    private func json(_ raw: [UInt8]) throws -> String {
        String(decoding: DICOMJSON.encode(try DICOMFile.read(Raw.file(raw)).dataSet), as: UTF8.self)
    }

    private func decode(_ text: String) throws -> DataSet { try DICOMJSON.decode(Array(text.utf8)) }

    @Test("Each kind of value as PS3.18 F.2 shows it")
    func values() throws {
        let cases: [([UInt8], String)] = [
            (Raw.explicit(0x0008, 0x0005, "CS", "ISO_IR 192"), #""00080005":{"vr":"CS","Value":["ISO_IR 192"]}"#),
            (Raw.explicit(0x0008, 0x0050, "SH", ""), #""00080050":{"vr":"SH"}"#),
            (Raw.explicit(0x0008, 0x0060, "CS", "bar\\\\foo"), #""00080060":{"vr":"CS","Value":["bar",null,"foo"]}"#),
            (
                Raw.explicit(0x0010, 0x0010, "PN", "Wang^XiaoDong=王^小東="),
                #""00100010":{"vr":"PN","Value":[{"Alphabetic":"Wang^XiaoDong","Ideographic":"王^小東"}]}"#
            ),
            (Raw.explicit(0x0018, 0x0050, "DS", "+1.50\\2"), #""00180050":{"vr":"DS","Value":[1.5,2]}"#),
            (Raw.explicit(0x0018, 0x0060, "DS", "0.100"), #""00180060":{"vr":"DS","Value":[0.100]}"#),
            (Raw.explicit(0x0020, 0x0013, "IS", "007 "), #""00200013":{"vr":"IS","Value":[7]}"#),
            (
                Raw.explicit(0x0028, 0x0009, "AT", Raw.tag(0x0018, 0x1063)),
                #""00280009":{"vr":"AT","Value":["00181063"]}"#
            ),
            (
                Raw.explicit(0x0028, 0x0010, "US", Raw.u16(1) + Raw.u16(65535)),
                #""00280010":{"vr":"US","Value":[1,65535]}"#
            ),
            (Raw.explicit(0x0028, 0x1201, "OW", [1, 2]), #""00281201":{"vr":"OW","InlineBinary":"AQI="}"#),
            (Raw.explicit(0x0040, 0xA160, "UT", "a\"b\\c\n"), #""0040A160":{"vr":"UT","Value":["a\"b\\c\n"]}"#),
            (
                Raw.explicit(0x0040, 0xA161, "FD", [UInt8](repeating: 0, count: 6) + [0xF8, 0x7F]),
                #""0040A161":{"vr":"FD","Value":["NaN"]}"#
            ),
            (Raw.explicit(0x0040, 0xA168, "SQ"), #""0040A168":{"vr":"SQ"}"#),
            (Raw.explicit(0x0040, 0xA730, "SQ", Raw.item([])), #""0040A730":{"vr":"SQ","Value":[{}]}"#),
        ]
        let utf8 = cases[0].0
        for (raw, text) in cases.dropFirst() {
            #expect(try json(utf8 + raw) == "{" + cases[0].1 + "," + text + "}")
        }
    }

    @Test("Group lengths stay out; binary from a big endian file is in little endian order")
    func exceptions() throws {
        #expect(try json(Raw.explicit(0x0008, 0x0000, "UL", Raw.u32(4))) == "{}")
        let big = try DICOMFile.read(Raw.file(Raw.bigEndian, Raw.explicit(0x0028, 0x1201, "OW", [1, 2], big: true)))
        #expect(
            String(decoding: DICOMJSON.encode(big.dataSet), as: UTF8.self)
                == #"{"00281201":{"vr":"OW","InlineBinary":"AgE="}}"#)
    }

    @Test("What is encoded decodes to the same data set")
    func roundTrip() throws {
        let item = Raw.item(Raw.explicit(0x0010, 0x0010, "PN", "A^B=C\\D ")) + Raw.item([])
        let raw =
            Raw.explicit(0x0008, 0x0060, "CS", "MR")
            + Raw.explicit(0x0008, 0x1140, "SQ", item + Raw.item(Raw.explicit(0x0008, 0x1140, "SQ", item)))
            + Raw.explicit(0x0018, 0x9073, "FD", Raw.u32(0) + Raw.u32(0x3FF8_0000))
            + Raw.explicit(0x0028, 0x0010, "US", Raw.u16(9))
            + Raw.explicit(0x0028, 0x1201, "OW", [1, 2, 3, 4]) + Raw.explicit(0x7FE0, 0x0010, "OB", [])
        let file = try DICOMFile.read(Raw.file(raw))
        #expect(try DICOMJSON.decode(DICOMJSON.encode(file.dataSet)) == file.dataSet)
    }

    @Test("Members in any order, spaces, escapes and surrogates are understood")
    func decoding() throws {
        let set = try decode(
            #" { "00100010" : { "Value" : [ { "Alphabetic" : "M\u00fcller^\ud83d\ude00" } ] , "vr" : "PN" } } "#)
        #expect(set[.patientName]?.string == "Müller^😀")
        #expect(set[.specificCharacterSet]?.string == "ISO_IR 192")
        let numbers = try decode(
            #"{"00280010":{"vr":"US","Value":[512.0]},"00180050":{"vr":"DS","Value":["1.25",0.1234567890123456789]}}"#)
        #expect(numbers[.rows]?.int == 512)
        #expect(numbers[.sliceThickness]?.doubles.first == 1.25)
        #expect(numbers[.sliceThickness]?.strings.allSatisfy { $0.utf8.count <= 16 } == true)
        #expect(try decode(#"{"00280010":{"vr":"US","BulkDataURI":"http://x"}}"#)[.rows]?.isEmpty == true)
    }

    @Test(
        "What is no DICOM JSON is refused with the place",
        arguments: [
            "", "[]", "{", "{}x", #"{"a":1}"#, #"{"00100010":{}}"#, #"{"00100010":{"vr":"XX"}}"#,
            #"{"00100010":{"vr":"PN","Value":1}}"#,
            #"{"00280010":{"vr":"US","Value":["x"]}}"#, #"{"00280010":{"vr":"US","Value":[1,]}}"#,
            #"{"00280010":{"vr":"US","Value":[01]}}"#,
            #"{"00281201":{"vr":"OW","InlineBinary":"A"}}"#, #"{"00081140":{"vr":"SQ","Value":[1]}}"#, "{\"0010",
            "{\"00100010\\",
            #"{"00100010":{"vr":"LO","Value":[1]}}"#, "nul",
        ])
    func refused(text: String) {
        #expect(error { try decode(text) }?.code == .badJSON)
    }

    @Test("Depth bombs of JSON are refused: brackets a million deep, and sequences beyond the limit")
    func depth() {
        #expect(error { try decode(String(repeating: "[", count: 1_000_000)) }?.code == .tooDeep)
        #expect(
            error { try decode(String(repeating: #"{"0040A730":{"vr":"SQ","Value":["#, count: 100_000)) }?.code
                == .tooDeep)
        let deep =
            String(repeating: #"{"0040A730":{"vr":"SQ","Value":["#, count: 65) + "{}"
            + String(repeating: "]}}", count: 65)
        #expect(error { try decode(deep) }?.code == .tooDeep)
    }
}
