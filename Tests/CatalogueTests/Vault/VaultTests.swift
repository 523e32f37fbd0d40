import Catalogue
import Foundation
import TestSupport
import Testing

@Suite("The vault")
struct VaultTests {
    private let place = TemporaryFolder("vault")
    private let key = [UInt8](repeating: 3, count: Vault.keyLength)
    private var path: String { place.file("vault.sqlite") }

    @Test("gives back what was kept, also when it is opened again, and the last value counts")
    func keeps() throws {
        try Vault.open(path: path, key: key).keep(["ABC": Array("Erika Mustermann".utf8), "DEF": [1]])
        let vault = try Vault.open(path: path, key: key)
        try vault.keep(["DEF": [2, 3]])
        #expect(try vault.value(of: "ABC") == Array("Erika Mustermann".utf8))
        #expect(try vault.value(of: "DEF") == [2, 3])
        #expect(try vault.value(of: "XYZ") == nil)
        #expect(try vault.count() == 2)
    }

    @Test("does not open with another key")
    func otherKey() throws {
        try Vault.open(path: path, key: key).keep(["ABC": [1]])
        #expect(throws: VaultError.wrongKey(path: path)) {
            try Vault.open(path: path, key: [UInt8](repeating: 4, count: Vault.keyLength))
        }
        #expect(throws: VaultError.self) { try Vault.open(path: path, key: [1, 2, 3]) }
    }

    @Test("gives nothing away to those who read its file, and nobody else may read it")
    func sealed() throws {
        let vault = try Vault.open(path: path, key: key)
        try vault.keep(["ABC": Array("Erika Mustermann".utf8)])
        for name in try FileManager.default.contentsOfDirectory(atPath: place.path) {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: place.file(name)))
            #expect(bytes.firstRange(of: Data("Mustermann".utf8)) == nil)
            let mode = try FileManager.default.attributesOfItem(atPath: place.file(name))[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("notices a value that was moved to another patient's row")
    func moved() throws {
        let vault = try Vault.open(path: path, key: key)
        try vault.keep(["ABC": [1], "DEF": [2]])
        try SQL.run(path, "UPDATE patient SET sealed = (SELECT sealed FROM patient WHERE pseudonym = 'ABC')")
        #expect(throws: VaultError.self) { try Vault.open(path: path, key: key).value(of: "DEF") }
    }

    @Test("a file that is none is said to be damaged")
    func damaged() throws {
        try Data(repeating: 7, count: 5000).write(to: URL(fileURLWithPath: path))
        #expect(throws: VaultError.self) { try Vault.open(path: path, key: key) }
    }
}
