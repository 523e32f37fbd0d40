/// What the series of a cohort have in common.
///
/// A test of a clinical attribute (`condition.topography = C50`) is true of a series when it is true of any of its
/// patient's records; ``has(_:)`` asks for several things of one and the same record.
///
/// A condition selects series, each with its study and patient. It is true, false or unknown of a series: a value that
/// is not recorded makes a test unknown, and so its `not`; only series of which it is true are selected. The rules are
/// Kleene's (and SQL's): `all` is false as soon as one part is false, `any` true as soon as one part is true.
public indirect enum Condition: Sendable, Hashable {
    /// Every part; of no parts, everything.
    case all([Condition])
    /// At least one part; of no parts, nothing.
    case any([Condition])
    case not(Condition)
    case test(Comparison)
    /// Other records of the patient.
    case has(Related)

    /// True of every series.
    public static let everything = Condition.all([])

    /// The tests in it, in the order in which they are written, each once.
    public var comparisons: [Comparison] {
        var found: [Comparison] = []
        collect(into: &found)
        return found
    }

    /// The kinds of records whose existence is asked for, each once.
    public var entities: [CohortEntity] {
        var found: [CohortEntity] = []
        collect(into: &found)
        return found
    }

    private func collect(into found: inout [CohortEntity]) {
        switch self {
        case .all(let parts), .any(let parts): for part in parts { part.collect(into: &found) }
        case .not(let part): part.collect(into: &found)
        case .test: break
        case .has(let related):
            for entity in [related.entity, related.window?.anchor.entity].compactMap(\.self)
            where !found.contains(entity) {
                found.append(entity)
            }
            related.condition.collect(into: &found)
            related.window?.anchor.condition.collect(into: &found)
        }
    }

    private func collect(into found: inout [Comparison]) {
        switch self {
        case .all(let parts), .any(let parts): for part in parts { part.collect(into: &found) }
        case .not(let part): part.collect(into: &found)
        case .test(let comparison): if !found.contains(comparison) { found.append(comparison) }
        case .has(let related):
            related.condition.collect(into: &found)
            related.window?.anchor.condition.collect(into: &found)
        }
    }

    /// The same condition without groups of one part and without groups inside groups of their own kind.
    ///
    /// Questions are kept in this form, so that the same question is the same value however it was written.
    var simplified: Condition {
        switch self {
        case .all(let parts):
            let flat = parts.map(\.simplified).flatMap { part in
                if case .all(let inner) = part { inner } else { [part] }
            }
            return flat.count == 1 ? flat[0] : .all(flat)
        case .any(let parts):
            let flat = parts.map(\.simplified).flatMap { part in
                if case .any(let inner) = part { inner } else { [part] }
            }
            return flat.count == 1 ? flat[0] : .any(flat)
        case .not(let part): return .not(part.simplified)
        case .test: return self
        case .has(let related): return .has(related.simplified)
        }
    }
}

extension Related {
    var simplified: Related {
        let window = window.map { window in
            TimeWindow(
                from: window.from, through: window.through,
                of: .init(window.anchor.which, window.anchor.entity, where: window.anchor.condition.simplified))
        }
        return Related(
            base: base, entity, where: condition.simplified, atLeast: atLeast, atMost: atMost, window: window)
    }
}
