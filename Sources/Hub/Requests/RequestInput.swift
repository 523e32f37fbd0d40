import Federation
import FoundationEssentials
import Governance
import Runtime

/// What a page's form says becomes an action, or a refusal in words.
struct RequestInput: Sendable {
    let text: @Sendable (String) -> String
    let all: @Sendable (String) -> [String]

    init(_ form: MultipartForm) {
        text = { form.text($0) }
        all = { form.all($0) }
    }

    init(_ form: PageForm) {
        text = { form.raw($0) }
        all = { form.all($0) }
    }

    private var words: String {
        String(text("words").drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// The version of the request that the page showed.
    var version: Int? { Int(text("version")) }

    /// The action that `do` names; nil where it names none.
    func action() throws(RequestError) -> RequestAction {
        switch text("do") {
        case "submit": return .submit
        case "approve": return .approve
        case "decline": return .decline(reason: words)
        case "returnForChanges": return .returnForChanges(reason: words)
        case "pause": return .pause(reason: words)
        case "resume": return .resume
        case "withdraw": return .withdraw(reason: words)
        case "cancelInvitation": return .cancelInvitation(id: text("invitation"))
        case "remove", "transfer":
            guard let person = PersonID(text("person")) else { throw .invalid("That is no person.") }
            return text("do") == "remove" ? .removeCollaborator(person) : .transfer(to: person)
        default:
            guard let site = SiteID(text("site")) else { throw .invalid("That is nothing that can be done here.") }
            return .site(site, try siteAction())
        }
    }

    private func siteAction() throws(RequestError) -> SiteAction {
        switch text("do") {
        case "contact": return .contact(votes: 1)
        case "markUnreachable": return .markUnreachable
        case "takeUp": return .takeUp
        case "dataAvailable": return .dataAvailable
        case "dataUnavailable": return .dataUnavailable(reason: words)
        case "willingToCollect": return .willingToCollect(offer: words)
        case "stepAway": return .stepAway(reason: words)
        case "siteReturn": return .returnForChanges(reason: words)
        case "resubmit": return .resubmit
        case "setConditions":
            return .setConditions(
                words.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.allSatisfy(\.isWhitespace) })
        case "acceptConditions": return .acceptConditions
        case "declineConditions": return .declineConditions(reason: words)
        case "grant": return .grant(try grant())
        case "refuse": return .refuse(reason: words)
        case "reopen": return .reopen(reason: words)
        case "siteWithdraw": return .withdraw(reason: words)
        case "revoke": return .revoke(reason: words)
        default: throw .invalid("That is nothing that can be done here.")
        }
    }

    private func grant() throws(RequestError) -> AccessGrant {
        let outputs = Set(all("outputs").compactMap(GrantedOutput.init))
        guard let day = Day(text("until")), let start = Timestamp.date("\(day)T00:00:00Z") else {
            throw .invalid("Write the last day as 2027-03-31.")
        }
        // The last day is meant whole.
        return AccessGrant(
            dataSets: all("dataSets"), outputs: outputs, until: start.addingTimeInterval(86_399), note: text("note"))
    }

    /// Whom a message is for.
    func audience() throws(RequestError) -> RequestMessage.Audience {
        let parts = text("to").split(separator: ":", maxSplits: 1)
        if parts == ["all"] { return .everybody }
        guard parts.count == 2, let site = SiteID(String(parts[1])) else {
            throw .invalid("Choose whom the message is for.")
        }
        switch parts[0] {
        case "site": return .applicantAndSite(site)
        case "within": return .withinSite(site)
        default: throw .invalid("Choose whom the message is for.")
        }
    }

    /// The sites that were ticked, with their data sets: `site` for all of a site, `set` as `site/data set`.
    func sites() -> [RequestedSite] {
        var chosen = all("site").compactMap { SiteID($0) }.map { RequestedSite(site: $0) }
        for text in all("set") {
            let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
            guard parts.count == 2, let site = SiteID(parts[0]) else { continue }
            if let place = chosen.firstIndex(where: { $0.site == site }) {
                chosen[place].dataSets.append(parts[1])
            } else {
                chosen.append(RequestedSite(site: site, dataSets: [parts[1]]))
            }
        }
        return chosen
    }

    /// The answers to a form's questions. What a file's question held before stays where no new file came.
    func change(_ form: AccessForm, of request: AccessRequest, files: [(field: String, file: Attachment)])
        -> RequestChange
    {
        var change = RequestChange(attachments: files.map(\.file))
        let title = text("title")
        if title != request.title, !title.isEmpty { change.title = title }
        for field in form.fields {
            let old = request.answers[field.id]
            let new = answer(to: field, old: old, files.filter { $0.field == "f.\(field.id)" }.map(\.file))
            guard new != old else { continue }
            if let new, !new.isEmpty { change.answers[field.id] = new } else { change.emptied.append(field.id) }
        }
        change.emptied = change.emptied.filter { request.answers[$0] != nil }
        return change
    }

    private func answer(to field: FormField, old: FormAnswer?, _ files: [Attachment]) -> FormAnswer? {
        let name = "f.\(field.id)"
        switch field.kind {
        case .text, .long: return .text(text(name).replacing("\r\n", with: "\n"))
        case .choice, .multi: return .choices(all(name))
        case .date: return .date(text(name))
        case .number:
            let typed = text(name)
            guard !typed.isEmpty else { return nil }
            // What is no number is kept as words, and then told to be none.
            return Double(typed).map(FormAnswer.number) ?? .text(typed)
        case .attachment:
            var kept: [Attachment] = []
            if case .attachments(let list) = old {
                let dropped = all(name + ".drop")
                kept = list.filter { !dropped.contains($0.digest) }
            }
            return .attachments(kept + files.filter { file in !kept.contains { $0.digest == file.digest } })
        case .table:
            var rows: [[String]] = []
            for row in 0..<field.most {
                let cells = field.columns.indices.map { text("\(name).\(row).\($0)") }
                if cells.contains(where: { !$0.isEmpty }) { rows.append(cells) }
            }
            return .table(rows)
        }
    }
}
