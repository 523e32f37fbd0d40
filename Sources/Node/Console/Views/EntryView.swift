import Curation

/// An object that waits, for a page.
struct EntryView {
    let id: String
    /// "US · 24 frames · 3.1 MB".
    let what: String
    let patient: String
    let since: String
    let findings: [FindingView]
    /// How to decide, for each kind of what was found.
    let advice: [String]
    let pairs: [PairView]
    let hasMorePairs: Bool
    let morePairs: Int
    let hasNoPictures: Bool
    let form: String

    /// - Parameter shown: pairs of pictures, at most.
    init(_ entry: ReviewEntry, form: String, shown: Int) {
        id = entry.id
        what = [
            entry.modality ?? "Object", entry.frames == 1 ? "1 frame" : "\(Quantity.count(entry.frames)) frames",
            Quantity.bytes(entry.size),
        ].joined(separator: " · ")
        patient = entry.patientID
        since = entry.added.replacing("T", with: " ").replacing("Z", with: " UTC")
        findings = entry.findings.prefix(20).map(FindingView.init)
        let kinds = Set(entry.findings.map(\.kind))
        advice = ReviewFinding.Kind.allCases.filter(kinds.contains).map(\.advice)
        pairs = (0..<min(max(entry.pictures, 0), shown)).map { PairView(id: entry.id, number: $0, label: "\($0 + 1)") }
        morePairs = max(entry.pictures - shown, 0)
        hasMorePairs = morePairs > 0
        hasNoPictures = entry.pictures == 0
        self.form = form
    }
}

/// Something that was found in an object.
struct FindingView {
    let kind: String
    let sentence: String
    let frame: String

    init(_ finding: ReviewFinding) {
        kind = Self.capitalised(finding.kind.rawValue)
        sentence = Self.capitalised(finding.sentence)
        frame = finding.frame.map { "frame \($0 + 1)" } ?? ""
    }

    private static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

extension ReviewFinding.Kind {
    /// What the person who decides has to ask.
    fileprivate var advice: String {
        switch self {
        case .textInPixels:
            "Release it only if no text is left in the pictures marked “after” that could name somebody."
        case .unreadablePixels:
            "It cannot be shown here. Open the original in a viewer that can; release it only if there is no text in its pixels."
        case .leak:
            "Release it only if what was found is not about this patient: a street or a device may bear the same name. Otherwise reject it, correct the original at its source, and take it in again."
        case .recognisableFeatures: "Release it only if no face can be made out of it."
        }
    }
}

/// A frame before and after.
struct PairView {
    let id: String
    let number: Int
    /// From 1.
    let label: String
}

/// One object with all its pictures.
struct EntryPage {
    let frame: ConsoleFrame
    let entry: EntryView
    /// Where the original lies.
    let origin: String
}

/// The second step of a release: what would be released, and the question whether somebody has looked.
struct ReleasePage {
    let frame: ConsoleFrame
    let entry: EntryView
    let problem: String
    let hasProblem: Bool
}

/// All objects that wait, a page of them.
struct QueueView {
    let frame: ConsoleFrame
    let waiting: String
    let isEmpty: Bool
    let rejected: String
    let patients: String
    let images: String
    let setAside: String
    let entries: [EntryView]
    /// What has just been done.
    let notice: String
    let hasNotice: Bool
    let earlier: String
    let hasEarlier: Bool
    let later: String
    let hasLater: Bool
    let hasPages: Bool
}

struct SignInView {
    let frame: ConsoleFrame
    let problem: String
    let hasProblem: Bool
    let tokenFile: String
}

struct FailureView {
    let frame: ConsoleFrame
    let title: String
    let message: String
}
