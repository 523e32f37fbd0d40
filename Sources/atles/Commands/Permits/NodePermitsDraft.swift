import ArgumentParser
import Cohort
import Federation
import Foundation
import Governance
import Node
import Runtime

extension NodePermits {
    struct Draft: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes a permit of this site for a request that was granted, for the committee to sign.",
            discussion: """
                Takes it in at once; `atles node permits sign` puts a member's signature on it. Computations are named as \
                `atles node approvals list` shows them, such as cox@1: the permit holds the hash of exactly that code.
                Example:
                  atles node permits draft --request R-2026-7 --holder local:ada --computation cox@1 --days 365
                """)

        @OptionGroup var location: NodeFolderOption

        @Option(help: "The access request that was granted.") var request: String
        @Option(help: ArgumentHelp("Who may use it; can be given several times.", valueName: "person"))
        var holder: [String]
        @Option(help: ArgumentHelp("What may be computed; can be given several times.", valueName: "name@version"))
        var computation: [String]
        @Option(help: "What for; can be given several times.") var purpose: [String] = ["scientific-research"]
        @Option(
            help: ArgumentHelp(
                "A data set; everything that this site holds, where none is named.", valueName: "name"))
        var dataSet: [String] = []
        @Option(help: ArgumentHelp("Whose data; everybody's, where it is missing.", valueName: "condition"))
        var cohort: String?
        @Option(help: "For how many days from now.") var days: Int = 365
        @Option(help: "How many members have to sign.") var signatures: Int = 1

        func run() async throws {
            try await explained {
                let governance = try Node.open(location.nodeFolder).governance()
                let permit = try permit(governance)
                try await governance.book.add(SignedPermit(permit))
                print(
                    "\(permit.id) waits for \(permit.signaturesNeeded) signature\(permit.signaturesNeeded == 1 ? "" : "s"):"
                )
                print("  atles node permits show \(permit.id)")
                print("  atles node permits sign \(permit.id) --as MEMBER")
            }
        }

        private func permit(_ governance: NodeGovernance) throws -> Permit {
            let known = try governance.approvals.submitted()
            let computations = try computation.map { name in
                guard let reference = known.first(where: { $0.description == name }) else {
                    throw Refusal(
                        "no code called \(Terminal.plain(name)) was submitted here: `atles node approvals` lists it")
                }
                return reference
            }
            let purposes = try purpose.map { text in
                guard let purpose = EHDSPurpose(rawValue: text) else {
                    throw Refusal(
                        "a purpose is one of \(EHDSPurpose.allCases.map(\.rawValue).joined(separator: ", "))")
                }
                return purpose
            }
            guard (1...3652).contains(days) else { throw Refusal("a permit lasts 1 to 3652 days") }
            let policy = try governance.policy()
            let from = governance.now
            guard let until = PermitTime(seconds: from.seconds + Int64(days) * 86_400) else {
                throw Refusal("the permit would end too late")
            }
            return try Permit(
                id: governance.newPermit(), federation: governance.federation, site: governance.site, request: request,
                holders: try holder.map { PermitHolder(try PersonArgument.id($0)) }, asker: .hub, purposes: purposes,
                dataSets: dataSet.isEmpty ? [governance.site.description] : dataSet,
                cohort: try cohort.map { try CohortQuery(text: $0) }, computations: computations,
                outputs: [.counts, .statistics], thresholds: policy.thresholds, budget: nil, placement: .here,
                from: from,
                until: until, signaturesNeeded: max(signatures, policy.signaturesNeeded))
        }
    }
}
