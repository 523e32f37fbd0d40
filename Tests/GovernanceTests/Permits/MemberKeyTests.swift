import Federation
import FoundationEssentials
import Runtime
import TestSupport
import Testing

@testable import Governance

@Suite("A committee member's key")
struct MemberKeyTests {
    private let folder = TemporaryFolder("keys")
    private let files = PosixFileSystem()
    private var path: String { folder.file("anna.key") }
    private let phrase = "correct horse battery"

    private func written() throws -> MemberKey {
        let key = try MemberKey(person: try #require(PersonID("local:anna")), random: .system)
        try key.write(to: path, passphrase: phrase, cost: .light, random: .system, in: files)
        return key
    }

    @Test("lies in a file that nobody else may read, and opens with its passphrase alone")
    func file() throws {
        let key = try written()
        #expect(try files.attributes(path)?.mode == 0o600)
        let read = try MemberKey.read(path, passphrase: phrase, in: files)
        #expect(try read.person == key.person && read.publicKey == key.publicKey)
        #expect(try read.publicKey.isValid(read.sign([1, 2]), for: [1, 2]))
        #expect(throws: PermitError.wrongPassphrase) {
            try MemberKey.read(path, passphrase: phrase + " ", in: files)
        }
        try FileSystemMode.set(path, 0o644)
        #expect(throws: PermitError.secret(.readableByOthers(path: path))) {
            try MemberKey.read(path, passphrase: phrase, in: files)
        }
    }

    @Test("is not made with a passphrase that is short")
    func short() throws {
        let key = try MemberKey(person: try #require(PersonID("local:anna")), random: .system)
        #expect(throws: PermitError.passphraseTooShort) {
            try key.write(to: path, passphrase: "short", cost: .light, random: .system, in: files)
        }
    }

    @Test("of which one byte on the disk was changed does not open as another, and never brings the program down")
    func everyByte() throws {
        let key = try written()
        let bytes = try files.read(path, limit: 65_536)
        for index in stride(from: 0, to: bytes.count, by: 3) {
            var changed = bytes
            changed[index] ^= 1
            try SecretFile.write(changed, to: path, in: files)
            guard let read = try? MemberKey.read(path, passphrase: phrase, in: files) else { continue }
            #expect(try read.person == key.person && read.publicKey == key.publicKey)
        }
    }

    @Test("in a file that asks for more memory than there is, or for nonsense, is not read")
    func hostile() throws {
        _ = try written()
        let text = String(decoding: try files.read(path, limit: 65_536), as: UTF8.self)
        let changes = [
            ("\"rounds\" : 1024", "\"rounds\" : 1073741824"), ("\"rounds\" : 1024", "\"rounds\" : 1000"),
            ("\"rounds\" : 1024", "\"rounds\" : -2"), ("\"blockSize\" : 8", "\"blockSize\" : 0"),
            ("\"parallelism\" : 1", "\"parallelism\" : 99"),
        ]
        for (old, new) in changes {
            #expect(text.contains(old))
            try SecretFile.write(Array(text.replacing(old, with: new).utf8), to: path, in: files)
            #expect(throws: PermitError.unreadable(path: path)) {
                try MemberKey.read(path, passphrase: phrase, in: files)
            }
        }
    }
}

@Suite("A committee")
struct CommitteeTests {
    @Test("has no person twice and no key twice, so that nobody counts as two")
    func twice() throws {
        let (anna, bea) = (try #require(PersonID("local:anna")), try #require(PersonID("local:bea")))
        let (one, other) = (
            try MemberKey(person: anna, random: .system).publicKey,
            try MemberKey(person: bea, random: .system).publicKey
        )
        func member(_ person: PersonID, _ key: VerifyingKey) -> CommitteeMember {
            CommitteeMember(person: person, name: person.text, key: key)
        }
        #expect(throws: PermitError.alreadyAMember) { try Committee([member(anna, one), member(anna, other)]) }
        #expect(throws: PermitError.alreadyAMember) { try Committee([member(anna, one), member(bea, one)]) }
        let json = """
            {"members":[{"person":"local:anna","name":"A","key":"\(one)"},{"person":"local:bea","name":"B","key":"\(one)"}]}
            """
        #expect(throws: (any Error).self) { try JSONDecoder().decode(Committee.self, from: Data(json.utf8)) }
    }
}
