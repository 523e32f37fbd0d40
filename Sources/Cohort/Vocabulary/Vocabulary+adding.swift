extension Vocabulary {
    /// The vocabulary with a site's own value sets, concepts and synonyms, from a JSON document:
    ///
    /// ```
    /// {"sets": [{"name": "diagnosis", "concepts": [
    ///   {"code": "breast-cancer", "label": "Breast cancer", "synonyms": ["ca. mama"]},
    ///   {"code": "thymoma", "label": "Thymoma", "within": ["lung-cancer"], "codings": ["ICD-10:D15.0"]}]}]}
    /// ```
    /// A concept that is known already keeps its label and gains the synonyms, wider concepts and codings. A closed set
    /// gains synonyms, but no codes: what Atles asks of every site must mean the same everywhere.
    ///
    /// - Throws: what is wrong, in which set and concept, and what may have been meant.
    public func adding(_ json: [UInt8]) throws(VocabularyError) -> Vocabulary {
        let document: JSONValue
        do throws(QueryError) {
            document = try JSONReader.value(json)
        } catch {
            let place = error.position.map { " (byte \($0))" } ?? ""
            throw VocabularyError("the vocabulary is no JSON that can be read: \(error.message)\(place)")
        }
        return try adding(VocabularyReader.drafts(document))
    }

    func adding(_ drafts: [VocabularyReader.Draft]) throws(VocabularyError) -> Vocabulary {
        var result = self
        for draft in drafts {
            let own = sets[draft.name]
            result.put(try own.map { own throws(VocabularyError) in try own.adding(draft) } ?? ValueSet(draft))
        }
        for draft in drafts {
            if let set = result.sets[draft.name] { try set.requireWholeness(of: draft.concepts) }
        }
        return result
    }
}

extension ValueSet {
    fileprivate func adding(_ draft: VocabularyReader.Draft) throws(VocabularyError) -> ValueSet {
        if let system = draft.system, system != self.system {
            throw VocabularyError(
                "the codes of the value set \(name) are \(self.system.rawValue), not \(system.rawValue)")
        }
        if let closed = draft.isClosed, closed != isClosed {
            throw VocabularyError("the value set \(name) is \(isClosed ? "closed" : "open"); leave `closed` out")
        }
        var concepts = self.concepts
        for added in draft.concepts {
            let folded = Spelling.folded(added.code)
            guard let place = concepts.firstIndex(where: { Spelling.folded($0.code) == folded }) else {
                if isClosed {
                    let near = Nearness.nearest(to: added.code, among: concepts.map(\.code)).first
                    throw VocabularyError(
                        "the value set \(name) is closed, and \(added.code.prefix(60)) is none of its codes"
                            + (near.map { "; did you mean \($0)?" } ?? "; add a synonym to one of them"))
                }
                concepts.append(added)
                continue
            }
            concepts[place] = concepts[place].merged(with: added)
        }
        return ValueSet(
            name: name, label: label, system: system, isClosed: isClosed, separator: separator, concepts: concepts)
    }

    /// Throws where an added concept is within one that is not there, within itself, or written as another one is.
    fileprivate func requireWholeness(of added: [Concept]) throws(VocabularyError) {
        let codes = Set(concepts.map { Spelling.folded($0.code) })
        for concept in added {
            for wider in concept.wider {
                if !codes.contains(Spelling.folded(wider)) {
                    let near = Nearness.nearest(to: wider, among: concepts.map(\.code)).first
                    throw VocabularyError(
                        "\(concept.code.prefix(60)) in \(name) is within \(wider.prefix(60)), which is not there"
                            + (near.map { "; did you mean \($0)?" } ?? ""))
                }
                if isWithin(wider, concept.code) {
                    throw VocabularyError("\(concept.code.prefix(60)) in \(name) is within itself, by way of \(wider)")
                }
            }
            for synonym in concept.synonyms where find(synonym)?.code != self.concept(coded: concept.code)?.code {
                let others = concepts.filter { other in
                    Spelling.folded(other.code) != Spelling.folded(concept.code)
                        && ([other.code, other.label] + other.synonyms).contains {
                            Spelling.folded($0) == Spelling.folded(synonym)
                        }
                }
                throw VocabularyError(
                    "the synonym \"\(synonym.prefix(60))\" of \(concept.code.prefix(60)) in \(name) means "
                        + "\(others.first?.code ?? "another concept") already")
            }
        }
    }

    private func concept(coded code: String) -> Concept? {
        let folded = Spelling.folded(code)
        return concepts.first { Spelling.folded($0.code) == folded }
    }
}

extension Concept {
    fileprivate func merged(with added: Concept) -> Concept {
        func union<Element: Equatable>(_ own: [Element], _ other: [Element]) -> [Element] {
            own + other.filter { !own.contains($0) }
        }
        return Concept(
            code: code, label: label, spanish: spanish ?? added.spanish, catalan: catalan ?? added.catalan,
            synonyms: union(synonyms, added.synonyms), wider: union(wider, added.wider),
            codings: union(codings, added.codings))
    }
}
