/// Rules about patients, and about objects of several series.
extension QualityRule {
    static let sexConflict = QualityRule(
        "patient.sex", .error, .patient, "Different sexes for one patient",
        "Images under one patient disagree about Patient's Sex: two patients may have been merged.",
        remedy: "Check the identities at the source; keep the patient out until it is settled.")

    static let birthConflict = QualityRule(
        "patient.birth-date", .error, .patient, "Different birth dates for one patient",
        "Images under one patient disagree about the birth date: two patients may have been merged.",
        remedy: "Check the identities at the source; keep the patient out until it is settled.")

    static let ageConflict = QualityRule(
        "patient.age", .warning, .patient, "Ages and study dates do not go together",
        "Between two studies the age changes by another span than the dates, by more than a year and a half.",
        remedy: "Check the ages at the source; one of the studies may be another patient's.")

    static let lateralityConflict = QualityRule(
        "laterality.contradiction", .warning, .series, "An image says left and right",
        "Laterality of the series and Image Laterality of an image in it contradict each other.",
        remedy: "Look at the image's markers; correct the attribute that is wrong.")

    static let clinicalSex = QualityRule(
        "clinical.sex", .error, .patient, "Images and clinical facts disagree about the sex",
        "Patient's Sex in the images is not that of the clinical table: a row or the images may be another patient's.",
        remedy: "Check the patient's row and the join of the table with the images.")

    static let clinicalAge = QualityRule(
        "clinical.age", .warning, .patient, "Images and clinical facts disagree about the age",
        "The age in the images is more than two years away from what the clinical table gives for the study's date.",
        remedy: "Check birth year and age in the table; check the join with the images.")

    static let clinicalDates = QualityRule(
        "clinical.dates", .error, .patient, "Images dated outside the patient's life",
        "A study lies before the birth or more than a day after the death that the clinical table has.",
        remedy: "Check the table's dates, and that both were shifted with the same key.")

    static let clinicalLaterality = QualityRule(
        "clinical.laterality", .notice, .patient, "Images of the other side",
        "All images that name a side name another one than the clinical table. Images of the healthy side are common; alone they are not.",
        remedy: "Check the side of the tumour in the table and in the images.")

    static let clinicalAbsent = QualityRule(
        "clinical.absent", .notice, .patient, "Patients without clinical facts",
        "There are images of the patient, but no row in the clinical table.",
        remedy: "Add the rows, or check that both were de-identified with the same key.")

    static let imagesAbsent = QualityRule(
        "clinical.no-images", .notice, .patient, "Patients without images",
        "The clinical table has patients of whom there are no images.",
        remedy: "Take in their images, or check that both were de-identified with the same key.")

    static let patientRules = [
        sexConflict, birthConflict, ageConflict, lateralityConflict, clinicalSex, clinicalAge, clinicalDates,
        clinicalLaterality, clinicalAbsent, imagesAbsent,
    ]

    static let orphan = QualityRule(
        "reference.orphan", .error, .series, "It refers to images that are not here",
        "A segmentation, structure set, report, presentation state, dose or selection names objects that are not in the data set: it cannot be shown or used.",
        remedy: "Take in the images that it was made on, or leave it out.")

    static let partialOrphan = QualityRule(
        "reference.incomplete", .warning, .series, "Some of the images it refers to are not here",
        "It names several objects, and part of them is not in the data set.",
        remedy: "Take in the missing images of the series that it was made on.")

    static let otherPatient = QualityRule(
        "reference.other-patient", .error, .series, "It refers to images of another patient",
        "The referenced object is in the data set, but under another patient.",
        remedy: "Check whose it is at the source; keep both out until it is settled.")

    static let frameMismatch = QualityRule(
        "reference.frame-of-reference", .error, .series, "Its frame of reference is not that of its images",
        "Contours or segments lie in another coordinate system than the images that they were drawn on.",
        remedy: "Fetch both from the same source again; never correct it by copying the UID.")

    static let referenceRules = [orphan, partialOrphan, otherPatient, frameMismatch]

    static let duplicateUID = QualityRule(
        "duplicate.uid", .error, .object, "Two objects with one UID",
        "A SOP Instance UID names one object in the world; here it stands in two files.",
        remedy: "Compare both files; keep the right one.")

    static let duplicatePixels = QualityRule(
        "duplicate.pixels", .warning, .series, "The same pictures under other UIDs",
        "Pixel for pixel the same image is there twice for one patient: counted twice in statistics, seen twice in training.",
        remedy: "Keep one of the two series.")

    static let duplicatePixelsOtherPatient = QualityRule(
        "duplicate.pixels-other-patient", .error, .series, "The same pictures under two patients",
        "Pixel for pixel the same image stands under two patients: one person with two numbers, or a mix-up. Training and test sets leak into each other.",
        remedy: "Settle at the source whose images they are; merge or remove.")

    static let nearDuplicate = QualityRule(
        "duplicate.near", .notice, .series, "Pictures that look the same",
        "Frames of two studies of one patient are alike but for compression, size or shades: most likely copies.",
        remedy: "Look at the pairs; keep the original.")

    static let nearDuplicateOtherPatient = QualityRule(
        "duplicate.near-other-patient", .warning, .series, "Pictures that look the same under two patients",
        "Frames of two patients are alike but for compression, size or shades.",
        remedy: "Look at the pairs; if they show one person, settle it at the source.")

    static let duplicateRules = [
        duplicateUID, duplicatePixels, duplicatePixelsOtherPatient, nearDuplicate, nearDuplicateOtherPatient,
    ]
}
