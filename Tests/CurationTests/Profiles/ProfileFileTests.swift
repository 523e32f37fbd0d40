import Curation
import DICOM
import Testing

@Suite("A profile file")
struct ProfileFileTests {
    private func profile(_ yaml: String) throws(ProfileError) -> ConfidentialityProfile {
        try ConfidentialityProfile(yaml: yaml, name: "test")
    }

    private func kept(_ yaml: String, _ fill: (inout DataSetBuilder) -> Void) throws -> DataSet {
        try Objects.deidentifier(try profile(yaml)).deidentify(try Objects.file(fill)).dataSet
    }

    @Test("starts from a named set of options, with more and fewer of them")
    func options() throws {
        #expect(try profile("start: basic").options.isEmpty)
        #expect(try profile("start: research").options == ConfidentialityProfile.research.options)
        #expect(try profile("start: research").pixels == .look)
        let changed = try profile(
            """
            start: research
            options: [retain-uids]
            without: [clean-graphics, clean-pixel-data]
            pixels: declared
            """)
        #expect(changed.has(.retainUIDs) && changed.has(.retainModifiedDates) && !changed.has(.cleanGraphics))
        #expect(changed.pixels == .declared)
    }

    @Test("presentation states are refused, unless a file accepts them")
    func presentationStates() throws {
        let state = try Objects.file(sopClass: "1.2.840.10008.5.1.4.1.1.11.1") { _ in }
        for refusing in [ConfidentialityProfile.research, .basic, try profile("start: research")] {
            #expect(throws: CurationError.self) { try Objects.deidentifier(refusing).deidentify(state) }
        }
        let accepting = try profile("start: research\npresentation_states: accept")
        #expect(throws: Never.self) { try Objects.deidentifier(accepting).deidentify(state) }

        #expect(throws: ProfileError.self) { try profile("start: research\npresentation_states: yes") }
    }

    @Test("does with an attribute what it says, at the top and in sequences")
    func exceptions() throws {
        let yaml = """
            start: research
            keep:
              - attribute: SmokingStatus
                reason: asked for
            remove:
              - attribute: "(0018,0015)"
                reason: rare parts
            empty:
              - attribute: 00080070
                reason: one scanner of the kind
            replace:
              - attribute: ClinicalTrialProtocolID
                with: OPEN-1
                reason: the public name
            """
        let fill: (inout DataSetBuilder) -> Void = { builder in
            builder.append(DICOMTag(0x0010, 0x21A0), .cs, string: "YES")
            builder.append(.bodyPartExamined, .cs, string: "CHEST")
            builder.append(.manufacturer, .lo, string: "ACME")
            builder.append(DICOMTag(0x0012, 0x0020), .lo, string: "EK 4711/24")
        }
        let file = try Objects.file { builder in
            fill(&builder)
            builder.sequence(.contributing, fill)
        }
        let result = try Objects.deidentifier(try profile(yaml)).deidentify(file).dataSet
        for dataSet in [result, try #require(result.item(.contributing))] {
            #expect(dataSet[DICOMTag(0x0010, 0x21A0)]?.string == "YES")
            #expect(dataSet[.bodyPartExamined] == nil)
            #expect(dataSet[.manufacturer]?.isEmpty == true)
            #expect(dataSet[DICOMTag(0x0012, 0x0020)]?.string == "OPEN-1")
        }
    }

    @Test("cleans where it says so: text of what is known and of names, dates by the patient's shift")
    func cleaning() throws {
        let yaml = """
            start: research
            clean:
              - attribute: PatientBirthDate
                reason: growth curves
              - attribute: ClinicalTrialSiteName
                reason: arms are told apart by it
            """
        let result = try Objects.deidentifier(try profile(yaml)).deidentify(
            try Objects.file { builder in
                builder.append(.patientBirthDate, .da, string: "19700318")
                builder.append(.studyDate, .da, string: "20240317")
                builder.append(DICOMTag(0x0012, 0x0031), .lo, string: "abdomen MUSTERMANN")
            }, context: DeidentificationContext(known: KnownIdentifiers([.init(.patientName, "MUSTERMANN")])))
        let day = try #require(CivilDate(dicom: "19700318")?.daysSince1970)
        let moved = CivilDate(daysSince1970: day + result.dateShift.days)?.dicom
        #expect(result.dataSet[.patientBirthDate]?.string == moved && moved != nil)
        #expect(result.dataSet[DICOMTag(0x0012, 0x0031)]?.string == "abdomen")
    }

    @Test("never gives away the birth of somebody of 90 or more", arguments: [("19340318", true), ("19340317", false)])
    func oldest(born: String, stays: Bool) throws {
        let yaml = """
            start: research
            clean:
              - attribute: PatientBirthDate
                reason: growth curves
            """
        let result = try kept(yaml) { builder in
            builder.append(.patientBirthDate, .da, string: born)
            builder.append(.studyDate, .da, string: "20240317")
        }
        #expect(result[.patientBirthDate]?.isEmpty == !stays)
        #expect(result[.patientAge]?.string == (stays ? "089Y" : "090Y"))
    }

    @Test("keeps the age of the oldest at 90, also where it names the age")
    func keptAge() throws {
        let yaml = """
            start: basic
            keep:
              - attribute: PatientAge
                reason: asked for
            """
        #expect(try kept(yaml) { $0.append(.patientAge, .as, string: "097Y") }[.patientAge]?.string == "090Y")
    }

    @Test("that keeps more than the standard's profile is told so, and its objects do not claim the profile")
    func weaker() throws {
        let yaml = """
            name: sites
            start: basic
            keep:
              - attribute: InstitutionName
                reason: sites are compared
            """
        let notes = try profile(yaml).notes.filter { $0.kind == .weaker }
        #expect(notes.map(\.tag) == [DICOMTag(0x0008, 0x0080)])
        #expect(notes.first?.message.contains("sites are compared") == true)
        let result = try kept(yaml) { $0.append(DICOMTag(0x0008, 0x0080), .lo, string: "General") }
        #expect(result[DICOMTag(0x0008, 0x0080)]?.string == "General")
        #expect(result[.deidentificationMethodCodeSequence] == nil)
        #expect(result[.deidentificationMethod]?.strings.contains { $0.contains("1 attributes kept") } == true)

        // With the option that allows it, nothing is weaker and the codes are claimed.
        let allowed = try profile(
            yaml.replacing("start: basic", with: "start: basic\noptions: [retain-institution-identity]"))
        #expect(allowed.notes.allSatisfy { $0.kind != .weaker })
    }

    @Test("says in each object how many characteristics of the patient stay, exceptions counted in")
    func characteristics() throws {
        func said(_ yaml: String) throws -> [String] {
            try kept(yaml) { _ in }[.deidentificationMethod]?.strings ?? []
        }
        #expect(try said("start: research").contains("Patient characteristics kept: sex, age to 90, size, weight only"))
        let more = "start: research\nkeep: [{attribute: SmokingStatus, reason: r}]"
        #expect(try said(more).contains("Patient characteristics kept: 5 of those of the option"))
        let fewer =
            "start: research\ncharacteristics: [PatientSex, PatientAge]\nempty: [{attribute: PatientSex, reason: r}]"
        #expect(try said(fewer).contains("Patient characteristics kept: 1 of those of the option"))
        for yaml in [more, fewer] { #expect(try said(yaml).allSatisfy { (1...64).contains($0.utf8.count) }) }
    }

    @Test("adds private elements that are known to be safe, by their creator")
    func safePrivate() throws {
        let yaml = """
            start: research
            safe_private:
              - creator: ACME CT
                element: "(0029,xx10)"
                vr: DS
                meaning: Pitch
                reason: in the maker's conformance statement
            """
        let result = try kept(yaml) { builder in
            builder.append(DICOMTag(0x0029, 0x0011), .lo, string: "ACME CT")
            builder.append(DICOMTag(0x0029, 0x1110), .ds, string: "0.984")
            builder.append(DICOMTag(0x0029, 0x1111), .ds, string: "4711")
        }
        #expect(result[DICOMTag(0x0029, 0x0011)]?.string == "ACME CT")
        #expect(result[DICOMTag(0x0029, 0x1110)]?.string == "0.984")
        #expect(result[DICOMTag(0x0029, 0x1111)] == nil)
    }

    @Test("changes the fingerprint with every line that changes what is done")
    func fingerprint() throws {
        let files = [
            "start: basic", "start: research", "start: research\npixels: declared\nwithout: [clean-pixel-data]",
            "start: research\ncharacteristics: [PatientSex]", "start: research\noptions: [retain-uids]",
            "start: research\nkeep: [{attribute: SmokingStatus, reason: r}]",
            "start: research\nempty: [{attribute: SmokingStatus, reason: r}]",
            "start: research\nreplace: [{attribute: SmokingStatus, with: NO, reason: r}]",
            "start: research\nreplace: [{attribute: SmokingStatus, with: YES, reason: r}]",
            "start: research\nsafe_private: [{creator: A, element: \"(0029,xx10)\", vr: DS, reason: r}]",
            "start: research\nsafe_private: [{creator: A, element: \"(0029,xx10)\", vr: IS, reason: r}]",
        ]
        let prints = try files.map { try Objects.deidentifier(try profile($0)).fingerprint }
        #expect(Set(prints).count == files.count)
    }
}
