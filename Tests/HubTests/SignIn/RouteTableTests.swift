import Federation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Hub

@Suite("Who may use which route")
struct RouteTableTests {
    @Test("every route that the hub serves says who may use it, and no rule is for a route that is not there")
    func complete() throws {
        let routes = try HubFixture().router().routes
        #expect(routes.count > 20)
        let unlisted = routes.filter { RouteTable.all.rule($0.method, "\($0.path)") == nil }
        #expect(unlisted.map(\.description) == [])
        let served = Set(routes.map { RouteTable([RouteRule($0.method, "\($0.path)", .anyone)]).keys }.joined())
        #expect(RouteTable.all.keys.subtracting(served) == [])
    }

    @Test("a route that nobody has listed is refused, to the operator too")
    func unlisted() async throws {
        let fixture = try HubFixture()
        let anna = try fixture.person("anna", RoleGrant(.federationOperator))
        let browser = try fixture.browser(of: anna)
        try await fixture.run(RouteTable([])) { client in
            for headers in [browser.headers, [:]] {
                let response = try await client.execute(uri: "/about", method: .get, headers: headers)
                #expect(response.status == .forbidden)
            }
        }
        #expect(try fixture.audited().contains("access.refused"))
    }

    @Test("a rule admits its roles, a site's role at that site alone, and nobody else")
    func rules() throws {
        let site = try #require(SiteID("valencia"))
        let id = try #require(PersonID("local:anna"))
        func person(_ grants: RoleGrant?...) -> Person {
            Person(id: id, name: "Anna", roles: Set(grants.compactMap(\.self)))
        }
        let operators = RouteRule(.get, "/x", .role([.federationOperator]))
        #expect(operators.admits(person(RoleGrant(.federationOperator)), site: nil))
        #expect(!operators.admits(person(RoleGrant(.auditor)), site: nil))
        #expect(!operators.admits(nil, site: nil))
        let committee = RouteRule(.get, "/sites/{site}", .roleAtSite([.committeeMember]))
        #expect(committee.admits(person(RoleGrant(.committeeMember, at: site)), site: "valencia"))
        #expect(!committee.admits(person(RoleGrant(.committeeMember, at: site)), site: "porto"))
        #expect(!committee.admits(person(RoleGrant(.committeeMember, at: site)), site: nil))
        #expect(!committee.admits(person(RoleGrant(.dataManager, at: site)), site: "valencia"))
        #expect(!committee.admits(person(RoleGrant(.federationOperator)), site: nil))
        #expect(RouteRule(.get, "/x", .signedIn).admits(person(), site: nil))
        #expect(!RouteRule(.get, "/x", .signedIn).admits(nil, site: nil))
    }

    /// One person of each role, and what each is let through to, worked out from the rule alone.
    @Test("each role gets to the routes of its rules and to no other: every route, every role, and nobody")
    func matrix() async throws {
        let fixture = try HubFixture()
        let site = try #require(SiteID("valencia"))
        let everybody: [(String, RoleGrant?)] = Role.allCases.map { role in
            (role.rawValue.lowercased(), RoleGrant(role, at: role.isAtSite ? site : nil))
        }
        var browsers: [(RoleGrant?, TestBrowser)] = [(nil, TestBrowser())]
        for (login, grant) in everybody {
            browsers.append((grant, try fixture.browser(of: try fixture.person(login, grant))))
        }
        let routes = try fixture.router().routes.map { (method: $0.method, path: "\($0.path)") }
        let all = browsers
        try await fixture.run { client in
            for route in routes {
                let rule = try #require(RouteTable.all.rule(route.method, route.path))
                for place in ["valencia", "porto"] {
                    let path =
                        "/"
                        + route.path.split(separator: "/").map { part in
                            part == "{site}" || part == ":site"
                                ? place : part == "**" ? "atles.css" : part.first == "{" ? "series" : String(part)
                        }.joined(separator: "/")
                    for (grant, browser) in all {
                        let may: Bool =
                            switch rule.access {
                            case .anyone: true
                            case .signedIn: grant != nil
                            case .role(let roles): grant.map { roles.contains($0.role) } ?? false
                            case .roleAtSite(let roles):
                                grant.map { roles.contains($0.role) && place == "valencia" && $0.site != nil } ?? false
                            }
                        guard !may || route.method == .get else { continue }
                        let response = try await client.execute(
                            uri: path, method: route.method, headers: browser.headers)
                        let isSignIn = response.headers[.location]?.hasPrefix("/sign-in?to=") ?? false
                        let isRefused = [.unauthorized, .forbidden].contains(response.status) || isSignIn
                        #expect(isRefused == !may, "\(route.method) \(path) as \(grant?.role.rawValue ?? "nobody")")
                    }
                }
            }
        }
    }
}
