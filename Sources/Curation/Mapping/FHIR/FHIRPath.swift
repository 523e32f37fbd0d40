/// Where in a resource a value lies: a small part of FHIRPath, enough to name an element.
///
/// `code.coding` gives the codings as "system|code"; `component[LOINC:21905-5].valueCodeableConcept.coding` only the components
/// whose `code` holds that coding; `extension[url]` those with that address; `subject.reference` an id without its type.
struct FHIRPath: Equatable {
    struct Step: Equatable {
        var name: String
        /// Of lists: the coding or address that an item must have.
        var filter: String?

        init(name: String, filter: String? = nil) {
            self.name = name
            self.filter = filter
        }
    }

    let steps: [Step]

    /// nil where it is none: names of letters and digits with points between, filters in square brackets.
    init?(_ text: String) {
        var steps: [Step] = []
        var rest = text[...]
        while !rest.isEmpty {
            let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            guard !name.isEmpty, steps.count < 16 else { return nil }
            rest = rest.dropFirst(name.count)
            var filter: String?
            if rest.first == "[" {
                guard let end = rest.firstIndex(of: "]") else { return nil }
                filter = String(rest[..<end].dropFirst())
                rest = rest[end...].dropFirst()
            }
            steps.append(Step(name: String(name), filter: filter))
            if rest.first == "." {
                rest = rest.dropFirst()
                guard !rest.isEmpty else { return nil }
            } else if !rest.isEmpty {
                return nil
            }
        }
        guard !steps.isEmpty else { return nil }
        self.steps = steps
    }
}
