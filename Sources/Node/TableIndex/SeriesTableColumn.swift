import DICOM

/// A column of a table of series that the index knows what to do with.
enum SeriesTableColumn: String, CaseIterable {
    case patientID = "PatientID"
    case issuerOfPatientID = "IssuerOfPatientID"
    case studyInstanceUID = "StudyInstanceUID"
    case seriesInstanceUID = "SeriesInstanceUID"
    case dataSet = "dataset"
    case images = "NumberOfSeriesRelatedInstances"
    case patientSex = "PatientSex"
    case patientAge = "PatientAge"
    case studyDate = "StudyDate"
    case modality = "Modality"
    case bodyPartExamined = "BodyPartExamined"
    case laterality = "Laterality"
    case imageLaterality = "ImageLaterality"
    case manufacturer = "Manufacturer"
    case manufacturerModelName = "ManufacturerModelName"
    case sliceThickness = "SliceThickness"
    case pixelSpacing = "PixelSpacing"
    case imagerPixelSpacing = "ImagerPixelSpacing"
    case rows = "Rows"
    case columns = "Columns"
    case magneticFieldStrength = "MagneticFieldStrength"
    case echoTime = "EchoTime"
    case effectiveEchoTime = "EffectiveEchoTime"
    case repetitionTime = "RepetitionTime"
    case kvp = "KVP"
    case contrastBolusAgent = "ContrastBolusAgent"
    case sopClassUID = "SOPClassUID"
    case transferSyntaxUID = "TransferSyntaxUID"

    /// Without these a row belongs nowhere.
    static let required: [SeriesTableColumn] = [.patientID, .studyInstanceUID, .seriesInstanceUID]

    /// The column that a table calls `name`: the DICOM keyword in any case, with or without underscores and spaces.
    static func find(_ name: String) -> SeriesTableColumn? { byName[folded(name)] }

    /// The attribute whose values the column holds; nil for one that DICOM does not have.
    var tag: Tag? {
        switch self {
        case .dataSet, .images: nil
        default: Tag(keyword: rawValue)
        }
    }

    private static func folded(_ name: String) -> String {
        name.lowercased().filter { $0 != "_" && $0 != " " }
    }

    private static let byName: [String: SeriesTableColumn] = {
        var table = [
            "collectionid": dataSet, "datasetid": dataSet, "instancecount": images, "instances": images,
            "images": images, "issuer": issuerOfPatientID,
        ]
        for column in allCases { table[folded(column.rawValue)] = column }
        return table
    }()
}
