public import DICOM

extension LeakScanner {
    /// Searches every element at every depth: text in its character set, binary numbers, private and unknown bytes.
    /// Pixel data is left to those who look at pictures.
    ///
    /// - Parameter meta: the file's meta group.
    public func scan(dataSet: DataSet, meta: DataSet? = nil) -> [LeakFinding] {
        var findings = scan(dataSet)
        if let meta { findings += scan(meta) }
        return findings
    }

    private func scan(_ dataSet: DataSet) -> [LeakFinding] {
        var walk = Walk()
        for event in dataSet.events {
            switch event {
            case .element(let element): scan(element, &walk)
            case .beginSequence(let element): walk.path.beginSequence(element.tag)
            case .beginItem:
                walk.path.beginItem()
                walk.hasLocalScheme = false
            case .endSequence: walk.path.endSequence()
            case .endItem, .fragments: break
            }
        }
        return walk.findings
    }

    private struct Walk {
        var path = PathTracker()
        var findings: [LeakFinding] = []
        var folded: [UInt8] = []
        /// The code of this item is of a scheme of the site's own (PS3.16 8.2: "99…").
        var hasLocalScheme = false
        private var seen: Set<LeakFinding> = []

        mutating func add(_ kind: KnownIdentifiers.Kind, _ match: LeakFinding.Match, _ tag: Tag) {
            let finding = LeakFinding(kind: kind, place: .attribute(path.path(to: tag)), match: match)
            if seen.insert(finding).inserted { findings.append(finding) }
        }
    }

    private func scan(_ element: Element, _ walk: inout Walk) {
        let (tag, vr, bytes) = (element.tag, element.vr, element.bytes)
        if bytes.isEmpty || tag.isPixelData || tag.isGroupLength { return }
        if tag == .codingSchemeDesignator { walk.hasLocalScheme = bytes.starts(with: "99".utf8) }
        if vr.isText {
            scanText(element, bytes, TermAttributes.context(of: tag, vr, hasLocalScheme: walk.hasLocalScheme), &walk)
        } else if vr.isNumber {
            scanNumbers(element, &walk)
        } else if vr.isBinary {
            scanBinary(element, bytes, &walk)
        }
    }

    private func scanText(_ element: Element, _ bytes: ArraySlice<UInt8>, _ context: TextContext, _ walk: inout Walk) {
        if UndeclaredText.isASCII(bytes) {
            scanText(bytes, context, element, &walk)
        } else {
            walk.folded.removeAll(keepingCapacity: true)
            TextFolding.fold(element.strings.joined(separator: "\\"), into: &walk.folded)
            let folded = walk.folded[...]
            scanText(folded, context, element, &walk)
        }
    }

    private func scanText(_ text: ArraySlice<UInt8>, _ context: TextContext, _ element: Element, _ walk: inout Walk) {
        var hits: [LeakHit] = []
        let span = text.span
        search(span, in: 0..<span.count, context) { hits.append($0) }
        if span.count < 12, !patient.short.isEmpty { hits += shortValue(text, element) }
        guard !hits.isEmpty, !isAllowed(text) else { return }
        for hit in hits { walk.add(hit.kind, hit.match, element.tag) }
    }

    /// A value of one to three letters, where it is all that an attribute of its kind holds.
    private func shortValue(_ text: ArraySlice<UInt8>, _ element: Element) -> [LeakHit] {
        let letters = Self.letters(text.map { TextFolding.ascii[Int($0)] })
        guard let kinds = patient.short[letters], !allowed.contains(letters),
            let kind = IdentifierPlaces.kind(of: element.tag, vr: element.vr), kinds.contains(KindSet(kind))
        else { return [] }
        return [LeakHit(kind: kind, match: .identifier, start: 0)]
    }

    /// Whether the whole value is one that may be there.
    private func isAllowed(_ text: ArraySlice<UInt8>) -> Bool {
        !allowed.isEmpty && allowed.contains(Self.letters(text.map { TextFolding.ascii[Int($0)] }))
    }

    // MARK: Binary values

    /// Numbers of 16 bits hold no identifier that could be told from chance, but in private attributes.
    private func scanNumbers(_ element: Element, _ walk: inout Walk) {
        guard !patient.numbers.isEmpty || !patient.dates.isEmpty, element.bytes.count <= Self.maximumNumberBytes,
            element.vr.unit > 2 || element.tag.isPrivate
        else { return }
        for number in element.doubles where number > 9_999 && number < 9e15 {
            guard let whole = UInt64(exactly: number) else { continue }
            if whole > 99_999 || element.tag.isPrivate, let kinds = patient.numbers[whole] {
                for kind in kinds.kinds { walk.add(kind, .number, element.tag) }
            }
            if whole < 100_000_000, !patient.dates.isEmpty {
                let day = Int(whole)
                guard let date = CivilDate(year: day / 10_000, month: day / 100 % 100, day: day % 100), !isAllowed(date)
                else { continue }
                for kind in patient.dates.kinds(date).kinds { walk.add(kind, .date, element.tag) }
            }
        }
    }

    private static let maximumNumberBytes = 1 << 20

    /// Bytes that turn out to be text are read as text; others are searched for runs of it.
    private func scanBinary(_ element: Element, _ bytes: ArraySlice<UInt8>, _ walk: inout Walk) {
        let value = bytes.prefix(Self.maximumBinaryBytes)
        if UndeclaredText.isText(value) {
            scanText(value, .free, element, &walk)
        } else {
            var found: [LeakHit] = []
            searchRaw(value, shortestRun: 6) { found.append($0) }
            for hit in found { walk.add(hit.kind, hit.match, element.tag) }
        }
    }

    /// Bytes of one binary value that are searched.
    static let maximumBinaryBytes = 16 << 20
}
