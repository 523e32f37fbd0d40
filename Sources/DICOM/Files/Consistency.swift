/// Faults that no parser meets, because each element by itself is in order: an object that contradicts itself.
enum Consistency {
    /// Of UIDs, the first faults only: one bad element or a million, the object is not in order.
    private static var mostUIDs: Int { 20 }

    static func faults(of file: DICOMFile) -> [DICOMError] {
        uids(file) + characterSet(file.dataSet) + pixels(file)
    }

    private static func uids(_ file: DICOMFile) -> [DICOMError] {
        var faults: [DICOMError] = []
        for element in file.dataSet.elements where element.vr == .ui {
            guard faults.count < mostUIDs else { break }
            if element.strings.allSatisfy(isUID) { continue }
            faults.append(
                DICOMError(.badValue, offset: element.offset, tag: element.tag, "this is no UID of the standard"))
        }
        for (inMeta, inData) in [
            (Tag.mediaStorageSOPClassUID, Tag.sopClassUID), (.mediaStorageSOPInstanceUID, .sopInstanceUID),
        ] {
            if let meta = file.meta[inMeta]?.string, let data = file.dataSet[inData]?.string, meta != data {
                faults.append(DICOMError(.badValue, tag: inMeta, "the meta group and the data set name different UIDs"))
            }
        }
        return faults
    }

    /// Numbers without leading zeros between points, 64 characters at most (PS3.5 9.1).
    static func isUID(_ text: String) -> Bool {
        guard (1...64).contains(text.utf8.count) else { return text.isEmpty }
        return text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { part in
            guard let first = part.first else { return false }
            return part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
                && (first != UInt8(ascii: "0") || part.count == 1)
        }
    }

    private static func characterSet(_ dataSet: DataSet) -> [DICOMError] {
        guard let element = dataSet[.specificCharacterSet], !dataSet.characterSet.unknownTerms.isEmpty else {
            return []
        }
        return [
            DICOMError(
                .unknownCharacterSet, offset: element.offset, tag: .specificCharacterSet,
                "a character set is not in the standard; text is read as far as it is ASCII or Latin-1")
        ]
    }

    /// Native pixel data has Rows × Columns × samples × frames × bits: numbers of the file that may well overflow.
    private static func pixels(_ file: DICOMFile) -> [DICOMError] {
        guard let pixelData = file.pixelData, case .bytes(let count) = pixelData.length else { return [] }
        var bits = 1
        for (tag, otherwise) in [
            (Tag.rows, nil), (.columns, nil), (.bitsAllocated, nil), (.samplesPerPixel, 1), (.numberOfFrames, 1),
        ] as [(Tag, Int?)] {
            guard let factor = file.dataSet[tag]?.int ?? otherwise, factor >= 0 else {
                return [DICOMError(.badValue, tag: tag, "the object has pixel data, but no such number for it")]
            }
            let (product, overflows) = bits.multipliedReportingOverflow(by: factor)
            guard !overflows else {
                return [DICOMError(.badValue, tag: tag, "the dimensions are larger than any image can be")]
            }
            bits = product
        }
        var bytes = bits / 8 + (bits % 8 == 0 ? 0 : 1)
        // 4:2:2 stores one pair of colour samples for two pixels.
        if file.dataSet[.photometricInterpretation]?.string == "YBR_FULL_422" { bytes = bytes / 3 * 2 }
        // An even length may add one byte. A file cut short says so by itself.
        guard count != bytes, count != bytes + 1 else { return [] }
        return [
            DICOMError(
                .badValue, offset: pixelData.elementOffset, tag: pixelData.tag,
                "the pixel data has \(count) bytes; by its dimensions the image has \(bytes)")
        ]
    }
}
