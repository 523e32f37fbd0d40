import ArgumentParser

/// An error on its way to the person at the terminal: the sentence alone, without a type's name or a trace.
struct Refusal: Error, CustomStringConvertible {
    let description: String

    init(_ error: any Error) { description = String(describing: error) }
    init(_ sentence: String) { description = sentence }
}

/// Runs `body`, and turns what it throws into a sentence for the person at the terminal.
func explained<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
        return try await body()
    } catch let error as ExitCode {
        throw error
    } catch let error as ValidationError {
        throw error
    } catch {
        throw Refusal(error)
    }
}
