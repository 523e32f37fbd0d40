import Federation
import Governance

/// Whom an event of a request is news for, and in what words. No words of a request stand in a mail: mail is not sealed.
struct RequestNotice: Sendable, Equatable {
    enum Reader: Sendable, Equatable {
        case applicant, federationOperator
        case site(SiteID)
        case committee(SiteID)
    }

    var readers: [Reader]
    var subject: String
    var sentence: String

    /// Nil for what nobody needs to be told.
    init?(_ event: RequestEvent, _ request: AccessRequest) {
        switch event.action {
        case .submit:
            self.init(
                [.federationOperator], "a request was handed in",
                "A request for access was handed in. Please look whether it is complete, and pass it on to the sites.")
        case .returnForChanges, .decline:
            self.init(
                [.applicant], "your request came back",
                "The operator has looked at your request for access and has written why it cannot go on as it is.")
        case .approve:
            self.init(
                [.applicant], "your request is with the sites",
                "Your request for access is complete, and the sites have been told of it.")
        case .conclude:
            self.init([.applicant], "every site has decided", "Every site has decided on your request for access.")
        case .expire:
            self.init([.applicant], "your request has expired", "The time of your request for access has run out.")
        case .write(let message):
            self.init(
                Self.readers(message.audience, request), "a new message",
                "Somebody has written a message on a request for access in which you have a part.")
        case .remind(let reminder):
            let who: Reader =
                switch (reminder.party, reminder.site) {
                case (.committee, let site?), (.dataManager, let site?): .committee(site)
                case (.federationOperator, _): .federationOperator
                default: .applicant
                }
            self.init(
                reminder.isEscalation ? [who, .federationOperator] : [who],
                reminder.isEscalation ? "a request is overdue" : "a request waits for you",
                reminder.isEscalation
                    ? "A request for access has waited longer than agreed."
                    : "A request for access waits for what you have to do, and its time ends soon.")
        case .site(let site, let action): self.init(action, site)
        case .create, .save, .invite, .cancelInvitation, .join, .removeCollaborator, .transfer, .pause, .resume,
            .withdraw:
            return nil
        }
    }

    private init?(_ action: SiteAction, _ site: SiteID) {
        switch action {
        case .contact:
            self.init(
                [.site(site)], "a request waits for your site",
                "A request for access to data of your site waits for you to take it up.")
        case .markUnreachable:
            self.init(
                [.federationOperator], "a site does not answer",
                "A site has not taken up a request for access in time. Please reach somebody there.")
        case .returnForChanges:
            self.init([.applicant], "a site asks for changes", "A site asks for changes to your request for access.")
        case .setConditions:
            self.init(
                [.applicant], "a site has set conditions",
                "A site has set conditions for access. Please accept or decline them.")
        case .acceptConditions, .resubmit:
            self.init(
                [.committee(site)], "a request is back with you",
                "The applicant has answered your site. The request waits for your decision.")
        case .grant, .refuse, .dataUnavailable, .willingToCollect, .stepAway, .revoke, .expire:
            self.init(
                [.applicant], "news from a site",
                "A site has decided on your request for access, or what it had granted has ended.")
        case .vote:
            self.init(
                [.committee(site)], "a vote was cast",
                "Somebody on your committee has voted on a request for access. It takes another vote.")
        case .takeUp, .dataAvailable, .declineConditions, .reopen, .withdraw: return nil
        }
    }

    private init(_ readers: [Reader], _ subject: String, _ sentence: String) {
        self.readers = readers
        self.subject = subject
        self.sentence = sentence
    }

    private static func readers(_ audience: RequestMessage.Audience, _ request: AccessRequest) -> [Reader] {
        switch audience {
        case .everybody:
            [.applicant, .federationOperator] + request.sites.filter { $0.contacted != nil }.map { .site($0.site) }
        case .applicantAndSite(let site): [.applicant, .site(site)]
        case .withinSite(let site): [.site(site)]
        }
    }

    func isFor(_ person: Person, _ request: AccessRequest) -> Bool {
        // Who asks is not told what only judges are told, whatever roles they hold.
        let isApplicants = request.applicant.id == person.id || request.collaborators.contains { $0.id == person.id }
        return readers.contains { reader in
            switch reader {
            case .applicant: isApplicants
            case .federationOperator: !isApplicants && person.holds(.federationOperator)
            case .committee(let site): !isApplicants && person.holds(.committeeMember, at: site)
            case .site(let site):
                !isApplicants && (person.holds(.committeeMember, at: site) || person.holds(.dataManager, at: site))
            }
        }
    }
}
