/// A step of a walk through a whole data set.
public enum Event: Sendable {
    case element(Element)
    /// A sequence; its items follow. An empty one is followed by its end.
    case beginSequence(Element)
    case beginItem
    case endItem
    case endSequence
    /// Encapsulated pixel data: ``Element/fragments`` has the content.
    case fragments(Element)
}

extension DataSet {
    /// The walk: no recursion and no memory of its own, whatever the depth.
    public struct Events: Sequence, Sendable {
        let storage: DataSetStorage
        let range: Range<Int>

        public func makeIterator() -> Iterator {
            let level = range.isEmpty ? 0 : Int(storage.nodes[range.lowerBound].level)
            return Iterator(
                storage: storage, index: range.lowerBound, end: range.upperBound, outermost: level, level: level)
        }

        public struct Iterator: IteratorProtocol {
            let storage: DataSetStorage
            var index: Int
            let end: Int
            let outermost: Int
            /// The level at which the next node would be one more child of what is open.
            var level: Int

            public mutating func next() -> Event? {
                let upcoming = index < end ? Int(storage.nodes[index].level) : outermost
                if upcoming < level {
                    level -= 1
                    return level & 1 == 1 ? .endItem : .endSequence
                }
                guard index < end else { return nil }
                let node = storage.nodes[index]
                let element = DICOM.Element(storage: storage, index: index)
                switch node.kind {
                case .element, .fragment:
                    index += 1
                    return .element(element)
                case .encapsulated:
                    index = Swift.max(Int(node.next), index + 1)
                    return .fragments(element)
                case .sequence:
                    index += 1
                    level += 1
                    return .beginSequence(element)
                case .item:
                    index += 1
                    level += 1
                    return .beginItem
                }
            }
        }
    }
}
