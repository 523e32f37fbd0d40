import FoundationEssentials

extension AccessRequest {
    /// Whether what an action holds can be taken: nothing here is about rights or states.
    func check(_ action: RequestAction) throws(RequestError) {
        switch action {
        case .save(let change): try check(change)
        case .invite(let invitation): try check(invitation)
        case .join:
            guard collaborators.count < RequestLimits.collaborators else {
                throw .invalid("At most \(RequestLimits.collaborators) people can work on one request.")
            }
        case .transfer(let id):
            guard collaborators.contains(where: { $0.id == id }) else {
                throw .invalid("A request can be handed on to somebody who works on it: invite them first.")
            }
        case .removeCollaborator(let id):
            guard collaborators.contains(where: { $0.id == id }) else {
                throw .invalid("That person does not work on it.")
            }
        case .cancelInvitation(let id):
            guard invitations.contains(where: { $0.id == id }) else { throw .invalid("There is no such invitation.") }
        case .write(let message): try check(message)
        case .decline(let reason), .returnForChanges(let reason), .pause(let reason), .withdraw(let reason):
            try RequestCheck.reason(reason)
        case .submit:
            guard !sites.isEmpty else { throw .invalid("No site is asked: choose at least one.") }
        case .create, .remind, .approve, .resume, .conclude, .expire, .site: break
        }
    }

    private func check(_ change: RequestChange) throws(RequestError) {
        guard isOpenForChanges else {
            throw .notNow("It can be changed while it is a draft, or when a site wants changes.")
        }
        // What sites have begun to judge stays what they were asked.
        guard state == .draft || (change.sites == nil && change.query == nil) else {
            throw .notNow(
                "The sites and the query stay as they are once the request has been handed in; copy it as a new one.")
        }
        if let title = change.title { try RequestCheck.title(title) }
        if let query = change.query { try RequestCheck.query(query) }
        if let sites = change.sites { try RequestCheck.sites(sites) }
        try check(change.attachments)
    }

    private func check(_ invitation: RequestInvitation) throws(RequestError) {
        guard invitations.count < RequestLimits.openInvitations else {
            throw .invalid("At most \(RequestLimits.openInvitations) invitations can be open at a time.")
        }
        guard PlainText.isMailAddress(invitation.email) else { throw .invalid("That is no mail address.") }
    }

    private func check(_ message: RequestMessage) throws(RequestError) {
        try RequestCheck.text(message.text, "The message", atMost: RequestLimits.messageBytes)
        guard message.attachments.count <= RequestLimits.messageAttachments else {
            throw .invalid("At most \(RequestLimits.messageAttachments) files go with a message.")
        }
        try check(message.attachments)
    }

    private func check(_ files: [Attachment]) throws(RequestError) {
        let new = files.filter { file in !attachments.contains { $0.digest == file.digest } }
        guard attachments.count + new.count <= RequestLimits.attachments else {
            throw .invalid("At most \(RequestLimits.attachments) files go with a request.")
        }
        guard files.allSatisfy({ (1...RequestLimits.attachmentBytes).contains($0.size) }) else {
            throw .invalid("A file is empty, or larger than \(RequestLimits.attachmentBytes >> 20) MiB.")
        }
        let total = (attachments + new).reduce(0) { $0 + $1.size }
        guard total <= RequestLimits.allAttachmentBytes else {
            throw .invalid(
                "The files of one request are at most \(RequestLimits.allAttachmentBytes >> 20) MiB together.")
        }
    }
}

/// Checks that need no request.
enum RequestCheck {
    static func title(_ title: String) throws(RequestError) {
        try text(title, "The title", atMost: RequestLimits.titleBytes)
        guard !title.contains(where: \.isNewline) else { throw .invalid("The title is one line.") }
    }

    static func query(_ query: String) throws(RequestError) {
        guard query.utf8.count <= RequestLimits.queryBytes, PlainText.isPrintable(query) else {
            throw .invalid("The query is too long, or holds characters that do not print.")
        }
    }

    static func reason(_ reason: String) throws(RequestError) {
        try text(reason, "The reason", atMost: RequestLimits.reasonBytes)
    }

    static func text(_ text: String, _ what: String, atMost bytes: Int) throws(RequestError) {
        guard !text.allSatisfy(\.isWhitespace) else { throw .invalid("\(what) is empty.") }
        guard text.utf8.count <= bytes else { throw .invalid("\(what) is longer than \(bytes) bytes.") }
        guard PlainText.isPrintable(text) else { throw .invalid("\(what) holds characters that do not print.") }
    }

    static func sites(_ sites: [RequestedSite]) throws(RequestError) {
        guard sites.count <= RequestLimits.sites else {
            throw .invalid("At most \(RequestLimits.sites) sites can be asked.")
        }
        guard Set(sites.map(\.site)).count == sites.count else { throw .invalid("A site is there twice.") }
        for site in sites {
            guard site.dataSets.count <= RequestLimits.dataSets, Set(site.dataSets).count == site.dataSets.count,
                site.dataSets.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 200 && PlainText.isPrintable($0) })
            else { throw .invalid("The data sets of \(site.site) cannot be told apart.") }
        }
    }

    static func action(
        _ action: SiteAction, at here: RequestAtSite, now: Date, _ rules: RequestRules
    ) throws(RequestError) {
        switch action {
        case .dataUnavailable(let text), .willingToCollect(let text), .stepAway(let text), .returnForChanges(let text),
            .declineConditions(let text), .refuse(let text), .reopen(let text), .withdraw(let text), .revoke(let text),
            .vote(.refuse(let text)):
            try reason(text)
        case .setConditions(let conditions):
            guard (1...RequestLimits.conditions).contains(conditions.count) else {
                throw .invalid("State at least one condition, and at most \(RequestLimits.conditions).")
            }
            for condition in conditions { try text(condition, "A condition", atMost: RequestLimits.reasonBytes) }
        case .grant(let grant), .vote(.grant(let grant)): try check(grant, at: here, now: now, rules)
        case .contact, .markUnreachable, .takeUp, .dataAvailable, .resubmit, .acceptConditions, .expire: break
        }
    }

    private static func check(
        _ grant: AccessGrant, at here: RequestAtSite, now: Date, _ rules: RequestRules
    ) throws(RequestError) {
        guard !grant.outputs.isEmpty else { throw .invalid("Say what may leave: counts, statistics or models.") }
        guard grant.until > now else { throw .invalid("The last day of the grant is over already.") }
        guard grant.until.timeIntervalSince(now) <= Double(rules.grantYears) * 366 * 86_400 else {
            throw .invalid("A grant ends after \(rules.grantYears) years at most.")
        }
        guard here.dataSets.isEmpty || (!grant.dataSets.isEmpty && Set(grant.dataSets).isSubset(of: here.dataSets))
        else {
            throw .invalid("Grant one or more of the data sets that were asked for, and no others.")
        }
        guard grant.note.utf8.count <= RequestLimits.reasonBytes, PlainText.isPrintable(grant.note) else {
            throw .invalid("The note is too long, or holds characters that do not print.")
        }
    }
}
