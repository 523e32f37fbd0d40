/// How much may be learnt of a site's patients for one project, and how much has been.
public struct PrivacyBudget: Sendable, Equatable, Codable {
    public var epsilon: Double
    public var delta: Double

    public init(epsilon: Double, delta: Double) {
        self.epsilon = epsilon
        self.delta = delta
    }
}

/// The accounts of a site (or of a hub, for many): a budget for each project, and every release that was charged to it.
///
/// A release is charged before it leaves. It is known by its name (run and round), so that a run which resumes after a
/// crash is charged once; what was released must then be kept and sent again, not drawn again.
public struct PrivacyLedger: Sendable, Equatable, Codable {
    /// A line of an account.
    public struct Entry: Sendable, Equatable, Codable {
        /// Run and round, such as `6f2a…/12`.
        public let name: String
        public let release: PrivacyRelease
    }

    public struct Account: Sendable, Equatable, Codable {
        public let project: String
        public let site: String
        public internal(set) var budget: PrivacyBudget
        public internal(set) var entries: [Entry]

        /// The epsilon that is spent, with the budget's delta, as the Rényi accountant bounds it.
        public func spent() throws(RoundsError) -> Double {
            try RenyiAccountant(entries.map(\.release)).epsilon(delta: budget.delta)
        }
    }

    public private(set) var accounts: [Account] = []

    public init() {}

    public func account(project: String, site: String) -> Account? {
        accounts.first { $0.project == project && $0.site == site }
    }

    /// Gives a project a budget, or another one; what was spent stays spent.
    public mutating func setBudget(
        _ budget: PrivacyBudget, project: String, site: String
    ) throws(RoundsError) {
        guard budget.epsilon > 0, budget.epsilon.isFinite, budget.delta > 0, budget.delta < 1 else {
            throw .plan("a privacy budget needs an epsilon above 0 and a delta between 0 and 1")
        }
        if let place = accounts.firstIndex(where: { $0.project == project && $0.site == site }) {
            accounts[place].budget = budget
        } else {
            accounts.append(Account(project: project, site: site, budget: budget, entries: []))
        }
    }

    /// Charges a release, or refuses it and changes nothing.
    ///
    /// - Returns: the epsilon spent afterwards.
    /// - Throws: ``RoundsError/budget(_:)`` where there is no budget, or too little left.
    public mutating func spend(
        _ release: PrivacyRelease, name: String, project: String, site: String
    ) throws(RoundsError) -> Double {
        guard let place = accounts.firstIndex(where: { $0.project == project && $0.site == site }) else {
            throw .budget("\(site) has set no budget for \(project)")
        }
        if let charged = accounts[place].entries.first(where: { $0.name == name }) {
            guard charged.release == release else {
                throw .budget("\(name) was charged before, as another release")
            }
            return try accounts[place].spent()
        }
        var account = accounts[place]
        account.entries.append(Entry(name: name, release: release))
        let spent = try account.spent()
        guard spent <= account.budget.epsilon else {
            let before = try accounts[place].spent()
            throw .budget(
                "\(site) allows \(project) an epsilon of \(account.budget.epsilon); \(Self.rounded(before)) is spent, and"
                    + " the next release would make it \(Self.rounded(spent)). Ask for less noise-sensitive results,"
                    + " fewer rounds, or a larger budget")
        }
        accounts[place] = account
        return spent
    }

    /// Three digits after the point.
    private static func rounded(_ value: Double) -> String {
        value.isFinite && abs(value) < 1e9 ? "\((value * 1000).rounded() / 1000)" : "\(value)"
    }
}
