/// What is known beside an object when it is de-identified.
public struct DeidentificationContext: Sendable {
    /// What identifies the patient, for cleaning text: from this object and from others of the same patient.
    public var known: KnownIdentifiers
    /// What was done about text in the pixels: what the header may claim.
    public var pixels: PixelStatement
    /// Whether ``Deidentified/record`` is filled.
    public var keepsRecord: Bool

    public init(
        known: KnownIdentifiers = KnownIdentifiers(), pixels: PixelStatement = .notLookedAt, keepsRecord: Bool = false
    ) {
        self.known = known
        self.pixels = pixels
        self.keepsRecord = keepsRecord
    }
}
