import Curation
import Testing

@Suite("Cleaning of free text")
struct TextCleanerTests {
    private typealias Value = KnownIdentifiers.Value

    private let cleaner = TextCleaner()
    private let known = KnownIdentifiers([
        Value(.patientName, "Müller"), Value(.patientName, "Erika"), Value(.patientName, "Wu"),
        Value(.patientName, "山田"),
        Value(.patientID, "HOSP-004711"), Value(.birthDate, "19500612"), Value(.accession, "ACC77120"),
        Value(.staffName, "Papadopoulos"), Value(.institution, "Klinikum Musterstadt"),
        Value(.phone, "+49 171 5550123"),
    ])

    private func clean(_ text: String, days: Int = -70) -> String {
        cleaner.clean(text, known: known, shift: DateShift(days: days))?.text ?? ""
    }

    @Test(
        "what is known of the patient goes, however it is written",
        arguments: [
            ("CT CHEST MÜLLER ERIKA", "CT CHEST"), ("Mueller, Erika: CT chest", "CT chest"), ("muller^erika", ""),
            ("chest of Erika Wu", "chest of"), ("HOSP004711 chest", "chest"), ("ID hosp 4711, abdomen", "ID, abdomen"),
            ("ACC77120", ""), ("reported at Klinikum Musterstadt", "reported at"), ("chest 山田太郎", "chest"),
            ("PAPADOPOULOS protocol", "protocol"), ("Musterstadt chest routine", "chest routine"),
        ])
    func knownValues(text: String, left: String) {
        #expect(clean(text) == left)
    }

    @Test(
        "what has the form of an identifier goes, whoever's it is",
        arguments: [
            "Dr. Smith", "read by John Smithson", "Name: Jane Doe", "MRN: 12", "MRN 448812", "tel 555-123-4567",
            "+34 600 123 456",
            "jane.doe@example.org", "https://pacs.example.org/a", "1.2.840.113619.2.55.3.4", "192.168.10.7",
            "123-45-6789",
            "12 Oak Tree Street", "Hauptstraße 12, 10115 Berlin", "Calle Mayor 5", "12 rue de Rivoli,",
            "Springfield, IL 62704",
            "1012 AB Amsterdam", "AB1234567", "Frau Schmidt", "Sr. García", "DOB: 06/12/1950",
        ])
    func patterns(text: String) {
        let words = clean("chest \(text) abdomen").lowercased()
        #expect(words.hasPrefix("chest") && words.hasSuffix("abdomen"))
        for word in [
            "smith", "john", "jane", "doe", "12", "448", "555", "600", "example", "113619", "192", "oak", "haupt",
            "berlin", "mayor", "rivoli", "springfield", "62704", "amsterdam", "1234567", "schmidt", "garc", "1950",
        ] where text.lowercased().contains(word) {
            #expect(!words.contains(word), "\(word) is left of \(text)")
        }
    }

    /// 70 days before: counted with Python's datetime.
    @Test(
        "dates are moved, and written as they were",
        arguments: [
            ("follow up 20240317", "follow up 20240107"), ("of 2024-03-17", "of 2024-01-07"),
            ("17.03.2024", "07.01.2024"),
            ("03/17/2024", "01/07/2024"), ("17 March 2024", "7 January 2024"), ("Mar 17, 2024", "Jan 7, 2024"),
            ("17/03/24 10:30", "07/01/24 10:30"),
        ])
    func dates(text: String, moved: String) {
        #expect(clean(text) == moved)
    }

    @Test("a birth date is taken out, not moved")
    func birthDate() {
        #expect(clean("born 12.06.1950, chest") == "born, chest" || clean("born 12.06.1950, chest") == "chest")
        #expect(!clean("born 12.06.1950").contains("19"))
    }

    @Test(
        "ages of ninety and more are one",
        arguments: [("93 y/o female", "90+ y/o female"), ("95-year-old", "90+-year-old"), ("94yo", "90+yo")])
    func ages(text: String, left: String) {
        #expect(clean(text) == left)
    }

    @Test(
        "the language of imaging stays as it is",
        arguments: [
            "CT CHEST W/O CONTRAST", "T1 AX POST GD", "Thorax 5.0 B31f", "ep2d_diff_b50_400_800_ADC",
            "MAMMO screening digital bilateral",
            "CT_CHEST_ABDOMEN_PELVIS_W_CONTRAST", "t2_tse_tra 3mm FOV 350", "SAG T2 FLAIR", "Abd/Pel 3.0 MPR", "R MLO",
            "PET CTAC 3D",
            "DYNAMIC 1+4 pre/post", "1.25 mm lung window", "axial 120kV 300mAs", "WB DWI b=1000 s/mm²",
        ])
    func retention(text: String) {
        #expect(clean(text) == text)
    }

    @Test("words that nobody knows to be harmless do not stay")
    func unknownWords() {
        #expect(clean("CT CHEST DOE JANE") == "CT CHEST")
        #expect(cleaner.clean("Kowalczyk", known: KnownIdentifiers(), shift: nil) == nil)
    }

    @Test(
        "long nonsense is dealt with in time, and nothing traps",
        arguments: ["9", "a1", "@.", "山", "é", "-", "1-", "Dr. ", "12 A "])
    func nonsense(piece: String) {
        _ = clean(String(repeating: piece, count: 20_000))
    }
}
