/// Resources of FHIR R4 as rows of rules.
extension MappingPass {
    mutating func resources(_ source: FactSource, _ inputs: [MappingInput]) throws(MappingError) {
        var patients = FHIRPatients()
        for input in inputs {
            var reader = FHIRReader(input.source)
            while let entry = try next(&reader, input) { patients.observe(entry, system: source.patient) }
        }
        var rules: [CompiledRule] = []
        for rule in source.records {
            rules.append(
                try CompiledRule(rule, columns: [], file: source.name) { name, line throws(MappingError) in
                    guard let path = FHIRPath(name) else {
                        throw MappingError(
                            TableError(
                                .specification, column: name,
                                "mapping\(line.map { ", line \($0)" } ?? ""): it is no path in a resource; write it like code.coding or component[LOINC:21905-5].valueQuantity.value"
                            ))
                    }
                    return .path(path)
                })
        }
        forgetAliases()
        let types = Set(rules.compactMap(\.rule.resource))
        for input in inputs {
            account.begin(input.name, joined: [])
            var reader = FHIRReader(input.source)
            while let entry = try next(&reader, input) {
                let resource = FHIRResource(node: entry.resource)
                account.row()
                try observe(resource, reader.number, types, patients, &rules, file: input.name)
            }
        }
        account.end(rules)
        noteEmpty(rules, file: source.name)
    }

    private func next(_ reader: inout FHIRReader, _ input: MappingInput) throws(MappingError) -> FHIRReader.Entry? {
        do {
            return try reader.next()
        } catch {
            throw MappingError(file: input.name, error)
        }
    }

    private mutating func observe(
        _ resource: FHIRResource, _ number: Int, _ types: Set<String>, _ patients: FHIRPatients,
        _ rules: inout [CompiledRule], file: String
    ) throws(MappingError) {
        guard types.contains(resource.type) else {
            if resource.type != "Patient" {
                let name = mapperHarmless.isHarmless(resource.type) ? resource.type : "of an unknown type"
                book.add(.unmapped, file: file, row: number, "no rule reads resources \(name)")
            }
            return
        }
        let owner = patients.number(of: resource, contained: resource.node["contained"])
        guard let owner = owner.number.map(mapping.ids.normalised), !mapping.isMissing(owner) else {
            book.add(
                owner.why?.contains("not among") == true ? .missingReference : .noPatient, file: file, row: number,
                column: "\(resource.type).subject", owner.why ?? "the patient's identifier is empty")
            return
        }
        noteMissing(resource, number, patients, file: file)
        var row = MappedRow(number: number)
        row.resource = resource
        let before = rules.reduce(0) { $0 + $1.records }
        try make(row, of: owner, &rules, ConceptBook(), file: file)
        if rules.reduce(0, { $0 + $1.records }) == before { noteUnread(resource, number, file: file) }
    }

    /// What it refers to and what no file holds.
    private mutating func noteMissing(
        _ resource: FHIRResource, _ number: Int, _ patients: FHIRPatients, file: String
    ) {
        for name in ["focus", "specimen", "reasonReference", "basedOn", "partOf", "hasMember", "derivedFrom"] {
            for item in resource.node[name]?.items ?? [] {
                guard let reference = item["reference"]?.text, !patients.isPresent(reference) else { continue }
                book.add(
                    .missingReference, file: file, row: number, column: "\(resource.type).\(name)",
                    "it refers to a resource that is not among the files; the record is made without it")
            }
        }
    }

    /// A resource of which no rule made a record: by its code, so that a person sees what is missing in the mapping.
    private mutating func noteUnread(_ resource: FHIRResource, _ number: Int, file: String) {
        let codes = resource.node["code"].map(FHIRResource.codings) ?? []
        let shown = codes.first { $0.contains("|") }.map {
            mapperHarmless.shown(String($0.split(separator: "|").last ?? ""))
        }
        book.add(
            .unmapped, file: file, row: number, column: resource.type,
            "no rule made a record of it\(shown.map { " (code \($0))" } ?? "")")
    }

    private var mapperHarmless: HarmlessText { HarmlessText(mapper.cleaner) }
}
