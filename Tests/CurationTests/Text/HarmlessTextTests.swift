import Curation
import DICOM
import Testing

/// Texts from protocols and requests as scanners and people write them, in words of our own, and what must become of them.
@Suite("Cleaning of text keeps what is harmless")
struct HarmlessTextTests {
    private let cleaner = TextCleaner()

    private func clean(_ text: String, known: KnownIdentifiers = KnownIdentifiers()) -> String {
        cleaner.clean(text, known: known, shift: DateShift(days: -70))?.text ?? ""
    }

    @Test(
        "descriptions stay as they are",
        arguments: [
            "ECHO 4 CHAMBER VIEW", "12 Lead ST", "2 ABD CT", "BREAST LEFT 3 O'CLOCK 4 CM FN", "CT CHEST W/O CONTRAST",
            "T2 FLAIR AX", "LT BREAST MLO", "AAHead_Scout_64ch-head-coil", "SpinEchoFieldMap_AP", "rfMRI_REST_PA_SBRef",
            "dMRI_dir106_AP_2x2x2", "AbdPelvis 2.0 Qr40", "CT Schaedel nativ", "IRM CEREBRALE T1 GADO",
            "TAC abdomen y pelvis",
            "RM ENCEFALO SENZA E CON MDC", "CT THORAX MET CONTRAST", "RM głowy", "Oberbauchsonographie",
            "Echocardiogram",
            "IR PICC PLACEMENT", "SRS PLANNING", "SpinalCord_PRV", "GTVn1", "HFS", "PETAC VUEPOINT FX", "gado eob dtpa",
            "JPEG 2000 reversible (lossless)", "Cardiac low dose 15 fps",
        ])
    func descriptions(text: String) {
        #expect(clean(text) == text)
    }

    @Test(
        "words of medicine stay, drugs and abbreviations among them",
        arguments: [
            "RUQ tenderness, fever, leukocytosis", "Hepatocellular carcinoma after TACE and RFA",
            "Metformin held for 48 hours",
            "Osteoarthritis, meniscal tear", "on osimertinib", "Neoadjuvant FOLFIRINOX, 4 cycles",
            "s/p cholecystectomy",
            "Pembrolizumab, progression", "COVID-19 pneumonia, intubated", "hemicolectomy", "Tumour of the oesophagus",
        ])
    func medicine(text: String) {
        #expect(clean(text) == text)
    }

    @Test(
        "people whom an illness is called after stay beside it",
        arguments: ["Crohn's disease", "Circle of Willis TOF", "Vein of Galen", "Hill-Sachs lesion", "Smith fracture"])
    func eponyms(text: String) {
        #expect(clean(text) == text)
    }

    @Test("and go where they are people")
    func people() {
        #expect(clean("CT for Willis") == "CT for")
        #expect(clean("Smith fracture", known: KnownIdentifiers([.init(.patientName, "Smith")])) == "fracture")
    }

    @Test(
        "addresses go, with kinds of streets that are other words as well",
        arguments: [
            "9 Park View", "14 Hill Walk, Bristol", "55 West Park Row", "88 Elm Pl", "2301 N Lakeview Dr",
            "742 Evergreen Terrace",
            "77 Sunset Blvd, Los Angeles", "123 MAPLE CT",
        ])
    func addresses(text: String) {
        let left = clean("chest \(text); abdomen")
        #expect(left.hasPrefix("chest") && left.hasSuffix("abdomen"))
        #expect(!left.contains { $0.isNumber } && left.utf8.count < 18, "\(left)")
    }

    @Test(
        "hospitals and people in capitals go",
        arguments: [
            ("Transferred from Good Samaritan Medical Center", "Transferred from Medical Center"),
            ("SACRED HEART HOSPITAL CT CHEST", "HOSPITAL CT CHEST"),
            ("CT FROM OUTSIDE HOSPITAL", "CT FROM OUTSIDE HOSPITAL"),
            ("Breast Clinic", "Breast Clinic"), ("MRI BRAIN DR BROWN", "MRI BRAIN DR"),
            ("DR HAND LEFT", "DR HAND LEFT"),
            ("Technologist: JB", "Technologist"), ("Kowalczyk's report", "report"),
        ])
    func institutions(text: String, left: String) {
        #expect(clean(text) == left)
    }

    @Test(
        "towns that are words as well go where somebody lives there",
        arguments: [
            ("Patient lives in Cedar Rapids; cough", "Patient lives in; cough"), ("Cedar Rapids, Iowa", ""),
            ("PATIENT LIVES IN NURSING HOME", "PATIENT LIVES IN NURSING HOME"), ("lesion in Liver", "lesion in Liver"),
        ])
    func towns(text: String, left: String) {
        #expect(clean(text) == left)
    }

    @Test("a month and a day without their year go, and a high age beside the sex is capped")
    func daysAndAges() {
        #expect(clean("study of June 5") == "study of")
        #expect(clean("93F with cough") == "90+F with cough")
        #expect(clean("F/M 95M coil") == "F/M 95M coil")
    }

    @Test(
        "names in Greek and Cyrillic letters go in Latin ones, too",
        arguments: [
            ("Соколова^Надежда", "Liver of Sokolova Nadezhda"),
            ("Παπαδόπουλος^Γεώργιος", "Liver of Papadopoulos Georgios"),
            ("Жуков^Юрий", "Liver of Zhukov Yuriy"), ("Щербаков", "Liver of Shcherbakov"),
            ("Христов", "Liver of Hristov"),
        ])
    func romanised(name: String, text: String) throws {
        let known = KnownIdentifiers([.init(.patientName, name)])
        #expect(clean(text, known: known) == "Liver of")
        #expect(cleaner.scrub(text, known: known) == "Liver of")
        var builder = DataSetBuilder()
        builder.append(.seriesDescription, .lo, string: text)
        #expect(LeakScanner(known: known).scan(dataSet: try builder.finish()).first?.kind == .patientName)
    }
}
