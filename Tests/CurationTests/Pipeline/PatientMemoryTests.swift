import Curation
import Synchronization
import Testing

@Suite("What is known of patients")
struct PatientMemoryTests {
    private typealias Value = KnownIdentifiers.Value

    @Test("grows with every object, and UIDs stay with the object that has them")
    func grows() throws {
        let memory = PatientMemory()
        let first = try memory.add(KnownIdentifiers([Value(.patientName, "Erika"), Value(.uid, "1.2.3")]), of: "A")
        #expect(first.values == [Value(.patientName, "Erika"), Value(.uid, "1.2.3")])
        let second = try memory.add(KnownIdentifiers([Value(.phone, "0171"), Value(.uid, "1.2.4")]), of: "A")
        #expect(second.values == [Value(.patientName, "Erika"), Value(.phone, "0171"), Value(.uid, "1.2.4")])
        #expect(try memory.add(KnownIdentifiers(), of: "B").isEmpty)
    }

    @Test("is handed over once, to be kept")
    func changes() throws {
        let memory = PatientMemory()
        _ = try memory.add(KnownIdentifiers([Value(.patientName, "Erika")]), of: "A")
        #expect(memory.takeChanges().mapValues(\.values) == ["A": [Value(.patientName, "Erika")]])
        _ = try memory.add(KnownIdentifiers([Value(.patientName, "Erika")]), of: "A")
        #expect(memory.takeChanges().isEmpty)
    }

    @Test("patients that were not met for long are asked for again")
    func bounded() throws {
        let kept = Mutex<[String: KnownIdentifiers]>([:])
        let memory = PatientMemory(capacity: 16) { pseudonym in kept.withLock { $0[pseudonym] } }
        for number in 0..<100 {
            _ = try memory.add(KnownIdentifiers([Value(.patientID, "id \(number)")]), of: "P\(number)")
            let changes = memory.takeChanges()
            kept.withLock { $0.merge(changes) { $1 } }
        }
        for number in 0..<100 {
            #expect(try memory.add(KnownIdentifiers(), of: "P\(number)").values == [Value(.patientID, "id \(number)")])
        }
    }

    @Test("comes back from its encoded form")
    func encoded() throws {
        let known = KnownIdentifiers([Value(.patientName, "Müller\\\"^"), Value(.birthDate, "19500101")])
        #expect(KnownIdentifiers(encoded: known.encoded) == known)
        #expect(KnownIdentifiers(encoded: Array("{".utf8)) == nil)
    }
}
