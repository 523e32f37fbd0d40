/// What a value is read with, beside its own cell.
struct ReadContext {
    /// By how much the patient's days are moved.
    var shift: DateShift
    /// The day after which nothing can have happened, in days since 1970.
    var today: Int
    let harmless: HarmlessText
    let pseudonyms: Pseudonymizer?

    /// For what stands in the mapping itself.
    static let constant = ReadContext(
        shift: DateShift(days: 0), today: Int.max, harmless: HarmlessText(TextCleaner()), pseudonyms: nil)
}
