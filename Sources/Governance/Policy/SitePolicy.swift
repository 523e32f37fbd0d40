public import Federation
import FoundationEssentials
public import Runtime

/// The site's own rule: what no permit at this site goes beyond.
public struct SitePolicy: Sendable, Hashable, Codable {
    /// How many members sign a permit; 2 is the two-person rule.
    public var signaturesNeeded = 1
    public var thresholds = PermitThresholds.standard
    public var purposes = EHDSPurpose.allCases
    public var outputs = OutputKind.allCases
    /// Outputs that wait in the airlock until a member releases them.
    public var held: [OutputKind] = [.models]
    /// Compute nodes that may work for this site.
    public var computeNodes: [SiteID] = []
    /// The largest budget of one permit; nil for no limit.
    public var largestBudget: PrivacyBudget?
    /// Whether every permit has to have a budget.
    public var needsBudget = false
    /// Whether tasks need the data user's own signature.
    public var needsHolderKeys = false
    /// Days that a permit lasts at most.
    public var longestDays = 3652

    public init() {}

    /// Whether a permit stays within the rule.
    public func check(_ permit: Permit) throws(PermitError) {
        guard permit.thresholds.isAtLeastAsStrict(as: thresholds) else {
            throw .beyondPolicy("its thresholds are laxer than the site's")
        }
        guard Set(permit.purposes).isSubset(of: purposes) else {
            throw .beyondPolicy("a purpose is not one for which this site gives data")
        }
        guard Set(permit.outputs).isSubset(of: outputs) else {
            throw .beyondPolicy("a kind of output does not leave this site")
        }
        if case .alsoAt(let nodes) = permit.placement, !Set(nodes).isSubset(of: computeNodes) {
            throw .beyondPolicy("this site lets no such compute node work for it")
        }
        if needsBudget, permit.budget == nil { throw .beyondPolicy("it has no privacy budget") }
        if let largestBudget, let budget = permit.budget, budget.tightened(by: largestBudget) != budget {
            throw .beyondPolicy("its privacy budget is larger than the site's largest")
        }
        if needsHolderKeys, permit.holders.contains(where: { $0.key == nil }) {
            throw .beyondPolicy("a data user has no key of their own in it")
        }
        guard permit.until.seconds - permit.from.seconds <= Int64(clamping: longestDays) * 86_400 else {
            throw .beyondPolicy("it lasts longer than \(longestDays) days")
        }
    }

    // MARK: The file

    /// The rule at `path`; the standard one where there is none.
    public static func read(_ path: String, in files: any FileSystem) throws(PermitError) -> SitePolicy {
        do {
            guard try files.exists(path) else { return SitePolicy() }
            let policy = try JSONDecoder().decode(SitePolicy.self, from: Data(try files.read(path, limit: 1 << 20)))
            guard (1...PermitLimits.signatures).contains(policy.signaturesNeeded),
                (1...3652).contains(policy.longestDays)
            else { throw PermitError.unreadable(path: path) }
            return policy
        } catch let error as FileError {
            throw .file(error)
        } catch {
            throw .unreadable(path: path)
        }
    }

    public func write(_ path: String, in files: any FileSystem) throws(PermitError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        guard let bytes = try? encoder.encode(self) else { throw .unreadable(path: path) }
        do { try files.writeAtomically([UInt8](bytes), to: path, mode: 0o600) } catch { throw .file(error) }
    }
}
