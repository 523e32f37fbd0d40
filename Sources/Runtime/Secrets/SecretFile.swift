/// A secret on disk: a file that only its owner may read (mode 0600).
///
/// Secrets are never arguments, environment variables or log lines.
public enum SecretFile {
    /// Writes the secret durably with mode 0600.
    public static func write(_ bytes: [UInt8], to path: String, in files: any FileSystem) throws(FileError) {
        try files.writeAtomically(bytes, to: path, mode: 0o600)
    }

    /// Reads a secret of at most 64 KiB, and refuses one that others than its owner may read.
    public static func read(_ path: String, in files: any FileSystem) throws(SecretError) -> [UInt8] {
        do {
            guard let attributes = try files.attributes(path) else { throw SecretError.missing(path: path) }
            guard attributes.kind == .file else { throw SecretError.notAFile(path: path) }
            guard attributes.mode & 0o077 == 0 else {
                throw SecretError.readableByOthers(path: path)
            }
            return try files.read(path, limit: 65_536)
        } catch let error as SecretError {
            throw error
        } catch let error as FileError {
            throw SecretError.file(error)
        } catch {
            throw SecretError.missing(path: path)
        }
    }

    /// The secret at `path`, made by `make` and stored first where there is none yet.
    public static func readOrCreate(
        _ path: String, in files: any FileSystem, make: () -> [UInt8]
    ) throws(SecretError) -> [UInt8] {
        do {
            if try files.exists(path) { return try read(path, in: files) }
            let bytes = make()
            try write(bytes, to: path, in: files)
            return bytes
        } catch let error as SecretError {
            throw error
        } catch let error as FileError {
            throw SecretError.file(error)
        } catch {
            throw SecretError.missing(path: path)
        }
    }
}

/// Why a secret could not be read.
public enum SecretError: Error, Equatable, Sendable, CustomStringConvertible {
    case file(FileError)
    case missing(path: String)
    case notAFile(path: String)
    case readableByOthers(path: String)

    public var description: String {
        switch self {
        case .file(let error): error.description
        case .missing(let path): "there is no key file at \(path)"
        case .notAFile(let path): "\(path) should be a key file, but is not a plain file"
        case .readableByOthers(let path):
            "others than its owner may read the key file \(path): run `chmod 600 \(path)`, and treat the key as known"
        }
    }
}
