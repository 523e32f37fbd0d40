import Glibc
import Runtime

extension FileError {
    static let inputOutput = EIO
    static let notThere = ENOENT
}
