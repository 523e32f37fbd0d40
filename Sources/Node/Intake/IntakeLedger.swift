import Curation
import DICOMImaging
import Runtime
import Synchronization

/// What an intake has done so far, kept by all its workers together.
final class IntakeLedger: Sendable {
    private struct State {
        var summary = IntakeSummary()
        var progress = IntakeProgress()
        var lastReport: ContinuousClock.Instant?
    }

    private let state = Mutex(State())
    private let start = ContinuousClock.now
    private let listed: Int
    private let report: @Sendable (IntakeProgress) -> Void

    init(listed: Int, report: @escaping @Sendable (IntakeProgress) -> Void) {
        self.listed = listed
        self.report = report
    }

    // MARK: Stopping

    /// The first reason counts.
    func stop(_ reason: String) {
        state.withLock { if $0.summary.stopped == nil { $0.summary.stopped = reason } }
    }

    var isStopped: Bool { state.withLock { $0.summary.stopped != nil } }

    // MARK: Files

    /// Frames were looked at for text, and perhaps covered.
    func looked(at object: CuratedObject) {
        guard object.framesLookedAt > 0 else { return }
        state.withLock { state in
            state.summary.pixels.frames += object.framesLookedAt
            state.summary.pixels.objects += 1
            guard let covered = object.pixels else { return }
            state.summary.pixels.coveredObjects += 1
            state.summary.pixels.coveredFrames += covered.covered.count
            if !covered.isLossless { state.summary.pixels.compressedAgain += 1 }
        }
    }

    func found(_ file: FoundFile) {
        update { state in
            state.progress.filesKnown += 1
            state.progress.bytesKnown += file.size
        }
    }

    func countIsComplete() { update { $0.progress.isCountComplete = true } }

    func accepted(_ file: FoundFile) { done(file) { $0.summary.accepted += 1 } }

    func alreadyThere(_ file: FoundFile) { done(file) { $0.summary.alreadyThere += 1 } }

    func notDICOM(_ file: FoundFile) {
        done(file) { [listed] state in
            state.summary.notDICOM.count += 1
            if state.summary.notDICOM.files.count < listed { state.summary.notDICOM.files.append(file.path) }
        }
    }

    func skipped(_ path: String, _ reason: String, file: FoundFile? = nil) {
        let note: (inout State) -> Void = { [listed] state in
            state.summary.skipped.count += 1
            if state.summary.skipped.files.count < listed {
                state.summary.skipped.files.append(.init(path: path, reason: reason))
            }
        }
        if let file { done(file, note) } else { update(note) }
    }

    func quarantined(_ entry: IntakeSummary.Quarantined.File, file: FoundFile?) {
        let note: (inout State) -> Void = { [listed] state in
            state.summary.quarantined.count += 1
            state.summary.quarantined.reasons[entry.reason.rawValue, default: 0] += 1
            if state.summary.quarantined.files.count < listed { state.summary.quarantined.files.append(entry) }
        }
        if let file { done(file, note) } else { update(note) }
    }

    /// An object waits for a person.
    func waiting(_ entry: ReviewEntry, _ file: FoundFile) {
        done(file) { [listed] state in
            state.summary.review.waiting += 1
            for kind in Set(entry.findings.map(\.kind.rawValue)) { state.summary.review.kinds[kind, default: 0] += 1 }
            if state.summary.review.files.count < listed {
                state.summary.review.files.append(
                    .init(path: file.path, id: entry.id, findings: entry.findings.map(\.sentence)))
            }
        }
    }

    /// A person has decided against an object.
    func rejected(_ file: FoundFile) { done(file) { $0.summary.review.rejected += 1 } }

    // MARK: Reading

    /// The closing summary: lists in the order of paths, whichever worker was first.
    var summary: IntakeSummary {
        var summary = state.withLock { $0.summary }
        summary.seconds = seconds
        summary.quarantined.files.sort { $0.path < $1.path }
        summary.review.files.sort { $0.path < $1.path }
        summary.notDICOM.files.sort()
        summary.skipped.files.sort { $0.path < $1.path }
        return summary
    }

    private var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }

    private func done(_ file: FoundFile, _ change: (inout State) -> Void) {
        update { state in
            state.progress.files += 1
            state.progress.bytes += file.size
            state.summary.bytes += file.size
            change(&state)
        }
    }

    /// Tells about the progress ten times a second.
    private func update(_ change: (inout State) -> Void) {
        let now = ContinuousClock.now
        let due: IntakeProgress? = state.withLock { state in
            change(&state)
            if let last = state.lastReport, now - last < .milliseconds(100) { return nil }
            state.lastReport = now
            state.progress.seconds = (now - start) / .seconds(1)
            state.progress.accepted = state.summary.accepted
            state.progress.alreadyThere = state.summary.alreadyThere
            state.progress.quarantined = state.summary.quarantined.count
            // The count runs ahead of the workers, but not always.
            state.progress.filesKnown = max(state.progress.filesKnown, state.progress.files)
            state.progress.bytesKnown = max(state.progress.bytesKnown, state.progress.bytes)
            return state.progress
        }
        if let due { report(due) }
    }
}
