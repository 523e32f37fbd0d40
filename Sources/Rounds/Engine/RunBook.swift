import FoundationEssentials
public import Runtime

/// Where a site notes the runs that it takes part in.
public protocol RunBook: Sendable {
    func keep(_ plan: RunPlan, run: String, token: Int64) async throws
    func run(_ id: String) async throws -> NotedRun?
    func remove(_ id: String) async throws
}

/// A run as a site has noted it.
public struct NotedRun: Codable, Sendable, Equatable {
    public let plan: RunPlan
    /// The state of the site's data when it began.
    public let token: Int64

    public init(plan: RunPlan, token: Int64) {
        self.plan = plan
        self.token = token
    }
}

/// A folder with a file for each run.
public struct RunFolder: RunBook {
    /// More runs at a time than this are not taken part in: a hub that begins without end must not fill the disk.
    public static let most = 1000
    /// A run that was begun longer ago is forgotten, in seconds: thirty days, the longest life of a message.
    private static let longest: Int64 = 30 * 86_400

    private let folder: String
    private let files: any FileSystem

    public init(folder: String, files: any FileSystem) throws(FileError) {
        self.folder = folder
        self.files = files
        try files.createDirectory(folder, mode: 0o700)
    }

    public func keep(_ plan: RunPlan, run: String, token: Int64) throws {
        let bytes = try AnyComputation.write(NotedRun(plan: plan, token: token))
        // Written once: a plan that was approved does not change under its name.
        if let known = try self.run(run) {
            guard known.plan == plan else { throw RoundsError.plan("a run of this id has another plan at this site") }
            guard known.token != token else { return }
        }
        try makeRoom()
        try files.writeAtomically(bytes, to: path(run), mode: 0o600)
    }

    /// Forgets what is long over, where there is much.
    private func makeRoom() throws {
        let names = try files.list(folder).filter { $0.hasSuffix(".json") }
        guard names.count >= Self.most else { return }
        var kept = 0
        let times = try names.map {
            (name: $0, modified: try files.attributes(FilePath.join(folder, $0))?.modified ?? 0)
        }
        let latest = times.map(\.modified).max() ?? 0
        for (name, modified) in times {
            if latest - modified > Self.longest * 1_000_000_000 {
                try files.remove(FilePath.join(folder, name))
            } else {
                kept += 1
            }
        }
        guard kept < Self.most else {
            throw RoundsError.plan("this site takes part in \(Self.most) runs already, which have not ended")
        }
    }

    public func run(_ id: String) throws -> NotedRun? {
        guard RunID.isValid(id), try files.exists(path(id)) else { return nil }
        return try AnyComputation.read(NotedRun.self, try files.read(path(id), limit: 4 * RunPlan.maximumBytes))
    }

    public func remove(_ id: String) throws {
        guard RunID.isValid(id), try files.exists(path(id)) else { return }
        try files.remove(path(id))
    }

    private func path(_ id: String) -> String { FilePath.join(folder, "\(id).json") }
}
