import Catalogue
public import Curation
public import Runtime
import Synchronization

extension Node {
    /// Checks the quality and integrity of everything the node holds.
    ///
    /// - Parameters:
    ///   - progress: told now and then, from the threads of the check.
    /// - Throws: what the index and store throw; `CancellationError` when the task is cancelled.
    public func check(
        _ options: QualityOptions = QualityOptions(),
        progress: @escaping @Sendable (QualityProgress) -> Void = { _ in }
    ) async throws -> QualityReport {
        let source = StoreSource(
            title: configuration.title, index: try openIndex(),
            store: try ObjectStore(folder: folder.store, files: files))
        return try await QualityRun.check(source, options, clock: clock, progress: progress)
    }
}

/// A check on threads of its own.
public enum QualityRun {
    /// Checks a folder of de-identified files, as a run without a node has written it.
    ///
    /// - Throws: `FileError` for a folder that cannot be read; `CancellationError` when the task is cancelled.
    public static func check(
        folder: String, title: String? = nil, _ options: QualityOptions = QualityOptions(),
        files: any FileSystem = PosixFileSystem(), clock: WallClock = .system,
        progress: @escaping @Sendable (QualityProgress) -> Void = { _ in }
    ) async throws -> QualityReport {
        let isCancelled = Mutex(false)
        let source = try await withTaskCancellationHandler {
            await BlockingWork.run("atles.check.folder") {
                Result {
                    try FolderSource(
                        folder: folder, title: title, files: files, isCancelled: { isCancelled.withLock { $0 } })
                }
            }
        } onCancel: {
            isCancelled.withLock { $0 = true }
        }
        .get()
        return try await check(source, options, clock: clock, progress: progress)
    }

    /// Checks a source: a node's store, or the folder that a run without a node has written.
    public static func check<Source: QualitySource>(
        _ source: Source, _ options: QualityOptions = QualityOptions(), clock: WallClock = .system,
        progress: @escaping @Sendable (QualityProgress) -> Void = { _ in }
    ) async throws -> QualityReport {
        var options = options
        let now = Timestamp.text(clock.now)
        options.today = options.today ?? CivilDate(dicom: now.prefix(10).filter { $0 != "-" })
        let check = try QualityCheck(source: source, options: options, progress: progress)
        return try await withTaskCancellationHandler {
            await withTaskGroup { group in
                for number in 0..<max(options.workers, 1) {
                    group.addTask { await BlockingWork.run("atles.check.\(number)") { check.work() } }
                }
            }
            let result = await BlockingWork.run("atles.check.conclude") { Result { try check.report(made: now) } }
            return try result.get()
        } onCancel: {
            check.cancel()
        }
    }
}
