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

    /// The column of an attribute; nil for one that this index does not have.
    static func column(of attribute: CohortAttribute) -> (name: String, form: Form)? { table[attribute.name] }

    private static let table: [String: (name: String, form: Form)] = [
        CohortAttribute.sex.name: ("sex", .term),
        CohortAttribute.ageAtStudy.name: ("age", .number),
        CohortAttribute.studyDate.name: ("date", .number),
        CohortAttribute.modality.name: ("modality", .term),
        CohortAttribute.bodyPart.name: ("body_part", .term),
        CohortAttribute.laterality.name: ("laterality", .term),
        CohortAttribute.manufacturer.name: ("manufacturer", .term),
        CohortAttribute.model.name: ("model", .term),
        CohortAttribute.sliceThickness.name: ("slice_thickness", .number),
        CohortAttribute.pixelSpacing.name: ("pixel_spacing", .number),
        CohortAttribute.rows.name: ("rows", .number),
        CohortAttribute.columns.name: ("columns", .number),
        CohortAttribute.images.name: ("images", .number),
        CohortAttribute.magneticFieldStrength.name: ("magnetic_field_strength", .number),
        CohortAttribute.echoTime.name: ("echo_time", .number),
        CohortAttribute.repetitionTime.name: ("repetition_time", .number),
        CohortAttribute.kvp.name: ("kvp", .number),
        CohortAttribute.contrast.name: ("contrast", .term),
        CohortAttribute.sopClass.name: ("sop_class", .term),
        CohortAttribute.transferSyntax.name: ("transfer_syntax", .term),
    ]

    /// The columns that an object's own attributes go to, in the order of ``values(of:term:)``.
    private static let own = [
        "modality", "body_part", "laterality", "manufacturer", "model", "slice_thickness", "pixel_spacing", "rows",
        "columns", "magnetic_field_strength", "echo_time", "repetition_time", "kvp", "contrast", "sop_class",
        "transfer_syntax",
    ]

    /// Writes a series and returns its row: images are added to those that it has, and the first value that is not empty
    /// stays. Patient, study, UID and images come first, then the values.
    static let upsert = """
        INSERT INTO series (patient, study, uid, images, \(own.joined(separator: ", ")), sex, date, age)
        VALUES (?1, ?2, ?3, ?4, \(own.indices.map { "?\($0 + 5)" }.joined(separator: ", ")),
            (SELECT sex FROM patient WHERE id = ?1), (SELECT date FROM study WHERE id = ?2),
            (SELECT age FROM study WHERE id = ?2))
        ON CONFLICT (study, uid) DO UPDATE SET images = images + excluded.images,
            \(own.map { "\($0) = coalesce(\($0), excluded.\($0))" }.joined(separator: ", "))
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
