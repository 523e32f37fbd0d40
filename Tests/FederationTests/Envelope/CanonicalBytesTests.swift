import Runtime
import Testing

@testable import Federation

@Suite("Canonical bytes")
struct CanonicalBytesTests {
    @Test(
        "fields are written as the documentation says: lengths in 4 bytes, numbers in 8, a flag for what may be missing"
    )
    func layout() {
        var out = CanonicalBytes(label: "ab")
        out.append("é")
        out.append([1, 2, 3])
        out.append(Int64(258))
        out.append(Int64(-1))
        out.append(String?.none)
        out.append(String?.some("x"))
        // Written by hand from the rules in the type's documentation.
        #expect(
            Hex.text(out.bytes)
                == "00000002" + "6162" + "00000002" + "c3a9" + "00000003" + "010203" + "0000000000000102"
                + "ffffffffffffffff" + "00" + "01" + "00000001" + "78")
    }

    @Test("moving a character from one field to the next changes the bytes")
    func noAmbiguity() {
        var one = CanonicalBytes(label: "t")
        one.append("ab")
        one.append("c")
        var other = CanonicalBytes(label: "t")
        other.append("a")
        other.append("bc")
        #expect(one.bytes != other.bytes)
    }
}
