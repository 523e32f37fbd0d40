import Curation
import DICOM
import Foundation
import Testing

@Suite("The listing of a profile")
struct ProfileListingTests {
    @Test("has a rule for each of the 621 rows of the standard, and says what is done")
    func rules() throws {
        let listing = ProfileListing(.basic)
        #expect(listing.rules.count == 621)
        func rule(_ tag: String) -> ProfileListing.Rule? { listing.rules.first { $0.tag == tag } }
        #expect(rule("(0010,0010)")?.basic == "Z" && rule("(0010,0010)")?.done == "emptied")
        #expect(rule("(0010,0020)")?.done == "pseudonym")
        #expect(rule("(0008,0018)")?.done == "new UID")
        #expect(rule("(0008,1030)")?.done == "removed")
        #expect(rule("odd groups")?.done == "removed")
        #expect(listing.codes == ["113100 Basic Application Confidentiality Profile"])
        #expect(listing.dates == "REMOVED" && listing.safePrivate.isEmpty)
    }

    @Test("of the profile for research names what stays for science")
    func research() throws {
        let listing = ProfileListing(.research)
        func done(_ tag: String) -> String? { listing.rules.first { $0.tag == tag }?.done }
        #expect(done("(0008,0020)") == "dates moved")
        #expect(done("(0008,0030)") == "time of day kept")
        #expect(done("(0008,103E)") == "text cleaned")
        #expect(done("(0010,1010)") == "kept, 90 years and more as 90")
        #expect(done("(0040,A730)") == "kept, its content by its own rules")
        #expect(done("(0010,2160)") == "removed")
        #expect(listing.characteristics == ["PatientSex", "PatientAge", "PatientSize", "PatientWeight"])
        #expect(listing.safePrivate.contains { $0.creator == "SIEMENS MR HEADER" && $0.element == "(0019,xx0C)" })
        #expect(!listing.codes.contains { $0.hasPrefix("113102") })
    }

    @Test("agrees with what is done to an object, attribute by attribute", .enabled(if: StandardTable.isThere))
    func agrees() throws {
        for profile in ConfidentialityProfile.all {
            let listing = ProfileListing(profile)
            let rules = Dictionary(listing.rules.map { ($0.tag, $0.done) }) { first, _ in first }
            for row in StandardTable.rows where !row.id.contains("x") && !row.id.hasPrefix("gggg") {
                guard let tag = row.tag, let done = rules["\(tag)"] else { continue }
                let file = try Objects.file(sopClass: "1.3.12.2.1107.5.99.3.10") { builder in
                    PlantedValue.append(tag, row.vr, to: &builder)
                }
                var open = profile
                open.allowsEncapsulatedDocuments = true
                let result = try Objects.deidentifier(open).deidentify(file).dataSet
                if done == "removed" { #expect(result[tag] == nil, "\(row.testDescription)") }
                if done == "emptied" { #expect(result[tag]?.isEmpty == true, "\(row.testDescription)") }
                if done == "new UID" { #expect(result[tag]?.uid?.hasPrefix("2.25.") == true, "\(row.testDescription)") }
                if done == "dates moved", row.vr == .da {
                    #expect(
                        result[tag]?.string?.count == 8 && result[tag]?.string != "19410803", "\(row.testDescription)")
                }
            }
        }
    }

    @Test("is text for people and JSON for programs, with the reasons and what is weaker")
    func forms() throws {
        let profile = try ConfidentialityProfile(
            yaml: "start: basic\nkeep:\n  - {attribute: StationName, reason: two rooms are compared}", name: "rooms")
        let listing = ProfileListing(profile)
        #expect(listing.text.contains("Profile rooms"))
        #expect(listing.text.contains("(0008,1010) Station Name: kept"))
        #expect(listing.text.contains("two rooms are compared"))
        #expect(listing.text.contains("Weaker than the basic profile"))
        #expect(listing.checkText.contains("1 exceptions") && listing.checkText.contains("Weaker"))
        let json = try JSONEncoder().encode(listing)
        #expect(try JSONDecoder().decode(ProfileListing.self, from: json) == listing)
    }

    @Test("of faces says that they are not taken out")
    func faces() throws {
        let profile = try ConfidentialityProfile(
            yaml: "start: research\noptions: [clean-recognizable-visual-features]", name: "faces")
        #expect(profile.notes.contains { $0.kind == .notDone && $0.message.contains("faces") })
        #expect(!ProfileListing(profile).codes.contains { $0.hasPrefix("113102") })
    }

    @Test(
        "can be made of the examples that come with the program",
        arguments: ["lung-screening", "reading-study"])
    func examples(name: String) throws {
        let data = try #require(FileManager.default.contents(atPath: "docs/profiles/\(name).yaml"))
        let profile = try ConfidentialityProfile(yaml: String(decoding: data, as: UTF8.self), name: name)
        #expect(profile.name == name)
        #expect(profile.notes.allSatisfy { !$0.message.isEmpty })
    }
}
