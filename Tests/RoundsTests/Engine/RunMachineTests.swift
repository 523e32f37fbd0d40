import Foundation
import Rounds
import Testing

/// Ages over three sites; expected values by hand arithmetic over all rows together.
@Suite struct RunMachineTests {
    private static let ages: [String: [Double]] = [
        "porto": [41, 52.5, 63, 70, 58, 49.25], "valencia": [39, 66, 71.5, 80, 55, 61, 47],
        "vilnius": [60, 62, 44, 73, 68],
    ]

    private static func sites(_ change: (inout TestFederation.Site, String) -> Void = { _, _ in }) throws
        -> [String: TestFederation.Site]
    {
        var sites: [String: TestFederation.Site] = [:]
        for (name, ages) in Self.ages {
            var site = TestFederation.Site(rows: try CohortTable(rows: ages.count, ["age": .numbers(ages)]))
            change(&site, name)
            sites[name] = site
        }
        return sites
    }

    private static func plan(masked: Bool, minimumSites: Int = 2) -> RunPlan {
        RunPlan(
            computation: "count", plan: "{}", cohort: "{}", isMasked: masked, minimumSites: minimumSites, patience: 1)
    }

    private func rows(_ machine: RunMachine) throws -> Int? {
        let outcome = try #require(machine.outcome)
        return try (JSONSerialization.jsonObject(with: outcome) as? [String: Any])?["rows"] as? Int
    }

    @Test(arguments: [false, true]) func aRunEndsWithTheSumOverAllSites(masked: Bool) async throws {
        let federation = try TestFederation(try Self.sites(), Self.plan(masked: masked))
        let machine = try await federation.run()
        #expect(machine.phase == .done)
        #expect(try rows(machine) == 18)
        #expect(machine.roster == ["porto", "valencia", "vilnius"])
        #expect(
            machine.entries.map(\.what)
                == (masked ? [.invitation, .masks, .round, .unmasking] : [.invitation, .round]))
    }

    @Test(arguments: [false, true]) func hubAndSitesMayStopBetweenAnyTwoExchanges(masked: Bool) async throws {
        for exchange in 1...4 {
            let federation = try TestFederation(try Self.sites(), Self.plan(masked: masked))
            federation.hubRestarts = [exchange]
            federation.siteRestarts = [exchange]
            let machine = try await federation.run()
            #expect(machine.phase == .done)
            #expect(try rows(machine) == 18)
        }
    }

    @Test(arguments: [false, true]) func aSiteThatDoesNotAnswerIsLeftOutAndNamed(masked: Bool) async throws {
        for exchange in 1...(masked ? 3 : 2) {
            let federation = try TestFederation(try Self.sites(), Self.plan(masked: masked))
            federation.silent = [exchange: ["valencia"]]
            let machine = try await federation.run()
            #expect(machine.phase == .done)
            #expect(try rows(machine) == 11)
            #expect(machine.roster == ["porto", "vilnius"])
            #expect(machine.members["valencia"]?.standing == .out("did not answer in time"))
        }
    }

    @Test func aSiteMaySayNoAndItsReasonIsTold() async throws {
        let sites = try Self.sites { site, name in
            if name == "porto" { site.refusal = .plan("this site does not let count be computed") }
        }
        let machine = try await TestFederation(sites, Self.plan(masked: true)).run()
        #expect(try rows(machine) == 12)
        #expect(
            machine.members["porto"]?.standing
                == .out("the plan cannot be used: this site does not let count be computed"))
    }

    @Test func withTooFewSitesNothingIsComputed() async throws {
        let federation = try TestFederation(try Self.sites(), Self.plan(masked: true, minimumSites: 3))
        federation.silent = [3: ["vilnius"]]
        let machine = try await federation.run()
        guard case .stopped(let why) = machine.phase else {
            Issue.record("it did not stop")
            return
        }
        #expect(why == "3 sites have to take part, and 2 do. vilnius: did not answer in time")
        #expect(machine.outcome == nil)
    }

    @Test func theStrictestSitesRuleHolds() async throws {
        let sites = try Self.sites { site, name in if name == "vilnius" { site.rules.minimumSites = 4 } }
        let machine = try await TestFederation(sites, Self.plan(masked: true)).run()
        guard case .stopped = machine.phase else {
            Issue.record("three sites are not four")
            return
        }
    }

    @Test func aSiteWithFewPatientsStaysOut() async throws {
        let sites = try Self.sites { site, name in if name == "vilnius" { site.rules.minimumRows = 6 } }
        let machine = try await TestFederation(sites, Self.plan(masked: true)).run()
        #expect(try rows(machine) == 13)
        #expect(
            machine.members["vilnius"]?.standing
                == .out("the answer is withheld: this site takes part with at least 6 patients in a cohort"))
    }

    @Test(arguments: [false, true]) func aSiteThatAnswersGarbageIsLeftOut(masked: Bool) async throws {
        for length in [0, 3, 40, 4000] {
            let federation = try TestFederation(try Self.sites(), Self.plan(masked: masked))
            federation.tamper = { exchange, site, bytes in
                exchange == (masked ? 3 : 2) && site == "porto" ? Array(repeating: 0xFF, count: length) : bytes
            }
            let machine = try await federation.run()
            #expect(machine.phase == .done)
            #expect(try rows(machine) == 12)
        }
    }

    @Test func nobodyElsesContributionCanBeHandedInUnderMasks() async throws {
        let federation = try TestFederation(try Self.sites(), Self.plan(masked: true))
        var stolen: [UInt8] = []
        federation.tamper = { exchange, site, bytes in
            guard exchange == 3 else { return bytes }
            if site == "vilnius" { stolen = bytes }
            return site == "porto" ? stolen : bytes
        }
        let machine = try await federation.run()
        #expect(try rows(machine) == 12)
    }

    @Test(arguments: [false, true]) func noSumIsSeenWithASiteAndThenWithoutIt(masked: Bool) async throws {
        // The variance takes a second round, about the mean of the first; there, one site falls silent.
        let plan = RunPlan(
            computation: "describe",
            plan: String(decoding: try Plan(text: "describe(age, bounds=false)").json, as: UTF8.self),
            cohort: "{}", isMasked: masked, minimumSites: 2, patience: 1)
        let federation = try TestFederation(
            try Self.sites { site, _ in site.rules.parametersPerRow = 1 }, plan)
        federation.silent = [masked ? 5 : 3: ["valencia"]]
        let machine = try await federation.run()
        guard masked else {
            #expect(machine.phase == .done)
            #expect(machine.roster == ["porto", "vilnius"])
            return
        }
        guard case .stopped(let why) = machine.phase else {
            Issue.record("the sum without valencia was computed after the sum with it")
            return
        }
        #expect(why.hasPrefix("valencia dropped out after a sum with it had been seen"))
    }

    @Test func cancellingEndsItForEverybody() async throws {
        var machine = try RunMachine(
            id: TestFederation.run, plan: Self.plan(masked: false), sites: ["porto", "vilnius"])
        _ = machine.begin()
        let actions = machine.handle(.cancel("it was cancelled"))
        #expect(machine.phase == .stopped("it was cancelled"))
        guard case .end = actions.first else {
            Issue.record("nobody was told")
            return
        }
        #expect(machine.handle(.deadline).isEmpty)
    }
}
