import Cohort
import FoundationEssentials
import Governance
import Rounds

/// An analysis that somebody asks for, as JSON.
struct RunRequest: Decodable {
    /// In words: `cox(time, event ~ age + C(stage))`.
    let analysis: String
    /// Whom it is over: a query in its JSON form, or in its text form.
    let cohort: CohortText?
    /// Variables by name: an attribute or a condition.
    let define: [String: String]?
    /// False asks for unmasked contributions, where computation and sites allow it.
    let masked: Bool?
    let minimumSites: Int?
    /// Seconds for each exchange.
    let patience: Double?
    /// The names of the sites to ask; all, where it is missing.
    let sites: [String]?
    /// The access request under whose permits it runs.
    let request: String?
    /// A purpose of article 53 (1) of Regulation (EU) 2025/327.
    let purpose: String?
    let dataSets: [String]?

    init(analysis: String, cohort: CohortText?, define: [String: String], request: String?) {
        self.analysis = analysis
        self.cohort = cohort
        self.define = define
        self.request = request
        (masked, minimumSites, patience, sites, purpose, dataSets) = (nil, nil, nil, nil, nil, nil)
    }

    enum CohortText: Decodable {
        case text(String)
        case query(CohortQuery)

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                self = .text(text)
            } else {
                self = .query(try CohortQuery(from: decoder))
            }
        }
    }

    /// The plan, with every name in it looked up: a slip is told before any site is asked.
    func plan(for person: PersonID) throws -> RunPlan {
        let written = try Plan(text: analysis)
        let query: CohortQuery
        switch cohort {
        case nil: query = .everything
        case .text(let text): query = text.allSatisfy(\.isWhitespace) ? .everything : try CohortQuery(text: text)
        case .query(let given): query = given
        }
        let plan = RunPlan(
            computation: written.computation, plan: String(decoding: written.json, as: UTF8.self),
            cohort: String(decoding: query.json(), as: UTF8.self),
            definitions: define ?? [:], isMasked: masked ?? true, minimumSites: minimumSites ?? 2,
            patience: patience ?? 60, request: request, holder: person.text,
            purpose: purpose ?? EHDSPurpose.scientificResearch.rawValue, dataSets: dataSets ?? [])
        guard EHDSPurpose(rawValue: plan.purpose) != nil else {
            throw RoundsError.plan(
                "`purpose` is one of \(EHDSPurpose.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        for name in try plan.checked().variables where !RunPlan.isSite(name, in: plan) {
            try Self.check(name, plan.definitions[name] ?? name)
        }
        return plan
    }

    private static func check(_ name: String, _ written: String) throws {
        if CohortModel.find(written) != nil { return }
        do {
            _ = try CohortQuery(text: written)
        } catch {
            throw RoundsError.variable(
                name, "is neither an attribute nor a condition that can be read: \(error)")
        }
    }
}
