import Crypto
import FoundationEssentials
import Rounds
import Runtime
import TestSupport

/// Sites in one process: the machine on one side, ``SiteRuns`` on the other, and a post between them that a test can
/// disturb.
final class TestFederation {
    struct Site: RunSite {
        let rows: CohortTable
        var rules = DisclosureRules(minimumCell: 1, minimumRows: 1, minimumSites: 2, parametersPerRow: 0.33)
        var refusal: RoundsError?
        var token: Int64 = 1

        func admit(_ plan: RunPlan, _ computation: AnyComputation, run: String, message: String) throws
            -> DisclosureRules
        {
            if let refusal { throw refusal }
            return rules
        }

        func table(_ plan: RunPlan, variables: [String]) throws -> (table: CohortTable, token: Int64) { (rows, token) }
    }

    /// A book in memory that outlives a site's process.
    actor Book: RunBook {
        private var runs: [String: NotedRun] = [:]
        func keep(_ plan: RunPlan, run: String, token: Int64) { runs[run] = NotedRun(plan: plan, token: token) }
        func run(_ id: String) -> NotedRun? { runs[id] }
        func remove(_ id: String) { runs[id] = nil }
    }

    /// What a site keeps, and the process that works with it.
    private struct Process {
        let site: Site
        let book = Book()
        let ledger = MemoryLedger()
        let secret = SymmetricKey(size: .bits256)
        var runs: SiteRuns?

        mutating func start(_ name: String) {
            runs = SiteRuns(name: name, site: site, book: book, secret: secret, ledger: ledger)
        }
    }

    static let run = String(repeating: "0123456789abcdef", count: 2)

    private var processes: [String: Process] = [:]
    private(set) var machine: RunMachine
    /// Every byte that the hub received, by site.
    private(set) var received: [String: [[UInt8]]] = [:]
    /// Sites whose answers to the exchange of this number never arrive.
    var silent: [Int: Set<String>] = [:]
    /// After the exchange of this number, the hub is read back from what it stored.
    var hubRestarts: Set<Int> = []
    /// Before the exchange of this number, every site is started anew.
    var siteRestarts: Set<Int> = []
    /// Changes an answer on its way.
    var tamper: (_ exchange: Int, _ site: String, [UInt8]) -> [UInt8] = { $2 }
    private(set) var exchanges = 0

    init(_ sites: [String: Site], _ plan: RunPlan) throws {
        machine = try RunMachine(id: Self.run, plan: plan, sites: Array(sites.keys))
        for (name, site) in sites {
            processes[name] = Process(site: site)
            processes[name]?.start(name)
        }
    }

    /// Runs to the end.
    func run() async throws -> RunMachine {
        var actions = machine.begin()
        while let action = actions.first {
            guard case .send(let payloads) = action else { break }
            exchanges += 1
            if siteRestarts.contains(exchanges) { restartSites() }
            if hubRestarts.contains(exchanges) {
                machine = try JSONDecoder().decode(RunMachine.self, from: try JSONEncoder().encode(machine))
            }
            actions = try await exchange(payloads)
        }
        return machine
    }

    private func exchange(_ payloads: [String: [UInt8]]) async throws -> [RunMachine.Action] {
        let number = exchanges
        var late = false
        // Answers come in any order: here, the last first.
        for site in payloads.keys.sorted().reversed() {
            if silent[number]?.contains(site) == true {
                late = true
                continue
            }
            let event: RunMachine.Event
            do {
                let bytes = tamper(
                    number, site,
                    try await processes[site]?.runs?.answer(payloads[site] ?? [], message: "\(number)") ?? [])
                received[site, default: []].append(bytes)
                event = .answer(site: site, bytes)
            } catch {
                event = .failure(site: site, "\(error)")
            }
            let actions = machine.handle(event)
            if !actions.isEmpty { return actions }
        }
        return late ? machine.handle(.deadline) : []
    }

    private func restartSites() {
        for name in processes.keys.sorted() { processes[name]?.start(name) }
    }
}
