import Crypto
import Glibc

/// Who shares masks and secrets with whom.
///
/// Up to ``completeUpTo`` sites everybody with everybody (Bonawitz et al. 2017). Above, each with `degree` others: a
/// circle in an order that the seed shuffles, each joined to the nearest on both sides (Bell et al. 2020, SecAgg+).
/// The degree is the least for which, with a third of the sites colluding and three tenths dropping out,
/// - no honest site has ``shareThreshold`` colluding neighbours, but for a chance of 2^-40 over all sites;
/// - every site keeps that many surviving neighbours, but for a chance of 2^-30;
/// - the honest survivors stay in one piece, but for a chance of 2^-40: no run of degree/2 places on the circle is all
///   colluding or gone.
/// The first two are tails of hypergeometric distributions (Bell et al., section 3.2), computed and not estimated.
public struct NeighbourGraph: Sendable, Equatable {
    /// The most sites that share everybody with everybody.
    public static let completeUpTo = 100
    static let corruptPart = 1.0 / 3
    static let dropPart = 0.3
    static let securityBits = 40.0
    static let correctnessBits = 30.0

    public let sites: Int
    /// How many neighbours a site has.
    public let degree: Int
    /// How many shares give a secret back.
    public let shareThreshold: Int
    /// The place of each site on the circle, and the site at each place; empty where everybody is a neighbour.
    private let spot: [Int]
    private let order: [Int]

    init(sites: Int, seed: [UInt8]) {
        self.sites = sites
        let sparse = sites > Self.completeUpTo ? Self.parameters(sites) : nil
        degree = sparse?.degree ?? max(0, sites - 1)
        shareThreshold = sparse?.threshold ?? Roster.threshold(of: sites)
        guard sparse != nil else {
            spot = []
            order = []
            return
        }
        let order = Self.shuffled(sites, seed)
        var spot = [Int](repeating: 0, count: sites)
        for (place, site) in order.enumerated() { spot[site] = place }
        self.order = order
        self.spot = spot
    }

    /// The neighbours of a site, rising; empty for a place that is not in the roster.
    public func neighbours(of site: Int) -> [Int] {
        guard (0..<sites).contains(site) else { return [] }
        guard !order.isEmpty else { return (0..<sites).filter { $0 != site } }
        let here = spot[site]
        var result: [Int] = []
        for step in 1...max(1, degree / 2) {
            result.append(order[(here + step) % sites])
            result.append(order[(here + sites - step) % sites])
        }
        return result.sorted()
    }

    public func areNeighbours(_ one: Int, _ other: Int) -> Bool {
        guard (0..<sites).contains(one), (0..<sites).contains(other), one != other else { return false }
        guard !order.isEmpty else { return true }
        let distance = abs(spot[one] - spot[other])
        return min(distance, sites - distance) <= degree / 2
    }

    /// The sites in an order that the seed decides (Fisher and Yates).
    private static func shuffled(_ sites: Int, _ seed: [UInt8]) -> [Int] {
        var order = Array(0..<sites)
        var digest = seed
        var draws: [UInt64] = []
        for index in stride(from: sites - 1, to: 0, by: -1) {
            if draws.isEmpty {
                digest = Array(SHA256.hash(data: digest))
                draws = (0..<4).map { part in
                    digest[part * 8..<part * 8 + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                }
            }
            // 64 bits over at most 2^16 places: uneven by less than 2^-48.
            let draw = draws.removeLast()
            order.swapAt(index, Int(draw % UInt64(index + 1)))
        }
        return order
    }

    /// The least even degree with its threshold, or nil where only everybody with everybody will do.
    static func parameters(_ sites: Int) -> (degree: Int, threshold: Int)? {
        var logFactorial = [0.0]
        for number in 1...max(1, sites) { logFactorial.append(logFactorial[number - 1] + log(Double(number))) }
        let corrupt = Int(Double(sites - 1) * corruptPart)
        let surviving = sites - Int(Double(sites) * dropPart) - 1
        let tailBits = log2(Double(sites))
        let gone = min(0.99, corruptPart + dropPart)
        for degree in stride(from: 4, to: sites - 1, by: 2) {
            // Two runs of degree/2 must be broken to cut the circle; one is already counted as failure.
            guard tailBits + Double(degree / 2) * log2(gone) < -securityBits else { continue }
            let bad = Hypergeometric(logFactorial, of: sites - 1, marked: corrupt, drawn: degree)
            guard let threshold = bad.leastAbove(exp2(-securityBits - tailBits)) else { continue }
            let good = Hypergeometric(logFactorial, of: sites - 1, marked: surviving, drawn: degree)
            if good.below(threshold) < exp2(-correctnessBits - tailBits) { return (degree, threshold) }
        }
        return nil
    }
}

/// How many marked ones are among those drawn without putting back.
private struct Hypergeometric {
    private var chances: [Double] = []

    init(_ logFactorial: [Double], of all: Int, marked: Int, drawn: Int) {
        func choose(_ n: Int, _ k: Int) -> Double? {
            k < 0 || k > n ? nil : logFactorial[n] - logFactorial[k] - logFactorial[n - k]
        }
        let ways = choose(all, drawn) ?? 0
        for count in 0...drawn {
            if let some = choose(marked, count), let rest = choose(all - marked, drawn - count) {
                chances.append(exp(some + rest - ways))
            } else {
                chances.append(0)
            }
        }
    }

    /// The least number for which the chance of so many or more is below `chance`; nil where there is none.
    func leastAbove(_ chance: Double) -> Int? {
        var tail = 0.0
        for (count, mass) in chances.enumerated().reversed() {
            tail += mass
            if tail >= chance { return count + 1 < chances.count ? count + 1 : nil }
        }
        return 1
    }

    /// The chance of fewer.
    func below(_ number: Int) -> Double { chances.prefix(number).reduce(0, +) }
}
