import Governance
import NIOCore
import Testing

@testable import Hub

@Suite("The form that comes with the program, and forms with files")
struct RequestFormTests {
    @Test("the form can be read, is complete in three languages, and asks for all that terms of use need")
    func builtIn() throws {
        let form = try AccessForm(yaml: RequestDesk.builtInForm)
        #expect(Set(form.fields.compactMap(\.meaning)) == Set(FormMeaning.allCases))
        let texts = form.fields.flatMap { [$0.label] + $0.choices.map(\.label) + $0.columns.map(\.label) }
        for text in texts { #expect(Set(text.others.keys) == ["es", "ca"], "\(text.english)") }
        let kinds = try #require(form.fields.first { $0.meaning == .kinds })
        #expect(Set(kinds.choices.map(\.id)) == Set(DataUsePurpose.Kind.allCases.map(\.rawValue)))
        let outputs = try #require(form.fields.first { $0.meaning == .outputs })
        #expect(Set(outputs.choices.map(\.id)) == Set(GrantedOutput.allCases.map(\.rawValue)))
        #expect(form.problems(RequestPagesTests.complete) == [])
    }

    private func form(_ text: String, type: String = "multipart/form-data; boundary=\"b\"") -> MultipartForm? {
        MultipartForm(contentType: type, body: ByteBuffer(string: text))
    }

    /// RFC 7578, section 4, and what browsers send.
    @Test("fields and files are told apart, and a boundary within a file is not the end of it")
    func parts() throws {
        let read = try #require(
            form(
                "--b\r\nContent-Disposition: form-data; name=\"one\"\r\n\r\nfirst\r\nline\r\n--b\r\n"
                    + "Content-Disposition: form-data; name=\"file\"; filename=\"a;b.txt\"\r\nContent-Type: text/plain\r\n\r\n"
                    + "x --b\r\n-- \r\n--b--\r\n"))
        #expect(read.text("one") == "first\r\nline")
        #expect(read.files.map(\.bytes) == [Array("x --b\r\n-- ".utf8)])
    }

    @Test(
        "what is no form is none",
        arguments: [
            "", "--b", "--b\r\n", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx", "x--b\r\n",
            "--b\r\n\r\n\r\n--b--",
            "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", "--bx\r\n",
            "--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--b--",
        ])
    func nonsense(_ text: String) {
        #expect(form(text) == nil)
        #expect(form(text, type: "multipart/form-data") == nil)
        #expect(form(text, type: "text/plain; boundary=b") == nil)
    }
}
