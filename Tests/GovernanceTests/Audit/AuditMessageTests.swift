import Federation
import Foundation
import Runtime
import TestSupport
import Testing

@testable import Governance

@Suite("Entries as hospital systems read them")
struct AuditMessageTests {
    private let folder = TemporaryFolder("atna")

    private func entry(_ event: AuditEvent) throws -> AuditEntry {
        let log = try AuditLog(path: folder.file("audit.log"), clock: ManualClock().wallClock)
        try log.record(event)
        return try #require(try AuditLog.entries(path: log.path).last)
    }

    @Test("a refused task is a query of DICOM's audit messages with a minor failure")
    func refused() throws {
        let message = try #require(MessageID(String(repeating: "0a", count: 16)))
        let permit = try #require(MessageID(String(repeating: "0b", count: 16)))
        let entry = try entry(
            AuditEvent(.gateRefused, site: .hub, message: message, permit: permit, reason: GateReason.revoked.kind))
        let valencia = try #require(SiteID("valencia"))
        // Written by hand after PS3.15 section A.5.1 and PS3.16 context groups 400 and 403.
        let expected = """
            <?xml version="1.0" encoding="UTF-8"?>\
            <AuditMessage>\
            <EventIdentification EventActionCode="E" EventDateTime="2027-01-15T08:00:00Z" EventOutcomeIndicator="4">\
            <EventID csd-code="110112" codeSystemName="DCM" originalText="Query"/>\
            <EventTypeCode csd-code="gate.refused" codeSystemName="99ATLES" originalText="gate.refused"/>\
            <EventTypeCode csd-code="revoked" codeSystemName="99ATLES" originalText="revoked"/>\
            </EventIdentification>\
            <ActiveParticipant UserID="hub" UserIsRequestor="true">\
            <RoleIDCode csd-code="110153" codeSystemName="DCM" originalText="Source Role ID"/></ActiveParticipant>\
            <ActiveParticipant UserID="valencia" UserIsRequestor="false">\
            <RoleIDCode csd-code="110152" codeSystemName="DCM" originalText="Destination Role ID"/></ActiveParticipant>\
            <AuditSourceIdentification AuditSourceID="valencia">\
            <AuditSourceTypeCode csd-code="4" codeSystemName="DCM" originalText="Application Server"/>\
            </AuditSourceIdentification>\
            <ParticipantObjectIdentification ParticipantObjectID="0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a" \
            ParticipantObjectTypeCode="2" ParticipantObjectTypeCodeRole="20">\
            <ParticipantObjectIDTypeCode csd-code="message" codeSystemName="99ATLES" originalText="message"/>\
            </ParticipantObjectIdentification>\
            <ParticipantObjectIdentification ParticipantObjectID="0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b" \
            ParticipantObjectTypeCode="2" ParticipantObjectTypeCodeRole="13">\
            <ParticipantObjectIDTypeCode csd-code="permit" codeSystemName="99ATLES" originalText="permit"/>\
            </ParticipantObjectIdentification>\
            </AuditMessage>
            """
        #expect(AuditMessage(entry, source: valencia).xml == expected)
    }

    @Test("the beginning of a log is the start of an application, a refused party a security alert")
    func kinds() throws {
        let begun = try entry(AuditEvent(.begun))
        #expect(
            AuditMessageEvent(begun)
                == AuditMessageEvent(.applicationActivity, "E", type: ("110120", "Application Start")))
        let refused = try entry(AuditEvent(.refused, site: SiteID("porto"), refusal: .badSignature))
        #expect(
            AuditMessageEvent(refused)
                == AuditMessageEvent(.securityAlert, "E", .minorFailure, type: ("110126", "Node Authentication")))
    }

    @Test("over syslog it has the header of RFC 5424, and over TLS its length in octets before it")
    func syslog() {
        let message = SyslogMessage(
            time: "2027-01-15T08:00:00Z", host: "node.valencia test\n", process: "4242", content: "<A é=\"1\"/>")
        let text = "<85>1 2027-01-15T08:00:00Z node.valenciatest atles 4242 IHE+RFC-3881 - \u{FEFF}<A é=\"1\"/>"
        #expect(message.text == text)
        #expect(message.framed == Array("\(text.utf8.count) \(text)".utf8))
        #expect(
            SyslogMessage(time: "", host: "", process: "", content: "").text
                == "<85>1 - - atles - IHE+RFC-3881 - \u{FEFF}")
    }

    @Test("nothing that stands in a value can end its attribute")
    func escaping() {
        #expect(XMLText.escaped("a\"<b>&'\n\u{1}") == "a&quot;&lt;b&gt;&amp;&#39;&#10;\u{FFFD}")
    }
}
