public import Curation
public import DICOM
import FoundationEssentials

/// How an intake goes about its work. The defaults suit a hospital's machine of two cores and more.
public struct IntakeOptions: Sendable {
    /// Takes in objects that say that text is burned into their pixels, and documents without their content.
    public var acceptsBurnedInText: Bool
    /// Files worked on at once. One more than there are processors, since each waits for the disk now and then.
    public var workers: Int
    /// Objects made durable together: more are quicker, fewer lose less work in a crash. None is ever lost.
    public var batchObjects: Int
    public var batchBytes: Int
    /// What the copies of files in quarantine may take up on the disk.
    public var quarantineBytes: Int
    /// Files of a kind that the summary lists by name; beyond that it only counts.
    public var listed: Int
    /// Goes on with a data set that was begun with another profile; somebody has decided so.
    public var acceptsProfileChange = false
    /// The languages of text in pixels, by the names of Tesseract's data: "eng", "deu".
    public var languages = ["eng"]
    /// Places in frames that are covered whether or not text is found there.
    public var regions = RegionRules.none
    /// Whether the patient with this identifier, as the hospital writes it, has opted out: nothing of theirs is taken in.
    public var isOptedOut: @Sendable (String) -> Bool = { _ in false }
    /// What a file may demand of memory.
    public var limits: Limits

    /// One more than there are processors.
    public static var defaultWorkers: Int { max(ProcessInfo.processInfo.activeProcessorCount, 1) + 1 }

    public init(
        acceptsBurnedInText: Bool = false, workers: Int = IntakeOptions.defaultWorkers, batchObjects: Int = 256,
        batchBytes: Int = 128 << 20, quarantineBytes: Int = 2 << 30, listed: Int = 10_000, limits: Limits = .standard
    ) {
        self.acceptsBurnedInText = acceptsBurnedInText
        self.workers = max(workers, 1)
        self.batchObjects = max(batchObjects, 1)
        self.batchBytes = max(batchBytes, 1)
        self.quarantineBytes = max(quarantineBytes, 0)
        self.listed = max(listed, 0)
        self.limits = limits
    }
}
