import FoundationEssentials
import Governance
import Runtime

/// Days and moments as pages write them.
enum DayText {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `24 Nov 2026`
    static func day(_ moment: Date) -> String {
        let parts = Timestamp.text(moment).prefix(10).split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, (1...12).contains(parts[1]) else { return "" }
        return "\(parts[2]) \(months[parts[1] - 1]) \(parts[0])"
    }

    /// `24 Nov 2026, 17:35 UTC`
    static func moment(_ moment: Date) -> String {
        "\(day(moment)), \(Timestamp.text(moment).dropFirst(11).prefix(5)) UTC"
    }

    /// `in 5 days`, `today`, `12 days late`
    static func due(_ due: Date, _ now: Date) -> String {
        let days = (due.timeIntervalSince(now) / 86_400).rounded(.down)
        guard days.isFinite, abs(days) < 100_000 else { return "" }
        let number = Int(days)
        if due < now { return number >= -1 ? "late" : "\(-number - 1) days late" }
        return number == 0 ? "today" : number == 1 ? "in 1 day" : "in \(number) days"
    }
}

extension SiteState.Word {
    var label: String {
        switch self {
        case .submitted: "Handed in"
        case .inReview: "In review"
        case .conditions: "Conditions"
        case .granted: "Granted"
        case .refused: "Refused"
        case .withdrawn: "Withdrawn"
        case .expired: "Expired"
        case .revoked: "Revoked"
        }
    }

    /// The kind of mark that pages put beside it; the word says the same.
    var mark: String {
        switch self {
        case .granted: "good"
        case .refused, .revoked, .expired: "bad"
        case .conditions: "act"
        case .submitted, .inReview, .withdrawn: "calm"
        }
    }
}

extension RequestState {
    var label: String {
        switch self {
        case .draft: "Draft"
        case .submitted: "Handed in"
        case .inReview: "In review"
        case .paused: "Held up"
        case .declined: "Declined"
        case .withdrawn: "Withdrawn"
        case .concluded: "Concluded"
        case .expired: "Expired"
        }
    }

    var mark: String {
        switch self {
        case .concluded: "good"
        case .declined, .expired: "bad"
        case .draft, .submitted, .inReview, .paused, .withdrawn: "calm"
        }
    }
}

extension RequestParty {
    var label: String {
        switch self {
        case .applicant: "the applicant"
        case .collaborator: "somebody who works on it"
        case .invited: "somebody who is invited"
        case .committee: "the site's committee"
        case .dataManager: "the site's data manager"
        case .federationOperator: "the operator"
        case .clock: "the hub"
        }
    }
}

extension DataUseOutcome {
    var label: String {
        switch self {
        case .allowed: "Allowed"
        case .needsPerson: "A person must look"
        case .refused: "Not allowed"
        }
    }

    var mark: String {
        switch self {
        case .allowed: "good"
        case .needsPerson: "act"
        case .refused: "bad"
        }
    }
}

extension GrantedOutput {
    var label: String {
        switch self {
        case .counts: "counts"
        case .statistics: "statistics"
        case .models: "trained models"
        }
    }
}
