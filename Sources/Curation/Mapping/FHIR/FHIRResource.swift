import Cohort

/// A resource as rules read it.
struct FHIRResource {
    let node: FHIRNode

    var type: String { node["resourceType"]?.text ?? "" }
    var id: String? { node["id"]?.text }

    /// The texts at a path: codings as "system|code", references as the id that they end in.
    func texts(_ path: FHIRPath) -> [String] {
        var nodes = [node]
        // The text of a CodeableConcept stands beside its codings, and is often all there is.
        let asksForCodings = path.steps.last == FHIRPath.Step(name: "coding") && path.steps.count > 1
        for step in asksForCodings ? path.steps.dropLast() : path.steps[...] {
            var below: [FHIRNode] = []
            for one in nodes {
                guard let value = one[step.name] else { continue }
                for item in value.items where step.filter.map({ Self.matches(item, $0) }) ?? true { below.append(item) }
                guard below.count < 10_000 else { return [] }
            }
            nodes = below
        }
        let isReference = path.steps.last?.name == "reference"
        return nodes.flatMap { node -> [String] in
            if let text = node.text { return [isReference ? Self.id(of: text) : text] }
            return Self.codings(node)
        }
    }

    /// A coding, or those of a CodeableConcept, its text last.
    static func codings(_ node: FHIRNode) -> [String] {
        if let code = node["code"]?.text { return [node["system"]?.text.map { "\($0)|\(code)" } ?? code] }
        return (node["coding"]?.items ?? []).flatMap { item in
            item["code"]?.text.map { code in [item["system"]?.text.map { "\($0)|\(code)" } ?? code] } ?? []
        } + (node["text"]?.text.map { [$0] } ?? [])
    }

    /// "Patient/p1", "https://…/Patient/p1/_history/2", "urn:uuid:…" and "#p1": the id alone.
    static func id(of reference: String) -> String {
        if reference.hasPrefix("urn:") { return reference }
        var parts = reference.split(separator: "/")
        if parts.count > 2, parts[parts.count - 2] == "_history" { parts.removeLast(2) }
        return parts.last.map(String.init) ?? reference
    }

    /// Whether an item has the coding, the address or the word that a filter names.
    private static func matches(_ item: FHIRNode, _ filter: String) -> Bool {
        for name in ["url", "system", "use", "type"] where item[name]?.text == filter { return true }
        let own = item["code"].map { $0.text.map { [$0] } ?? codings($0) } ?? []
        let all = own + codings(item)
        if all.contains(filter) { return true }
        guard let wanted = Coding(filter) else { return all.contains { $0.hasSuffix("|" + filter) } }
        return all.contains { Coding($0) == wanted }
    }
}
