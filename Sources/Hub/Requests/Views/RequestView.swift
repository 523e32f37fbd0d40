import Federation
import FoundationEssentials
import Governance

/// One request: where it stands, who must act, and everything that belongs to it.
struct RequestView {
    struct Duty {
        var who: String
        var what: String
        var site: String?
        var due: String
        var day: String
        var isLate: Bool
        var isMine: Bool
    }

    struct Site {
        var id: String
        var name: String
        var word: String
        var mark: String
        var words: String
        var since: String
        var dataSets: String
        var reason: String?
        var hasConditions: Bool
        var conditions: [String]
        var granted: String?
        var votes: String?
        var uses: [Use]
        var actions: [RequestActionView]
        var hasActions: Bool
    }

    struct Use {
        struct Reason {
            var term: String
            var outcome: String
            var mark: String
            var words: String
        }

        var dataSet: String
        var outcome: String
        var mark: String
        var reasons: [Reason]
    }

    struct Answer {
        var label: String
        var text: String
        var files: [File]
    }

    struct File {
        var name: String
        var size: String
        var href: String
    }

    struct Message {
        var by: String
        var party: String
        var to: String
        var at: String
        var text: String
        var files: [File]
    }

    struct Step {
        var at: String
        var who: String
        var what: String
    }

    struct PersonRow {
        var id: String
        var name: String
        var part: String
        var mayRemove: Bool
        var mayReceive: Bool
    }

    struct Invitation {
        var id: String
        var email: String
        var until: String
    }

    struct Choice {
        var value: String
        var label: String
    }

    var frame: Frame
    var style = WebAsset.link("requests.css")
    var id: String
    /// Where the forms of actions go.
    var action: String
    var version: Int
    var title: String
    var state: String
    var mark: String
    var applicant: String
    var created: String
    var query: String
    var queryLink: String
    var overallReason: String?
    var copiedFrom: String?
    var isOver: Bool
    var duties: [Duty]
    var sites: [Site]
    var actions: [RequestActionView]
    var hasActions: Bool
    var mayEdit: Bool
    var editLabel: String
    var answers: [Answer]
    var people: [PersonRow]
    var invitations: [Invitation]
    var mayInvite: Bool
    var messages: [Message]
    var audiences: [Choice]
    var mayWrite: Bool
    var steps: [Step]
    var problem: String?
    var done: String?
    /// Shown once, to whoever has just invited somebody.
    var invitationLink: String?
}

/// A thing that the reader can do, with what it needs.
struct RequestActionView {
    var label: String
    var `do`: String
    var site: String?
    var isDanger = false
    var isMain = false
    /// The label of a text that goes with it; nil where none does.
    var ask: String?
    var grant: GrantForm?

    struct GrantForm {
        var outputs: [Check]
        var dataSets: [Check]
        var hasDataSets: Bool
        var until: String
        var note: String
    }

    struct Check {
        var value: String
        var label: String
        var isChecked: Bool
    }
}
