import Cohort

/// What EUCAIM's explorer reads from a site: its data sets with numbers.
///
/// The explorer adds the numbers up, so that each has to be one. A number that a site hides is the least that it can be:
/// "<5" is 0 and ">95" is 96; one that is about so many is that. The description says what was shown, and ``Collection/atles``
/// has it for programs, with what became of each condition.
struct LensReply: Codable, Equatable {
    struct Collection: Codable, Equatable {
        var id: String
        var name: String
        var description: String
        var studiesCount: Int
        var subjectsCount: Int
        var ageRange: Ages
        var gender: [String]
        var modality: [String]
        var bodyParts: [String]
        var atles: Shown

        private enum CodingKeys: String, CodingKey {
            case id, name, description, gender, modality, atles
            case studiesCount = "studies_count"
            case subjectsCount = "subjects_count"
            case ageRange = "age_range"
            case bodyParts = "body_parts"
        }
    }

    /// Years; null where no age is shown.
    struct Ages: Codable, Equatable {
        var min: Int?
        var max: Int?

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(min, forKey: .min)
            try container.encode(max, forKey: .max)
        }
    }

    struct Shown: Codable, Equatable {
        var counts: ProtectedCounts
        var threshold: Int
        /// The front end's criteria, then the site's conditions.
        var conditions: [ConditionReport]
    }

    var provider: String
    /// Base64 of a PNG; empty for none.
    var providerIcon: String
    var collections: [Collection]

    private enum CodingKeys: String, CodingKey {
        case provider, collections
        case providerIcon = "provider_icon"
    }

    /// - Parameter reports: what became of the front end's criteria on their way here.
    init(
        _ site: SiteResult.Site, _ answer: SiteAnswer, _ counts: ProtectedCounts, card: DataSetCard?,
        reports: [ConditionReport]
    ) {
        provider = site.name
        providerIcon = ""
        // A site that shows that it has none has no collection in the answer.
        guard counts.patients != .exact(0) else {
            collections = []
            return
        }
        let conditions = reports + answer.conditions
        let shown = { (name: String) in
            (answer.facets.first { $0.name == name }?.cells ?? []).filter {
                $0.patients.range.low > 0 && $0.value != CohortFacet.notRecorded
            }
        }
        let ages = shown("ageBand").compactMap { AgeBand.years(of: $0.value) }
        collections = [
            Collection(
                id: site.id, name: card?.title ?? site.name,
                description: Self.description(card, answer, counts, conditions),
                studiesCount: Self.number(counts.studies), subjectsCount: Self.number(counts.patients),
                ageRange: Ages(min: ages.map(\.first).min(), max: ages.map(\.last).max()),
                gender: shown("sex").map(\.label), modality: shown("modality").map(\.value),
                bodyParts: shown("bodyPart").map(\.value),
                atles: Shown(counts: counts, threshold: answer.threshold, conditions: conditions))
        ]
    }

    /// The least that a hidden number can be; the number itself where it is shown, exactly or about.
    static func number(_ count: ProtectedCount) -> Int {
        switch count {
        case .exact(let number), .about(let number, within: _): number
        case .fewerThan, .moreThan: count.range.low
        }
    }

    private static func description(
        _ card: DataSetCard?, _ answer: SiteAnswer, _ counts: ProtectedCounts, _ conditions: [ConditionReport]
    ) -> String {
        var sentences: [String] = []
        if let summary = card?.description, !summary.isEmpty { sentences.append(summary) }
        sentences.append(
            "Patients: \(CountText.words(counts.patients)); studies: \(CountText.objects(counts.studies)).")
        sentences.append(
            "Groups of fewer than \(answer.threshold) patients are not shown; a hidden number counts as its least.")
        for condition in conditions where condition.status == .approximated {
            sentences.append("Approximated: \(condition.text)\(condition.reason.map { " (\($0))" } ?? "").")
        }
        return sentences.joined(separator: " ")
    }
}

extension AgeBand {
    /// The first and the last whole year of a band; nothing is known of how old those of "90+" are.
    fileprivate static func years(of band: String) -> (first: Int, last: Int)? {
        guard let place = all.firstIndex(of: band) else { return nil }
        return (10 * place, place == all.count - 1 ? 90 : 10 * place + 9)
    }
}
