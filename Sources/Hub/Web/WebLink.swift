/// Addresses inside the page.
enum WebLink {
    /// The page of a question: asked anew where `id` is not known (any more).
    static func question(_ text: String, id: String? = nil) -> String {
        "/query?where=" + encoded(text) + (id.map { "&id=" + encoded($0) } ?? "")
    }

    /// A new request for access to the patients of a question.
    static func access(_ text: String) -> String { "/requests/new?where=" + encoded(text) }

    /// The answer for programs.
    static func json(_ id: String) -> String { "/api/v1/queries/" + encoded(id) }

    /// Percent-encoding in which only RFC 3986's unreserved characters stand for themselves.
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }
}
