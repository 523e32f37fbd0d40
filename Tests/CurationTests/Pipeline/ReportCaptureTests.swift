import Curation
import DICOM
import DICOMImaging
import Testing

@Suite("Captures that are reports")
struct ReportCaptureTests {
    private static let capture = "1.2.840.10008.5.1.4.1.1.7"
    private static let colourCapture = "1.2.840.10008.5.1.4.1.1.7.4"

    private func curate(
        _ file: DICOMFile, _ profile: ConfidentialityProfile = .research, looks: Bool = false
    ) throws -> CuratedObject {
        try ObjectCurator(
            deidentifier: try Objects.deidentifier(profile), inspector: looks ? try PixelInspector() : nil
        ).curate(file, from: MemorySource([]))
    }

    private func refusal(_ file: DICOMFile, looks: Bool = false) -> CurationError? {
        #expect(throws: CurationError.self) { _ = try curate(file, looks: looks) }
    }

    @Test(
        "are refused by what they say of themselves, as documents are",
        arguments: [
            (capture, DICOM.Tag.seriesDescription, VR.lo, "Dose Report"),
            (capture, .seriesDescription, .lo, "Patient Protocol"),
            (colourCapture, .seriesDescription, .lo, "CT Dose Info"),
            (capture, .seriesDescription, .lo, "Dosisbericht"),
            (capture, .imageType, .cs, "DERIVED\\SECONDARY\\OTHER\\CT_SOM5 PROT"),
            (Objects.ct, .imageType, .cs, "DERIVED\\SECONDARY\\SCREEN SAVE\\DOSE_REPORT"),
            (capture, DICOM.Tag(0x0008, 0x0064), .cs, "SD"),
            (capture, .modality, .cs, "DOC"),
        ])
    func declared(_ sopClass: String, _ tag: DICOM.Tag, _ vr: VR, _ value: String) throws {
        let error = refusal(try Objects.file(sopClass: sopClass) { $0.append(tag, vr, string: value) })
        #expect(error?.code == .encapsulatedDocument && error?.tag == tag)
        #expect(error?.message.contains("report_captures: accept") == true)
        #expect(error?.description.contains(value) == false)
    }

    @Test("are accepted where the profile says so")
    func accepted() throws {
        let profile = try ConfidentialityProfile(yaml: "start: research\nreport_captures: accept", name: "mine")
        #expect(profile.allowsReportCaptures)
        let file = try Objects.file(sopClass: Self.capture) {
            $0.append(.seriesDescription, .lo, string: "Dose Report")
        }
        #expect(throws: Never.self) { try curate(file, profile) }
        #expect(throws: ProfileError.self) {
            try ConfidentialityProfile(yaml: "start: research\nreport_captures: perhaps", name: "mine")
        }
    }

    @Test(
        "are no images of the scanner, whatever those are called, and no captures of images",
        arguments: [
            (Objects.ct, "Dose Report"), (capture, "Reported finding"), (capture, "Reporter"), (capture, "3D VRT"),
            (capture, "Protokollarm"),
        ])
    func others(_ sopClass: String, _ description: String) throws {
        let file = try Objects.file(sopClass: sopClass) { $0.append(.seriesDescription, .lo, string: description) }
        #expect(throws: Never.self) { try curate(file) }
    }

    /// Eight lines on an empty ground, as a scanner's dose page has them.
    private func page(_ sopClass: String, lines: Int = 8) throws -> Screen {
        var screen = Screen()
        screen.sopClass = sopClass
        screen.frames = [Array(repeating: 10, count: Screen.columns * Screen.rows)]
        for line in 0..<lines {
            try screen.stamp(line % 2 == 0 ? "name" : "date", left: 20, top: 10 + 28 * line)
            try screen.stamp("date", left: 190, top: 10 + 28 * line)
        }
        return screen
    }

    @Test("are refused by their pixels: lines of text, and nothing beside them")
    func pages() throws {
        let error = refusal(try page(Self.capture).file(), looks: true)
        #expect(error?.code == .encapsulatedDocument && error?.tag == .pixelData)
        #expect(error?.message.contains("8 lines") == true)
    }

    @Test(
        "text in a picture is covered, and the picture stays: a capture with an image in it, two lines, an ultrasound")
    func pictures() throws {
        var picture = try page(Self.capture)
        // A disc of grey where a slice would be, a quarter of the frame.
        for y in 0..<Screen.rows {
            for x in 0..<Screen.columns where (x - 160) * (x - 160) + (y - 120) * (y - 120) < 78 * 78 {
                let pixel = y * Screen.columns + x
                picture.frames[0][pixel] = max(picture.frames[0][pixel], UInt8(90 + (x + y) % 40))
            }
        }
        for screen in [picture, try page(Self.capture, lines: 2), try page("1.2.840.10008.5.1.4.1.1.6.1")] {
            #expect(try curate(screen.file(), looks: true).pixels?.covered.isEmpty == false)
        }
    }
}
