/// Lays a data set down in bytes: one walk over the tape, no recursion.
struct DataSetEncoder {
    private let isExplicit: Bool
    private let isBigEndian: Bool
    /// Whether this is the meta group itself. In a data set its elements have no place (PS3.5 7.1): written there, they
    /// would be read as the meta group of the file.
    private let isMetaGroup: Bool
    var bytes: [UInt8] = []

    init(transferSyntax: TransferSyntax, isMetaGroup: Bool = false) {
        self.isMetaGroup = isMetaGroup
        isExplicit = transferSyntax.isExplicit
        isBigEndian = transferSyntax.isBigEndian
    }

    /// Everything, or the top-level elements below a tag.
    mutating func encode(_ dataSet: DataSet, upTo end: Tag?) throws(DICOMError) {
        var size = 0
        for index in dataSet.range { size += Int(dataSet.storage.nodes[index].length) + 12 }
        bytes.reserveCapacity(bytes.count + size)
        for element in dataSet.elements where isMetaGroup || element.tag.group != 2 {
            if let end, element.tag >= end { return }
            try append(element.withContent)
        }
    }

    private mutating func append(_ dataSet: DataSet) throws(DICOMError) {
        for event in dataSet.events {
            switch event {
            case .element(let element): if !element.tag.isGroupLength { try append(element) }
            case .fragments(let element): try appendFragments(element)
            case .beginSequence(let element):
                if !isExplicit { try checkImplicit(element.tag, isSequence: true) }
                header(element.tag, .sq, .max)
            case .beginItem: mark(.item, .max)
            case .endItem: mark(.itemDelimitationItem, 0)
            case .endSequence: mark(.sequenceDelimitationItem, 0)
            }
        }
    }

    /// Tag, VR and length.
    mutating func header(_ tag: Tag, _ vr: VR, _ length: UInt32) {
        append(tag.group)
        append(tag.element)
        if isExplicit {
            bytes.append(vr.letters.0)
            bytes.append(vr.letters.1)
            if !vr.isLongForm {
                append(UInt16(truncatingIfNeeded: length))
                return
            }
            append(UInt16(0))
        }
        append(length)
    }

    private mutating func append(_ element: Element) throws(DICOMError) {
        let value = element.bytes
        guard value.count < Int(UInt32.max) - 1 else {
            throw DICOMError(.cannotWrite, tag: element.tag, "a value has \(UInt32.max - 1) bytes at most")
        }
        let isOdd = value.count & 1 == 1
        let length = UInt32(truncatingIfNeeded: value.count + (isOdd ? 1 : 0))
        let vr = element.vr
        // A value that a 16-bit length cannot count is written as UN, whose length has 32 (PS3.5 6.2.2); UN is little endian.
        let isTooLong = isExplicit && !vr.isLongForm && length > UInt32(UInt16.max)
        if !isExplicit || isTooLong || vr == .un, length > 0 { try checkImplicit(element.tag, isSequence: false) }
        header(element.tag, isTooLong ? .un : vr, length)
        let start = bytes.count
        bytes += value
        if isOdd { bytes.append(vr.padding) }
        if element.isBigEndian != (isBigEndian && !isTooLong) { ByteOrder.swap(&bytes, from: start, unit: vr.unit) }
    }

    /// Without a VR a reader takes the dictionary's. Where that turns a value into a sequence, or the other way round, what
    /// was written could not be read.
    private func checkImplicit(_ tag: Tag, isSequence: Bool) throws(DICOMError) {
        guard !tag.isPrivate || tag.isPrivateCreator, DataDictionary.standard.implicitVR(of: tag) != .one(.un),
            (DataDictionary.standard.implicitVR(of: tag) == .one(.sq)) != isSequence
        else { return }
        throw DICOMError(
            .cannotWrite, tag: tag,
            isSequence
                ? "this is no sequence by the standard's dictionary; it has no form without its VR"
                : "this is a sequence by the standard's dictionary; the value has no form without its VR")
    }

    private mutating func appendFragments(_ element: Element) throws(DICOMError) {
        guard isExplicit else {
            throw DICOMError(.cannotWrite, tag: element.tag, "compressed data has no form in implicit VR")
        }
        header(element.tag, element.vr, .max)
        for fragment in element.fragments {
            let isOdd = fragment.count & 1 == 1
            mark(.item, UInt32(truncatingIfNeeded: fragment.count + (isOdd ? 1 : 0)))
            bytes += fragment
            if isOdd { bytes.append(0) }
        }
        mark(.sequenceDelimitationItem, 0)
    }

    private mutating func mark(_ tag: Tag, _ length: UInt32) {
        append(tag.group)
        append(tag.element)
        append(length)
    }

    mutating func append<Number: FixedWidthInteger & UnsignedInteger>(_ number: Number) {
        let size = Number.bitWidth / 8
        for position in 0..<size {
            let shift = Number(truncatingIfNeeded: 8 * (isBigEndian ? size - 1 - position : position))
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}
