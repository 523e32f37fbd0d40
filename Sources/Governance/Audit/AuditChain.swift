import Crypto
import Federation
import FoundationEssentials
import Runtime

/// Follows a log line by line and finds the first place where it is not as it was written. Pure.
///
/// A crash can leave a torn line at the end. The next process ends it with a line feed and writes an entry
/// `log.repaired` that names the SHA-256 of the torn bytes, so that what happened stays visible; here such bytes are
/// passed over when that entry follows, and only then.
struct AuditChain: Sendable {
    /// The number and the hash of the last good entry.
    private(set) var sequence = 0
    private(set) var last = AuditLine.none
    /// The same hash as bytes; empty before the first entry.
    private(set) var lastHash: [UInt8] = []
    /// Lines that are no entries, with their line feeds, waiting for the entry that explains them.
    private(set) var torn: [UInt8] = []
    private var problem: AuditProblem?

    /// The longest piece of garbage that is kept; more than a crash leaves is no torn line.
    private static let longestTorn = 1 << 20

    /// Takes the next line, without its line feed.
    mutating func take(_ line: ArraySlice<UInt8>) -> AuditProblem? {
        if let problem { return problem }
        problem = judge(line)
        return problem
    }

    /// Judges the end of the file: `rest` is what stands after the last line feed.
    mutating func end(_ rest: ArraySlice<UInt8>) -> AuditProblem? {
        if let problem { return problem }
        if !torn.isEmpty || !rest.isEmpty { return AuditProblem(entry: sequence + 1, kind: .unreadable) }
        return nil
    }

    private mutating func judge(_ line: ArraySlice<UInt8>) -> AuditProblem? {
        let number = sequence + 1
        guard let links = AuditLine.links(line) else {
            guard torn.count + line.count < Self.longestTorn else {
                return AuditProblem(entry: number, kind: .unreadable)
            }
            torn.append(contentsOf: line)
            torn.append(UInt8(ascii: "\n"))
            return nil
        }
        guard links.sequence == number else {
            return AuditProblem(entry: number, kind: torn.isEmpty ? .outOfOrder : .unreadable)
        }
        guard links.previous.elementsEqual(last.utf8) else {
            return AuditProblem(entry: number, kind: torn.isEmpty ? .brokenChain : .unreadable)
        }
        if !torn.isEmpty {
            // The line feed that ended the torn line is not part of it.
            let digest = Digest(sha256: Array(torn.dropLast()))
            let proof = "\"kind\":\"\(AuditEvent.Kind.repaired)\",\"digest\":\"\(digest)\"}"
            guard String(decoding: line, as: UTF8.self).hasSuffix(proof) else {
                return AuditProblem(entry: number, kind: .unreadable)
            }
            torn = []
        }
        sequence = number
        lastHash = AuditLine.leaf(line)
        last = Hex.text(lastHash)
        return nil
    }
}
