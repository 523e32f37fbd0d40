import FoundationEssentials
import Testing

/// A JSON file beside the scripts that made it.
enum LearningFixture {
    static func read<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = folder.appending(path: "Fixtures").appending(path: name)
        return try JSONDecoder().decode(Value.self, from: Data(contentsOf: file))
    }
}

/// Whether two numbers agree to a part of the larger one (or of 1, where both are smaller).
func agree(_ one: Double, _ other: Double, within part: Double) -> Bool {
    abs(one - other) <= part * max(1, abs(one), abs(other))
}
