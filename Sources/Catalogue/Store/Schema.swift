import GRDB

/// The tables of the index, and the steps from one form to the next.
///
/// The form's number is in SQLite's `user_version`, read and written in the transaction that changes the tables: two
/// processes that open a new index at the same moment cannot both build it.
enum Schema {
    static func update(_ db: Database) throws {
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard version <= steps.count else { throw IndexError.newer(version: version) }
        guard version < steps.count else { return }
        for step in steps[version...] { try db.execute(sql: step) }
        try db.execute(sql: "PRAGMA user_version = \(steps.count)")
    }

    private static let steps = [first, second, third, fourth, fifth]

    /// Words are kept once, in `term`, in upper case and without surplus white space: comparing and grouping them is
    /// comparing numbers. NULL is "not recorded" everywhere.
    ///
    /// A series has a copy of what its patient and study say, so that one index, `series_scan`, answers every question
    /// in a single pass in the order of patients. It begins with what answers are grouped by.
    private static let first = """
        CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), changes INTEGER NOT NULL);
        INSERT INTO state VALUES (1, 0);

        CREATE TABLE term (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

        CREATE TABLE patient (
            id INTEGER PRIMARY KEY,
            pseudonym TEXT NOT NULL UNIQUE,
            sex INTEGER REFERENCES term);

        CREATE TABLE study (
            id INTEGER PRIMARY KEY,
            patient INTEGER NOT NULL REFERENCES patient,
            uid TEXT NOT NULL,
            date INTEGER,
            age REAL,
            UNIQUE (patient, uid));

        CREATE TABLE series (
            id INTEGER PRIMARY KEY,
            patient INTEGER NOT NULL REFERENCES patient,
            study INTEGER NOT NULL REFERENCES study,
            uid TEXT NOT NULL,
            sex INTEGER, date INTEGER, age REAL,
            modality INTEGER, body_part INTEGER, laterality INTEGER, manufacturer INTEGER, model INTEGER,
            slice_thickness REAL, pixel_spacing REAL, rows INTEGER, columns INTEGER,
            magnetic_field_strength REAL, echo_time REAL, repetition_time REAL, kvp REAL,
            contrast INTEGER, sop_class INTEGER, transfer_syntax INTEGER,
            images INTEGER NOT NULL,
            UNIQUE (study, uid));

        CREATE INDEX series_scan ON series (
            patient, study, modality, body_part, manufacturer, sex, age, images,
            date, laterality, model, slice_thickness, pixel_spacing, rows, columns,
            magnetic_field_strength, echo_time, repetition_time, kvp, contrast, sop_class, transfer_syntax);

        CREATE TABLE instance (
            id INTEGER PRIMARY KEY,
            series INTEGER NOT NULL REFERENCES series,
            uid TEXT NOT NULL UNIQUE,
            digest BLOB NOT NULL,
            size INTEGER NOT NULL,
            sop_class INTEGER, transfer_syntax INTEGER,
            rows INTEGER, columns INTEGER, frames INTEGER);

        CREATE TABLE source (
            place BLOB PRIMARY KEY,
            version BLOB NOT NULL) WITHOUT ROWID;

        CREATE TABLE set_aside (
            place BLOB PRIMARY KEY,
            path TEXT NOT NULL,
            reason TEXT,
            recorded TEXT NOT NULL) WITHOUT ROWID;
        """
    /// Series are looked up by their UID when objects arrive: one series belongs to one patient.
    private static let second = """
        CREATE INDEX series_uid ON series (uid);
        """

    /// The objects of a series, for whoever looks through all series.
    private static let third = """
        CREATE INDEX instance_series ON instance (series);
        """

    /// The records of the clinical tables, by the source that brought them. What a record says is in `content`, one value
    /// after another: questions are counted in memory, where all of it is read once.
    private static let fourth = """
        CREATE TABLE fact_source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE fact (
            id INTEGER PRIMARY KEY,
            source INTEGER NOT NULL REFERENCES fact_source,
            patient INTEGER NOT NULL REFERENCES patient,
            entity TEXT NOT NULL,
            key TEXT NOT NULL,
            content BLOB NOT NULL,
            UNIQUE (source, patient, entity, key));
        CREATE INDEX fact_patient ON fact (patient);
        """

    /// Series that tables list, without images here: which table, and which data set of the site they belong to.
    private static let fifth = """
        CREATE TABLE listing (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            version BLOB NOT NULL,
            recorded TEXT NOT NULL);

        CREATE TABLE dataset (
            term INTEGER PRIMARY KEY REFERENCES term,
            description TEXT NOT NULL);

        ALTER TABLE series ADD COLUMN dataset INTEGER REFERENCES term;
        ALTER TABLE series ADD COLUMN listing INTEGER REFERENCES listing;
        CREATE INDEX series_listing ON series (listing) WHERE listing IS NOT NULL;
        """
}
