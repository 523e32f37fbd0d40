import Cohort
import Federation
import FoundationEssentials

/// A permit as an agreement of ODRL 2.2 (W3C's Open Digital Rights Language), in JSON-LD.
///
/// It is for other systems to read. What counts at a node is the permit itself with its signatures; the agreement names
/// its digest.
public struct PermitODRL: Sendable {
    private let permit: Permit

    public init(_ permit: Permit) { self.permit = permit }

    /// Names of ours that the context of ODRL does not have, below the federation's own address of names.
    private static let names = "https://w3id.org/atles/terms#"

    private struct Agreement: Encodable {
        var context: [Context]
        var type = "Agreement"
        var uid: String
        var profile: String
        var conformsTo: String
        var digest: String
        var permission: [Rule]
        var prohibition: [Rule]

        enum CodingKeys: String, CodingKey {
            case context = "@context"
            case type = "@type"
            case conformsTo = "dct:conformsTo"
            case digest = "atles:digest"
            case uid, profile, permission, prohibition
        }
    }

    private enum Context: Encodable {
        case address(String)
        case prefixes([String: String])

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .address(let text): try container.encode(text)
            case .prefixes(let map): try container.encode(map)
            }
        }
    }

    private struct Rule: Encodable {
        var target: [String]
        var assigner: String
        var assignee: [String]
        var action: String
        var constraint: [Constraint] = []
        var duty: [Duty]?
    }

    private struct Duty: Encodable {
        var action: String
        var constraint: [Constraint]?
    }

    private struct Constraint: Encodable {
        var leftOperand: String
        var `operator`: String
        var rightOperand: Operand
    }

    private enum Operand: Encodable {
        case text(String)
        case texts([String])
        case number(Int)
        case decimal(Double)
        case time(PermitTime)

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .text(let text): try text.encode(to: encoder)
            case .texts(let texts): try texts.encode(to: encoder)
            case .number(let number): try number.encode(to: encoder)
            case .decimal(let number): try number.encode(to: encoder)
            case .time(let time): try ["@value": "\(time)", "@type": "xsd:dateTime"].encode(to: encoder)
            }
        }
    }

    /// The JSON-LD document, with sorted keys.
    public func json() throws(PermitError) -> [UInt8] {
        let agreement = Agreement(
            context: [
                .address("http://www.w3.org/ns/odrl.jsonld"),
                .prefixes([
                    "atles": Self.names, "dct": "http://purl.org/dc/terms/",
                    "xsd": "http://www.w3.org/2001/XMLSchema#",
                ]),
            ],
            uid: "urn:atles:permit:\(permit.id)", profile: Self.names + "data-permit",
            conformsTo: "http://data.europa.eu/eli/reg/2025/327/oj", digest: "\(permit.digest)",
            permission: [permission], prohibition: [prohibition])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(agreement) else { throw .unreadable(path: nil) }
        return [UInt8](data)
    }

    private var targets: [String] { permit.dataSets.map { "urn:atles:data-set:\(permit.site):\($0)" } }
    private var assigner: String { "urn:atles:party:\(permit.site)" }
    private var assignees: [String] { permit.holders.map { "urn:atles:person:\($0.person)" } }

    private var permission: Rule {
        var constraints = [
            Constraint(
                leftOperand: "purpose", operator: "isAnyOf",
                rightOperand: .texts(permit.purposes.map { "atles:ehds-\($0.rawValue)" })),
            Constraint(leftOperand: "dateTime", operator: "gteq", rightOperand: .time(permit.from)),
            Constraint(leftOperand: "dateTime", operator: "lt", rightOperand: .time(permit.until)),
            Constraint(
                leftOperand: "atles:computation", operator: "isAnyOf",
                rightOperand: .texts(permit.computations.map { "urn:sha256:\($0.hash)" })),
            Constraint(
                leftOperand: "atles:output", operator: "isAnyOf",
                rightOperand: .texts(permit.outputs.map { "atles:\($0.rawValue)" })),
            Constraint(
                leftOperand: "atles:smallestCell", operator: "gteq",
                rightOperand: .number(permit.thresholds.smallestCell)),
            Constraint(
                leftOperand: "systemDevice", operator: "isAnyOf", rightOperand: .texts(places)),
        ]
        if let cohort = permit.cohort {
            constraints.append(
                Constraint(
                    leftOperand: "atles:cohort", operator: "isPartOf",
                    rightOperand: .text(CohortQuery(condition: cohort.condition).text)))
        }
        if let budget = permit.budget {
            constraints.append(
                Constraint(leftOperand: "atles:epsilon", operator: "lteq", rightOperand: .decimal(budget.epsilon)))
            constraints.append(
                Constraint(leftOperand: "atles:delta", operator: "lteq", rightOperand: .decimal(budget.delta)))
        }
        return Rule(
            target: targets, assigner: assigner, assignee: assignees, action: "aggregate", constraint: constraints,
            duty: [Duty(action: "anonymize")])
    }

    private var places: [String] {
        var places = ["urn:atles:party:\(permit.site)"]
        if case .alsoAt(let nodes) = permit.placement { places += nodes.map { "urn:atles:party:\($0)" } }
        return places
    }

    /// Data themselves never leave; nobody is to be identified (article 61 of the regulation).
    private var prohibition: Rule {
        Rule(target: targets, assigner: assigner, assignee: assignees, action: "distribute")
    }
}
