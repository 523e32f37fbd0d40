/// Rules about single attributes and about dates.
extension QualityRule {
    static let minimumAttribute = QualityRule(
        "minimum.attribute", .warning, .series, "A minimum attribute is not recorded",
        "Every imaging series should say whose it is, its modality, body part and manufacturer, when it was acquired, and the patient's age. The table of completeness shows which tier is reached.",
        remedy:
            "Fill the attribute at the source, or let the profile keep it; body part and age can be derived from other attributes of the archive."
    )

    static let enumeratedValue = QualityRule(
        "code.value", .warning, .object, "A code that the standard does not have",
        "The attribute takes one of a fixed set of values (PS3.3), and this is none of them: queries do not find it.",
        remedy: "Map the source's word to the standard's term before intake.")

    static let modalityTerm = QualityRule(
        "code.modality", .warning, .object, "An unknown modality",
        "Modality is none of the defined terms of PS3.3 C.7.3.1.1.1.",
        remedy: "Map it to the defined term; cohorts are found by it.")

    static let bodyPartTerm = QualityRule(
        "code.body-part", .notice, .object, "A body part in the site's own words",
        "Body Part Examined is none of the defined terms of PS3.16 Annex L: queries by body part may miss the series.",
        remedy: "Map the site's words to the standard's terms (LIVER, BREAST, CHESTABDPELVIS …).")

    static let implausibleValue = QualityRule(
        "range.implausible", .warning, .object, "A value outside what is possible",
        "A number is outside the range in which scanners and bodies lie: a wrong unit, a placeholder, or a slip.",
        remedy: "Correct it at the source, or empty it: no value is better than a wrong one.")

    static let impossibleAge = QualityRule(
        "range.age", .error, .object, "An impossible age",
        "Patient's Age is not written as PS3.5 asks (061Y, 009M), or is above 130 years.",
        remedy: "Correct the age, or empty it where it is not known.")

    static let attributeRules = [
        minimumAttribute, enumeratedValue, modalityTerm, bodyPartTerm, implausibleValue, impossibleAge,
    ]

    static let dateInvalid = QualityRule(
        "date.invalid", .warning, .object, "A date that is none",
        "The value is no day of the calendar in the form YYYYMMDD.",
        remedy: "Correct it at the source; dates that cannot be read cannot be shifted either.")

    static let dateOrder = QualityRule(
        "date.order", .warning, .object, "Dates in an impossible order",
        "The study begins before its series, and a series before what it acquires. Derived series are left out.",
        remedy: "Check the scanner's clock, and whether a series was moved into another study by hand.")

    static let dateBirth = QualityRule(
        "date.birth", .error, .object, "Examined before birth",
        "The study's date lies before the patient's birth date: the images may belong to another patient.",
        remedy: "Check the patient's identity at the source before anything else.")

    static let dateFuture = QualityRule(
        "date.future", .warning, .object, "A date in the future",
        "An examination is dated after today.",
        remedy: "Check the scanner's clock; a shift of dates always goes into the past.")

    static let dateAge = QualityRule(
        "date.age", .warning, .object, "Age and dates disagree",
        "Patient's Age differs by more than a year from what birth date and study date give.",
        remedy: "Check both at the source; the record may have been merged with another patient's.")

    static let dateRules = [dateInvalid, dateOrder, dateBirth, dateFuture, dateAge]
}
