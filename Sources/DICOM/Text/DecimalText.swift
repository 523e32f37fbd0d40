import Glibc

/// Numbers written as text: the VRs DS and IS.
enum DecimalText {
    /// A whole number, also when written "3.0" or "3E0", as some scanners do in IS.
    static func integer(_ text: String) -> Int? {
        let trimmed = trim(text)
        if let number = Int(trimmed) { return number }
        return double(trimmed).flatMap { Int(exactly: $0) }
    }

    /// A finite number.
    static func double(_ text: some StringProtocol) -> Double? {
        let trimmed = trim(text)
        // Double's parser also takes "nan", "inf" and hexadecimal; DS has none of them.
        let allowed = trimmed.utf8.allSatisfy { character in
            switch character {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                true
            default: false
            }
        }
        guard allowed, let number = Double(trimmed), number.isFinite else { return nil }
        return number
    }

    /// All of them, or nothing when one is no number. Empty values between backslashes are left out.
    static func doubles(_ texts: [String]) -> [Double] {
        let filled = texts.filter { !trim($0).isEmpty }
        let numbers = filled.compactMap { double($0) }
        return numbers.count == filled.count ? numbers : []
    }

    static func trim(_ text: some StringProtocol) -> Substring {
        var rest = Substring(text)
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " || rest.last == "\0" { rest.removeLast() }
        return rest
    }
}

extension DecimalText {
    /// A number as DS: 16 characters at most, the nearest that fits.
    static func decimalString(_ number: Double) -> String {
        for digits in stride(from: 17, to: 8, by: -1) {
            let text = rounded(number, digits: digits)
            // The fewest digits that give the same number back, when they fit.
            if text.utf8.count <= 16 { return shortest(number).utf8.count <= 16 ? shortest(number) : text }
        }
        // A sign, a point and an exponent ("e-123") take seven of the sixteen characters at most.
        return rounded(number, digits: 8)
    }

    private static func shortest(_ number: Double) -> String {
        let text = "\(number)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// As C's printf writes it, with so many significant digits.
    private static func rounded(_ number: Double, digits: Int) -> String {
        let characters = [UInt8](unsafeUninitializedCapacity: 40) { buffer, count in
            buffer.withMemoryRebound(to: CChar.self) { buffer in
                // vsnprintf writes 40 bytes at most, and says how many it would have liked to write.
                let wanted = withVaList([number]) { vsnprintf(buffer.baseAddress, 40, "%.\(digits)g", $0) }
                count = min(max(Int(wanted), 0), 39)
            }
        }
        return String(decoding: characters, as: UTF8.self)
    }
}
