import DICOM

/// Items that mean nothing, for sequences that must have one: what PS3.3 demands of an item, and no more.
enum DummyItem {
    /// Appends the sequence with its dummy content.
    static func append(_ tag: Tag, to builder: inout DataSetBuilder) {
        builder.beginSequence(tag)
        builder.beginItem()
        switch tag {
        case .contentSequence: contentItem(&builder)
        case .graphicAnnotationSequence: annotation(&builder)
        case .verifyingObserverSequence: observer(&builder)
        case .operatorIdentificationSequence:
            text(.institutionName, .lo, &builder)
            builder.beginSequence(.personIdentificationCodeSequence)
            builder.beginItem()
            code("0", "99REMOVED", DummyValue.text, &builder)
            builder.endItem()
            builder.endSequence()
        case .flowIdentifierSequence:
            builder.append(Tag(0x0034, 0x0002), .ob, bytes: [0, 0])
        default:
            // Institutions and persons by code.
            code("0", "99REMOVED", DummyValue.text, &builder)
        }
        builder.endItem()
        builder.endSequence()
    }

    /// A line of a report that says that there is none.
    private static func contentItem(_ builder: inout DataSetBuilder) {
        builder.append(Tag(0x0040, 0xA010), .cs, string: "CONTAINS")
        builder.append(Tag(0x0040, 0xA040), .cs, string: "TEXT")
        builder.beginSequence(.conceptNameCodeSequence)
        builder.beginItem()
        code("121106", "DCM", "Comment", &builder)
        builder.endItem()
        builder.endSequence()
        text(.textValue, .ut, &builder)
    }

    /// A point in the corner of the screen.
    private static func annotation(_ builder: inout DataSetBuilder) {
        text(Tag(0x0070, 0x0002), .cs, &builder)
        builder.beginSequence(Tag(0x0070, 0x0009))
        builder.beginItem()
        builder.append(Tag(0x0070, 0x0005), .cs, string: "DISPLAY")
        builder.append(Tag(0x0070, 0x0020), .us, ints: [2])
        builder.append(Tag(0x0070, 0x0021), .us, ints: [1])
        builder.append(Tag(0x0070, 0x0022), .fl, doubles: [0, 0])
        builder.append(Tag(0x0070, 0x0023), .cs, string: "POINT")
        builder.append(Tag(0x0070, 0x0024), .cs, string: "N")
        builder.endItem()
        builder.endSequence()
    }

    private static func observer(_ builder: inout DataSetBuilder) {
        text(Tag(0x0040, 0xA027), .lo, &builder)
        builder.append(Tag(0x0040, 0xA030), .dt, bytes: DummyValue.bytes(of: Tag(0x0040, 0xA030), vr: .dt))
        text(Tag(0x0040, 0xA075), .pn, &builder)
        builder.beginSequence(Tag(0x0040, 0xA088))
        builder.endSequence()
    }

    private static func text(_ tag: Tag, _ vr: VR, _ builder: inout DataSetBuilder) {
        builder.append(tag, vr, string: DummyValue.text)
    }

    static func code(_ value: String, _ scheme: String, _ meaning: String, _ builder: inout DataSetBuilder) {
        builder.append(.codeValue, .sh, string: value)
        builder.append(.codingSchemeDesignator, .sh, string: scheme)
        builder.append(.codeMeaning, .lo, string: meaning)
    }
}

extension Tag {
    static let operatorIdentificationSequence = Tag(0x0008, 0x1072)
    static let flowIdentifierSequence = Tag(0x0034, 0x0001)
    static let personIdentificationCodeSequence = Tag(0x0040, 0x1101)
    static let verifyingObserverSequence = Tag(0x0040, 0xA073)
    static let graphicAnnotationSequence = Tag(0x0070, 0x0001)
}
