/// How thoroughly a data set is checked, and how much of it a report shows.
public struct QualityOptions: Sendable {
    /// Every frame is decoded and every byte of pixels compared; otherwise the first, middle and last frame of a series
    /// are decoded, and pixels compared by samples.
    public var isDeep = false
    /// Today, to tell dates in the future.
    public var today: CivilDate?
    /// What the clinical table says of patients, by pseudonym.
    public var clinical: ClinicalFacts?
    /// Findings listed for a rule; all are counted.
    public var listedPerRule = 1_000
    /// Series with findings, and series without, that the report shows with pictures.
    public var picturedSeries = 200
    public var picturedGoodSeries = 40
    /// Pairs of look-alikes that the report shows side by side.
    public var picturedPairs = 24
    /// The longest side of a thumbnail in pixels.
    public var thumbnailSide = 144
    /// Threads that look at series.
    public var workers = 2

    public init() {}
}
