extension DataUseCheck {
    /// Under what conditions the data may be used.
    static func modifier(_ term: DataUseTerm, _ purpose: DataUsePurpose) -> Judgement {
        switch term.code {
        case .researchSpecific: return (.needsPerson, "Restricted to: \(term.details.joined(separator: ", ")).")
        case .noGeneralMethods:
            return purpose.kinds.contains(.methods)
                ? (.refused, "The development of general methods is not allowed, and the request is for it.")
                : (.allowed, "The request is not for general methods.")
        case .geneticStudiesOnly:
            return judge(
                purpose.isGenetic, yes: "It is a genetic study.", no: "Only genetic studies are allowed.",
                unknown: "whether it is a genetic study")
        case .publicationRequired:
            return judge(
                purpose.willPublish, yes: "Results will be published.", no: "Results must be published.",
                unknown: "whether results will be published")
        case .collaborationRequired:
            return purpose.willCollaborate == true
                ? (.allowed, "The applicant will work with the data holder.")
                : (.needsPerson, "The applicant must agree with the data holder to work together.")
        case .ethicsApprovalRequired:
            return judge(
                purpose.hasEthicsApproval, yes: "An ethics approval is there.", no: "An ethics approval is required.",
                unknown: "whether there is an ethics approval")
        case .returnToDatabase:
            return judge(
                purpose.willReturnResults, yes: "Results will go back to the data holder.",
                no: "Results must go back to the data holder.",
                unknown: "whether results will go back to the data holder")
        case .clinicalCare: return (.allowed, "Use in the care of patients is allowed.")
        case .populationOriginsProhibited:
            return purpose.kinds.contains(.populationOrigins)
                ? (.refused, "Research on population origins or ancestry is not allowed.")
                : (.allowed, "The request is not on population origins or ancestry.")
        case .notForProfitOrganisation: return notForProfit(purpose)
        case .nonCommercialUse: return nonCommercial(purpose)
        case .notForProfitNonCommercial:
            return [notForProfit(purpose), nonCommercial(purpose)].max { $0.outcome < $1.outcome }
                ?? notForProfit(purpose)
        case .geographicalRestriction: return countries(term, purpose)
        case .publicationMoratorium, .timeLimit: return day(term, purpose)
        case .userSpecific: return names(term, purpose.people, "people")
        case .institutionSpecific: return names(term, purpose.institutions, "institutions")
        case .projectSpecific: return names(term, Set([purpose.project].compactMap { $0 }), "project")
        default: return (.needsPerson, "A person must look at this term.")
        }
    }

    private static func judge(_ answer: Bool?, yes: String, no: String, unknown: String) -> Judgement {
        switch answer {
        case true: (.allowed, yes)
        case false: (.refused, no)
        default: (.needsPerson, "The request does not say \(unknown).")
        }
    }

    private static func notForProfit(_ purpose: DataUsePurpose) -> Judgement {
        judge(
            purpose.isNotForProfitOrganisation, yes: "The organisation is not for profit.",
            no: "Only not-for-profit organisations may use the data.",
            unknown: "whether the organisation is for profit")
    }

    private static func nonCommercial(_ purpose: DataUsePurpose) -> Judgement {
        judge(
            purpose.isCommercial.map { !$0 }, yes: "The use is not commercial.",
            no: "Commercial use is not allowed.", unknown: "whether the use is commercial")
    }

    private static func countries(_ term: DataUseTerm, _ purpose: DataUsePurpose) -> Judgement {
        let allowed = term.details.joined(separator: ", ")
        guard !purpose.countries.isEmpty else {
            return (.needsPerson, "Use is allowed in \(allowed), and the request names no country.")
        }
        let others = purpose.countries.subtracting(term.details).sorted()
        return others.isEmpty
            ? (.allowed, "Use is in \(purpose.countries.sorted().joined(separator: ", ")).")
            : (.refused, "Use is allowed in \(allowed), not in \(others.joined(separator: ", ")).")
    }

    private static func day(_ term: DataUseTerm, _ purpose: DataUsePurpose) -> Judgement {
        guard let limit = term.details.first.flatMap({ Day($0) }) else {
            return (.needsPerson, "The term names no day.")
        }
        if term.code == .timeLimit {
            guard let until = purpose.until else {
                return (.needsPerson, "Use is allowed until \(limit), and the request names no last day.")
            }
            return until <= limit
                ? (.allowed, "Use ends on \(until); it is allowed until \(limit).")
                : (.refused, "Use is allowed until \(limit), and the request is until \(until).")
        }
        if purpose.willPublish == false { return (.allowed, "Results will not be published.") }
        guard let published = purpose.publicationDay else {
            return (.needsPerson, "Nothing may be published before \(limit), and the request names no day.")
        }
        return published >= limit
            ? (.allowed, "Results come out on \(published) at the earliest, not before \(limit).")
            : (.refused, "Nothing may be published before \(limit), and the request wants to on \(published).")
    }

    /// Names are written in many ways: one that is not the same is for a person to compare.
    private static func names(_ term: DataUseTerm, _ named: Set<String>, _ what: String) -> Judgement {
        func folded(_ name: String) -> String {
            name.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
        }
        let allowed = Set(term.details.map(folded))
        guard !named.isEmpty else {
            return (
                .needsPerson, "Only these \(what): \(term.details.joined(separator: "; ")). The request names none."
            )
        }
        let others = named.filter { !allowed.contains(folded($0)) }.sorted()
        return others.isEmpty
            ? (.allowed, "Named in the term: \(named.sorted().joined(separator: "; ")).")
            : (
                .needsPerson,
                "Only these \(what): \(term.details.joined(separator: "; ")). Whether \(others.joined(separator: "; ")) is one, a person must say."
            )
    }
}
