import DICOM

/// Reads the private elements that a profile file declares safe, beside those of the standard's list.
enum SafePrivateReader {
    static func read(_ entry: ProfileNode, into profile: inout ConfidentialityProfile) throws(ProfileError) {
        guard profile.has(.retainSafePrivate) else {
            throw ProfileError(
                .contradiction, line: entry.line,
                "no private element stays without `retain-safe-private` among the options; add it there")
        }
        let fields = try Fields(
            entry, "safe_private", known: ["creator", "element", "vr", "meaning", "reason"], needs: "creator")
        let creator = fields.needed.text ?? ""
        guard (1...64).contains(creator.utf8.count), creator == creator.trimmed else {
            throw ProfileError(
                .badValue, line: fields.needed.line,
                "the creator is the text of the element (gggg,0010) to (gggg,00FF), letter by letter")
        }
        guard let (group, element) = fields.value("element")?.text.flatMap(place) else {
            throw ProfileError(
                .badValue, line: fields.value("element")?.line ?? entry.line,
                "the element is written with x for the digits of its block, in quotes: \"(0019,xx0C)\"; its group is odd"
            )
        }
        let vr = fields.value("vr")?.text.flatMap { VR($0) }
        guard let vr, SafePrivateList.allowed.contains(vr) else {
            let all = SafePrivateList.allowed.map { "\($0)" }.joined(separator: ", ")
            throw ProfileError(
                .forbidden, line: fields.value("vr")?.line ?? entry.line,
                "private elements stay only where they hold numbers, dates or short codes: the VR is one of \(all)")
        }
        let meaning = String((fields.value("meaning")?.text ?? fields.reason).prefix(64))
        profile.safePrivate.insert(
            SafePrivateList.Element(creator: creator, group: group, element: element, vr: vr, meaning: meaning))
    }

    /// "(0019,xx0C)".
    private static func place(_ text: String) -> (UInt16, UInt8)? {
        let digits = text.filter { !"(), ".contains($0) }
        guard digits.utf8.count == 8, digits.dropFirst(4).prefix(2).lowercased() == "xx",
            let group = UInt16(digits.prefix(4), radix: 16), let element = UInt8(digits.suffix(2), radix: 16),
            group & 1 == 1, group > 0x0008
        else { return nil }
        return (group, element)
    }
}
