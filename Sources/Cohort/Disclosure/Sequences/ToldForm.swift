/// The form in which told numbers are kept on disk: lengths and differences of neighbours in groups of seven bits.
public enum ToldForm {
    public static func bytes(_ entries: [QuestionMemory.Entry]) -> [UInt8] {
        var out: [UInt8] = []
        append(entries.count, to: &out)
        for entry in entries {
            let question = Array(entry.question.utf8)
            append(question.count, to: &out)
            out += question
            out.append(entry.isWhole ? 1 : 0)
            append(entry.middle, to: &out)
            append(entry.slack, to: &out)
            append(entry.patients, to: &out)
        }
        return out
    }

    public static func bytes(_ members: CohortMembers) -> [UInt8] {
        var out: [UInt8] = []
        append(members.patients, to: &out)
        for mark in members.marks { out += [UInt8(truncatingIfNeeded: mark), UInt8(mark >> 8)] }
        return out
    }

    /// What ``bytes(_:)-(_)`` wrote; nil for anything else.
    public static func entries(_ bytes: [UInt8]) -> [QuestionMemory.Entry]? {
        var reader = Reader(bytes: bytes)
        guard let count = reader.number(), count <= bytes.count else { return nil }
        var entries: [QuestionMemory.Entry] = []
        for _ in 0..<count {
            guard let length = reader.number(), let text = reader.take(length),
                let question = String(validating: text, as: UTF8.self), let flag = reader.take(1)?.first, flag <= 1,
                let number = reader.number(), let within = reader.number(), let patients = reader.patients()
            else { return nil }
            entries.append(
                .init(
                    question: question, patients: patients,
                    shown: within == 0 ? .exact(number) : .about(number, within: within), isWhole: flag == 1))
        }
        return reader.isAtEnd ? entries : nil
    }

    /// The members that ``bytes(_:)-(_)`` wrote; nil for anything else.
    public static func members(_ bytes: [UInt8]) -> CohortMembers? {
        var reader = Reader(bytes: bytes)
        guard let patients = reader.patients(), let marks = reader.take(2 * patients.count), reader.isAtEnd else {
            return nil
        }
        let pairs = Array(marks)
        return CohortMembers(
            patients: patients,
            marks: stride(from: 0, to: pairs.count - 1, by: 2).map { UInt16(pairs[$0]) | UInt16(pairs[$0 + 1]) << 8 })
    }

    private static func append(_ number: Int, to out: inout [UInt8]) {
        var rest = UInt64(max(0, number))
        while rest >= 0x80 {
            out.append(UInt8(truncatingIfNeeded: rest & 0x7F | 0x80))
            rest >>= 7
        }
        out.append(UInt8(truncatingIfNeeded: rest))
    }

    private static func append(_ patients: PatientSet, to out: inout [UInt8]) {
        append(patients.count, to: &out)
        var last: UInt32 = 0
        for number in patients.numbers {
            append(Int(number - last), to: &out)
            last = number
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var place = 0

        var isAtEnd: Bool { place == bytes.count }

        mutating func number() -> Int? {
            var (value, shift) = (UInt64(0), UInt64(0))
            while place < bytes.count, shift < 63 {
                let byte = bytes[place]
                place += 1
                value |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 { return Int(exactly: value) }
                shift += 7
            }
            return nil
        }

        mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
            guard count >= 0, count <= bytes.count - place else { return nil }
            defer { place += count }
            return bytes[place..<place + count]
        }

        mutating func patients() -> PatientSet? {
            guard let count = number(), count <= bytes.count - place else { return nil }
            var numbers: [UInt32] = []
            numbers.reserveCapacity(count)
            var last = 0
            for _ in 0..<count {
                guard let step = number(), step <= Int(UInt32.max) - last else { return nil }
                last += step
                numbers.append(UInt32(last))
            }
            return PatientSet(numbers)
        }
    }
}
