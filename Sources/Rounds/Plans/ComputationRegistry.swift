/// The computations that this version knows, by name: the same list at the hub and at every site.
public enum ComputationRegistry {
    typealias Maker = @Sendable (_ plan: [UInt8]) throws(RoundsError) -> AnyComputation

    static func maker<Computation: FederatedComputation>(_ type: Computation.Type) -> (String, Maker) {
        (Computation.name, { (plan) throws(RoundsError) in try AnyComputation(type, plan: plan) })
    }

    /// One line a computation.
    static let makers: [String: Maker] = Dictionary(
        uniqueKeysWithValues: [
            maker(RowCount.self)
        ])

    public static var names: [String] { makers.keys.sorted() }

    /// A computation from its name and its plan's JSON.
    public static func computation(_ name: String, plan: [UInt8]) throws(RoundsError) -> AnyComputation {
        guard let maker = makers[name] else {
            throw .plan("there is no computation called \(name.prefix(40)); there are \(names.joined(separator: ", "))")
        }
        return try maker(plan)
    }
}
