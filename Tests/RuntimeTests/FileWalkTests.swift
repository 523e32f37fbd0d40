import Foundation
import Glibc
import Runtime
import TestSupport
import Testing

@Suite("Walking folders")
struct FileWalkTests {
    private let folder = TemporaryFolder("walk")

    private func entries(_ roots: String...) -> [FileWalk.Entry] {
        Array(FileWalk(roots, files: PosixFileSystem()))
    }

    private func makeFile(_ name: String) throws {
        try PosixFileSystem().writeAtomically([1], to: folder.file(name), mode: 0o600)
    }

    @Test("Files come in the order of their names, folders in place")
    func order() throws {
        try PosixFileSystem().createDirectory(folder.file("b/c"), mode: 0o700)
        for name in ["z", "b/2", "b/c/1", "a"] { try makeFile(name) }
        #expect(entries(folder.path) == ["a", "b/2", "b/c/1", "z"].map { .file(folder.file($0)) })
        #expect(entries(folder.file("z"), folder.file("a")) == ["z", "a"].map { .file(folder.file($0)) })
    }

    @Test("A loop of links has no beginning; a link to a folder is followed only where it is given itself")
    func links() throws {
        try PosixFileSystem().createDirectory(folder.file("study"), mode: 0o700)
        try makeFile("study/slice")
        #expect(symlink(folder.path, folder.file("study/loop")) == 0)
        #expect(symlink(folder.file("study"), folder.file("link")) == 0)
        #expect(entries(folder.path) == [.file(folder.file("study/slice"))])
        #expect(entries(folder.file("link")) == [.file(folder.file("link/slice"))])
    }

    @Test("Pipes, and paths where nothing is, are refused with the reason")
    func refusals() throws {
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        for path in [folder.file("pipe"), folder.file("nothing")] {
            guard case .refused(path, let why) = entries(path).first else {
                Issue.record("\(path) was not refused")
                continue
            }
            #expect(!why.isEmpty)
        }
    }
}
