import GRDB

/// Changes a database behind its owner's back.
enum SQL {
    static func run(_ path: String, _ sql: String) throws {
        try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
    }
}
