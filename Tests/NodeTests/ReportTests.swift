import Foundation
import Testing

@testable import Node

@Suite("What a person sees of an intake")
struct ReportTests {
    private var halfway: IntakeProgress {
        var progress = IntakeProgress()
        (progress.files, progress.filesKnown) = (1040, 2000)
        (progress.bytes, progress.bytesKnown) = (546_000_000, 1_050_000_000)
        (progress.seconds, progress.isCountComplete) = (3.25, true)
        return progress
    }

    @Test("is a bar with share, files, rates and time left")
    func bar() {
        #expect(
            ProgressBar.text(halfway, width: 100)
                == "[##########..........]  52 %  1,040 of 2,000 files  320 files/s  168 MB/s  3 s left")
    }

    @Test("names files that were set aside at once")
    func setAside() {
        var progress = halfway
        progress.quarantined = 3
        #expect(ProgressBar.text(progress, width: 120).contains("1,040 of 2,000 files  3 set aside  320 files/s"))
    }

    @Test("fits the terminal, however narrow", arguments: [0, 1, 5, 20, 27, 40, 60, 80])
    func width(width: Int) {
        #expect(ProgressBar.text(halfway, width: width).count <= width)
    }

    @Test("does not guess a time before everything is counted")
    func counting() {
        var progress = halfway
        progress.isCountComplete = false
        let text = ProgressBar.text(progress, width: 100)
        #expect(text.contains("1,040 of 2,000+ files") && !text.contains("left"))
        #expect(ProgressBar.text(IntakeProgress(), width: 100).hasPrefix("[....................]     …"))
    }

    @Test("ends with a summary in plain words")
    func summary() {
        var summary = IntakeSummary()
        summary.accepted = 1998
        summary.alreadyThere = 1
        summary.quarantined.count = 1
        summary.quarantined.reasons = ["truncated": 1]
        summary.quarantined.files = [
            .init(
                path: "/data/a.dcm", reason: .truncated, explanation: "100 bytes are missing", copy: "/q/x",
                withoutCopy: nil)
        ]
        summary.notDICOM = .init(count: 1, files: ["/data/notes\u{1B}[31m.txt"])
        summary.bytes = 1_050_000_000
        summary.seconds = 6.4
        #expect(
            summary.text == """
                     1,998  taken in: de-identified, stored and indexed
                         1  there already, unchanged
                         1  set aside, because they are
                             1  cut off: pixel data or file incomplete
                         1  not DICOM, left alone

                1.1 GB in 6.4 s (164 MB/s)

                Set aside:
                  /data/a.dcm
                    100 bytes are missing

                Not DICOM:
                  /data/notes?[31m.txt
                """)
    }

    @Test("survives a round through JSON")
    func json() throws {
        var summary = IntakeSummary()
        summary.stopped = "the disk is full"
        summary.quarantined.files = [
            .init(path: "/a", reason: .conflict, explanation: "b", copy: nil, withoutCopy: "c")
        ]
        let data = try JSONEncoder().encode(summary)
        #expect(try JSONDecoder().decode(IntakeSummary.self, from: data) == summary)
    }
}
