import Cohort
import Federation
import FoundationEssentials

extension Permit: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case version, id, federation, site, request, holders, asker, purposes, dataSets, cohort, computations, outputs,
            thresholds, budget, placement, from, until, signaturesNeeded
    }

    /// Any name, to find those that this version does not know.
    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// A name that is not known may be a restriction that is not understood: the whole is refused then.
    public init(from decoder: any Decoder) throws {
        let names = Set(try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard names.isSubset(of: CodingKeys.allCases.map(\.rawValue)),
            try container.decode(Int.self, forKey: .version) == Self.version
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a permit of another version"))
        }
        try self.init(
            id: container.decode(PermitID.self, forKey: .id),
            federation: container.decode(String.self, forKey: .federation),
            site: container.decode(SiteID.self, forKey: .site),
            request: container.decode(String.self, forKey: .request),
            holders: container.decode([PermitHolder].self, forKey: .holders),
            asker: container.decode(SiteID.self, forKey: .asker),
            purposes: container.decode([EHDSPurpose].self, forKey: .purposes),
            dataSets: container.decode([String].self, forKey: .dataSets),
            cohort: container.decodeIfPresent(CohortQuery.self, forKey: .cohort),
            computations: container.decode([ComputationReference].self, forKey: .computations),
            outputs: container.decode([OutputKind].self, forKey: .outputs),
            thresholds: container.decode(PermitThresholds.self, forKey: .thresholds),
            budget: container.decodeIfPresent(PrivacyBudget.self, forKey: .budget),
            placement: container.decode(Placement.self, forKey: .placement),
            from: container.decode(PermitTime.self, forKey: .from),
            until: container.decode(PermitTime.self, forKey: .until),
            signaturesNeeded: container.decode(Int.self, forKey: .signaturesNeeded))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Self.version, forKey: .version)
        try container.encode(id, forKey: .id)
        try container.encode(federation, forKey: .federation)
        try container.encode(site, forKey: .site)
        try container.encode(request, forKey: .request)
        try container.encode(holders, forKey: .holders)
        try container.encode(asker, forKey: .asker)
        try container.encode(purposes, forKey: .purposes)
        try container.encode(dataSets, forKey: .dataSets)
        try container.encodeIfPresent(cohort, forKey: .cohort)
        try container.encode(computations, forKey: .computations)
        try container.encode(outputs, forKey: .outputs)
        try container.encode(thresholds, forKey: .thresholds)
        try container.encodeIfPresent(budget, forKey: .budget)
        try container.encode(placement, forKey: .placement)
        try container.encode(from, forKey: .from)
        try container.encode(until, forKey: .until)
        try container.encode(signaturesNeeded, forKey: .signaturesNeeded)
    }
}
