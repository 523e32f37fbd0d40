public import Federation
import FoundationEssentials
public import Runtime

/// The way out of a site: outputs are checked here, and wait here when the policy or a check says so.
///
/// The committee can list what wants to leave and look at it before it leaves. What was released is compared with what
/// was looked at when it goes.
public actor Airlock {
    /// What became of an output.
    public enum Outcome: Sendable, Hashable {
        /// Nothing speaks against it, and the policy does not hold it.
        case leaves
        case waits(AirlockItem)
        /// A check found what may not leave.
        case refused(AirlockItem)
    }

    /// The largest output that is kept.
    public static let largest = 1 << 30
    /// Outputs that wait at once.
    public static let most = 1000

    private let folder: String
    private let book: PermitBook
    private let audit: any AuditSink
    private let clock: WallClock
    private let random: RandomSource
    private let files: any FileSystem

    public init(
        folder: GovernanceFolder, book: PermitBook, audit: any AuditSink, clock: WallClock = .system,
        random: RandomSource = .system, files: any FileSystem = PosixFileSystem()
    ) throws(PermitError) {
        self.folder = folder.airlock
        self.book = book
        self.audit = audit
        self.clock = clock
        self.random = random
        self.files = files
        do { try files.createDirectory(folder.airlock, mode: 0o700) } catch { throw .file(error) }
    }

    // MARK: In

    /// Takes an output of an allowed task.
    public func take(
        _ output: AirlockOutput, of authorisation: Authorisation, check: AirlockCheck
    ) async throws -> Outcome {
        guard try await !book.isRevoked(authorisation.permit) else { throw GateReason.revoked }
        guard authorisation.outputs.contains(output.kind) else { throw GateReason.outputNotPermitted }
        guard output.content.count <= Self.largest else {
            throw PermitError.content("an output is larger than \(Self.largest) bytes")
        }
        let findings = check.findings(in: output)
        if findings.isEmpty, !authorisation.held.contains(output.kind) {
            try record(.airlockPassed, authorisation.permit, authorisation.message, Digest(sha256: output.content))
            return .leaves
        }
        guard try list().filter({ $0.state == .waiting }).count < Self.most else {
            throw PermitError.content("\(Self.most) outputs wait at this site; its committee has to look at them")
        }
        var item = AirlockItem(
            id: MessageID(random: random), message: authorisation.message, permit: authorisation.permit,
            holder: authorisation.holder, computation: authorisation.computation, kind: output.kind, type: output.type,
            content: "\(Digest(sha256: output.content))", size: output.content.count, patients: output.patients,
            parameters: output.parameters, findings: findings, since: PermitTime(clock.now),
            until: authorisation.until, state: .waiting, decisions: [])
        if item.isStopped { item.state = .refused }
        try files.writeAtomically(output.content, to: contentPath(item.id), mode: 0o600)
        try write(item)
        try record(item.isStopped ? .airlockStopped : .airlockWaits, item)
        return item.isStopped ? .refused(item) : .waits(item)
    }

    // MARK: Looking

    /// Everything that wanted to leave, the earliest first.
    public func list() throws(PermitError) -> [AirlockItem] {
        let names: [String]
        do { names = try files.list(folder) } catch { throw .file(error) }
        var items: [AirlockItem] = []
        for name in names where name.hasSuffix(Self.ending) {
            guard let id = MessageID(String(name.dropLast(Self.ending.count))), let item = try item(id) else {
                continue
            }
            items.append(item)
        }
        return items.sorted { ($0.since, $0.id.text) < ($1.since, $1.id.text) }
    }

    public func item(_ id: MessageID) throws(PermitError) -> AirlockItem? {
        do {
            guard try files.exists(itemPath(id)) else { return nil }
            let item = try JSONDecoder().decode(
                AirlockItem.self, from: Data(try files.read(itemPath(id), limit: 1 << 20)))
            guard item.id == id else { throw PermitError.unreadable(path: itemPath(id)) }
            return item
        } catch let error as FileError {
            throw .file(error)
        } catch {
            throw .unreadable(path: itemPath(id))
        }
    }

    /// What will leave, to the byte.
    public func content(_ id: MessageID) throws(PermitError) -> [UInt8] {
        guard let item = try item(id) else { throw .content("no such output is here") }
        let bytes: [UInt8]
        do { bytes = try files.read(contentPath(id), limit: Self.largest) } catch { throw .file(error) }
        guard "\(Digest(sha256: bytes))" == item.content else {
            throw .content("the output \(id) was changed since it was made")
        }
        return bytes
    }

    // MARK: Deciding

    /// A member's decision.
    public func decide(
        _ id: MessageID, _ verdict: AirlockDecision.Verdict, with key: MemberKey
    ) async throws -> AirlockItem {
        let committee = try await book.committee()
        guard let member = committee.member(key.person), try member.key == key.publicKey else {
            throw PermitError.notAMember
        }
        guard var item = try item(id) else { throw PermitError.content("no such output is here") }
        if verdict == .release { _ = try content(id) }
        if try await withdrawIfEnded(&item) { throw GateReason.revoked }
        guard let next = item.state.after(verdict == .release ? .release : .refuse) else {
            throw PermitError.content("the output \(id) is \(item.state.rawValue)")
        }
        let decision = try AirlockDecision(
            verdict, on: item, by: member, time: PermitTime(clock.now), key: key)
        item.state = next
        item.decisions.append(decision)
        // First the trace, then what it allows.
        try record(verdict == .release ? .airlockReleased : .airlockRefused, item, by: key.person)
        try write(item)
        return item
    }

    // MARK: Out

    /// The content of a released output, once; nil as long as it waits.
    ///
    /// - Throws: ``GateReason/revoked`` where the permit ended before, ``PermitError`` where it was refused.
    public func collect(_ id: MessageID) async throws -> [UInt8]? {
        guard var item = try item(id) else { throw PermitError.content("no such output is here") }
        if try await withdrawIfEnded(&item) { throw GateReason.revoked }
        if item.state == .waiting { return nil }
        guard let next = item.state.after(.collect) else {
            throw PermitError.content("the output \(id) is \(item.state.rawValue)")
        }
        let committee = try await book.committee()
        guard !item.isStopped, let last = item.decisions.last, last.verdict == .release,
            last.isGenuine(item, by: committee)
        else { throw PermitError.notAMember }
        let bytes = try content(id)
        item.state = next
        try record(.airlockLeft, item)
        try write(item)
        return bytes
    }

    /// Withdraws what waits under a permit that has ended. True where this item does not leave for that.
    private func withdrawIfEnded(_ item: inout AirlockItem) async throws -> Bool {
        let isOver = PermitTime(clock.now) >= item.until
        let isRevoked = try await book.isRevoked(item.permit)
        guard isOver || isRevoked else { return false }
        guard let next = item.state.after(.permitEnded) else { return item.state == .withdrawn }
        item.state = next
        try record(.airlockWithdrawn, item)
        try write(item)
        return true
    }

    // MARK: Files

    private static let ending = ".item.json"
    private func itemPath(_ id: MessageID) -> String { FilePath.join(folder, id.text + Self.ending) }
    private func contentPath(_ id: MessageID) -> String { FilePath.join(folder, id.text + ".content") }

    private func write(_ item: AirlockItem) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try files.writeAtomically([UInt8](try encoder.encode(item)), to: itemPath(item.id), mode: 0o600)
    }

    private func record(_ kind: AuditEvent.Kind, _ item: AirlockItem, by person: PersonID? = nil) throws {
        try record(kind, item.permit, item.message, Digest(item.content), person)
    }

    private func record(
        _ kind: AuditEvent.Kind, _ permit: PermitID, _ message: MessageID, _ digest: Digest?, _ person: PersonID? = nil
    ) throws {
        try audit.record(
            AuditEvent(
                kind, message: message, digest: digest, permit: permit.message,
                person: person.map { Digest(sha256: Array($0.text.utf8)) }))
    }
}
