import Curation
import DICOM
import Testing

@Suite("A series and its objects")
struct SeriesTests {
    @Test("numbers that are used twice are counted")
    func numbers() throws {
        let slices = Slice.stack(heights(6)) { if $0.number > 4 { $0.number = 4 } }
        let report = try MemoryDataSet(slices).check()
        #expect(report.found() == ["series.instance-number"])
        #expect(report.finding("series.instance-number")?.count == 2)
    }

    @Test("gaps in the numbers matter where there are no positions, and not where numbers go in steps")
    func gaps() throws {
        func ultrasound(_ numbers: [Int]) throws -> QualityFinding? {
            let slices = numbers.enumerated().map { place, number in
                var slice = Slice(place + 1, at: 0)
                (slice.number, slice.position, slice.modality) = (number, nil, "US")
                slice.sopClass = "1.2.840.10008.5.1.4.1.1.6.1"
                return slice
            }
            return try MemoryDataSet(slices).check().finding("series.instance-gap")
        }
        #expect(try ultrasound([1, 2, 3, 6, 7])?.count == 2)
        #expect(try ultrasound([1, 2, 3, 4]) == nil)
        #expect(try ultrasound([10, 20, 30, 40]) == nil)
        #expect(try MemoryDataSet(Slice.stack(heights(9)) { $0.number *= 2 }).check()["series.instance-gap"] == nil)
    }

    @Test("one series UID under two patients is an error that names both places")
    func twoPatients() throws {
        var slices = Slice.stack(heights(4))
        for index in 2..<4 { slices[index].patient = "PATIENT2" }
        let report = try MemoryDataSet(slices).check()
        #expect(report.finding("series.mixed-patient")?.places.map(\.patient) == ["PATIENT1", "PATIENT2"])
    }

    @Test("completeness counts the series that have an attribute in all of their objects")
    func completeness() throws {
        var slices = Slice.stack(heights(3), series: 1) + Slice.stack(heights(3), series: 2)
        slices[4].change = { $0.append(.bodyPartExamined, .cs) }
        let report = try MemoryDataSet(slices).check()
        let shares = Dictionary(uniqueKeysWithValues: report.completeness.shares.map { ($0.attribute, $0.series) })
        #expect(shares[.bodyPart] == 1 && shares[.manufacturer] == 2 && report.completeness.imagingSeries == 2)
        #expect(report.completeness.tier == 1 && report.completeness.missing == ["body part in 1 of 2 series"])
        #expect(report.finding("minimum.attribute")?.place.attribute == "BodyPartExamined")
    }

    @Test("tiers: described, asked, analysed")
    func tiers() throws {
        func tier(_ change: @escaping (inout DataSetBuilder) -> Void) throws -> (Int, [String]) {
            let report = try MemoryDataSet(Slice.stack(heights(3)) { $0.change = change }).check()
            return (report.completeness.tier, report.completeness.missing)
        }
        #expect(try tier { _ in } == (3, []))
        #expect(try tier { $0.append(.modality, .cs) } == (0, ["modality in 1 of 1 series"]))
        #expect(
            try tier {
                $0.append(.patientAge, .as); $0.append(.patientBirthDate, .da)
            } == (1, ["age at study in 1 of 1 series"]))
        // An age can be worked out from birth and study.
        #expect(try tier { $0.append(.patientAge, .as) }.0 == 3)
        #expect(try tier { $0.append(.rescaleSlope, .ds) } == (2, ["1 finding of severity error to be settled"]))
    }

    @Test("a region code will do for the body part, and nothing is asked of objects about images")
    func others() throws {
        let coded = Slice.stack(heights(3)) { slice in
            slice.change = { builder in
                builder.append(.bodyPartExamined, .cs)
                builder.sequence(.anatomicRegionSequence) { $0.append(.codeValue, .sh, string: "10200004") }
            }
        }
        var report = Slice(1, at: 0, series: 7)
        (report.modality, report.sopClass, report.position) = ("SR", Objects.report, nil)
        report.isImage = false
        report.change = { $0.append(.bodyPartExamined, .cs) }
        let checked = try MemoryDataSet(coded + [report]).check()
        #expect(checked.completeness.imagingSeries == 1 && checked.completeness.tier == 3)
    }
}
