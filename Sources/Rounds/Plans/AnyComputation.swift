import FoundationEssentials

/// A computation whose types are forgotten: plan, state and outcome are JSON, as they travel and are stored.
public struct AnyComputation: Sendable {
    /// The name and version that permits approve: `cox@1`.
    public let code: String
    public let variables: [String]
    public let needsMasking: Bool

    public let start: @Sendable (Schema) throws(RoundsError) -> [UInt8]
    public let layout: @Sendable (_ state: [UInt8]) throws(RoundsError) -> Layout
    public let parameters: @Sendable (_ state: [UInt8]) throws(RoundsError) -> Int
    public let local: @Sendable (CohortTable, _ state: [UInt8]) throws(RoundsError) -> Contribution
    public let combine:
        @Sendable (Contribution, _ state: [UInt8], CombineContext) throws(RoundsError) -> Step<[UInt8], [UInt8]>
    /// An outcome's JSON as tables for people; none where the computation makes none.
    public let tables: @Sendable (_ outcome: [UInt8]) throws(RoundsError) -> [ResultTable]
    /// An outcome's JSON as pictures; none where the computation makes none.
    public let pictures: @Sendable (_ outcome: [UInt8]) throws(RoundsError) -> [Picture]

    public init<Computation: FederatedComputation>(_ computation: Computation) {
        code = Computation.code
        variables = computation.variables
        needsMasking = computation.needsMasking
        start = { (schema) throws(RoundsError) in try Self.write(try computation.start(schema)) }
        layout = { (state) throws(RoundsError) in
            let layout = try computation.layout(try Self.read(Computation.State.self, state))
            guard layout.count <= Layout.maximumValues else {
                throw .plan("a round of it would send \(layout.count) numbers; \(Layout.maximumValues) are the most")
            }
            return layout
        }
        parameters = { (state) throws(RoundsError) in
            computation.parameters(try Self.read(Computation.State.self, state))
        }
        local = { (table, state) throws(RoundsError) in
            try computation.local(table, try Self.read(Computation.State.self, state))
        }
        combine = { (sum, state, context) throws(RoundsError) in
            switch try computation.combine(sum, try Self.read(Computation.State.self, state), context) {
            case .next(let next): return .next(try Self.write(next))
            case .done(let outcome): return .done(try Self.write(outcome))
            }
        }
        tables = { (outcome) throws(RoundsError) in
            (try Self.read(Computation.Outcome.self, outcome) as? any TabularOutcome)?.tables ?? []
        }
        pictures = { (outcome) throws(RoundsError) in
            (try Self.read(Computation.Outcome.self, outcome) as? any PicturedOutcome)?.pictures ?? []
        }
    }

    /// From a plan's JSON.
    init<Computation: FederatedComputation>(
        _ type: Computation.Type, plan: [UInt8]
    ) throws(RoundsError) {
        let decoder = JSONDecoder()
        do {
            self.init(try decoder.decode(type, from: Data(plan)))
        } catch let error as RoundsError {
            throw error
        } catch let error as DecodingError {
            throw .plan(error.explanation)
        } catch {
            throw .plan("it is not the JSON of \(Computation.code)")
        }
    }

    static func write(_ value: some Encodable) throws(RoundsError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do { return [UInt8](try encoder.encode(value)) } catch { throw .numerical("a result cannot be written down") }
    }

    static func read<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) throws(RoundsError) -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do { return try decoder.decode(type, from: Data(bytes)) } catch {
            throw .shape("a round's state cannot be read")
        }
    }
}

extension FederatedComputation {
    /// `name@version`.
    public static var code: String { "\(name)@\(version)" }
}

extension DecodingError {
    /// What is wrong with somebody's JSON, and where.
    var explanation: String {
        let (context, what) =
            switch self {
            case .keyNotFound(let key, let context): (context, "`\(key.stringValue)` is missing")
            case .valueNotFound(_, let context): (context, "a value is missing")
            case .typeMismatch(_, let context): (context, "a value is of the wrong type")
            case .dataCorrupted(let context): (context, context.debugDescription)
            @unknown default: (DecodingError.Context(codingPath: [], debugDescription: ""), "it cannot be read")
            }
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        return path.isEmpty ? what : "\(what) (at \(path))"
    }
}
