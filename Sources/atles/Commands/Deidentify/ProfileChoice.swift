import Curation
import Runtime

/// The profile that somebody has named at the command line.
enum ProfileChoice {
    static func profile(named name: String) throws -> ConfidentialityProfile {
        if let known = ConfidentialityProfile.all.first(where: { $0.name == name }) { return known }
        throw Refusal(
            "there is no profile \(name): it can be \(ConfidentialityProfile.all.map(\.name).joined(separator: " or ")), or the path of a profile file"
        )
    }
}
