import Cohort
import FoundationEssentials

/// The question: its text, what is wrong with it, and what can be asked.
struct AskView {
    struct Example {
        var `where`: String
        var href: String

        init(_ text: String) {
            `where` = text
            href = WebLink.question(text)
        }
    }

    struct Group {
        var title: String
        var attributes: [AttributeView]
    }

    var text: String
    var problem: ProblemView?
    var examples = [
        "modality = MR and sex = F", "bodyPart in (CHEST, ABDOMEN) and age >= 50",
        "modality = CT and sliceThickness <= 2 mm",
    ].map(Example.init)
    var groups: [Group]
    /// The attributes for the script, safe inside `<script type="application/json">`.
    var attributesJSON: String

    init(text: String, problem: ProblemView? = nil, seenIn federation: FederationOverview) {
        self.text = text
        self.problem = problem
        let attributes = AttributeView.common(seenIn: federation)
        let imaging: [(CohortEntity, String)] = [
            (.series, "The images"), (.study, "The study"), (.patient, "The patient"),
        ]
        let clinical = CohortEntity.allCases.filter { entity in !imaging.contains { $0.0 == entity } }
        groups = (imaging + clinical.map { ($0, $0.label) }).compactMap { entity, title in
            let attributes = attributes.filter { $0.level == entity.rawValue }
            return attributes.isEmpty ? nil : Group(title: title, attributes: attributes)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json =
            (try? encoder.encode(groups.flatMap(\.attributes))).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
        attributesJSON = json.split(separator: "<", omittingEmptySubsequences: false).joined(separator: "\\u003c")
    }
}
