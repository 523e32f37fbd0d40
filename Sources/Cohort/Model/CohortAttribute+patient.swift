extension CohortAttribute {
    public static let sex = CohortAttribute(
        "patient.sex", ["sex", "gender"], .patient,
        .code(
            [
                KnownValue("F", "Female", "female", "woman", "women"),
                KnownValue("M", "Male", "male", "man", "men"),
                KnownValue("O", "Other", "other"),
            ], isClosed: true),
        "Sex", "The patient's sex as the images say it. Nodes set to the strict basic profile do not keep it.",
        from: ["PatientSex"])

    public static let ageAtStudy = CohortAttribute(
        "patient.ageAtStudy", ["age", "patient.age"], .study, .age, "Age at study",
        """
        The patient's age in years when the study was made, as the images say it; not the age at diagnosis. Ages of 90 \
        and over are kept as 90. Infants' ages may be parts of a year: 18 months are 1.5.
        """,
        from: ["PatientAge"])

    public static let studyDate = CohortAttribute(
        "study.date", ["date", "studyDate"], .study, .date, "Study date",
        """
        When the study was made: 2021-03-31, or 2021-03 and 2021 for a whole month and year. The basic profile of \
        de-identification removes it, so most sites do not record it.
        """,
        from: ["StudyDate"])
}
