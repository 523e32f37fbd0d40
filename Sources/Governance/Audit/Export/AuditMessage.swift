public import Federation

/// An entry as an audit message of hospital systems: DICOM PS3.15 section A.5, which is RFC 3881's message with DICOM's
/// codes; IHE ATNA asks for this form.
public struct AuditMessage: Sendable {
    private let entry: AuditEntry
    private let source: SiteID

    /// - Parameter source: the party whose log it is.
    public init(_ entry: AuditEntry, source: SiteID) {
        self.entry = entry
        self.source = source
    }

    /// Our own code system, in DICOM's form for private ones.
    private static let ours = "99ATLES"

    /// The XML document.
    public var xml: String {
        let event = AuditMessageEvent(entry)
        var out = XMLText()
        out.element("AuditMessage") { out in
            identification(event, &out)
            participants(&out)
            out.element("AuditSourceIdentification", [("AuditSourceID", source.text)]) { out in
                // 4: an application server process.
                out.element(
                    "AuditSourceTypeCode",
                    [("csd-code", "4"), ("codeSystemName", "DCM"), ("originalText", "Application Server")])
            }
            objects(&out)
        }
        return out.text
    }

    private func identification(_ event: AuditMessageEvent, _ out: inout XMLText) {
        out.element(
            "EventIdentification",
            [
                ("EventActionCode", event.action), ("EventDateTime", entry.time),
                ("EventOutcomeIndicator", event.outcome.rawValue),
            ]
        ) { out in
            Self.code("EventID", event.event.rawValue, "DCM", event.event.name, &out)
            if let type = event.type { Self.code("EventTypeCode", type.code, "DCM", type.name, &out) }
            Self.code("EventTypeCode", entry.kind, Self.ours, entry.kind, &out)
            if let why = entry.reason ?? entry.refusal {
                Self.code("EventTypeCode", why, Self.ours, why, &out)
            }
        }
    }

    private func participants(_ out: inout XMLText) {
        // Who asked; where nobody else is named, the party itself.
        let asker = entry.site ?? source.text
        out.element("ActiveParticipant", [("UserID", asker), ("UserIsRequestor", "true")]) { out in
            Self.code("RoleIDCode", "110153", "DCM", "Source Role ID", &out)
        }
        if let person = entry.person {
            out.element("ActiveParticipant", [("UserID", "sha256:\(person)"), ("UserIsRequestor", "true")])
        }
        if asker != source.text {
            out.element("ActiveParticipant", [("UserID", source.text), ("UserIsRequestor", "false")]) { out in
                Self.code("RoleIDCode", "110152", "DCM", "Destination Role ID", &out)
            }
        }
    }

    private func objects(_ out: inout XMLText) {
        // 2: a system object. 20: a job. 13: a security resource.
        if let message = entry.message { object(message, role: "20", "message", &out) }
        if let permit = entry.permit { object(permit, role: "13", "permit", &out) }
        if let digest = entry.digest { object(digest, role: "13", "sha256", &out) }
    }

    private func object(_ id: String, role: String, _ kind: String, _ out: inout XMLText) {
        out.element(
            "ParticipantObjectIdentification",
            [
                ("ParticipantObjectID", id), ("ParticipantObjectTypeCode", "2"),
                ("ParticipantObjectTypeCodeRole", role),
            ]
        ) { out in
            Self.code("ParticipantObjectIDTypeCode", kind, Self.ours, kind, &out)
        }
    }

    private static func code(
        _ element: StaticString, _ code: String, _ system: String, _ text: String, _ out: inout XMLText
    ) {
        out.element(element, [("csd-code", code), ("codeSystemName", system), ("originalText", text)])
    }

    /// The message as it goes to an audit record repository.
    public func syslog(host: String, process: String) -> SyslogMessage {
        SyslogMessage(time: entry.time, host: host, process: process, content: xml)
    }
}
