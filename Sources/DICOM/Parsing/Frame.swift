/// What the parser is inside of: the data set itself, a sequence, an item, or encapsulated data.
struct Frame {
    enum Kind { case dataSet, sequence, item, encapsulated }

    var kind: Kind
    /// Where it ends: its own defined length, or what bounds it from outside.
    var end: Int
    /// Its length is undefined: a delimiter closes it.
    var isUndefined: Bool
    /// The encoding of the elements in it.
    var isExplicit: Bool
    var isBigEndian: Bool
    /// Its node on the tape; -1 for the data set itself.
    var node: Int
    /// The level of the nodes in it.
    var childLevel: Int
    /// The last tag seen, to notice disorder.
    var lastTag: UInt32 = 0
    var hasElements = false
    /// (0028,0103) of this data set, which says what "US or SS" is; nil while it has not come.
    var pixelRepresentation: UInt16?
    /// Whether the first element of the item has shown how it is encoded.
    var encodingIsSettled = true
}
