/// The DICOM JSON model (PS3.18 annex F): a data set as a JSON object, and back.
///
/// Both ways walk flat tapes: depth costs no stack. Text is UTF-8 in JSON whatever the file's character set; (0008,0005)
/// stays as it was in the file, as F.2.2 note 3 wants it.
public enum DICOMJSON {
    /// The JSON text, on one line. Group lengths are left out (F.2.2); binary values, and pixel data where the data set
    /// has it, become InlineBinary in little endian order. Compressed frames, for which the model has no inline form,
    /// become the bytes of their items up to the delimiter.
    public static func encode(_ dataSet: DataSet) -> [UInt8] {
        var encoder = JSONEncoder()
        encoder.encode(dataSet)
        return encoder.output
    }

    /// The data set that a JSON object describes, its text in UTF-8: where it goes beyond ASCII, (0008,0005) becomes
    /// ISO_IR 192. BulkDataURI gives an element without value.
    public static func decode(_ json: [UInt8], limits: Limits = .standard) throws(DICOMError) -> DataSet {
        var decoder = JSONDecoder(tape: try JSONTape(json, limits: limits), limits: limits)
        return try decoder.decode()
    }
}
