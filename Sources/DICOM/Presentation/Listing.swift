/// A data set for a person to read: one line for each element, what is in sequences indented.
///
///     (0010,0010) PN PatientName                             Doe^Jane
///     (0008,1140) SQ ReferencedImageSequence                 1 item
///       item 1
///         (0008,1150) UI ReferencedSOPClassUID               1.2.840.10008.5.1.4.1.1.4
///
/// It shows patients' values: that is its purpose. Control characters are shown as text, so that no value can command
/// the terminal.
public struct Listing: Sendable {
    /// Characters of a value that are shown before it is shortened.
    public var valueWidth = 72

    public init() {}

    /// Lines, each with its end.
    public func text(_ dataSet: DataSet) -> String {
        var lines = ""
        var depth = 0
        /// The number of the next item in each sequence that is open.
        var items: [Int] = []
        for event in dataSet.events {
            switch event {
            case .element(let element): lines += line(element, in: dataSet, depth) + "\n"
            case .fragments(let element): lines += line(element, in: dataSet, depth) + "\n"
            case .beginSequence(let element):
                lines += line(element, in: dataSet, depth) + "\n"
                items.append(1)
                depth += 1
            case .beginItem:
                let number = items.popLast() ?? 1
                lines += String(repeating: "  ", count: depth) + "item \(number)\n"
                items.append(number + 1)
                depth += 1
            case .endItem: depth -= 1
            case .endSequence:
                _ = items.popLast()
                depth -= 1
            }
        }
        return lines
    }

    private func line(_ element: Element, in dataSet: DataSet, _ depth: Int) -> String {
        let name = element.tag.keyword ?? (element.tag.isPrivate ? "(private)" : "(unknown)")
        let start = String(repeating: "  ", count: depth) + "\(element.tag) \(element.vr) \(name)"
        let padding = String(repeating: " ", count: max(1, 56 - start.count))
        return (start + padding + value(element)).trimmingSpacesAtEnd
    }

    private func value(_ element: Element) -> String {
        if element.isSequence {
            let count = element.items.count
            return count == 1 ? "1 item" : "\(count) items"
        }
        if element.isEncapsulated {
            let fragments = element.fragments
            return
                "\(max(fragments.count - 1, 0)) fragments, \(fragments.dropFirst().reduce(0) { $0 + $1.count }) bytes"
        }
        if element.isEmpty { return "" }
        if element.vr.isBinary {
            let bytes = element.bytes.prefix(16).map { String([$0 >> 4, $0 & 15].map(digit)) }
            return "\(element.bytes.count) bytes: " + bytes.joined(separator: " ")
                + (element.bytes.count > 16 ? " …" : "")
        }
        return shortened(element.strings.joined(separator: "\\"))
    }

    private func digit(_ value: UInt8) -> Character { Character(Unicode.Scalar(Hexadecimal.upper(value))) }

    private func shortened(_ text: String) -> String {
        var shown = ""
        var width = 0
        for scalar in text.unicodeScalars {
            guard width < valueWidth else { return shown + "…" }
            width += 1
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}

extension String {
    fileprivate var trimmingSpacesAtEnd: String {
        var copy = self
        while copy.last == " " { copy.removeLast() }
        return copy
    }
}
