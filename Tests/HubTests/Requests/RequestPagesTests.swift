import Federation
import FoundationEssentials
import Governance
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import Hub

/// The pages of requests, through the hub's own routes and guard.
@Suite("The pages of access requests")
struct RequestPagesTests {
    /// Answers that leave nothing out.
    static let complete: [String: FormAnswer] = [
        "project": .text("Atles"), "summary": .text("What we want"), "kinds": .choices(["healthResearch"]),
        "purpose": .choices(["e"]), "interest": .text("Patients"), "basis": .choices(["public"]),
        "commercial": .choices(["no"]),
        "prohibited": .choices(["decisions", "offers", "marketing", "harm", "ethics", "identify"]),
        "ethics": .choices(["yes"]), "team": .table([["Anna", "lead"]]), "institutions": .text("Hospital"),
        "profit": .choices(["yes"]), "countries": .text("ES"), "methods": .text("Count"),
        "outputs": .choices(["counts"]), "publish": .choices(["no"]), "returned": .choices(["yes"]),
        "together": .choices(["yes"]), "until": .date("2028-01-31"), "funding": .text("Nobody"),
    ]

    private struct Setting {
        let fixture: HubFixture
        let site: SiteID
        let id: String
        var anna: TestBrowser
        var carla: TestBrowser
        var dora: TestBrowser
        var federationOperator: TestBrowser
        var stranger: TestBrowser
    }

    private func setting(title: String = "Breast MRI") throws -> Setting {
        let fixture = try HubFixture()
        let site = try #require(SiteID("one"))
        let two = try #require(SiteID("two"))
        let anna = try fixture.person("anna", RoleGrant(.researcher))
        let person = try #require(try fixture.hub.people.person(anna))
        let request = try fixture.hub.requests.begin(
            RequestStart(
                title: title, applicant: Participant(person), query: "modality = MR",
                sites: [RequestedSite(site: site)], form: "default", answers: Self.complete), by: person)
        func browser(_ login: String, _ roles: RoleGrant?...) throws -> TestBrowser {
            let id = try fixture.person(login)
            for role in roles.compactMap({ $0 }) {
                try fixture.hub.people.give(role.role, at: role.site?.description, to: id)
            }
            return try fixture.browser(of: id)
        }
        return Setting(
            fixture: fixture, site: site, id: request.id, anna: try fixture.browser(of: anna),
            carla: try browser("carla", RoleGrant(.committeeMember, at: site)),
            dora: try browser("dora", RoleGrant(.committeeMember, at: two)),
            federationOperator: try browser("oscar", RoleGrant(.federationOperator)),
            stranger: try browser("stella", RoleGrant(.researcher)))
    }

    private static func act(
        _ browser: inout TestBrowser, _ fields: [String: String], _ id: String, _ hub: Hub,
        _ client: any TestClientProtocol
    ) async throws -> TestResponse {
        let version = try hub.requests.store.request(id)?.request.version ?? 0
        return try await browser.post(
            "/requests/\(id)/actions", fields.merging(["version": "\(version)"]) { one, _ in one }, client)
    }

    @Test("a request goes from the applicant over the operator to the site's grant")
    func toTheGrant() async throws {
        let start = try setting()
        try await start.fixture.run { client in
            var setting = start
            let hub = setting.fixture.hub
            func check(_ response: TestResponse) {
                #expect(response.status == .seeOther, "\(response.text.prefix(4000))")
            }
            check(try await Self.act(&setting.anna, ["do": "submit"], setting.id, hub, client))
            check(try await Self.act(&setting.federationOperator, ["do": "approve"], setting.id, hub, client))
            for verb in ["takeUp", "dataAvailable"] {
                check(try await Self.act(&setting.carla, ["do": verb, "site": "one"], setting.id, hub, client))
            }
            let page = try await setting.carla.get("/requests/\(setting.id)", client).text
            #expect(page.contains("Grant access"))
            // What was asked for stands in the form of the grant already.
            #expect(page.contains("value=\"counts\" checked"))
            #expect(page.contains("value=\"2028-01-31\""))
            check(
                try await Self.act(
                    &setting.carla, ["do": "grant", "site": "one", "outputs": "counts", "until": "2028-01-31"],
                    setting.id, hub, client))
            let request = try #require(try hub.requests.store.request(setting.id)).request
            #expect(request.state == .concluded)
            #expect(request[setting.site]?.grant?.outputs == [.counts])
            let anna = try await setting.anna.get("/requests/\(setting.id)", client).text
            #expect(anna.contains("counts, until 31 Jan 2028"))
            #expect(anna.contains("Concluded"))
            let audited = try setting.fixture.audited()
            for kind in ["request.handed-in", "request.approved", "request.granted"] { #expect(audited.contains(kind)) }
        }
    }

    @Test("who has no part in a request is told the same as of one that is not there")
    func strangers() async throws {
        let start = try setting()
        try await start.fixture.run { client in
            var setting = start
            for path in ["", "/form", "/files/\(String(repeating: "0", count: 64))"] {
                for var browser in [setting.stranger, setting.dora, setting.federationOperator] {
                    let there = try await browser.get("/requests/\(setting.id)\(path)", client)
                    let nowhere = try await browser.get("/requests/\(String(repeating: "0", count: 32))\(path)", client)
                    #expect(there.status == .notFound)
                    #expect(there.text == nowhere.text)
                }
            }
            let refused = try await Self.act(
                &setting.stranger, ["do": "withdraw", "words": "mine now"], setting.id, setting.fixture.hub, client)
            #expect(refused.status == .notFound)
            let json = try await setting.stranger.get("/api/v1/requests/\(setting.id)", client)
            #expect(json.status == .notFound)
            #expect(try #require(try setting.fixture.hub.requests.store.request(setting.id)).request.version == 1)
        }
    }

    @Test("the applicant cannot do what is the operator's or the site's, and it is written down")
    func rights() async throws {
        let start = try setting()
        try await start.fixture.run { client in
            var setting = start
            let hub = setting.fixture.hub
            _ = try await Self.act(&setting.anna, ["do": "submit"], setting.id, hub, client)
            for fields in [
                ["do": "approve"], ["do": "grant", "site": "one", "outputs": "counts", "until": "2028-01-31"],
                ["do": "takeUp", "site": "one"],
            ] {
                let response = try await Self.act(&setting.anna, fields, setting.id, hub, client)
                #expect(response.status == .forbidden)
            }
            #expect(try #require(try hub.requests.store.request(setting.id)).request.state == .submitted)
            #expect(try setting.fixture.audited().filter { $0 == "access.refused" }.count == 3)
        }
    }

    @Test("of two people who decide at the same moment the second is told, and nothing is lost")
    func twoAtOnce() async throws {
        let start = try setting()
        try await start.fixture.run { client in
            var setting = start
            let first = try await setting.anna.post(
                "/requests/\(setting.id)/actions", ["do": "submit", "version": "1"], client)
            #expect(first.status == .seeOther)
            let second = try await setting.anna.post(
                "/requests/\(setting.id)/actions", ["do": "withdraw", "words": "no", "version": "1"], client)
            #expect(second.status == .conflict)
            #expect(second.text.contains("Somebody else has changed this request"))
        }
    }

    @Test("whatever people write stands on the page as what they wrote")
    func crossSiteScripting() async throws {
        let evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
        let start = try setting(title: evil)
        try await start.fixture.run { client in
            var setting = start
            let hub = setting.fixture.hub
            let anna = try #require(PersonID("local:anna"))
            let person = try #require(try hub.people.person(anna))
            var answers = Self.complete
            for (field, answer) in answers {
                if case .text = answer { answers[field] = .text(evil) }
                if case .table = answer { answers[field] = .table([[evil, evil]]) }
            }
            answers["countries"] = .text("ES")
            try hub.requests.perform(
                .save(RequestChange(answers: answers)), on: setting.id, by: .person(person), seen: nil)
            let form = try await setting.anna.get("/requests/\(setting.id)/form", client).text
            for fields in [["do": "submit"]] {
                #expect(try await Self.act(&setting.anna, fields, setting.id, hub, client).status == .seeOther)
            }
            #expect(
                try await Self.act(&setting.federationOperator, ["do": "approve"], setting.id, hub, client).status
                    == .seeOther)
            try hub.requests.perform(
                .write(RequestMessage(audience: .everybody, text: evil)), on: setting.id, by: .person(person), seen: nil
            )
            _ = try await Self.act(
                &setting.carla, ["do": "stepAway", "site": "one", "words": evil], setting.id, hub, client)
            let pages = [
                form, try await setting.anna.get("/requests/\(setting.id)", client).text,
                try await setting.anna.get("/requests", client).text,
                try await setting.anna.get("/requests?words=\(WebLink.encoded(evil))", client).text,
                try await setting.carla.get("/committee?all", client).text,
                try await setting.federationOperator.get("/operator/requests", client).text,
                try await setting.anna.get(
                    "/requests/new?where=\(WebLink.encoded(evil))&site=\(WebLink.encoded(evil))", client
                )
                .text,
            ]
            for page in pages {
                #expect(!page.contains("<script>alert"))
                #expect(!page.contains("<img"))
                #expect(page.contains("&lt;script&gt;alert(1)"))
            }
        }
    }

    private static func multipart(_ parts: [(head: String, body: [UInt8])]) -> (String, ByteBuffer) {
        var buffer = ByteBuffer()
        for (head, body) in parts {
            buffer.writeString("--xx\r\nContent-Disposition: form-data; \(head)\r\n\r\n")
            buffer.writeBytes(body)
            buffer.writeString("\r\n")
        }
        buffer.writeString("--xx--\r\n")
        return ("multipart/form-data; boundary=xx", buffer)
    }

    private static func send(
        _ browser: TestBrowser, _ path: String, _ parts: [(head: String, body: [UInt8])],
        _ client: any TestClientProtocol
    ) async throws -> TestResponse {
        let proof = (head: "name=\"csrf\"", body: Array((browser.secret?.formToken ?? "").utf8))
        let (type, body) = multipart([proof] + parts)
        var headers = browser.headers
        headers[.contentType] = type
        return try await client.execute(uri: path, method: .post, headers: headers, body: body)
    }

    @Test("a file comes back as it was, as a download that no browser runs; what is not what it says is refused")
    func attachments() async throws {
        let start = try setting()
        try await start.fixture.run { client in
            var setting = start
            let path = "/requests/\(setting.id)/messages"
            func write(_ name: String, _ bytes: [UInt8]) async throws -> TestResponse {
                try await Self.send(
                    setting.anna, path,
                    [
                        ("name=\"to\"", Array("all".utf8)), ("name=\"text\"", Array("See the file".utf8)),
                        ("name=\"files\"; filename=\"\(name)\"", bytes),
                    ], client)
            }
            let pdf = Array("%PDF-1.7 \r\n--x\r\n<script>".utf8)
            #expect(try await write("../../approval.pdf", pdf).status == .seeOther)
            let request = try #require(try setting.fixture.hub.requests.store.request(setting.id)).request
            let file = try #require(request.attachments.first)
            #expect(file.name == "approval.pdf")
            let response = try await setting.anna.get("/requests/\(setting.id)/files/\(file.digest)", client)
            #expect(Array(response.body.readableBytesView) == pdf)
            #expect(response.headers[.contentType] == "application/octet-stream")
            #expect(response.headers[values: .contentDisposition].first?.hasPrefix("attachment;") == true)
            for (name, bytes) in [
                ("page.html", Array("<html>".utf8)), ("picture.png", Array("<html>".utf8)), ("x.exe", Array("MZ".utf8)),
                ("empty.pdf", []), ("big.pdf", Array("%PDF-".utf8) + [UInt8](repeating: 0, count: 10 << 20)),
            ] {
                #expect(try await write(name, bytes).status == .badRequest, "\(name)")
            }
            // A file within a site is not for the applicant.
            #expect(
                try await Self.act(&setting.anna, ["do": "submit"], setting.id, setting.fixture.hub, client).status
                    == .seeOther)
            _ = try await Self.act(
                &setting.federationOperator, ["do": "approve"], setting.id, setting.fixture.hub, client)
            let within = try await Self.send(
                setting.carla, path,
                [
                    ("name=\"to\"", Array("within:one".utf8)), ("name=\"text\"", Array("For us".utf8)),
                    ("name=\"files\"; filename=\"notes.txt\"", Array("between us".utf8)),
                ], client)
            #expect(within.status == .seeOther)
            let notes = try #require(
                try setting.fixture.hub.requests.store.request(setting.id)?.request.attachments.last)
            #expect(try await setting.carla.get("/requests/\(setting.id)/files/\(notes.digest)", client).status == .ok)
            #expect(
                try await setting.anna.get("/requests/\(setting.id)/files/\(notes.digest)", client).status == .notFound)
            #expect(!(try await setting.anna.get("/requests/\(setting.id)", client).text).contains("For us"))
        }
    }

    @Test("bombs are refused: a body that is too large, thousands of parts, a form that is none")
    func bombs() async throws {
        let start = try setting()
        try await start.fixture.run { client in
            let setting = start
            let path = "/requests/\(setting.id)/form"
            let many = (0..<2_000).map { (head: "name=\"f.\($0)\"", body: [UInt8]()) }
            #expect(try await Self.send(setting.anna, path, many, client).status == .badRequest)
            let huge = [(head: "name=\"f.summary\"", body: [UInt8](repeating: 120, count: 25 << 20))]
            #expect(try await Self.send(setting.anna, path, huge, client).status == .contentTooLarge)
            let long = [
                (head: "name=\"version\"", body: Array("1".utf8)),
                (head: "name=\"f.summary\"", body: [UInt8](repeating: 120, count: 1 << 20)),
            ]
            let refused = try await Self.send(setting.anna, path, long, client)
            #expect(refused.status == .badRequest)
            #expect(refused.text.contains("At most 4000 characters."))
            #expect(try #require(try setting.fixture.hub.requests.store.request(setting.id)).request.version == 1)
        }
    }

    @Test("who has the link of an invitation joins once, and who has half of it does not")
    func invitation() async throws {
        let start = try setting()
        try await start.fixture.run { client in
            var setting = start
            let response = try await setting.anna.post(
                "/requests/\(setting.id)/people", ["email": "stella@example.org"], client)
            let link = try #require(
                response.text.split(separator: "id=\"invitation-link\">").last?.split(separator: "<").first
            )
            .replacing("&amp;", with: "&")
            let own = "/requests/" + (link.split(separator: "/requests/").last ?? "")
            let fields = Dictionary(
                own.split(separator: "?")[1].split(separator: "&").compactMap { pair in
                    let parts = pair.split(separator: "=").map(String.init)
                    return parts.count == 2 ? (parts[0], parts[1]) : nil
                }, uniquingKeysWith: { one, _ in one })
            #expect(try await setting.stranger.get(own + "0", client).status == .notFound)
            #expect(try await setting.stranger.get(own, client).status == .ok)
            var wrong = fields
            wrong["secret"] = String(repeating: "0", count: 32)
            #expect(try await setting.dora.post("/requests/\(setting.id)/join", wrong, client).status == .notFound)
            #expect(try await setting.stranger.post("/requests/\(setting.id)/join", fields, client).status == .seeOther)
            #expect(try await setting.stranger.get("/requests/\(setting.id)", client).status == .ok)
            #expect(try await setting.dora.post("/requests/\(setting.id)/join", fields, client).status == .notFound)
        }
    }
}
