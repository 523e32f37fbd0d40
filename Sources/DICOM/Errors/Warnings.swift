/// What a reader put up with: the first ones, and how many there were.
struct Warnings: Sendable {
    let limit: Int
    private(set) var kept: [DICOMError] = []
    private(set) var count = 0

    /// The same warning again is the parser taking up an element where it had to wait for more bytes. Beyond the limit no
    /// sentence is made: a file of a million odd lengths costs no more than one of none.
    mutating func add(_ warning: @autoclosure () -> DICOMError) {
        count &+= 1
        guard kept.count < limit else { return }
        let warning = warning()
        if warning == kept.last { count &-= 1 } else { kept.append(warning) }
    }
}
