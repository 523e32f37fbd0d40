import Curation
import Testing

@Suite("Pseudonyms")
struct PseudonymTests {
    // Expected values: Python's hmac, hashlib and base64 over the documented message, with the key 00 01 … 1F.
    @Test("are HMAC-SHA-256 over the purpose and the parts, each with its length")
    func reference() throws {
        let pseudonyms = try Objects.pseudonyms()
        #expect(pseudonyms.uid("1.2.3") == "2.25.77485970704588270857690224303569112507")
        #expect(
            pseudonyms.uid("1.2.392.200036.9116.2.6.1.48.1211418863.1225184516.765855")
                == "2.25.51245799769871402504204868568275823897")
        #expect(pseudonyms.patientID(issuer: "", id: "HOSP12345") == "MGIM3YOJTMKHVIXT")
        #expect(pseudonyms.patientID(issuer: "Saint Elsewhere", id: "HOSP12345") == "B2PDSVBYZNNDMVH7")
        #expect(pseudonyms.identifier("S-1", tag: 0x0040_0551) == "IWGR27MR7MUBIEYD")
    }

    // Expected values as above, with "project" and its name after the purpose.
    @Test("of two projects of one key have nothing in common, and no project has those of always")
    func projects() throws {
        let key = try PseudonymKey(Objects.key)
        let lung = Pseudonymizer(key: key, project: "lung")
        #expect(lung.patientID(issuer: "", id: "HOSP12345") == "CS7TPLFWA42NGL62")
        #expect(lung.uid("1.2.3") == "2.25.333579996034200286775430897677546273031")
        #expect(lung.dateShift(issuer: "", id: "HOSP12345").days == -707)
        #expect(Pseudonymizer(key: key, project: "").uid("1.2.3") == "2.25.77485970704588270857690224303569112507")
        #expect(Pseudonymizer(key: key, project: "colon").uid("1.2.3") != lung.uid("1.2.3"))
    }

    // Expected values as above: 1 + (the first 128 bits modulo 208) weeks.
    @Test("come with a date shift of the patient's own")
    func dateShifts() throws {
        let pseudonyms = try Objects.pseudonyms()
        #expect(pseudonyms.dateShift(issuer: "", id: "HOSP12345").days == -1085)
        #expect(pseudonyms.dateShift(issuer: "Saint Elsewhere", id: "HOSP12345").days == -105)
        #expect(pseudonyms.dateShift(issuer: "", id: "1").days == -406)
    }

    @Test("do not depend on padding")
    func padding() throws {
        let pseudonyms = try Objects.pseudonyms()
        #expect(pseudonyms.uid("1.2.3\0") == pseudonyms.uid("1.2.3"))
        #expect(pseudonyms.uid("1.2.3 ") == pseudonyms.uid("1.2.3"))
    }

    @Test("of two keys have nothing in common")
    func keys() throws {
        let (one, other) = (try Objects.pseudonyms(), try Objects.pseudonyms(Array(repeating: 7, count: 32)))
        #expect(one.uid("1.2.3") != other.uid("1.2.3"))
        #expect(one.patientID(issuer: "", id: "1") != other.patientID(issuer: "", id: "1"))
        #expect(one.digest(.fingerprint, []) != other.digest(.fingerprint, []))
    }

    @Test("cannot be confused by moving a character from issuer to number")
    func parts() throws {
        let pseudonyms = try Objects.pseudonyms()
        #expect(pseudonyms.patientID(issuer: "A", id: "B1") != pseudonyms.patientID(issuer: "AB", id: "1"))
    }

    @Test("keep the UIDs that the standard has given out, and only those")
    func standardUIDs() throws {
        let pseudonyms = try Objects.pseudonyms()
        for uid in ["1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.1.4.1.1", "1.2.840.10008.1.5.8"] {
            #expect(pseudonyms.uid(uid) == uid)
        }
        for uid in ["1.2.840.10008.20240317.1", "1.2.840.100081.1", "1.2.840.10008", "1.2.840.10008."] {
            #expect(pseudonyms.uid(uid).hasPrefix("2.25."))
        }
        #expect(pseudonyms.uid("") == "")
    }

    @Test("of UIDs are UIDs of at most 64 characters without leading zeros")
    func form() throws {
        let pseudonyms = try Objects.pseudonyms()
        for number in 0..<2000 {
            let uid = pseudonyms.uid("1.2.3.\(number)")
            let last = uid.dropFirst("2.25.".count)
            #expect(uid.hasPrefix("2.25.") && uid.count <= 44 && (last.first != "0") && last.allSatisfy(\.isNumber))
        }
    }

    @Test("need a key of 32 bytes")
    func keyLength() {
        #expect(throws: CurationError.self) { try PseudonymKey(Array(repeating: 1, count: 31)) }
        #expect(throws: CurationError.self) { try PseudonymKey([]) }
    }

    @Test("never show their key, however it is printed")
    func keyIsNotPrinted() throws {
        let key = try PseudonymKey(Array(repeating: 0xAB, count: 32))
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(!text.lowercased().contains("abab") && !text.contains("171"))
        }
    }
}
