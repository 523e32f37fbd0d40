import FoundationEssentials
import Governance
import Runtime

/// Mails that wait to be sent: files in a folder, so that a stop of the hub or of the mail server loses none.
struct MailRoom: Sendable {
    /// nil where the hub sends no mail.
    let settings: HubConfiguration.Mail?
    let folder: String
    let files: any FileSystem
    /// Where people reach the page.
    let address: String
    let federation: String

    /// Mails that wait at most; a mail server that is down for long must not fill the disk.
    static let most = 10_000

    /// Writes to everybody whom an event concerns.
    func tell(_ event: RequestEvent, of request: AccessRequest, _ identities: Identities) throws {
        guard let settings, let notice = RequestNotice(event, request) else { return }
        let people = try identities.store.people()
        for person in people where person.id != event.by && notice.isFor(person, request) {
            guard let email = person.email, MailText.isAddress(email) else { continue }
            let text = MailText(
                from: settings.from, to: email, subject: "\(federation): \(notice.subject)",
                body: """
                    \(notice.sentence)

                    \(address)/requests/\(request.id)

                    This mail was written by the hub of \(federation). It names nobody and no data set: look at the page.

                    """, moment: event.at, id: "\(request.id).\(event.number)@\(settings.domain)")
            try put(text, identities.random.identifier())
        }
    }

    private func put(_ text: MailText, _ name: String) throws {
        try files.createDirectory(folder, mode: 0o700)
        guard try files.list(folder).count < Self.most else { return }
        try files.writeAtomically(text.bytes, to: FilePath.join(folder, name + ".eml"), mode: 0o600)
    }
}

/// A mail in the form of RFC 5322. Its words are sent in Base64: no server has to think about letters, and nothing in them
/// can be taken for a header.
struct MailText: Sendable, Equatable {
    var from: String
    var to: String
    var subject: String
    var body: String
    var moment: Date
    var id: String

    static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty && text.utf8.count <= 254
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\"(),:;<>[\\]".utf8.contains($0) }
            && text.first != "-"
    }

    var bytes: [UInt8] {
        let encoded = Data(body.utf8).base64EncodedString()
        var lines: [Substring] = []
        var rest = encoded[...]
        while !rest.isEmpty {
            lines.append(rest.prefix(76))
            rest = rest.dropFirst(76)
        }
        return Array(
            ([
                "From: \(from)", "To: \(to)", "Subject: \(Self.words(subject))", "Date: \(Self.date(moment))",
                "Message-ID: <\(id)>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "",
            ] + lines.map(String.init)).joined(separator: "\r\n").utf8) + [13, 10]
    }

    /// Encoded words of RFC 2047: each at most 75 characters long, with whole letters in it.
    static func words(_ text: String) -> String {
        var words: [String] = []
        var word = ""
        for character in text where !character.isNewline {
            if word.utf8.count + character.utf8.count > 42, !word.isEmpty {
                words.append(word)
                word = ""
            }
            word.append(character)
        }
        return (words + [word]).prefix(10).map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }
            .joined(separator: "\r\n ")
    }

    /// `Tue, 24 Nov 2026 17:35:00 +0000`
    static func date(_ moment: Date) -> String {
        let text = Timestamp.text(moment)
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let number = Int((moment.timeIntervalSince1970 / 86_400).rounded(.down))
        let day = days[((number % 7) + 7) % 7]
        let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, (1...12).contains(parts[1]) else { return text }
        return "\(day), \(parts[2]) \(months[parts[1] - 1]) \(parts[0]) \(text.dropFirst(11).prefix(8)) +0000"
    }
}
