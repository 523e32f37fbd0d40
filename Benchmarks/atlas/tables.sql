-- The sites' tables as one central table of series, with the values that a node keeps of them: words in upper case, what is
-- no sex, age or day not recorded, ages of 90 and over as 90, and of rows that disagree about a patient or study the first.
CREATE MACRO words(text) AS nullif(upper(trim(regexp_replace(text, '\s+', ' ', 'g'))), '');
CREATE MACRO years(text) AS least(90, CASE right(text, 1)
    WHEN 'Y' THEN 1.0 WHEN 'M' THEN 1 / 12.0 WHEN 'W' THEN 7 / 365.25 WHEN 'D' THEN 1 / 365.25 END
    * try_cast(left(text, -1) AS DOUBLE));

CREATE TABLE raw AS
    SELECT *, row_number() OVER (ORDER BY site, dataset, PatientID, StudyInstanceUID, SeriesInstanceUID) AS place
    FROM source;

CREATE TABLE patients AS
    SELECT site, dataset, PatientID, row_number() OVER () AS patient,
        first(PatientSex ORDER BY place) FILTER (PatientSex IN ('F', 'M', 'O')) AS sex
    FROM raw GROUP BY site, dataset, PatientID;

CREATE TABLE studies AS
    SELECT p.patient, p.sex, r.site, r.dataset, r.PatientID, r.StudyInstanceUID, row_number() OVER () AS study,
        first(try_cast(StudyDate AS DATE) ORDER BY place) FILTER (try_cast(StudyDate AS DATE) IS NOT NULL) AS date,
        first(years(PatientAge) ORDER BY place) FILTER (regexp_full_match(PatientAge, '[0-9]{1,3}[DWMY]')) AS age
    FROM raw r JOIN patients p USING (site, dataset, PatientID)
    GROUP BY ALL;

CREATE TABLE study AS SELECT patient, study, date, age FROM studies;

CREATE TABLE series AS
    SELECT t.site, t.patient, t.study, t.sex, t.age, t.date, words(r.dataset) AS dataset, words(Modality) AS modality,
        words(BodyPartExamined) AS body_part, words(Manufacturer) AS manufacturer, words(ManufacturerModelName) AS model,
        SOPClassUID AS sop_class, split_part(TransferSyntaxUID, ',', 1) AS transfer_syntax,
        NumberOfSeriesRelatedInstances::BIGINT AS images
    FROM raw r JOIN studies t USING (site, dataset, PatientID, StudyInstanceUID)
    ORDER BY t.patient, t.study;

CREATE TABLE clinical AS
    SELECT p.patient, age_at_index::DOUBLE AS age, E::DOUBLE AS event, nullif(greatest(T::DOUBLE, -1), -1) AS days,
        "morphology_8500/3" = '1' AS ductal, "morphology_8520/3" = '1' AS lobular
    FROM outcomes c JOIN patients p ON p.dataset = 'tcga_brca' AND p.PatientID = c.pid AND p.site = c.site;

DROP TABLE raw;
DROP TABLE studies;
