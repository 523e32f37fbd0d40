/// Ages as DICOM writes them (VR AS): three digits and D, W, M or Y.
enum AgeString {
    /// Years; 90 and over are 90 (an age beyond that can single a patient out). Nil for anything that is not an age.
    static func years(_ text: String) -> Double? {
        guard text.utf8.count == 4, let unit = text.last, let number = Int(text.prefix(3)),
            text.utf8.prefix(3).allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        let years: Double
        switch unit {
        case "Y": years = Double(number)
        case "M": years = Double(number) / 12
        case "W": years = Double(number) * 7 / 365.25
        case "D": years = Double(number) / 365.25
        default: return nil
        }
        return min(years, 90)
    }
}

/// Days as DICOM writes them (VR DA): yyyymmdd.
enum StudyDay {
    /// The day as a number; nil for anything that is not a day between 1850 and 2200.
    static func number(_ text: String) -> Int? {
        // The standard's form before 1993 had points between the parts.
        let digits = text.filter { $0 != "." }
        guard digits.utf8.count == 8, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits),
            (1850...2200).contains(number / 10_000), (1...12).contains(number / 100 % 100),
            (1...31).contains(number % 100)
        else { return nil }
        return number
    }
}
