public import Federation
import FoundationEssentials
public import Runtime

/// The permits of a site and their revocations: one file each, in a folder at the node.
///
/// Other processes (`atles node permits revoke`) write into the same folder: each look at a permit also looks for its
/// revocation on the disk, and ``refresh()`` tells those who work under one. The presence of a revocation is enough: it
/// was judged when it came, and nothing at this level takes it back.
public actor PermitBook {
    public nonisolated let site: SiteID
    public nonisolated let federation: String
    private let folder: GovernanceFolder
    private let files: any FileSystem
    private var permits: [PermitID: FileCache<SignedPermit>] = [:]
    private var listed = FileCache<Committee>()
    private var observers: [Int: AsyncStream<PermitID>.Continuation] = [:]
    private var works: [Int: (permit: PermitID, cancel: @Sendable () -> Void)] = [:]
    private var next = 0

    /// More permits than this are not kept: a hub that sends without end must not fill the disk.
    public static let most = 10_000

    public init(
        folder: GovernanceFolder, site: SiteID, federation: String, files: any FileSystem = PosixFileSystem()
    ) throws(PermitError) {
        self.folder = folder
        self.site = site
        self.federation = federation
        self.files = files
        do {
            try files.createDirectory(folder.path, mode: 0o700)
            try files.createDirectory(folder.permits, mode: 0o700)
        } catch {
            throw .file(error)
        }
    }

    /// The site's own list.
    public func committee() throws(PermitError) -> Committee {
        let (path, files) = (folder.committee, files)
        return try listed.value(path, in: files) { () throws(PermitError) in try Committee.read(path, in: files) }
    }

    // MARK: Looking

    /// The permit as it is kept here, signed or not; nil where there is none.
    public func permit(_ id: PermitID) throws(PermitError) -> SignedPermit? {
        let (path, files) = (path(id), files)
        do { guard try files.exists(path) else { return nil } } catch { throw .file(error) }
        var cache = permits[id] ?? FileCache()
        let value = try cache.value(path, in: files) { () throws(PermitError) in
            do {
                let read = try SignedPermit(json: try files.read(path, limit: PermitLimits.bytes))
                guard read.permit.id == id else { throw PermitError.unreadable(path: path) }
                return read
            } catch let error as FileError {
                throw .file(error)
            } catch {
                throw .unreadable(path: path)
            }
        }
        permits[id] = cache
        return value
    }

    public func isRevoked(_ id: PermitID) throws(PermitError) -> Bool {
        do { return try files.exists(revocationPath(id)) } catch { throw .file(error) }
    }

    public func revocation(_ id: PermitID) throws(PermitError) -> Revocation? {
        guard try isRevoked(id) else { return nil }
        do {
            return try JSONDecoder().decode(
                Revocation.self, from: Data(try files.read(revocationPath(id), limit: 65_536)))
        } catch let error as FileError {
            throw .file(error)
        } catch {
            throw .unreadable(path: revocationPath(id))
        }
    }

    /// Every permit's identifier, in order.
    public func all() throws(PermitError) -> [PermitID] {
        do {
            return try files.list(folder.permits).compactMap { name in
                name.hasSuffix(Self.ending) ? PermitID(String(name.dropLast(Self.ending.count))) : nil
            }
        } catch {
            throw .file(error)
        }
    }

    // MARK: Changing

    /// Keeps a permit that came from the hub or was made here. Of one that is known, the signatures that count are added;
    /// signatures that do not count are dropped.
    public func add(_ signed: SignedPermit) throws(PermitError) {
        let permit = signed.permit
        guard permit.site == site else { throw .wrongSite }
        guard permit.federation == federation else { throw .wrongFederation }
        guard try !isRevoked(permit.id) else { throw .revoked(permit.id) }
        var kept = SignedPermit(permit)
        if let known = try self.permit(permit.id) {
            guard known.permit == permit else { throw .conflict(permit.id) }
            kept = known
        } else if try all().count >= Self.most {
            throw .content("\(Self.most) permits are kept at this site; more are not taken")
        }
        kept.merge(signed, by: try committee())
        try write(kept)
    }

    /// Signs a permit that is kept here, by the site's rule.
    public func sign(_ id: PermitID, with key: MemberKey, policy: SitePolicy) throws(PermitError) {
        guard let member = try committee().member(key.person), try member.key == key.publicKey else {
            throw .notAMember
        }
        guard try !isRevoked(id) else { throw .revoked(id) }
        guard var signed = try permit(id) else { throw .unknownPermit(id) }
        try policy.check(signed.permit)
        try signed.sign(with: key)
        try write(signed)
    }

    /// Ends a permit at once, also for what runs under it now.
    public func revoke(_ revocation: Revocation) throws(PermitError) {
        guard revocation.isGenuine(at: site, of: federation, by: try committee()) else { throw .notAMember }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        do {
            let bytes = [UInt8](try encoder.encode(revocation))
            // The first one stands: a second does not change when and why it ended.
            if try !isRevoked(revocation.permit) {
                try files.writeAtomically(bytes, to: revocationPath(revocation.permit), mode: 0o600)
            }
        } catch let error as PermitError {
            throw error
        } catch let error as FileError {
            throw .file(error)
        } catch {
            throw .cryptography
        }
        tell(revocation.permit)
    }

    // MARK: Watching

    /// The permits that are revoked from now on.
    public func revocations() -> AsyncStream<PermitID> {
        let (stream, continuation) = AsyncStream.makeStream(of: PermitID.self, bufferingPolicy: .bufferingNewest(1024))
        let number = next
        next += 1
        observers[number] = continuation
        continuation.onTermination = { [weak self] _ in
            Task { [weak self] in await self?.forget(number) }
        }
        return stream
    }

    /// Runs `work` as long as the permit is not revoked; it is cancelled as soon as it is.
    ///
    /// - Throws: ``GateReason/revoked`` where it was before, or became so meanwhile, whatever `work` made of it.
    public func whileValid<Value: Sendable>(
        _ id: PermitID, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard try !isRevoked(id) else { throw GateReason.revoked }
        let task = Task { try await work() }
        let number = next
        next += 1
        works[number] = (id, { task.cancel() })
        defer { works[number] = nil }
        let result = await withTaskCancellationHandler {
            await task.result
        } onCancel: {
            task.cancel()
        }
        guard try !isRevoked(id) else { throw GateReason.revoked }
        return try result.get()
    }

    /// Looks for revocations that other processes wrote, and ends the work under them.
    public func refresh() throws(PermitError) {
        for id in Set(works.values.map(\.permit)) where try isRevoked(id) { tell(id) }
    }

    private func forget(_ number: Int) { observers[number] = nil }

    private func tell(_ id: PermitID) {
        for observer in observers.values { observer.yield(id) }
        for work in works.values where work.permit == id { work.cancel() }
    }

    // MARK: Files

    private static let ending = ".permit.json"
    private func path(_ id: PermitID) -> String { FilePath.join(folder.permits, id.text + Self.ending) }
    private func revocationPath(_ id: PermitID) -> String { FilePath.join(folder.permits, id.text + ".revoked.json") }

    private func write(_ signed: SignedPermit) throws(PermitError) {
        let bytes = try signed.json()
        do {
            try files.writeAtomically(bytes, to: path(signed.permit.id), mode: 0o600)
        } catch {
            throw .file(error)
        }
    }
}
