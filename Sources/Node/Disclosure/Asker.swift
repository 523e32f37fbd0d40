import Federation

/// Whom an answer is told to, as far as this node can tell: who adds up answers is held to be one.
///
/// The hub asks for all its visitors, and cannot be trusted to tell them apart; so all that a hub asks is one asker's.
struct Asker: Hashable, Sendable {
    /// The party that signed the question.
    let caller: String
    /// The project for which it is asked; empty where no permit names one.
    let project: String

    init(caller: String, project: String = "") {
        self.caller = caller
        self.project = project
    }

    init(_ message: IncomingMessage) { self.init(caller: message.sender.description) }
}
