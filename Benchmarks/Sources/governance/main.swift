// governance [DECISIONS] [ENTRIES]: how long a node's gate takes to decide about a task (signatures, permit, policy,
// budget, audit), and how long it takes to verify an audit log. Everything lies in a temporary folder on the disk.

import Cohort
import Federation
import Foundation
import Governance
import Runtime

struct Missing: Error {}

func require<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Missing() }
    return value
}

let decisions = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 10_000 : 10_000
let entries = CommandLine.arguments.count > 2 ? Int(CommandLine.arguments[2]) ?? 1_000_000 : 1_000_000
let place = FileManager.default.temporaryDirectory.appendingPathComponent("atles-governance-\(UUID().uuidString)").path
defer { try? FileManager.default.removeItem(atPath: place) }
let files = PosixFileSystem()
let folder = GovernanceFolder(place)
let site = try require(SiteID("valencia"))
let federation = String(repeating: "ab", count: 32)
let book = try PermitBook(folder: folder, site: site, federation: federation)
let members = try ["local:anna", "local:bea"].map { try MemberKey(person: try require(PersonID($0)), random: .system) }
let committee = try Committee(
    members.map { CommitteeMember(person: $0.person, name: $0.person.text, key: try $0.publicKey) })
try committee.write(folder.committee, in: files)
var policy = SitePolicy()
policy.signaturesNeeded = 2
try policy.write(folder.policy, in: files)
let now = PermitTime(Date())
let approvals = try ApprovalBook(folder: folder, site: site, federation: federation)
let computation = try approvals.submit(name: "cox", version: "2", content: Array("cox regression\n".utf8))
try approvals.judge(computation.hash, .approved, by: members[0], of: committee, time: now)
let audit = try AuditLog(path: place + "/gate.log")
let gate = TaskGate(
    folder: folder, book: book, approvals: approvals, ledger: try BudgetLedger(path: folder.ledger), audit: audit)
let holder = try require(PersonID("local:rosa"))
let permit = try Permit(
    id: PermitID(random: .system), federation: federation, site: site, request: "R-1", holders: [PermitHolder(holder)],
    asker: .hub, purposes: [.scientificResearch], dataSets: ["mama"],
    cohort: try CohortQuery(text: "modality = MR and sex = F"), computations: [computation], outputs: [.statistics],
    thresholds: .standard, budget: PrivacyBudget(epsilon: 1000), placement: .here, from: now,
    until: now.advanced(by: 86_400), signaturesNeeded: 2)
try await book.add(SignedPermit(permit))
for member in members { try await book.sign(permit.id, with: member, policy: policy) }

var times: [Double] = []
let cohort = try CohortQuery(text: "sliceThickness < 2 and sex = F and modality = MR")
for _ in 0..<decisions {
    let claim = TaskClaim(
        id: MessageID(random: .system), permit: permit.id, holder: holder, purpose: .scientificResearch,
        computation: computation, dataSets: ["mama"], cohort: cohort, outputs: [.statistics],
        cost: PrivacyBudget(epsilon: 0.001), until: permit.until)
    let origin = TaskOrigin(message: MessageID(random: .system), sender: .hub)
    let started = ContinuousClock.now
    let decision = await gate.decide(claim, from: origin, running: computation.hash)
    times.append((ContinuousClock.now - started) / .milliseconds(1))
    guard case .allowed = decision else { throw Missing() }
}
times.sort()
func text(_ value: Double) -> String { String(format: "%.3f", value) }
print("decisions: \(decisions), each with two members' signatures, an approval, a budget and an audit entry")
print(
    "  median \(text(times[times.count / 2])) ms, p99 \(text(times[times.count * 99 / 100])) ms (wanted: median below 2 ms)"
)

let long = try AuditLog(path: place + "/long.log")
for number in 1..<entries {
    try long.record(
        AuditEvent(
            .gateAllowed, site: .hub, message: MessageID(random: .system), digest: computation.hash, count: number,
            permit: permit.id.message))
}
try await long.flush()
let started = ContinuousClock.now
let report = try AuditLog.verify(path: place + "/long.log")
let seconds = (ContinuousClock.now - started) / .seconds(1)
guard report.problem == nil, report.entries == entries else { throw Missing() }
print("audit log: \(entries) entries, chain and Merkle root verified in \(text(seconds)) s (wanted: below 10 s)")
