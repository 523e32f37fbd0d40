import DICOM

/// How profile files name attributes: "PatientSex", "(0010,0040)" or "00100040".
enum AttributeName {
    static func tag(_ node: ProfileNode) throws(ProfileError) -> Tag {
        guard let text = node.text else {
            throw ProfileError(
                .badForm, line: node.line,
                "an attribute is a keyword, as PatientSex, or a tag in quotes, as \"(0010,0040)\"")
        }
        if let tag = Tag(keyword: text) { return tag }
        if let tag = Tag(hex: text.filter { !"(), ".contains($0) }) {
            if tag.isPrivate {
                throw ProfileError(
                    .badForm, line: node.line,
                    "a private attribute means something only beside its creator: list it under `safe_private:` with `creator:` and `element:`"
                )
            }
            if DataDictionary.standard[tag] != nil { return tag }
        }
        let near = DataDictionary.nearKeyword(text).map { "; did you mean \($0)?" } ?? ""
        throw ProfileError(
            .unknownAttribute, line: node.line,
            "the standard has no attribute \(ProfileReader.shown(text))\(near.isEmpty ? "; look it up in PS3.6" : near)"
        )
    }
}

extension DataDictionary {
    /// The keyword that was meant where only the case, spaces or an apostrophe are wrong: "patient's sex" is PatientSex.
    fileprivate static func nearKeyword(_ text: String) -> String? {
        guard text.utf8.count <= 128 else { return nil }
        let wanted = folded(text)
        let table = ConfidentialityTable.standard
        return table.rows.keys.sorted().first { tag in
            folded(tag.keyword ?? "") == wanted || folded(table[tag]?.name ?? "") == wanted
        }?.keyword
    }

    private static func folded(_ text: String) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
