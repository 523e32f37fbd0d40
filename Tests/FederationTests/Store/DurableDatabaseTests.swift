import Dispatch
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import Federation

@Suite struct DurableDatabaseTests {
    @Test func manyMayOpenANewDatabaseAtOnce() {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { try $0.execute(sql: "CREATE TABLE thing (name TEXT PRIMARY KEY) STRICT") }
        let making = migrator
        let problems = Mutex<[String]>([])
        for round in 0..<8 {
            let folder = TemporaryFolder("opening")
            let path = folder.file("\(round).sqlite")
            DispatchQueue.concurrentPerform(iterations: 8) { number in
                do {
                    let pool = try DurableDatabase.open(path: path, label: "test", migrator: making)
                    try pool.write { try $0.execute(sql: "INSERT INTO thing VALUES (?)", arguments: ["\(number)"]) }
                } catch {
                    problems.withLock { $0.append("\(error)") }
                }
            }
        }
        #expect(problems.withLock { $0 } == [])
    }
}
