/// Writes the DICOM JSON model.
struct JSONEncoder {
    private(set) var output: [UInt8] = []
    /// Whether the innermost object or array still waits for its first member.
    private var isFirst = true

    mutating func encode(_ dataSet: DataSet) {
        output.reserveCapacity(64 * dataSet.range.count)
        write("{")
        for event in dataSet.events {
            switch event {
            case .element(let element): append(element)
            case .fragments(let element): appendFragments(element)
            case .beginSequence(let element):
                name(element.tag)
                // An empty sequence has a VR and nothing else (F.2.5).
                write(element.isEmpty ? "{\"vr\":\"SQ\"" : "{\"vr\":\"SQ\",\"Value\":[")
                isFirst = true
            case .beginItem:
                separate()
                write("{")
                isFirst = true
            case .endItem:
                write("}")
                isFirst = false
            case .endSequence:
                // No item came when the array was never opened: the last byte is still that of "SQ".
                write(output.last == UInt8(ascii: "\"") ? "}" : "]}")
                isFirst = false
            }
        }
        write("}")
    }

    private mutating func append(_ element: Element) {
        let (tag, vr) = (element.tag, element.vr)
        guard !tag.isGroupLength else { return }
        name(tag)
        begin(vr)
        if vr.isBinary {
            if !element.isEmpty { inlineBinary(element.littleEndianBytes) }
        } else if vr == .pn {
            values(element.texts) { $0.personName($1) }
        } else if vr == .ds || vr == .is {
            values(element.texts) { $0.decimal($1, isInteger: vr == .is) }
        } else if vr.isText {
            values(vr.hasInsignificantLeadingSpaces ? element.strings : element.texts) { $0.string($1) }
        } else if vr == .fl || vr == .fd {
            values(element.doubles) { $0.number($1) }
        } else if vr == .at {
            values(element.tags) { $0.write("\"\($1.hex)\"") }
        } else {
            values(element.integers) { $0.write("\($1)") }
        }
        write("}")
    }

    private mutating func appendFragments(_ element: Element) {
        name(element.tag)
        begin(element.vr)
        var encoder = DataSetEncoder(transferSyntax: .explicitLittleEndian)
        for fragment in element.fragments {
            encoder.append(Tag.item.group)
            encoder.append(Tag.item.element)
            encoder.append(UInt32(truncatingIfNeeded: fragment.count))
            encoder.bytes += fragment
        }
        if !encoder.bytes.isEmpty { inlineBinary(encoder.bytes[...]) }
        write("}")
    }

    // MARK: Parts

    private mutating func name(_ tag: Tag) {
        separate()
        write("\"\(tag.hex)\":")
    }

    private mutating func begin(_ vr: VR) {
        write("{\"vr\":\"\(vr.name)\"")
    }

    private mutating func values<Value>(_ values: [Value], _ write: (inout JSONEncoder, Value) -> Void) {
        guard !values.isEmpty else { return }
        self.write(",\"Value\":[")
        for (index, value) in values.enumerated() {
            if index > 0 { self.write(",") }
            write(&self, value)
        }
        self.write("]")
    }

    /// An empty value among others is null (F.2.5).
    private mutating func string(_ text: String) {
        text.isEmpty ? write("null") : quoted(text)
    }

    /// The component groups that are there (F.2.2).
    private mutating func personName(_ text: String) {
        let groups = text.split(separator: "=", maxSplits: 2, omittingEmptySubsequences: false)
        guard groups.contains(where: { !$0.isEmpty }) else { return write("null") }
        write("{")
        var isFirst = true
        for (key, group) in zip(["Alphabetic", "Ideographic", "Phonetic"], groups) where !group.isEmpty {
            if !isFirst { write(",") }
            isFirst = false
            write("\"\(key)\":")
            quoted(String(group))
        }
        write("}")
    }

    /// A number as it is written in the file, where that is a JSON number too; its value otherwise; and text that is no
    /// number as a string, which F.2.3 allows for DS and IS.
    private mutating func decimal(_ text: String, isInteger: Bool) {
        let trimmed = DecimalText.trim(text)
        if trimmed.isEmpty {
            write("null")
        } else if JSONTape.isNumber(trimmed.utf8), !isInteger || Int(trimmed) != nil {
            write(String(trimmed))
        } else if isInteger, let number = DecimalText.integer(text) {
            write("\(number)")
        } else if !isInteger, let number = DecimalText.double(text) {
            self.number(number)
        } else {
            quoted(text)
        }
    }

    /// JSON has no infinities and no NaN: they become strings.
    private mutating func number(_ number: Double) {
        if number.isFinite {
            write("\(number)")
        } else {
            write(number.isNaN ? "\"NaN\"" : number < 0 ? "\"-Infinity\"" : "\"Infinity\"")
        }
    }

    private mutating func inlineBinary(_ bytes: ArraySlice<UInt8>) {
        write(",\"InlineBinary\":\"")
        Base64.encode(bytes, into: &output)
        write("\"")
    }

    private mutating func separate() {
        if !isFirst { write(",") }
        isFirst = false
    }

    private mutating func write(_ text: String) {
        output += text.utf8
    }

    private mutating func quoted(_ text: String) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
            case 0x0A: write("\\n")
            case 0x0D: write("\\r")
            case 0x09: write("\\t")
            case 0..<0x20, 0x7F:
                write("\\u00")
                output += [Hexadecimal.upper(byte >> 4), Hexadecimal.upper(byte & 15)]
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
