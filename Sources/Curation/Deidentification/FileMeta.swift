import DICOM

/// The meta group of an object as we write it: nothing of the original's is in it, neither the name of the machine that
/// sent it nor the program that wrote it.
enum FileMeta {
    static func make(for dataSet: DataSet, transferSyntax: TransferSyntax) throws(CurationError) -> DataSet {
        var builder = DataSetBuilder()
        builder.append(.fileMetaInformationVersion, .ob, bytes: [0, 1])
        builder.append(.mediaStorageSOPClassUID, .ui, string: dataSet[.sopClassUID]?.uid ?? "")
        builder.append(.mediaStorageSOPInstanceUID, .ui, string: dataSet[.sopInstanceUID]?.uid ?? "")
        builder.append(.transferSyntaxUID, .ui, string: transferSyntax.uid)
        builder.append(.implementationClassUID, .ui, string: DICOMWriter.implementationClassUID)
        builder.append(.implementationVersionName, .sh, string: DICOMWriter.implementationVersionName)
        do {
            return try builder.finish()
        } catch {
            throw CurationError(.cannotBuild, tag: error.tag, error.detail)
        }
    }
}
