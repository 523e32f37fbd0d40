import DICOM

extension DateShift {
    /// The value of an element of VR DA, DT or TM in its new place; nil where a part of it is no date, so that nothing can
    /// be promised of it.
    ///
    /// Times of day and offsets from UTC stay: the shift is of whole days. Of a DT without day or month, the first day of
    /// the month or year is moved, and as much of the result is written as there was.
    func shifted(_ element: Element) -> String? {
        let values = element.strings
        guard !values.isEmpty else { return nil }
        var moved: [String] = []
        for value in values {
            let text = value.trimmed
            guard let new = text.isEmpty ? "" : shifted(text, element) else { return nil }
            moved.append(new)
        }
        return moved.joined(separator: "\\")
    }

    private func shifted(_ text: String, _ element: Element) -> String? {
        switch element.vr {
        case .da: return shifted(dicomDate: text)
        case .dt: return shifted(dicomDateTime: text)
        case .tm: return DateShift.isTime(text) ? text : nil
        default:
            if element.tag == .timezoneOffsetFromUTC { return DateShift.isOffset(text) ? text : nil }
            // Dates in text attributes, of objects with a wrong VR.
            return shifted(dicomDate: text) ?? shifted(dicomDateTime: text)
        }
    }

    /// "20240317" or "2024.03.17".
    func shifted(dicomDate text: String) -> String? {
        CivilDate(dicom: text).flatMap(shifted)?.dicom
    }

    /// "20240317081500.123+0100", "202403", "2024".
    func shifted(dicomDateTime text: String) -> String? {
        let characters = Array(text.utf8)
        let digits = characters.prefix { isDigit($0) }.count
        let date = String(decoding: characters.prefix(min(digits, 8)), as: UTF8.self)
        let (time, offset) = DateShift.timeAndOffset(characters.dropFirst(min(digits, 8)))
        guard time.isEmpty || DateShift.isTime(time), offset.isEmpty || DateShift.isOffset(offset) else { return nil }
        let whole: String
        switch date.utf8.count {
        case 4 where time.isEmpty: whole = date + "0101"
        case 6 where time.isEmpty: whole = date + "01"
        case 8 where !time.contains(":"): whole = date
        default: return nil
        }
        guard let moved = CivilDate(dicom: whole).flatMap(shifted)?.dicom else { return nil }
        return moved.prefix(date.utf8.count) + time + offset
    }

    /// What follows the day of a DT: the time of day, and the offset from UTC.
    private static func timeAndOffset(_ rest: ArraySlice<UInt8>) -> (String, String) {
        let time = rest.prefix { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }
        return (String(decoding: time, as: UTF8.self), String(decoding: rest.dropFirst(time.count), as: UTF8.self))
    }

    /// A time of day of VR TM, "hhmmss.ffffff" or the beginning of it, with "hh:mm:ss" of the standard's forerunner. Digits
    /// that are no time might be a date.
    static func isTime(_ text: String) -> Bool {
        let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = Array(halves[0].utf8.filter { $0 != UInt8(ascii: ":") })
        let hasColons = whole.count < halves[0].utf8.count
        if hasColons, !isSetOffByColons(halves[0]) { return false }
        guard [2, 4, 6].contains(whole.count), whole.allSatisfy(isDigit) else { return false }
        for (start, highest) in zip([0, 2, 4], [23, 59, 60]) where start + 1 < whole.count {
            let number = Int(whole[start] - UInt8(ascii: "0")) * 10 + Int(whole[start + 1] - UInt8(ascii: "0"))
            if number > highest { return false }
        }
        guard halves.count == 2 else { return true }
        return whole.count == 6 && (1...6).contains(halves[1].utf8.count) && halves[1].utf8.allSatisfy(isDigit)
    }

    /// "hh:mm" or "hh:mm:ss".
    private static func isSetOffByColons(_ text: Substring) -> Bool {
        text.split(separator: ":", omittingEmptySubsequences: false).allSatisfy { $0.utf8.count == 2 }
    }

    /// "+0100": hours and minutes from UTC, from -1200 to +1400 (PS3.5 table 6.2-1).
    static func isOffset(_ text: String) -> Bool {
        let characters = Array(text.utf8)
        guard characters.count == 5, characters[0] == UInt8(ascii: "+") || characters[0] == UInt8(ascii: "-"),
            let number = Int(text.dropFirst()), characters.dropFirst().allSatisfy(isDigit)
        else { return false }
        return number <= 1400 && number % 100 < 60
    }
}

private func isDigit(_ character: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character)
}
