import Catalogue
import Curation
import Synchronization

/// The patients of an intake: what is known of them in memory, and kept in the vault.
final class PatientFile: Sendable {
    let memory: PatientMemory
    private let vault: Vault
    private let turn = Mutex(())

    init(vault: Vault) {
        self.vault = vault
        memory = PatientMemory { pseudonym in
            try vault.value(of: pseudonym).flatMap { KnownIdentifiers(encoded: $0) }
        }
    }

    /// Keeps what is new of patients. Durable when it returns: what another thread has taken, too.
    func keepChanges() throws {
        try turn.withLock { _ in try vault.keep(memory.takeChanges().mapValues(\.encoded)) }
    }
}
