import Catalogue
import Curation
import Runtime

/// Writes the signed manifest of a batch from the index, when the batch is complete: every object that the index holds
/// from a number on, whichever run took it in.
struct ManifestFile: Sendable {
    let index: Index
    let files: any FileSystem
    let clock: WallClock
    let deidentifier: Deidentifier
    /// Digests of objects that a person has released.
    let released: Set<String>

    /// Objects read from the index at a time.
    private static let portion = 1_000

    /// Writes it, in the place of an earlier one, and durably.
    ///
    /// - Parameters:
    ///   - number: objects after this one (``ObjectPlace/number``).
    ///   - isSigned: false for a batch that must not be published; its manifest then is not one that can be checked.
    ///   - place: an object's path, as the manifest has it.
    /// - Returns: how many objects are in it, the number of the last one, and the public key that checks it.
    func write(
        to path: String, after number: Int64 = 0, started: String, heldBack: [String: Int],
        isSigned: Bool = true, place: (ObjectPlace) -> String
    ) throws -> (objects: Int, last: Int64, publicKey: String) {
        let temporary = path + ".new"
        let file = try files.create(temporary, mode: 0o600, replacing: true)
        var (objects, last) = (0, number)
        let key = try ManifestKey(pseudonyms: deidentifier.pseudonyms)
        do {
            var writer = try ManifestWriter(
                BatchManifest.Heading(
                    profile: deidentifier.profile.name, fingerprint: deidentifier.fingerprint,
                    tableEdition: ConfidentialityTable.standard.edition, tool: "Atles 0.1.0", started: started)
            ) { try file.write($0) }
            while true {
                let portion = try index.places(after: last, limit: Self.portion)
                for object in portion {
                    try writer.append(
                        BatchManifest.Entry(
                            path: place(object), sha256: object.digest, sopClassUID: object.sopClass ?? "",
                            sopInstanceUID: object.instance,
                            scan: released.contains(object.digest) ? .released : .clean))
                    last = object.number
                    objects += 1
                }
                if portion.count < Self.portion { break }
            }
            // Without its closing and its signature, no check of it ends well.
            if isSigned { try writer.close(heldBack: heldBack, finished: Timestamp.text(clock.now), key: key) }
            try file.sync()
            try file.close()
        } catch {
            try? file.close()
            try? files.remove(temporary)
            throw error
        }
        try files.rename(temporary, to: path)
        try files.syncDirectory(FilePath.parent(path))
        return (objects, last, key.publicKey)
    }
}

extension IntakeSummary {
    /// How many objects did not leave, by reason: for the manifest.
    var heldBack: [String: Int] {
        var heldBack = quarantined.reasons
        if review.waiting > 0 { heldBack["review"] = review.waiting }
        if review.rejected > 0 { heldBack["rejected"] = review.rejected }
        return heldBack
    }
}
