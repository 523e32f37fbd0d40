/// The meta group of a file that Atles writes (PS3.10 7.1): what the data set says it must say, and what else it said.
enum MetaGroupEncoder {
    static func encode(_ meta: DataSet, dataSet: DataSet, transferSyntax: TransferSyntax) -> [UInt8] {
        var builder = DataSetBuilder()
        for element in meta.elements where element.tag.group == 2 && !element.isSequence && !element.isEncapsulated {
            if element.tag == .fileMetaInformationGroupLength { continue }
            builder.append(element)
        }
        builder.append(.fileMetaInformationVersion, .ob, bytes: [0, 1])
        // The meta group repeats the data set's own UIDs; where they differ, the data set is right.
        for (tag, source) in [
            (Tag.mediaStorageSOPClassUID, Tag.sopClassUID), (.mediaStorageSOPInstanceUID, .sopInstanceUID),
        ] {
            if let uid = dataSet[source]?.uid { builder.append(tag, .ui, string: uid) }
        }
        builder.append(.transferSyntaxUID, .ui, string: transferSyntax.uid)
        builder.append(.implementationClassUID, .ui, string: DICOMWriter.implementationClassUID)
        builder.append(.implementationVersionName, .sh, string: DICOMWriter.implementationVersionName)

        var group = DataSetEncoder(transferSyntax: .explicitLittleEndian, isMetaGroup: true)
        // Copies of elements of one level and short texts: nothing here can fail.
        guard let content = try? builder.finish(), (try? group.encode(content, upTo: nil)) != nil else { return [] }
        var length = DataSetEncoder(transferSyntax: .explicitLittleEndian)
        length.header(.fileMetaInformationGroupLength, .ul, 4)
        length.append(UInt32(truncatingIfNeeded: group.bytes.count))
        return length.bytes + group.bytes
    }
}
