/// How much a site may say. What is beyond is refused when it is read, and is never shown or added up.
///
/// A hub believes no site: one that was taken over must neither fill the page and the memory of everyone else nor
/// make a sum overflow.
public enum AnswerLimits {
    /// Numbers of patients, studies, series and images, and the bounds that stand for them.
    public static let counts = 0...1_000_000_000_000
    /// Thresholds of a ``DisclosureRule``.
    public static let thresholds = 1...1000
    /// Breakdowns in an answer.
    public static let facets = 64
    /// Cells of a breakdown.
    public static let cells = 2000
    /// Reports on conditions: one for each part that a question may have, and one for each withheld facet.
    public static let conditions = QueryLimits.nodes + facets
    /// Attributes on a card.
    public static let attributes = 1000
    /// Data sets on a card.
    public static let dataSets = 500
    /// UTF-8 bytes of a name, a label, a value or a title.
    public static let nameBytes = 300
    /// UTF-8 bytes of a description, a reason or the text of a condition.
    public static let textBytes = 4000
}

extension String {
    /// As much of it as a reader of answers accepts, with a mark where something is left out.
    func cut(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        let mark = "…"
        var cut = ""
        for scalar in unicodeScalars {
            guard cut.utf8.count + UTF8.width(scalar) + mark.utf8.count <= limit else { break }
            cut.unicodeScalars.append(scalar)
        }
        return cut + mark
    }
}

/// Reading what a site says within ``AnswerLimits``. The errors name the place, never what stood there.
extension KeyedDecodingContainer {
    func text(_ key: Key, atMost limit: Int = AnswerLimits.nameBytes) throws -> String {
        let text = try decode(String.self, forKey: key)
        guard text.utf8.count <= limit else { throw refusal(key, "a text of more than \(limit) bytes") }
        return text
    }

    func number(_ key: Key, in range: ClosedRange<Int>) throws -> Int {
        let number = try decode(Int.self, forKey: key)
        guard range.contains(number) else {
            throw refusal(key, "a number that is not between \(range.lowerBound) and \(range.upperBound)")
        }
        return number
    }

    /// A list, of which no more is read than is allowed.
    func list<Element: Decodable>(of type: Element.Type, _ key: Key, atMost limit: Int) throws -> [Element] {
        var container = try nestedUnkeyedContainer(forKey: key)
        var list: [Element] = []
        while !container.isAtEnd {
            guard list.count < limit else { throw refusal(key, "a list of more than \(limit)") }
            list.append(try container.decode(Element.self))
        }
        return list
    }

    /// Refuses a list in which a name is there twice: whoever looks one up would get one of two numbers.
    func requireDistinct(_ names: [String], _ key: Key) throws {
        guard Set(names).count == names.count else { throw refusal(key, "a name that is there twice") }
    }

    func refusal(_ key: Key, _ reason: String) -> DecodingError {
        .dataCorruptedError(forKey: key, in: self, debugDescription: reason)
    }
}
