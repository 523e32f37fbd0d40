import Catalogue
import Curation
public import Federation
import Governance
public import Runtime

/// A hospital's node: de-identified objects, their index, and the link over which questions come.
public struct Node: Sendable {
    public let folder: NodeFolder
    public let configuration: NodeConfiguration
    let files: any FileSystem
    let clock: WallClock
    let random: RandomSource

    /// Makes a new node, and joins it to the federation that invited it.
    ///
    /// - Parameter invitation: nil for a node that belongs to no federation yet.
    /// - Throws: ``NodeError`` and what the join throws; then nothing is left behind.
    public static func create(
        in folder: NodeFolder, invitation: Invitation?, title: String?, files: any FileSystem = PosixFileSystem(),
        clock: WallClock = .system, random: RandomSource = .system
    ) async throws -> NodeCreation {
        guard try !files.exists(folder.configuration) else { throw NodeError.alreadyThere(folder: folder.path) }
        try files.createDirectory(folder.path, mode: 0o700)
        try files.createDirectory(folder.keys, mode: 0o700)
        _ = try SecretFile.readOrCreate(folder.pseudonymKey, in: files) { random.bytes(PseudonymKey.length) }
        var admission: JoinState?
        var name = "this hospital"
        if let invitation {
            let audit = try AuditLog(path: folder.audit, files: files, clock: clock)
            admission = try await FederationNode.join(
                invitation: invitation, folder: folder.federation, name: invitation.siteName,
                country: invitation.country, files: files, clock: clock, random: random, audit: audit)
            name = invitation.siteName
        }
        // Last, since its presence is what makes the folder a node: an interrupted join can simply be repeated.
        try files.writeAtomically(
            Array(NodeConfiguration.template(title: title ?? "Images of \(name)").utf8), to: folder.configuration,
            mode: 0o600)
        return NodeCreation(folder: folder, admission: admission)
    }

    /// Opens the node in `folder`, for a command or for service.
    public static func open(
        _ folder: NodeFolder, files: any FileSystem = PosixFileSystem(), clock: WallClock = .system,
        random: RandomSource = .system
    ) throws -> Node {
        guard try files.exists(folder.configuration) else { throw NodeError.missing(folder: folder.path) }
        let text = String(decoding: try files.read(folder.configuration, limit: 65_536), as: UTF8.self)
        do {
            return Node(
                folder: folder, configuration: try NodeConfiguration(yaml: text), files: files, clock: clock,
                random: random)
        } catch {
            throw NodeError.configuration(error)
        }
    }

    /// Takes in folders and files. One intake runs at a time; questions are answered meanwhile.
    ///
    /// - Parameter acceptsProfileChange: go on although the data set was begun with another profile.
    public func ingest(
        _ paths: [String], acceptsProfileChange: Bool = false, progress: @escaping @Sendable (IntakeProgress) -> Void
    ) async throws -> IntakeSummary {
        var options = IntakeOptions(acceptsBurnedInText: configuration.acceptsBurnedInText)
        options.acceptsProfileChange = acceptsProfileChange
        options.languages = configuration.languages
        if let list = try optOutList() { options.isOptedOut = { list.isOptedOut($0) } }
        let deidentifier = Deidentifier(profile: try profile(), pseudonyms: try pseudonyms())
        let index = try openIndex()
        let started = Timestamp.text(clock.now)
        let intake = Intake(
            folder: folder, files: files, store: try ObjectStore(folder: folder.store, files: files), index: index,
            deidentifier: deidentifier, clock: clock, options: options)
        let summary = try await intake.run(paths: paths, progress: progress)
        try NodeManifests(folder: folder, files: files, clock: clock).write(
            summary, index, deidentifier, started: started)
        return summary
    }

    /// The profile that the settings name.
    func profile() throws -> ConfidentialityProfile {
        if let known = ConfidentialityProfile.all.first(where: { $0.name == configuration.profile }) { return known }
        let path =
            configuration.profile.hasPrefix("/")
            ? configuration.profile : FilePath.join(folder.path, configuration.profile)
        let bytes = try files.read(path, limit: ConfidentialityProfile.largestFile)
        do {
            return try ConfidentialityProfile(
                yaml: String(decoding: bytes, as: UTF8.self), name: FilePath.name(configuration.profile))
        } catch {
            throw NodeError.profile(path: path, "\(error)")
        }
    }

    /// The node's pseudonyms. Throws ``ContinuityError/lostKey(key:)`` where the key is gone that the data set was begun
    /// with.
    func pseudonyms() throws -> Pseudonymizer {
        do {
            return Pseudonymizer(key: try PseudonymKey(SecretFile.read(folder.pseudonymKey, in: files)))
        } catch SecretError.missing {
            throw ContinuityError.lostKey(key: folder.pseudonymKey)
        }
    }

    func openIndex() throws -> Index {
        try Index.open(path: folder.index, clock: clock)
    }
}

/// What came of making a node, in words for the person who made it.
public struct NodeCreation: Sendable, Equatable, CustomStringConvertible {
    public var folder: NodeFolder
    /// nil for a node that belongs to no federation.
    public var admission: JoinState?

    public var description: String {
        let state =
            switch admission {
            case nil: "It belongs to no federation."
            case .admitted: "The federation has admitted it."
            case .waiting(_, let fingerprint):
                """
                The federation's operator has to approve it; it asks by itself when it runs.
                Compare this fingerprint with the one that the operator sees: \(fingerprint)
                """
            }
        return """
            The node is in \(folder.path). \(state)
            Back up \(folder.pseudonymKey) and keep it safe: all pseudonyms hang on it.
            Its settings are in \(folder.configuration).
            Next:
              atles node ingest --folder \(folder.path) FOLDER-WITH-DICOM-FILES\(
                admission == nil ? "" : "\n  atles node serve --folder \(folder.path)")
            """
    }
}
