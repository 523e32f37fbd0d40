import Catalogue
import Cohort
import Crypto
import Federation
import Governance
public import Logging
import Rounds
import Runtime
import ServiceLifecycle
import UnixSignals

extension Node {
    /// Whether some process runs this node's service at the moment.
    func isServing() throws -> Bool {
        guard let lock = try ExclusiveLock.take(folder.serviceLock) else { return true }
        lock.release()
        return false
    }

    /// What keeps the answers of this node to its disclosure rule.
    func disclosureGuard() throws -> DisclosureGuard {
        DisclosureGuard(
            store: try DisclosureStore.open(path: folder.disclosure), rule: configuration.disclosure,
            memory: configuration.memory,
            noiseKey: try SecretFile.readOrCreate(folder.noiseKey, in: files) { random.bytes(32) }, clock: clock)
    }

    /// This site's part in analyses over many sites.
    private func siteRuns(_ index: Index) throws -> SiteRuns {
        let governance = try governance()
        let name = governance.site.description
        return SiteRuns(
            name: name,
            site: AnalysisSite(
                index: index, configuration: configuration, name: name, permits: try RunPermits(governance)),
            book: try RunFolder(folder: folder.runs, files: files),
            secret: SymmetricKey(data: try SecretFile.readOrCreate(folder.roundsKey, in: files) { random.bytes(32) }),
            ledger: try FileLedger(folder.roundsLedger, in: files))
    }

    /// Dials the hub and answers its questions until the process is told to stop.
    public func serve(logger: Logger) async throws {
        guard try files.exists(folder.federation) else {
            throw NodeError.link(
                "this node belongs to no federation: make one with `atles node init --invitation FILE`; `atles node ingest` works without"
            )
        }
        guard let lock = try ExclusiveLock.take(folder.serviceLock) else {
            throw NodeError.alreadyServing(folder: folder.path)
        }
        defer { lock.release() }
        let index = try openIndex()
        let audit = try AuditLog(path: folder.audit, files: files, clock: clock)
        let task = CountTask(index: index, configuration: configuration, disclosure: try disclosureGuard())
        let runs = try siteRuns(index)
        let link = try FederationNode.open(
            folder: folder.federation,
            handlers: [
                RunMessage.kind: { message in
                    do {
                        return try await runs.answer(message.payload, message: message.id.text)
                    } catch let error as RoundsError {
                        throw TaskFailure(error.description)
                    }
                },
                CohortMessage.count: { message in
                    let answer = try await task.answer(message.payload, for: Asker(message))
                    logger.info("answered a question of \(message.sender)")
                    return answer
                },
            ],
            files: files, clock: clock, random: random, audit: audit, logger: logger)
        let cards = CardPublisher(
            index: index, link: link, task: task, clock: clock, logger: logger)
        let images = try index.totals().images
        logger.notice("\(configuration.title): \(images) images; dialling the hub")
        var services: [any Service] = [link, cards]
        if let address = configuration.console { services.append(try console(at: address, logger: logger)) }
        let group = ServiceGroup(
            configuration: .init(
                services: services.map {
                    .init(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup)
                },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }
}
