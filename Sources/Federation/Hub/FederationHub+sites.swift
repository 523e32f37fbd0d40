import FoundationEssentials
import Runtime
import Synchronization

extension FederationHub {
    /// Makes an invitation for one site, valid once and until `lifetime` is over.
    ///
    /// - Parameters:
    ///   - site: the identifier that the site will have; made from `name` where it is nil. Naming a site that has
    ///     joined already invites it anew, for a node whose keys were lost: the new keys replace the old ones.
    ///   - name: what the operator calls the site; the site may give another name when it joins.
    ///   - country: ISO 3166-1 alpha-2.
    public func invite(
        site: SiteID? = nil, name: String, country: String, lifetime: Duration = .seconds(7 * 86_400),
        approval: Approval = .manual
    ) throws(FederationError) -> Invitation {
        guard PersonalName.isValid(name) else {
            throw .unusable("a site's name has 1 to 200 characters and no control characters")
        }
        guard CountryCode.isAssigned(country) else {
            throw .unusable("\(country.prefix(20)) is not a country's two-letter code (ISO 3166-1), such as ES or DE")
        }
        guard lifetime > .zero, lifetime <= .seconds(90 * 86_400) else {
            throw .unusable("an invitation is valid for up to 90 days")
        }
        guard site != .hub else { throw .unusable("the name hub is taken by the hub itself") }
        let chosen: SiteID
        if let site { chosen = site } else { chosen = try freeID(for: name) }
        let secret = InvitationSecret(bytes: random.bytes(InvitationSecret.count))
        let invitation = Invitation(
            id: MessageID(random: random), site: chosen, siteName: name, country: country, federation: self.name,
            hub: address,
            authority: authority.encoded, expires: clock.now.addingTimeInterval(lifetime.seconds), secret: secret)
        try record(AuditEvent(.invited, site: chosen, message: invitation.id))
        try store.add(
            StoredInvitation(
                id: invitation.id, site: chosen, name: name, country: country, approval: approval,
                proofKey: JoinProof.key(secret), expires: Moment(invitation.expires)))
        return invitation
    }

    private func freeID(for name: String) throws(FederationError) -> SiteID {
        let wanted = SiteID.suggested(for: name)
        var candidate = wanted
        var number = 2
        while try store.isTaken(candidate) {
            candidate = wanted.numbered(number)
            number += 1
        }
        return candidate
    }

    /// The sites by identifier.
    public func sites() throws(FederationError) -> [SiteRecord] {
        try store.sites().map(record(of:))
    }

    public func site(_ id: SiteID) throws(FederationError) -> SiteRecord? {
        try store.site(id).map(record(of:))
    }

    private func record(of site: StoredSite) -> SiteRecord {
        let now = self.now
        let heard = presence.withLock { $0.lastHeard(site.id) }
        let isHere = room.isOpen(site.id) || presence.withLock { $0.isFresh(site.id, at: now) }
        // Another process than the serving one knows only what is stored.
        let isStored = site.lastSeen.map { abs(now.seconds(since: $0)) <= Presence.storedGrace } ?? false
        return SiteRecord(
            id: site.id, name: site.name, country: site.country, state: site.state, joined: site.joined.date,
            lastSeen: (heard ?? site.lastSeen)?.date, certificateExpires: site.certificateExpires?.date,
            fingerprint: site.keys.fingerprint,
            isOnline: site.state == .admitted && (isServing ? isHere : isStored))
    }

    /// Admits a site that waits, or takes a suspended one back.
    public func approve(_ site: SiteID) throws(FederationError) {
        try change(site, to: .admitted, event: .approved)
    }

    /// Refuses everything from this site from now on.
    public func suspend(_ site: SiteID) throws(FederationError) {
        try change(site, to: .suspended, event: .suspended)
    }

    private func change(_ id: SiteID, to state: SiteRecord.State, event: AuditEvent.Kind) throws(FederationError) {
        guard try store.site(id) != nil else { throw .noSuchSite(id) }
        try record(AuditEvent(event, site: id))
        guard try store.setState(state, of: id) else { throw .noSuchSite(id) }
        room.news(for: id)
        if isServing { try noticeStandings() }
    }
}
