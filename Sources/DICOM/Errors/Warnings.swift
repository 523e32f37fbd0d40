/// What a reader put up with: the first ones, and how many there were.
struct Warnings: Sendable {
    let limit: Int
    private(set) var kept: [DICOMError] = []
    private(set) var count = 0

    mutating func add(_ warning: DICOMError) {
        count &+= 1
        if kept.count < limit { kept.append(warning) }
    }
}
