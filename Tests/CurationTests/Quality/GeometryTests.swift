import Curation
import DICOM
import Testing

@Suite("Where the slices of a series lie")
struct GeometryTests {
    private func report(_ slices: [Slice]) throws -> QualityReport { try MemoryDataSet(slices).check() }

    @Test("an even stack is fine, in any order, upwards or downwards, oblique or not")
    func even() throws {
        #expect(try report(Slice.stack(heights(12))).found() == [])
        #expect(try report(Slice.stack(heights(12).reversed())).found() == [])
        #expect(try report(Slice.stack(heights(12).shuffled())).found() == [])
        // Turned by 30 degrees about the x axis: the stack goes along (0, -1/2, √3/2).
        let oblique = Slice.stack(heights(12)) { slice in
            slice.orientation = [1, 0, 0, 0, 0.8660254, 0.5]
            slice.position = slice.position.map { [$0[0], -0.5 * $0[2], 0.8660254 * $0[2]] }
        }
        #expect(try report(oblique).found() == [])
    }

    @Test("missing slices are counted, and the gaps are in the report to be drawn")
    func missing() throws {
        // Of 40 slices 2.5 mm apart, numbers 12, 13 and 30 (from 0) are not there.
        let report = try report(Slice.stack(heights(40, without: [12, 13, 30])))
        #expect(report.found() == ["geometry.missing-slice"])
        let finding = try #require(report.finding("geometry.missing-slice"))
        #expect(finding.count == 3 && finding.severity == .error && finding.level == .series)
        #expect(finding.place.series == "1.2.3.1.1" && finding.place.attribute == "ImagePositionPatient")
        // 12 slices before the first gap (0 to 11), 16 more before the second (14 to 29).
        #expect(finding.detail == "3 of 40 slices are not there: after slice 12 (7.5 mm), after slice 28 (5 mm).")
        let slices = try #require(report.series.first?.slices)
        #expect(slices.positionsMM.count == 37 && slices.spacingMM == 2.5)
        #expect(slices.gaps.map { [$0.fromMM, $0.toMM] } == [[27.5, 35], [72.5, 77.5]])
        #expect(slices.gaps.map(\.missing) == [2, 1])
    }

    @Test("a distance that is no whole number of slices is uneven spacing, not a missing slice")
    func uneven() throws {
        var places = heights(20)
        places[7] += 0.9
        let report = try report(Slice.stack(places))
        #expect(report.found() == ["geometry.uneven-spacing"])
        #expect(report.finding("geometry.uneven-spacing")?.count == 2)
        #expect(
            report.finding("geometry.uneven-spacing")?.detail
                == "The usual distance is 2.5 mm; 2 of 19 differ: after slice 7 (3.4 mm), after slice 8 (1.6 mm).")
    }

    @Test("positions that wander by their rounding are even")
    func rounding() throws {
        let places = heights(30, 0.625).enumerated().map { number, height in
            (height * 10).rounded() / 10 + (number % 2 == 0 ? 0.004 : -0.004)
        }
        // Written with one decimal: 0, 0.6, 1.3, 1.9 …: 0.6 and 0.7 apart.
        #expect(try report(Slice.stack(places)).found() == [])
    }

    @Test("a few images of a large scan are not said to be a scan with thousands missing")
    func fragments() throws {
        let report = try report(Slice.stack([0, 1.25, 2.5, 202.5]))
        #expect(report.found() == ["geometry.uneven-spacing"])
    }

    @Test("several phases, echoes and weightings at each position are one stack")
    func phases() throws {
        var slices: [Slice] = []
        for (phase, value) in ["0", "400", "800"].enumerated() {
            slices += Slice.stack(heights(10)) { slice in
                slice.modality = "MR"
                slice.sopClass = "1.2.840.10008.5.1.4.1.1.4"
                slice.number += phase * 10
                slice.instance += ".\(phase)"
                slice.seed += phase * 100
                slice.change = { $0.append(DICOMTag(0x0018, 0x9087), .fd, doubles: [Double(value) ?? 0]) }
            }
        }
        #expect(try report(slices).found() == [])
        // Position 4 loses the second weighting, and position 6 all three.
        let lost = slices.filter { slice in
            let height = slice.position?[2]
            return !(height == 10 && slice.number == 15) && height != 15
        }
        let report = try report(lost)
        #expect(report.found() == ["geometry.incomplete-phase", "geometry.missing-slice"])
        #expect(report.finding("geometry.incomplete-phase")?.count == 1)
        #expect(report.finding("geometry.missing-slice")?.count == 1)
    }

    @Test("private weightings that nothing public tells apart are no duplicates while every position has as many")
    func unknownPhases() throws {
        let twice = [0, 1].flatMap { phase in
            Slice.stack(heights(10)) { slice in
                slice.number += phase * 10
                slice.instance += ".\(phase)"
                slice.seed += phase * 100
            }
        }
        #expect(try report(twice).found() == [])
    }

    @Test("an image that lies where another one lies is found")
    func duplicatePosition() throws {
        var slices = Slice.stack(heights(10))
        var copy = slices[4]
        (copy.instance, copy.number, copy.seed) = ("1.2.3.1.1.99", 99, 99)
        slices.append(copy)
        let report = try report(slices)
        #expect(report.found() == ["geometry.duplicate-position"])
        #expect(report.finding("geometry.duplicate-position")?.place.instance == "1.2.3.1.1.99")
    }

    @Test("two acquisitions whose ranges overlap are two stacks")
    func acquisitions() throws {
        func part(_ number: Int, _ places: [Double]) -> [Slice] {
            Slice.stack(places) { slice in
                slice.number += number * 100
                slice.instance += ".\(number)"
                slice.seed += number * 100
                slice.change = { $0.append(.acquisitionNumber, .is, string: "\(number)") }
            }
        }
        #expect(try report(part(1, heights(10)) + part(2, heights(10).map { $0 + 20 })).found() == [])
    }

    @Test("slices in two orientations are found, but not in a localizer")
    func orientations() throws {
        let slices = Slice.stack(heights(6)) { slice in
            if slice.number > 3 { slice.orientation = [1, 0, 0, 0, 0, -1] }
        }
        #expect(try report(slices).found().contains("geometry.mixed-orientation"))
        let localizer = slices.map { slice in
            var slice = slice
            slice.change = { $0.append(.imageType, .cs, strings: ["ORIGINAL", "PRIMARY", "LOCALIZER"]) }
            return slice
        }
        #expect(try report(localizer).found() == [])
    }

    @Test(
        "direction cosines that are none are an error",
        arguments: [[1, 0, 0, 0, 2, 0], [1, 0, 0, 0.7071, 0.7071, 0], [0, 0, 0, 0, 0, 0]] as [[Double]])
    func cosines(_ orientation: [Double]) throws {
        let report = try report(Slice.stack(heights(4)) { $0.orientation = orientation })
        #expect(report.found() == ["geometry.orientation"])
        #expect(report.finding("geometry.orientation")?.count == 4)
    }

    @Test("CT, MR and PET without positions are an error; other modalities have none")
    func noPosition() throws {
        #expect(try report(Slice.stack(heights(3)) { $0.position = nil }).found() == ["geometry.no-position"])
        let radiographs = Slice.stack(heights(3)) { slice in
            (slice.position, slice.modality, slice.sopClass) = (nil, "DX", "1.2.840.10008.5.1.4.1.1.1.1")
        }
        #expect(try report(radiographs).found() == [])
    }

    @Test("several spacings, sizes and frames of reference in one series are found")
    func mixed() throws {
        func last(_ change: @escaping (inout Slice) -> Void) throws -> [String] {
            try report(Slice.stack(heights(5)) { if $0.number == 5 { change(&$0) } }).found()
        }
        #expect(try last { $0.spacing = [0.9, 0.9] } == ["geometry.mixed-spacing"])
        #expect(try last { $0.rows = 32 } == ["geometry.mixed-matrix"])
        #expect(try last { $0.frameOfReference = "1.2.3.1.8" } == ["geometry.mixed-frame-of-reference"])
        #expect(try last { $0.modality = "MR" }.contains("series.mixed-modality"))
    }

    @Test("a tilted gantry and a wrong Spacing Between Slices are told")
    func notices() throws {
        let tilted = Slice.stack(heights(10)) { slice in
            slice.position = slice.position.map { [$0[0], $0[1] + 0.3 * $0[2], $0[2]] }
        }
        #expect(try report(tilted)["geometry.sheared"] != nil)
        let claimed = Slice.stack(heights(10)) { $0.change = { $0.append(.spacingBetweenSlices, .ds, string: "5") } }
        #expect(
            try report(claimed).finding("geometry.spacing-claim")?.detail
                == "It says 5 mm, the positions 2.5 mm.")
        // Negative in some vendors' objects, with no other meaning here.
        let negative = Slice.stack(heights(10)) {
            $0.change = { $0.append(.spacingBetweenSlices, .ds, string: "-2.5") }
        }
        #expect(try report(negative)["geometry.spacing-claim"] == nil)
    }
}
