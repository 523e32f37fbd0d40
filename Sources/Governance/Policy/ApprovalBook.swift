public import Federation
import FoundationEssentials
public import Runtime

/// Which code may run at this site: approvals by content hash, the content that was looked at, and its difference to the
/// version approved before. Files in a folder at the node.
///
/// - `HASH.content` is what was submitted, `HASH.reference.json` its name and version, `HASH.approval.json` the judgement.
public struct ApprovalBook: Sendable {
    /// The largest content that is kept for review. Of a larger one (an image) its manifest is submitted.
    public static let largestContent = 8 << 20

    private let folder: String
    public let site: SiteID
    public let federation: String
    private let files: any FileSystem

    public init(
        folder: GovernanceFolder, site: SiteID, federation: String, files: any FileSystem = PosixFileSystem()
    ) throws(PermitError) {
        self.folder = folder.approvals
        self.site = site
        self.federation = federation
        self.files = files
        do { try files.createDirectory(folder.approvals, mode: 0o700) } catch { throw .file(error) }
    }

    /// Puts code where reviewers find it. Its hash is computed here.
    @discardableResult
    public func submit(name: String, version: String, content: [UInt8]) throws(PermitError) -> ComputationReference {
        guard content.count <= Self.largestContent else {
            throw .content("the code is larger than \(Self.largestContent) bytes: submit its manifest")
        }
        guard let reference = ComputationReference(name: name, version: version, hash: Digest(sha256: content)) else {
            throw .content("a computation's name and version are letters, digits and `._-/:`")
        }
        do {
            guard try !files.exists(path(reference.hash, "reference.json")) else {
                guard try self.reference(reference.hash) == reference else {
                    throw PermitError.content("the same code is known here under another name")
                }
                return reference
            }
            try files.writeAtomically(content, to: path(reference.hash, "content"), mode: 0o600)
            try files.writeAtomically(
                try Self.json(reference), to: path(reference.hash, "reference.json"), mode: 0o600)
        } catch let error as PermitError {
            throw error
        } catch let error as FileError {
            throw .file(error)
        } catch {
            throw .unreadable(path: nil)
        }
        return reference
    }

    /// What was submitted, judged or not, in the order of names.
    public func submitted() throws(PermitError) -> [ComputationReference] {
        let names: [String]
        do { names = try files.list(folder) } catch { throw .file(error) }
        var found: [ComputationReference] = []
        for name in names where name.hasSuffix(".reference.json") {
            guard let hash = Digest(String(name.prefix(64))), let reference = try reference(hash) else { continue }
            found.append(reference)
        }
        return found.sorted()
    }

    public func content(_ hash: Digest) throws(PermitError) -> [UInt8] {
        do { return try files.read(path(hash, "content"), limit: Self.largestContent) } catch { throw .file(error) }
    }

    public func reference(_ hash: Digest) throws(PermitError) -> ComputationReference? {
        try read(ComputationReference.self, path(hash, "reference.json"))
    }

    /// The judgement of a piece of code; nil where there is none.
    public func approval(_ hash: Digest) throws(PermitError) -> CodeApproval? {
        try read(CodeApproval.self, path(hash, "approval.json"))
    }

    /// The version of the same name that was approved last, by the reviewers' times.
    public func approvedBefore(_ reference: ComputationReference) throws(PermitError) -> ComputationReference? {
        var last: CodeApproval?
        for other in try submitted() where other.name == reference.name && other.hash != reference.hash {
            guard let approval = try approval(other.hash), approval.verdict == .approved else { continue }
            if approval.at >= last?.at ?? approval.at { last = approval }
        }
        return last?.computation
    }

    /// What a reviewer reads: the difference to the version approved before, or the whole where there is none.
    public func difference(_ reference: ComputationReference) throws(PermitError) -> String {
        let now = try content(reference.hash)
        let before = try approvedBefore(reference).map { old throws(PermitError) in try content(old.hash) }
        return CodeDifference.text(from: before ?? [], to: now)
    }

    /// Writes down a member's judgement, with the difference that they saw. A later judgement replaces it.
    @discardableResult
    public func judge(
        _ hash: Digest, _ verdict: CodeApproval.Verdict, by key: MemberKey, of committee: Committee, time: PermitTime
    ) throws(PermitError) -> CodeApproval {
        guard let member = committee.member(key.person), try member.key == key.publicKey else { throw .notAMember }
        guard let reference = try reference(hash) else { throw .content("no such code was submitted at this site") }
        let difference = try difference(reference)
        let approval = try CodeApproval(
            reference, verdict, previous: try approvedBefore(reference), at: site, of: federation, reviewer: member,
            time: time, key: key)
        do {
            try files.writeAtomically(Array(difference.utf8), to: path(hash, "difference.txt"), mode: 0o600)
            try files.writeAtomically(try Self.json(approval), to: path(hash, "approval.json"), mode: 0o600)
        } catch let error as FileError {
            throw .file(error)
        } catch {
            throw .unreadable(path: nil)
        }
        return approval
    }

    /// Whether a member of this site's own committee has approved exactly this.
    public func isApproved(_ reference: ComputationReference, by committee: Committee) throws(PermitError) -> Bool {
        guard let approval = try approval(reference.hash) else { return false }
        return approval.verdict == .approved && approval.computation == reference
            && approval.isGenuine(at: site, of: federation, by: committee)
    }

    private func path(_ hash: Digest, _ ending: String) -> String { FilePath.join(folder, "\(hash).\(ending)") }

    private static func json(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(value))
    }

    private func read<Value: Decodable>(_ type: Value.Type, _ path: String) throws(PermitError) -> Value? {
        do {
            guard try files.exists(path) else { return nil }
            return try JSONDecoder().decode(type, from: Data(try files.read(path, limit: 65_536)))
        } catch let error as FileError {
            throw .file(error)
        } catch {
            throw .unreadable(path: path)
        }
    }
}
