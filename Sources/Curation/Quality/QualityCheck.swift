import DICOM
import Synchronization

/// Checks a data set: series after series on as many threads as its user gives it, then what concerns all of them.
///
/// Memory is that of one series for each thread, some tables of tens of bytes for each object, and the findings and
/// pictures that the report will show.
public final class QualityCheck<Source: QualitySource>: Sendable {
    private let source: Source
    private let options: QualityOptions
    private let examiner: SeriesExaminer
    private let progress: @Sendable (QualityProgress) -> Void
    private let state: Mutex<State>

    private struct State {
        var last: SeriesKey?
        var isAtEnd = false
        /// Outcomes that wait for those of earlier series: the ledger sees series in the source's order, whichever thread
        /// is first.
        var waiting: [Int: SeriesOutcome] = [:]
        var started = 0
        var merged = 0
        var ledger: DataSetLedger
        var done = QualityProgress()
        var failure: (any Error)?
    }

    public init(
        source: Source, options: QualityOptions = QualityOptions(),
        progress: @escaping @Sendable (QualityProgress) -> Void = { _ in }
    ) throws {
        self.source = source
        self.options = options
        self.progress = progress
        examiner = SeriesExaminer(options: options, limits: .standard)
        var state = State(ledger: DataSetLedger(options: options))
        state.done.objects = try source.objectCount
        self.state = Mutex(state)
    }

    /// Looks at series until there are none left, on the thread of the caller: call it on several.
    public func work() {
        do {
            while let (number, series) = try next() {
                let outcome = try examiner.examine(series, in: source) { try step() }
                merge(outcome, number)
            }
        } catch {
            state.withLock { $0.failure = $0.failure ?? error }
        }
    }

    /// Ends the work under way.
    public func cancel() {
        state.withLock { $0.failure = $0.failure ?? CancellationError() }
    }

    /// The report, when every ``work()`` has returned.
    ///
    /// - Parameter made: the time to write on it.
    public func report(made: String?) throws -> QualityReport {
        let ledger = try state.withLock { state in
            if let failure = state.failure { throw failure }
            return state.ledger
        }
        var examiner = DataSetExaminer(ledger: ledger, limits: .standard)
        return try examiner.conclude(source, made: made)
    }

    private func next() throws -> (Int, QualitySeries)? {
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            guard !state.isAtEnd else { return nil }
            guard let series = try source.series(after: state.last) else {
                state.isAtEnd = true
                return nil
            }
            state.last = series.key
            defer { state.started += 1 }
            return (state.started, series)
        }
    }

    private func step() throws {
        let done = try state.withLock { state in
            if let failure = state.failure { throw failure }
            state.done.objectsDone += 1
            return state.done
        }
        if done.objectsDone & 31 == 0 { progress(done) }
    }

    private func merge(_ outcome: SeriesOutcome, _ number: Int) {
        state.withLock { state in
            state.waiting[number] = outcome
            while let next = state.waiting.removeValue(forKey: state.merged) {
                state.ledger.add(next)
                state.merged += 1
            }
        }
    }
}

/// How far a check has come.
public struct QualityProgress: Sendable, Equatable {
    /// Objects there are.
    public var objects = 0
    /// Objects looked at, and some again for their frames.
    public var objectsDone = 0

    public init() {}

    /// The part that is done, 0 to 1.
    public var fraction: Double { objects > 0 ? min(Double(objectsDone) / Double(objects), 1) : 0 }
}
