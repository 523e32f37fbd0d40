public import FoundationEssentials

extension AccessRequest {
    /// When the clock has something to do with the request next; nil where it never has. Until then nobody need look.
    public func nextWake(_ rules: RequestRules) -> Date? {
        var moments: [Date] = []
        for site in sites where site.state == .granted && SiteVerb.expire.isPossible(in: state) {
            if let grant = site.grant { moments.append(grant.until) }
        }
        for duty in duties(rules) {
            let told = duty.site.flatMap { self[$0]?.reminders } ?? reminders
            if told.isEmpty { moments.append(duty.due.days(-rules.reminderDays)) }
            // A deadline passes the moment after it.
            if !told.contains(where: \.isEscalation) { moments.append(duty.due.addingTimeInterval(1)) }
        }
        return moments.min()
    }
}
