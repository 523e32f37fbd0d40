import Curation
import DICOM
import Testing

@Suite("Faces")
struct RecognizableFeatureTests {
    private func refusal(_ modality: String, _ part: String?, sopClass: String = Objects.ct, demanded: Bool = true)
        throws -> CurationError.Code?
    {
        let profile = ConfidentialityProfile(name: "faces", options: demanded ? [.cleanRecognizableVisualFeatures] : [])
        let file = try Objects.file(sopClass: sopClass) { builder in
            builder.append(.modality, .cs, string: modality)
            if let part { builder.append(.bodyPartExamined, .cs, string: part) }
        }
        do {
            let result = try Objects.deidentifier(profile).deidentify(file).dataSet
            let codes = result[.deidentificationMethodCodeSequence]?.items.compactMap { $0[.codeValue]?.string } ?? []
            // What was not done is not claimed.
            #expect(!codes.contains("113102"))
            return nil
        } catch let error as CurationError {
            #expect(!error.message.isEmpty)
            return error.code
        }
    }

    @Test(
        "that a volume may show keep it back where the profile demands it",
        arguments: [
            ("CT", "HEAD", true), ("MR", "BRAIN", true), ("PT", "WHOLEBODY", true), ("CT", "HEADNECK", true),
            ("MR", "FACE", true), ("CT", nil, true), ("MR", "UNKNOWN", true), ("CT", "CHEST", false),
            ("MR", "PROSTATE", false), ("MR", "UTERINE CERVIX", false), ("US", "HEAD", false), ("DX", "SKULL", false),
        ])
    func volumes(modality: String, part: String?, refused: Bool) throws {
        #expect(try refusal(modality, part) == (refused ? .recognizableFeatures : nil))
        #expect(try refusal(modality, part, demanded: false) == nil)
    }

    @Test("in photographs keep them back")
    func photographs() throws {
        #expect(try refusal("XC", "HAND", sopClass: "1.2.840.10008.5.1.4.1.1.77.1.4") == .recognizableFeatures)
    }
}
