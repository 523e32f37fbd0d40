public import FoundationEssentials

extension AccessRequest {
    /// What the clock does to the request by `now`: reminders, escalations, and ends. Each is decided and stored like
    /// what a person does; asked again at the same moment there is nothing more.
    public func clockActions(at now: Date, _ rules: RequestRules) -> [RequestAction] {
        var actions: [RequestAction] = []
        if state == .draft || state == .paused, duties(rules).contains(where: { $0.isOverdue(at: now) }) {
            return [.expire]
        }
        for site in sites {
            if site.state == .granted, let grant = site.grant, grant.until <= now, SiteVerb.expire.isPossible(in: state)
            {
                actions.append(.site(site.site, .expire))
            }
        }
        for duty in duties(rules) { if let action = action(for: duty, at: now, rules) { actions.append(action) } }
        return actions
    }

    private func action(for duty: RequestDuty, at now: Date, _ rules: RequestRules) -> RequestAction? {
        let here = duty.site.flatMap { self[$0] }
        let told = here?.reminders ?? reminders
        if duty.isOverdue(at: now) {
            if let here, here.state.after(.expire) != nil { return .site(here.site, .expire) }
            // A site that never took the request up is somebody else's to reach from now on.
            if let here, here.state == .contacted { return .site(here.site, .markUnreachable) }
            if told.contains(where: \.isEscalation) { return nil }
            return .remind(RequestReminder(party: duty.party, site: duty.site, isEscalation: true))
        }
        guard told.isEmpty, now >= duty.due.days(-rules.reminderDays) else { return nil }
        return .remind(RequestReminder(party: duty.party, site: duty.site))
    }
}
