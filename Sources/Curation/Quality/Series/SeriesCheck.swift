import DICOM

/// The rules about a series as a whole: identity, numbers and sizes of its objects.
struct SeriesCheck {
    let objects: [ObjectFacts]

    func run(_ findings: inout SeriesFindings) {
        identity(&findings)
        numbers(&findings)
        sizes(&findings)
    }

    private func identity(_ findings: inout SeriesFindings) {
        let modalities = Set(objects.map(\.modality)).subtracting([""])
        if modalities.count > 1 {
            findings.add(
                .mixedModality, "It has objects of \(modalities.count) modalities.", attribute: .modality,
                instance: stranger(\.modality))
        }
        let frames = Set(objects.filter { !$0.poses.isEmpty }.map(\.frameOfReference))
        if frames.count > 1, !isLocalizer {
            findings.add(
                .mixedFrameOfReference, "Its images have \(frames.count) frames of reference.",
                attribute: .frameOfReferenceUID, instance: stranger(\.frameOfReference))
        }
    }

    /// The first object that differs from the one before.
    private func stranger<Value: Equatable>(_ path: KeyPath<ObjectFacts, Value>) -> String? {
        objects.first.flatMap { first in objects.first { $0[keyPath: path] != first[keyPath: path] }?.instance }
    }

    var isLocalizer: Bool { objects.contains(where: \.isLocalizer) }

    private func numbers(_ findings: inout SeriesFindings) {
        let numbers = objects.compactMap(\.number)
        var seen: Set<Int> = []
        var twice = 0
        for number in numbers where !seen.insert(number).inserted { twice += 1 }
        if twice > 0 {
            findings.add(
                .duplicateNumber, "\(twice) of \(objects.count) objects have a number that another one has.",
                attribute: .instanceNumber, count: twice)
        }
        // Positions say more than numbers, and an archive may number phases with gaps.
        guard objects.allSatisfy({ $0.isImage && $0.poses.isEmpty }), numbers.count == objects.count,
            let first = seen.min(), let last = seen.max()
        else { return }
        let (span, overflow) = last.subtractingReportingOverflow(first)
        guard seen.count > 2, !overflow, span < 100_000, span >= seen.count else { return }
        let missing = span + 1 - seen.count
        // Numbers that go in steps (10, 20, 30) were never meant to be without gaps.
        guard missing < seen.count else { return }
        findings.add(
            .numberGap, "\(missing) of the numbers between the first and the last are not there.",
            attribute: .instanceNumber, count: missing)
    }

    private func sizes(_ findings: inout SeriesFindings) {
        let images = objects.filter(\.isImage)
        guard images.count > 1, !isLocalizer, !ObjectKind.derivedModalities.contains(images[0].modality) else { return }
        // Projections and photographs of one series differ in size without harm.
        guard ObjectKind.crossSectional.contains(images[0].modality) else { return }
        let sizes = Set(images.map { [$0.rows ?? 0, $0.columns ?? 0] })
        guard sizes.count > 1 else { return }
        let other = images.first { $0.rows != images[0].rows || $0.columns != images[0].columns }
        findings.add(
            .mixedMatrix, "Its images have \(sizes.count) sizes.", attribute: .rows, instance: other?.instance)
    }
}
