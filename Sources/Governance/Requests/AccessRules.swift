public import Federation
import Yams

/// What a federation and its sites have settled about access: how long each has, how many must agree, and the terms of
/// use of each data set.
///
/// ```
/// days: {operator: 10, site: 60}
/// sites:
///   hospital-de-ponent:
///     votes: 2
///     terms: [HMB, NPU]                # of everything that the site has
///     data_sets:
///       breast-mri: [DS MONDO:0007254, IRB]
/// ```
public struct AccessRules: Sendable, Equatable {
    public var rules = RequestRules()
    /// Terms of a site as a whole.
    var terms: [SiteID: [DataUseTerm]] = [:]
    /// Terms of one data set; they hold instead of the site's.
    var dataSetTerms: [SiteID: [String: [DataUseTerm]]] = [:]

    public init() {}

    /// The terms of a data set; of the site as a whole where none is named.
    public func terms(of dataSet: String?, at site: SiteID) -> [DataUseTerm] {
        dataSet.flatMap { dataSetTerms[site]?[$0] } ?? terms[site] ?? []
    }

    /// Reads the rules from the text of their file.
    public init(yaml: String) throws(FormError) {
        guard yaml.utf8.count <= 1 << 20 else { throw FormError("it is larger than 1 MiB") }
        let root: Node?
        do { root = try Yams.compose(yaml: yaml) } catch { throw FormError("it is not YAML: \(error)") }
        guard let root, root.null == nil else { return }
        for (name, node) in try Self.members(root, "it") {
            switch name {
            case "days": try takeDays(node)
            case "sites":
                for (site, node) in try Self.members(node, "`sites`") { try take(node, site) }
            default: throw FormError("`\(name.prefix(60))` is not known; known are days and sites")
            }
        }
    }

    private mutating func takeDays(_ node: Node) throws(FormError) {
        for (name, node) in try Self.members(node, "`days`") {
            guard let days = node.int, (1...3650).contains(days) else {
                throw FormError("`days.\(name.prefix(60))` should be 1 to 3650")
            }
            switch name {
            case "draft": rules.draftDays = days
            case "operator": rules.operatorDays = days
            case "site": rules.siteDays = days
            case "unreachable": rules.unreachableDays = days
            case "applicant": rules.applicantDays = days
            case "pause": rules.pauseDays = days
            case "reminder": rules.reminderDays = days
            default: throw FormError("`days.\(name.prefix(60))` is not known")
            }
        }
    }

    private mutating func take(_ node: Node, _ name: String) throws(FormError) {
        guard let site = SiteID(name) else { throw FormError("\"\(name.prefix(60))\" is not the id of a site") }
        for (key, node) in try Self.members(node, "`sites.\(name)`") {
            switch key {
            case "votes":
                guard let votes = node.int, (1...9).contains(votes) else {
                    throw FormError("`sites.\(name).votes` should be 1 to 9")
                }
                rules.votes[site] = votes
            case "terms": terms[site] = try Self.terms(node, "`sites.\(name).terms`")
            case "data_sets":
                for (dataSet, node) in try Self.members(node, "`sites.\(name).data_sets`") {
                    dataSetTerms[site, default: [:]][dataSet] = try Self.terms(
                        node, "the terms of \(dataSet.prefix(60))")
                }
            default: throw FormError("`sites.\(name).\(key.prefix(60))` is not known")
            }
        }
    }

    private static func terms(_ node: Node, _ what: String) throws(FormError) -> [DataUseTerm] {
        guard let texts = node.sequence, texts.count <= 50 else {
            throw FormError("\(what) should be a list, as in [HMB, IRB]")
        }
        var terms: [DataUseTerm] = []
        for text in texts {
            do { terms.append(try DataUseTerm(text.string ?? "")) } catch { throw FormError("\(what): \(error)") }
        }
        return terms
    }

    private static func members(_ node: Node, _ what: String) throws(FormError) -> [(String, Node)] {
        guard let mapping = node.mapping, mapping.count <= 2_000 else {
            throw FormError("\(what) should consist of `name: value` lines")
        }
        var members: [(String, Node)] = []
        for (key, value) in mapping {
            guard let name = key.string else { throw FormError("a name in \(what) is not a word") }
            members.append((name, value))
        }
        return members
    }
}
