import Cohort
import GRDB

/// Which column of a series holds which attribute.
enum SeriesColumns {
    /// How a column holds its values.
    enum Form: Equatable {
        /// The number of a word.
        case term
        case number
    }

    /// A column of a series, and the attribute that it holds.
    struct SeriesColumn {
        let attribute: String
        let name: String
        let form: Form
    }

    /// The columns that an object's own attributes go to, in the order of ``values(of:term:)``.
    static let own: [SeriesColumn] = [
        column(.modality, "modality", .term), column(.bodyPart, "body_part", .term),
        column(.laterality, "laterality", .term), column(.manufacturer, "manufacturer", .term),
        column(.model, "model", .term), column(.sliceThickness, "slice_thickness", .number),
        column(.pixelSpacing, "pixel_spacing", .number), column(.rows, "rows", .number),
        column(.columns, "columns", .number), column(.magneticFieldStrength, "magnetic_field_strength", .number),
        column(.echoTime, "echo_time", .number), column(.repetitionTime, "repetition_time", .number),
        column(.kvp, "kvp", .number), column(.contrast, "contrast", .term), column(.sopClass, "sop_class", .term),
        column(.transferSyntax, "transfer_syntax", .term),
    ]

    /// The columns that questions can name: those of an object, and the data set that a table puts a series into.
    static let held = own + [SeriesColumn(attribute: "series.dataset", name: "dataset", form: .term)]

    private static func column(_ attribute: CohortAttribute, _ name: String, _ form: Form) -> SeriesColumn {
        SeriesColumn(attribute: attribute.name, name: name, form: form)
    }

    private static let names = own.map(\.name)

    /// Writes a series and returns its row: images are added to those that it has, and the first value that is not empty
    /// stays. Patient, study, UID and images come first, then the values. A series that only a table listed so far has its
    /// images from now on.
    static let upsert = """
        INSERT INTO series (patient, study, uid, images, \(names.joined(separator: ", ")), sex, date, age)
        VALUES (?1, ?2, ?3, ?4, \(names.indices.map { "?\($0 + 5)" }.joined(separator: ", ")),
            (SELECT sex FROM patient WHERE id = ?1), (SELECT date FROM study WHERE id = ?2),
            (SELECT age FROM study WHERE id = ?2))
        ON CONFLICT (study, uid) DO UPDATE SET
            images = iif(listing IS NULL, images, 0) + excluded.images, listing = NULL,
            \(names.map { "\($0) = coalesce(\($0), excluded.\($0))" }.joined(separator: ", "))
        RETURNING id
        """

    static func values(
        of record: InstanceRecord, term: (String?) throws -> Int64?
    ) throws -> [(any DatabaseValueConvertible)?] {
        [
            try term(record.modality), try term(record.bodyPart), try term(record.laterality),
            try term(record.manufacturer), try term(record.model), record.sliceThicknessMM, record.pixelSpacingMM,
            record.rows, record.columns, record.magneticFieldStrengthT, record.echoTimeMS, record.repetitionTimeMS,
            record.kvpKV, try term(record.contrast.map { $0 ? "yes" : "no" }), try term(record.sopClassUID),
            try term(record.transferSyntaxUID),
        ]
    }
}
