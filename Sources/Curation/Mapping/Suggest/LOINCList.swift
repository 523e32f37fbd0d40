import Cohort

/// Which LOINC code stands for which attribute, as the model says it, for the `for_each` of a draft.
enum LOINCList {
    /// The attributes of an entity that have a LOINC code, as a list in YAML: `[{code: 21905-5, name: cT}, …]`.
    static func yaml(_ entity: CohortEntity, _ names: String...) -> String {
        let entries = names.compactMap { name -> String? in
            let codings = CohortModel.find("\(entity.rawValue).\(name)")?.codings ?? []
            return codings.first { $0.system == .loinc }.map { "{code: \($0.code), name: \(name)}" }
        }
        return "[\(entries.joined(separator: ", "))]"
    }
}
