/// Who the patients of some files are, and what else there is to refer to: the first of two passes.
struct FHIRPatients {
    /// The patient's number at the hospital, by the id of the resource and by the address of its entry.
    private(set) var numbers: [String: String] = [:]
    /// Patients that say no number.
    private(set) var unnamed: Set<String> = []
    /// Resources that are referred to as something else than patients: "Condition/c1", "urn:uuid:…".
    private var present: Set<String> = []
    /// Of what address which id is meant.
    private var ids: [String: String] = [:]

    /// Resources whose presence is known; beyond, missing references are not found.
    private static let most = 5_000_000

    var knowsAll: Bool { present.count < Self.most }

    /// - Parameter system: of the patient's identifiers, the one with this system is meant; empty: the first.
    mutating func observe(_ entry: FHIRReader.Entry, system: String) {
        let resource = FHIRResource(node: entry.resource)
        if knowsAll {
            if let id = resource.id { present.insert("\(resource.type)/\(id)") }
            if let address = entry.fullURL { present.insert(address) }
        }
        guard resource.type == "Patient" else {
            if let address = entry.fullURL, address.hasPrefix("urn:"), knowsAll, let id = resource.id {
                ids[address] = id
            }
            return
        }
        let keys = [resource.id, entry.fullURL].compactMap { $0 }
        let identifiers = entry.resource["identifier"]?.items ?? []
        let chosen = identifiers.first { system.isEmpty || $0["system"]?.text == system }
        guard let number = chosen?["value"]?.text, !number.isEmpty else {
            unnamed.formUnion(keys)
            // A server's own id is the number where the hospital gives none.
            if system.isEmpty, let id = resource.id { for key in keys { numbers[key] = id } }
            return
        }
        for key in keys { numbers[key] = number }
    }

    /// The number of the patient whom a resource is about; nil where that cannot be known, with why.
    func number(of resource: FHIRResource, contained: FHIRNode?) -> (number: String?, why: String?) {
        if resource.type == "Patient" {
            guard let id = resource.id else { return (nil, "the patient has no id") }
            return numbers[id].map { ($0, nil) } ?? (
                nil, "the patient has no identifier of the system that the mapping names"
            )
        }
        guard let subject = resource.node["subject"] ?? resource.node["patient"] ?? resource.node["individual"] else {
            return (nil, "the resource says not whose it is (`subject`)")
        }
        if let value = subject["identifier"]?["value"]?.text { return (value, nil) }
        guard let reference = subject["reference"]?.text else {
            return (nil, "its `subject` has no reference")
        }
        if reference.hasPrefix("#") {
            let inside = contained?.items.first { $0["id"]?.text == String(reference.dropFirst()) }
            guard let number = inside?["identifier"]?.items.first?["value"]?.text else {
                return (nil, "its patient should be inside it (`contained`) and is not, or has no identifier")
            }
            return (number, nil)
        }
        if let number = numbers[reference] ?? numbers[FHIRResource.id(of: reference)] { return (number, nil) }
        return (nil, "its patient is not among the files; export Patient as well")
    }

    /// Whether what is referred to is there, as far as that is known.
    func isPresent(_ reference: String) -> Bool {
        guard knowsAll, !reference.hasPrefix("#") else { return true }
        if present.contains(reference) { return true }
        let parts = reference.split(separator: "/")
        guard parts.count >= 2 else { return false }
        return present.contains(parts.suffix(2).joined(separator: "/"))
    }

    /// The id of what an address of a Bundle's entry means.
    func id(of address: String) -> String { ids[address] ?? address }
}
