import Foundation
import Glibc
import Runtime
import TestSupport
import Testing

@Suite("Walking folders")
struct FileWalkTests {
    private let folder = TemporaryFolder("walk")

    /// Paths of files; of what is no file, with what it is instead.
    private func entries(_ roots: String..., excluding excluded: String? = nil) -> [String] {
        FileWalk(roots, files: PosixFileSystem(), excluding: excluded).map { entry in
            switch entry {
            case .file(let file): String(file.path.dropFirst(folder.path.count + 1))
            case .passedBy(let path, let reason): "\(FilePath.name(path)): \(reason.prefix { $0 != ";" && $0 != "," })"
            case .unreadable(let path, let error): "\(FilePath.name(path)): error \(error.code)"
            }
        }
    }

    private func makeFile(_ name: String) throws {
        try PosixFileSystem().writeAtomically([1], to: folder.file(name), mode: 0o600)
    }

    @Test("Files come in the order of their names, folders in place")
    func order() throws {
        try PosixFileSystem().createDirectory(folder.file("b/c"), mode: 0o700)
        for name in ["z", "b/2", "b/c/1", "a"] { try makeFile(name) }
        #expect(entries(folder.path) == ["a", "b/2", "b/c/1", "z"])
        #expect(entries(folder.file("z"), folder.file("a")) == ["z", "a"])
    }

    @Test("Tells size and time of the last change")
    func attributes() throws {
        try makeFile("a")
        let attributes = try #require(try PosixFileSystem().attributes(folder.file("a")))
        let found = FileWalk([folder.path], files: PosixFileSystem()).compactMap { entry in
            if case .file(let file) = entry { file } else { nil }
        }
        #expect(found.map(\.size) == [1] && found.map(\.modified) == [attributes.modified])
    }

    @Test("A loop of links has no beginning: a link is followed only where it is given itself")
    func links() throws {
        try PosixFileSystem().createDirectory(folder.file("study"), mode: 0o700)
        try makeFile("study/slice")
        #expect(symlink(folder.path, folder.file("study/loop")) == 0)
        #expect(symlink(folder.file("study/slice"), folder.file("one")) == 0)
        #expect(symlink(folder.file("study"), folder.file("two")) == 0)
        #expect(
            entries(folder.path) == [
                "one: a symbolic link", "loop: a symbolic link", "study/slice", "two: a symbolic link",
            ])
        #expect(entries(folder.file("one")) == ["one"])
        #expect(entries(folder.file("two")) == ["loop: a symbolic link", "two/slice"])
    }

    @Test("A folder that is left out, pipes, and paths where nothing is are told of")
    func refusals() throws {
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        try PosixFileSystem().createDirectory(folder.file("own"), mode: 0o700)
        try makeFile("own/object")
        #expect(
            entries(folder.path, folder.file("nothing"), excluding: folder.file("own")) == [
                "own: the node's own folder", "pipe: a pipe", "nothing: error \(ENOENT)",
            ])
    }

    @Test("A name that is not UTF-8 is not lost")
    func names() throws {
        let path = Array(folder.file("M").utf8) + [0xFC] + Array("ller".utf8) + [0]
        let descriptor = path.withUnsafeBytes { bytes in
            bytes.bindMemory(to: CChar.self).baseAddress.map { open($0, O_CREAT | O_WRONLY, 0o600) } ?? -1
        }
        #expect(descriptor >= 0 && close(descriptor) == 0)
        #expect(entries(folder.path) == ["M\u{FFFD}ller: error \(ENOENT)"])
    }
}
