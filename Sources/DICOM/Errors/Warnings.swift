/// What a reader put up with: the first ones, and how many there were.
struct Warnings: Sendable {
    let limit: Int
    private(set) var kept: [DICOMError] = []
    private(set) var count = 0

    /// The same warning again is the parser taking up an element where it had to wait for more bytes.
    mutating func add(_ warning: DICOMError) {
        guard warning != kept.last else { return }
        count &+= 1
        if kept.count < limit { kept.append(warning) }
    }
}
