/// From how many patients on a group may be shown, inside a group whose size is known.
enum Smallness {
    /// The threshold, or a little more where the threshold itself would give a number away.
    ///
    /// A group is "<t", or ">n-t" of n. Where n is t, the latter could only be all; where n is 2t - 2, a group for which
    /// both it and its opposite are "<t" could only be half.
    static func threshold(_ threshold: Int, within whole: Int) -> Int {
        var least = threshold
        while least <= whole, whole == least || whole == 2 * least - 2 { least += 1 }
        return least
    }
}
