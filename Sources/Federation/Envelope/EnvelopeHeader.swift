/// What everybody on the way may read of a message.
///
/// Each recipient gets an envelope of its own, so that no site learns who else was asked.
struct EnvelopeHeader: Hashable, Sendable, Codable {
    /// The version of this format.
    static let version = 1

    var version: Int
    /// SHA-256 of the authority's certificate: an envelope of one federation means nothing in another.
    var federation: String
    /// The same for all recipients of a question.
    var id: MessageID
    var kind: String
    var sender: SiteID
    var recipient: SiteID
    var issued: Moment
    var expires: Moment
    /// The message that this one answers.
    var answers: MessageID?
    /// Whether the sender could not do what was asked: the content is then a sentence that says why.
    var failed: Bool

    /// Label `atles-envelope-1`, then all fields in the order in which they are declared here; `failed` as 0 or 1.
    func canonical() -> CanonicalBytes {
        var out = CanonicalBytes(label: "atles-envelope-1")
        out.append(Int64(version))
        out.append(federation)
        out.append(id.text)
        out.append(kind)
        out.append(sender.text)
        out.append(recipient.text)
        out.append(issued.milliseconds)
        out.append(expires.milliseconds)
        out.append(answers?.text)
        out.append(failed ? 1 : 0)
        return out
    }
}
