/// What a kind of entry is in DICOM's words (PS3.16, context group 400).
struct AuditMessageEvent: Sendable, Equatable {
    enum Outcome: String, Sendable {
        case success = "0"
        /// Refused, or stopped: nothing happened that should not.
        case minorFailure = "4"
        /// Something is wrong with a log.
        case seriousFailure = "8"
    }

    /// Codes of context group 400 and what they are called.
    enum Event: String, Sendable {
        case applicationActivity = "110100"
        case auditLogUsed = "110101"
        case export = "110106"
        case query = "110112"
        case securityAlert = "110113"

        var name: String {
            switch self {
            case .applicationActivity: "Application Activity"
            case .auditLogUsed: "Audit Log Used"
            case .export: "Export"
            case .query: "Query"
            case .securityAlert: "Security Alert"
            }
        }
    }

    let event: Event
    /// A code of context group 403 beside our own, with its name; nil for none.
    var type: (code: String, name: String)?
    /// C, R, U, D or E.
    let action: String
    let outcome: Outcome

    init(_ event: Event, _ action: String, _ outcome: Outcome = .success, type: (code: String, name: String)? = nil) {
        self.event = event
        self.action = action
        self.outcome = outcome
        self.type = type
    }

    /// The event for an entry. A kind that is not named here is the application's activity.
    init(_ entry: AuditEntry) {
        let parts = entry.kind.split(separator: ".")
        let isRefusal = entry.refusal != nil || entry.kind.hasSuffix("refused") || entry.kind.hasSuffix("stopped")
        switch parts.first {
        case "log" where entry.kind == "log.begun":
            self.init(.applicationActivity, "E", type: ("110120", "Application Start"))
        case "log":
            self.init(.securityAlert, "E", .seriousFailure, type: ("110135", "Object Security Attributes Changed"))
        case "audit":
            self.init(.auditLogUsed, "R", entry.kind == "audit.countersigned" ? .success : .seriousFailure)
        case "gate", "task", "message", "question":
            self.init(
                entry.kind == "task.answered" ? .export : .query, entry.kind == "task.answered" ? "R" : "E",
                isRefusal ? .minorFailure : .success)
        case "answer": self.init(.query, "E", isRefusal ? .minorFailure : .success)
        case "airlock": self.init(.export, "R", isRefusal ? .minorFailure : .success)
        case "refused":
            self.init(.securityAlert, "E", .minorFailure, type: ("110126", "Node Authentication"))
        case "permit", "approval", "committee", "opt-out", "site", "hub":
            self.init(
                .securityAlert, "U", isRefusal ? .minorFailure : .success, type: ("110136", "Security Roles Changed"))
        default: self.init(.applicationActivity, "E", isRefusal ? .minorFailure : .success)
        }
    }

    static func == (one: AuditMessageEvent, other: AuditMessageEvent) -> Bool {
        (one.event, one.action, one.outcome, one.type?.code) == (
            other.event, other.action, other.outcome, other.type?.code
        )
    }
}
