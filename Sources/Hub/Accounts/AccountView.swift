import FoundationEssentials
import Governance
import Runtime

/// A person's own page.
struct AccountView {
    struct Row {
        var id: String
        var agent: String
        var created: String
        var seen: String
        var method: String
        var isCurrent: Bool
    }

    /// What only an account of this hub has.
    struct Local {
        var hasFactor: Bool
        var mustHave: Bool
        var mayRemove: Bool
    }

    var frame: Frame
    var name: String
    var id: String
    var email: String?
    var organisation: String?
    var roles: [String]
    var sessions: [Row]
    var local: Local?
    var problem: String?
    var done: String?
}

extension AccountView.Row {
    init(_ session: Session, current: Session?) {
        id = session.id
        agent = session.agent
        created = Timestamp.text(session.created)
        seen = Timestamp.text(session.seen)
        method =
            switch session.method {
            case .password: "with a password"
            case .passwordAndCode: "with a password and a second factor"
            case .provider: "through the sign-in provider"
            }
        isCurrent = session.hash == current?.hash
    }
}

extension RoleGrant {
    /// As people read it.
    var label: String { role.label + (site.map { " at \($0)" } ?? "") }
}

extension Role {
    /// As people read it.
    var label: String {
        switch self {
        case .researcher: "researcher"
        case .dataManager: "data manager"
        case .committeeMember: "access committee"
        case .federationOperator: "federation operator"
        case .benchmarkOrganiser: "benchmark organiser"
        case .auditor: "auditor"
        }
    }
}
