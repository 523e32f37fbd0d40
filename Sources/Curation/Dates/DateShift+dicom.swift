import DICOM

extension DateShift {
    /// The value of an element of VR DA, DT or TM in its new place; nil where a part of it is no date, so that nothing can
    /// be promised of it.
    ///
    /// Times of day stay: the shift is of whole days. Of a DT without day or month, the first day of the month or year is
    /// moved, and as much of the result is written as there was.
    func shifted(_ element: Element) -> String? {
        let values = element.strings
        guard !values.isEmpty else { return nil }
        var moved: [String] = []
        for value in values {
            let text = value.trimmed
            if text.isEmpty {
                moved.append("")
                continue
            }
            let new: String? =
                switch element.vr {
                case .da: shifted(dicomDate: text)
                case .dt: shifted(dicomDateTime: text)
                case .tm: DateShift.isTime(text) ? text : nil
                // Dates in text attributes, of implicit files with a wrong VR.
                default: shifted(dicomDate: text) ?? shifted(dicomDateTime: text)
                }
            guard let new else { return nil }
            moved.append(new)
        }
        return moved.joined(separator: "\\")
    }

    /// "20240317" or "2024.03.17".
    func shifted(dicomDate text: String) -> String? {
        CivilDate(dicom: text).flatMap(shifted)?.dicom
    }

    /// "20240317081500.123+0100", "202403", "2024".
    func shifted(dicomDateTime text: String) -> String? {
        let digits = text.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
        let rest = text.utf8.dropFirst(min(digits, 8))
        guard rest.allSatisfy({ "0123456789.+-".utf8.contains($0) }), rest.count <= 18 else { return nil }
        let date = String(text.prefix(min(digits, 8)))
        let whole: String
        switch date.utf8.count {
        case 4 where digits == 4: whole = date + "0101"
        case 6 where digits == 6: whole = date + "01"
        case 8: whole = date
        default: return nil
        }
        guard let moved = CivilDate(dicom: whole).flatMap(shifted)?.dicom else { return nil }
        return moved.prefix(date.utf8.count) + (String(rest) ?? "")
    }

    /// A time of day of VR TM, with "hh:mm:ss" of the standard's forerunner.
    static func isTime(_ text: String) -> Bool {
        let characters = Array(text.utf8)
        return (2...16).contains(characters.count)
            && characters.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || ".:".utf8.contains($0) }
    }
}
