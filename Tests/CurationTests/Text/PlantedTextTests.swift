import Curation
import Testing

/// Nothing is known of the patient here: what goes, goes by its form or because no vocabulary has it.
@Suite("Identifiers of nobody that is known, in free text")
struct PlantedTextTests {
    private let cleaner = TextCleaner()

    private func check(_ planted: PlantedText) {
        let cleaned = cleaner.clean(planted.text, known: KnownIdentifiers(), shift: DateShift(days: -70))?.text ?? ""
        #expect(planted.faults(cleaned) == [], "\(cleaned)")
    }

    @Test(
        "people, by what stands before their names",
        arguments: [
            PlantedText("CT CHEST DOE JANE", goes: "DOE|JANE", stays: "CT CHEST"),
            PlantedText("MR BRAIN SMITH^JOHN^A", goes: "SMITH|JOHN", stays: "MR BRAIN"),
            PlantedText("read by Dr. Brown on call", goes: "Brown", stays: "read by|on call"),
            PlantedText("Dictated by: Mark Stone, MD. No mass.", goes: "Mark|Stone", stays: "No mass."),
            PlantedText("Referred by Dr May Long for staging", goes: "May|Long", stays: "Referred by|for staging"),
            PlantedText("Attending: Young, Robert", goes: "Young|Robert", stays: "Attending"),
            PlantedText("Tech: K. Underhill", goes: "Underhill|K", stays: "Tech"),
            PlantedText("Patient: Jane Doe. Chest pain.", goes: "Jane|Doe", stays: "Chest pain."),
            PlantedText("Pt Name: White, Grace", goes: "White|Grace"),
            PlantedText("Mr. Baker was seen; lungs clear", goes: "Baker", stays: "was seen|lungs clear"),
            PlantedText("Mrs Little has a nodule", goes: "Little", stays: "has a nodule"),
            PlantedText("discussed with Dr. J. P. van der Berg", goes: "Berg|J|P", stays: "discussed with"),
            PlantedText("electronically signed by PETER KING", goes: "PETER|KING", stays: "electronically signed by"),
            PlantedText("Prof. Dr. med. Karl-Heinz Müller", goes: "Karl|Heinz|Müller"),
            PlantedText("Frau Schmidt, Schädel nativ", goes: "Schmidt", stays: "Schädel nativ"),
            PlantedText("Herr Klein, Thorax nativ", goes: "Klein", stays: "Thorax nativ"),
            PlantedText("befundet von Dr. Lange", goes: "Lange"),
            PlantedText("Überweiser: Hausarzt Dr. Koch", goes: "Koch"),
            PlantedText("Mme Dupont, scanner thorax", goes: "Dupont", stays: "scanner thorax"),
            PlantedText("M. Petit, IRM du foie", goes: "Petit", stays: "IRM du foie"),
            PlantedText("Médecin : Dr Lefèvre", goes: "Lefèvre"),
            PlantedText("Sr. García, TC de tórax", goes: "García", stays: "TC de tórax"),
            PlantedText("Sra. María del Carmen Ruiz; mamografía", goes: "María|Carmen|Ruiz", stays: "mamografía"),
            PlantedText("informado por Dra. Moreno", goes: "Moreno"),
            PlantedText("Sig.ra Bianchi, RM encefalo", goes: "Bianchi", stays: "RM"),
            PlantedText("refertato da Dott. Rossi", goes: "Rossi"),
            PlantedText("Dhr. de Vries, CT buik", goes: "Vries", stays: "CT buik"),
            PlantedText("Mevr. Jansen, mammografie", goes: "Jansen", stays: "mammografie"),
            PlantedText("Sr. João Pereira, ressonância", goes: "João|Pereira", stays: "ressonância"),
            PlantedText("Pani Kowalska, TK klatki piersiowej", goes: "Kowalska", stays: "TK klatki piersiowej"),
            PlantedText("opis: lek. Jan Nowak", goes: "Nowak"),
            PlantedText("κα Παπαδοπούλου, αξονική θώρακος", goes: "Παπαδοπούλου", stays: "αξονική θώρακος"),
            PlantedText("Ιατρός: Δρ. Νικολάου", goes: "Νικολάου"),
            PlantedText("Fru Lindström, DT buk", goes: "Lindström", stays: "DT buk"),
            PlantedText("пациент: Иванов Петър", goes: "Иванов|Петър"),
            PlantedText("MUDr. Dvořák, nález", goes: "Dvořák", stays: "nález"),
            PlantedText("chest routine J. Kowalczyk", goes: "Kowalczyk|J", stays: "chest routine"),
            PlantedText("mother Helen, sister Ann: breast cancer", goes: "Helen|Ann", stays: "breast cancer"),
        ])
    func people(planted: PlantedText) { check(planted) }

    @Test(
        "addresses of twelve countries",
        arguments: [
            PlantedText("lives at 123 Main St, Springfield, IL 62704", goes: "123|Main|Springfield|62704"),
            PlantedText(
                "4500 North Lake Shore Drive Apt 12B, Chicago IL 60614-1234",
                goes: "4500|Lake|Shore|Chicago|60614|1234|12B"),
            PlantedText(
                "CT CHEST 77 MASSACHUSETTS AVE CAMBRIDGE MA 02139", goes: "77|MASSACHUSETTS|CAMBRIDGE|02139",
                stays: "CT CHEST"),
            PlantedText("1 Elm Court, Boston, MA", goes: "Elm|Boston"),
            PlantedText("mail to P.O. Box 4711, Salem", goes: "4711"),
            PlantedText("10 Downing Street, London SW1A 2AA", goes: "Downing|London|SW1A|2AA"),
            PlantedText("Flat 3, 22 Baker Close, Leeds LS1 4DY", goes: "22|Baker|Leeds|LS1|4DY"),
            PlantedText("wohnhaft Hauptstraße 12, 10115 Berlin", goes: "Hauptstraße|12|10115|Berlin"),
            PlantedText("Lange Str. 5a, 80331 München", goes: "Lange|5a|80331|München"),
            PlantedText("Am Alten Markt 3, D-50667 Köln", goes: "Alten|Markt|3|50667|Köln"),
            PlantedText("Postfach 1234, Bonn", goes: "1234|Bonn"),
            PlantedText("12 rue de la Paix, 75002 Paris", goes: "12|Paix|75002|Paris"),
            PlantedText("3 bis avenue Victor Hugo 69003 Lyon", goes: "Victor|Hugo|69003|Lyon"),
            PlantedText("Calle Mayor 5, 3º B, 28013 Madrid", goes: "Mayor|28013|Madrid"),
            PlantedText("Avda. de la Constitución 20, Sevilla", goes: "Constitución|20|Sevilla"),
            PlantedText("C/ Gran Vía, 32, 46005 Valencia", goes: "46005|Valencia"),
            PlantedText("Via Roma 10, 20121 Milano", goes: "Roma|10|20121|Milano"),
            PlantedText("Viale dei Mille, 7 Firenze", goes: "Mille|Firenze"),
            PlantedText("Kerkstraat 14, 1017 GL Amsterdam", goes: "Kerkstraat|14|1017|GL|Amsterdam"),
            PlantedText("Rua Augusta 25, 1100-053 Lisboa", goes: "Augusta|25|1100|053|Lisboa"),
            PlantedText("ul. Długa 7 m. 3, 00-238 Warszawa", goes: "Długa|00|238|Warszawa"),
            PlantedText("Storgatan 3, 114 55 Stockholm", goes: "Storgatan|114|55|Stockholm"),
            PlantedText("οδός Ερμού 15, 105 63 Αθήνα", goes: "Ερμού|15|105|63|Αθήνα"),
            PlantedText("Mannerheimintie 5, 00100 Helsinki", goes: "Mannerheimintie|00100|Helsinki"),
            PlantedText("Nørregade 8, 1165 København", goes: "Nørregade|1165|København"),
            PlantedText("Národní 9, 110 00 Praha 1", goes: "Národní|Praha"),
        ])
    func addresses(planted: PlantedText) { check(planted) }

    @Test(
        "numbers of people: hospitals', states', telephones', cards'",
        arguments: [
            PlantedText("chest MRN: 4711", goes: "4711", stays: "chest MRN"),
            PlantedText("MRN 448812, Acc# 12, abdomen", goes: "448812|12", stays: "abdomen"),
            PlantedText("accession no. A-2291", goes: "A-2291|2291"),
            PlantedText("MRN1234 CT HEAD", goes: "MRN1234|1234", stays: "CT HEAD"),
            PlantedText("CT ABD 12345678", goes: "12345678", stays: "CT ABD"),
            PlantedText("biopsy S24-123456", goes: "123456|S24", stays: "biopsy"),
            PlantedText("SSN 123-45-6789", goes: "123|45|6789"),
            PlantedText("078-05-1120 thorax", goes: "078|05|1120", stays: "thorax"),
            PlantedText("NHS 943 476 5919", goes: "943|476|5919"),
            PlantedText("NI QQ 12 34 56 C", goes: "QQ|34|56"),
            PlantedText("DNI 12345678Z", goes: "12345678Z"),
            PlantedText("NIR 1 85 05 78 006 084 36", goes: "85|006|084|36"),
            PlantedText("codice fiscale RSSMRA85T10A562S", goes: "RSSMRA85T10A562S"),
            PlantedText("BSN 111222333", goes: "111222333"),
            PlantedText("PESEL 44051401359", goes: "44051401359"),
            PlantedText("ΑΜΚΑ 01018012345", goes: "01018012345"),
            PlantedText("personnummer 850101-1234", goes: "850101|1234"),
            PlantedText("CPR 010185-1234", goes: "010185|1234"),
            PlantedText("r.č. 850101/1234", goes: "850101|1234"),
            PlantedText("rijksregister 85.07.30-033.28", goes: "85|07|30|033|28"),
            PlantedText("Versichertennr. A123456789", goes: "A123456789"),
            PlantedText("IBAN DE89 3704 0044 0532 0130 00", goes: "DE89|3704|0044|0532"),
            PlantedText("card 4111 1111 1111 1111", goes: "4111|1111"),
            PlantedText("plate AB-123-CD", goes: "AB|123|CD"),
            PlantedText("Kennzeichen: B-MW 1234", goes: "MW|1234"),
            PlantedText("licence no. D12345", goes: "D12345"),
            PlantedText("serial no: 9F-22817", goes: "22817|9F"),
            PlantedText("Room 302, bed 4", goes: "302|4", stays: "Room"),
            PlantedText("Zimmer 12B", goes: "12B"),
            PlantedText("call 555-123-4567", goes: "555|123|4567", stays: "call"),
            PlantedText("(217) 555-0142 home", goes: "217|555|0142", stays: "home"),
            PlantedText("tel +34 91 123 45 67", goes: "34|91|123|45|67"),
            PlantedText("Tel.: 030/1234567", goes: "030|1234567"),
            PlantedText("06 12 34 56 78", goes: "06|12|34|56|78"),
            PlantedText("020 7946 0958", goes: "020|7946|0958"),
            PlantedText("+30 210 123 4567", goes: "30|210|123|4567"),
            PlantedText("móvil 612 345 678", goes: "612|345|678"),
            PlantedText("jane.doe@hospital.example.org", goes: "jane|doe|hospital|example"),
            PlantedText("see https://pacs.example.org/study?id=5", goes: "pacs|example|id|5", stays: "see"),
            PlantedText("host pacs01.klinik.de", goes: "pacs01|klinik"),
            PlantedText("from 192.168.10.7 port 104", goes: "192|168", stays: "port 104"),
            PlantedText("MAC 00:1A:2B:3C:4D:5E", goes: "1A|2B|3C|4D|5E"),
            PlantedText("\\\\SRV01\\share\\doe", goes: "SRV01|doe"),
            PlantedText("UID 1.2.840.113619.2.55.3.4", goes: "840|113619|55"),
        ])
    func numbers(planted: PlantedText) { check(planted) }

    @Test(
        "dates of birth go, labelled in any language",
        arguments: [
            "DOB: 06/12/1950", "born 12 June 1950", "geb. 12.06.1950", "né le 12 juin 1950",
            "nacido el 12 de junio de 1950",
            "nata il 12 giugno 1950", "geboren 12 juni 1950", "ur. 12.06.1950", "född 1950-06-12",
            "γεννηθείς 12/06/1950",
            "nascido a 12 de junho de 1950", "Date of birth 12-Jun-1950", "narozen 12. června 1950",
        ])
    func births(text: String) {
        let cleaned = cleaner.clean(text, known: KnownIdentifiers(), shift: DateShift(days: -70))?.text ?? ""
        #expect(!cleaned.contains("1950") && !cleaned.contains { $0.isNumber }, "\(cleaned)")
    }

    @Test(
        "places and institutions that no vocabulary has",
        arguments: [
            PlantedText("CT from Springfield General Hospital", goes: "Springfield", stays: "Hospital"),
            PlantedText("Klinikum Großhadern, Befund", goes: "Großhadern", stays: "Befund"),
            PlantedText("Hôpital Pitié-Salpêtrière", goes: "Salpêtrière"),
            PlantedText("compare Mayo CT", goes: "Mayo", stays: "compare|CT"),
        ])
    func places(planted: PlantedText) { check(planted) }
}
