/// A day in a cell, and the time of day that may follow.
struct DateCell {
    let day: String
    /// With the character before it; empty where there is none.
    let time: String

    /// nil where what follows the day is no time.
    init?(_ text: String, pattern: DatePattern? = nil) {
        let characters = text.utf8
        // "2021-03-04T08:15", "04/03/2021 08:15", and "44259.34375" of a spreadsheet.
        let isSerial = pattern?.isSerial ?? false
        let end = isSerial ? characters.firstIndex(of: UInt8(ascii: ".")) : Self.startOfTime(characters)
        guard let end else {
            (day, time) = (text, "")
            return
        }
        day = String(text[..<end])
        time = String(text[end...])
        guard Self.isTime(time.utf8.dropFirst()) else { return nil }
    }

    /// Whether the time says nothing: databases write midnight after days.
    var isMidnight: Bool {
        time.utf8.dropFirst().allSatisfy { "0:.Z".utf8.contains($0) }
    }

    /// The cell with its day moved; nil where it is no day in that pattern, or the day would leave the calendar.
    static func shifted(
        _ text: String, _ pattern: DatePattern, by shift: DateShift, keepsTime: Bool
    ) -> String? {
        guard let cell = DateCell(text, pattern: pattern), keepsTime || cell.isMidnight,
            let found = pattern.read(cell.day), let moved = shift.shifted(found.date)
        else { return nil }
        return pattern.write(moved, like: found) + cell.time
    }

    /// Where a T or a space stands between two digits: not the T of "04-OCT-2021", nor the spaces of "4 Mar 2021".
    private static func startOfTime(_ text: String.UTF8View) -> String.Index? {
        var before: UInt8 = 0
        var candidate: String.Index?
        for index in text.indices {
            let byte = text[index]
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            if let candidate, isDigit { return candidate }
            let cameDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(before)
            candidate = cameDigit && (byte == UInt8(ascii: "T") || byte == UInt8(ascii: " ")) ? index : nil
            before = byte
        }
        return nil
    }

    /// "08:15", "08:15:30.250", "08:15:30+01:00", "08:15 PM", and "34375" after a serial day.
    private static func isTime(_ text: Substring.UTF8View) -> Bool {
        (1...20).contains(text.count) && text.first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } == true
            && text.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || ":.,+-ZAPMapm ".utf8.contains($0)
            }
    }
}
