import Curation
import Testing

@Suite("The leak scan of text that was read in pixels")
struct RecognisedTextTests {
    private typealias Value = KnownIdentifiers.Value

    private let scanner = LeakScanner(
        known: KnownIdentifiers([
            Value(.patientName, "Bornemann^Silvio"), Value(.patientName, "Lee^Ann"), Value(.patientID, "80158012"),
            Value(.accession, "SO1581Z"), Value(.birthDate, "19580110"), Value(.institution, "Rigshospitalet"),
            Value(.staffName, "Head^Foot"),
        ]))

    @Test(
        "finds what a reader mistakes: letters and digits that look alike, one letter wrong, missing or too many",
        arguments: [
            ("BORNEMANN", KnownIdentifiers.Kind.patientName), ("BOMEMANN", .patientName), ("B0RNEMANN", .patientName),
            ("Bornernann", .patientName), ("Bomernann S.", .patientName), ("BORNEMAN", .patientName),
            ("SILVI0", .patientName), ("5ilvio", .patientName), ("S1LVlO", .patientName), ("Silvjo", .patientName),
            ("8OI58OI2", .patientID), ("8015 8012", .patientID), ("ID: 80l58012", .patientID), ("S01581Z", .accession),
            ("5O158lZ", .accession), ("1O.0I.1958", .birthDate), ("10/01/1958", .birthDate),
            ("10 JAN 1958", .birthDate),
            ("I9580110", .birthDate), ("RIGSHOSPITAIET", .institution), ("Ann Lee", .patientName),
        ])
    func mistaken(text: String, kind: KnownIdentifiers.Kind) {
        let found = scanner.scan(recognisedText: "120 kV \(text) W:400", frame: 3)
        #expect(found.map(\.kind) == [kind])
        #expect(found.first?.place == .frame(3))
    }

    @Test(
        "takes nothing else for one",
        arguments: [
            "", "HEAD FIRST SUPINE", "FOOT", "80158013", "LEFT LEG", "sleeve", "Horneman", "SO1582Z", "10.01.1959",
            "W 350 L 40 120kV 200mA", "SILVER", "|||| .... ____", "L", "IM 12/158", "SL 5.0 mm",
        ])
    func harmless(text: String) {
        #expect(scanner.scan(recognisedText: text, frame: 0) == [])
    }

    @Test("is bounded, whatever a reader returns")
    func bounded() {
        let noise = String(repeating: "1l|O0 rn vv ", count: 20_000)
        #expect(scanner.scan(recognisedText: noise, frame: 0) == [])
    }
}
