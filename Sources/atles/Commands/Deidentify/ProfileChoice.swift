import Curation
import Runtime

/// The profile that somebody has named at the command line: one of the program's own, or a profile file.
enum ProfileChoice {
    static func profile(named name: String) throws -> ConfidentialityProfile {
        if let known = ConfidentialityProfile.all.first(where: { $0.name == name }) { return known }
        let yaml: String
        do {
            let bytes = try PosixFileSystem().read(name, limit: ConfidentialityProfile.largestFile)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw Refusal("\(name) is not in UTF-8; save it as UTF-8")
            }
            yaml = text
        } catch let error as FileError where error.isNotFound {
            let names = ConfidentialityProfile.all.map(\.name).joined(separator: " or ")
            throw Refusal("there is no profile \(name): it can be \(names), or the path of a profile file")
        }
        do {
            return try ConfidentialityProfile(yaml: yaml, name: title(of: name))
        } catch {
            throw Refusal("\(name): \(error)")
        }
    }

    /// What a profile is called whose file does not say: the file's name without its ending.
    private static func title(of path: String) -> String {
        let file = path.split(separator: "/").last ?? ""
        return String(file.split(separator: ".").first ?? "")
    }
}
