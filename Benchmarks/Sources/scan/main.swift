// scan FOLDER [ROUNDS]: reads the header of every file in FOLDER with one thread, ROUNDS times, and prints the best
// rate in files per second. Opening, reading and closing the file are part of it.

import DICOM
import Foundation

struct OpenFile: ByteSource {
    let handle: Int32
    let count: Int

    init?(_ path: String) {
        handle = open(path, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { return nil }
        var status = stat()
        guard fstat(handle, &status) == 0 else {
            close(handle)
            return nil
        }
        count = Int(status.st_size)
    }

    func read(at offset: Int, count wanted: Int) throws -> [UInt8] {
        // pread fills at most the `wanted` bytes that the buffer has room for.
        [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            filled = max(0, pread(handle, buffer.baseAddress, wanted, off_t(offset)))
        }
    }
}

guard CommandLine.arguments.count >= 2 else {
    print("usage: scan FOLDER [ROUNDS]")
    exit(2)
}
let folder = CommandLine.arguments[1]
let rounds = CommandLine.arguments.count > 2 ? Int(CommandLine.arguments[2]) ?? 5 : 5
let paths = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { folder + "/" + $0 }
var best = 0.0
var read = 0
for _ in 0..<rounds {
    read = 0
    let started = ContinuousClock.now
    for path in paths {
        guard let file = OpenFile(path) else { continue }
        defer { close(file.handle) }
        // The patient's id is asked for, so that the reading cannot be optimised away.
        if let header = try? DICOMFile.readHeader(file), header.dataSet[.patientID] != nil { read += 1 }
    }
    let seconds = started.duration(to: .now) / .seconds(1)
    best = max(best, Double(read) / seconds)
}
print(#"{"files": \#(read), "filesPerSecond": \#(Int(best))}"#)
