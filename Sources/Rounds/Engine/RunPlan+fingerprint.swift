import Crypto
import Runtime

extension RunPlan {
    /// What was approved, as one hash: the code, its plan, the cohort and the variables.
    func fingerprint(_ computation: AnyComputation) -> String {
        var hash = SHA256()
        func add(_ text: String) {
            hash.update(data: Array("\(text.utf8.count):".utf8))
            hash.update(data: Array(text.utf8))
        }
        add(computation.code)
        add(plan)
        add(cohort)
        for (name, meaning) in definitions.sorted(by: { $0.key < $1.key }) {
            add(name)
            add(meaning)
        }
        return Hex.text(Array(hash.finalize()))
    }
}
