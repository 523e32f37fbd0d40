public import Federation
import FoundationEssentials

extension AccessRequest {
    /// In what capacities somebody acts on this request as a whole, or at one of its sites.
    ///
    /// Who asks cannot also decide: an applicant or a collaborator is nothing else here, whatever roles they hold.
    public func parties(of actor: RequestActor, at site: SiteID? = nil) -> Set<RequestParty> {
        guard case .person(let person) = actor else { return [.clock] }
        if person.id == applicant.id { return [.applicant] }
        if collaborators.contains(where: { $0.id == person.id }) { return [.collaborator] }
        guard state != .draft || submission > 0 else { return [] }
        var parties: Set<RequestParty> = []
        if person.holds(.federationOperator) { parties.insert(.federationOperator) }
        // A site takes part from the moment at which it was told.
        let told = sites.filter { $0.contacted != nil && (site == nil || $0.site == site) }
        if told.contains(where: { person.holds(.committeeMember, at: $0.site) }) { parties.insert(.committee) }
        if told.contains(where: { person.holds(.dataManager, at: $0.site) }) { parties.insert(.dataManager) }
        return parties
    }

    /// Whether the person may read the request. An auditor reads what has been handed in, and changes nothing.
    public func isReadable(by person: Person) -> Bool {
        !parties(of: .person(person)).isEmpty || (submission > 0 && person.holds(.auditor))
    }

    /// The messages that the person may read.
    public func messages(for person: Person) -> [SentMessage] {
        messages.filter { isReadable($0.message.audience, by: person) }
    }

    /// Whether somebody is among those whom a message is for.
    func isReadable(_ audience: RequestMessage.Audience, by person: Person) -> Bool {
        switch audience {
        case .everybody: return isReadable(by: person)
        case .applicantAndSite(let site):
            let parties = parties(of: .person(person), at: site)
            return !parties.isEmpty
        case .withinSite(let site):
            let parties = parties(of: .person(person), at: site)
            return parties.contains(.committee) || parties.contains(.dataManager)
        }
    }

    /// Whether the person may read a file: one of the form is for all readers, one of a message for the message's.
    public func isReadable(_ attachment: Attachment, by person: Person) -> Bool {
        guard isReadable(by: person) else { return false }
        let carriers = messages.filter { $0.message.attachments.contains { $0.digest == attachment.digest } }
        let isOfForm = answers.values.contains { answer in
            guard case .attachments(let files) = answer else { return false }
            return files.contains { $0.digest == attachment.digest }
        }
        return isOfForm || carriers.contains { isReadable($0.message.audience, by: person) }
    }
}
