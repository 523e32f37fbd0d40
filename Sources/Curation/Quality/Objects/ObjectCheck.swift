import DICOM

/// The rules about a single object's attributes.
struct ObjectCheck {
    let today: CivilDate?

    func run(_ dataSet: DataSet, instance: String, _ findings: inout SeriesFindings) {
        codes(dataSet, instance, &findings)
        ranges(dataSet, instance, &findings)
        dates(dataSet, instance, &findings)
        rescale(dataSet, instance, &findings)
        frameGroups(dataSet, instance, &findings)
    }

    private func codes(_ dataSet: DataSet, _ instance: String, _ findings: inout SeriesFindings) {
        for (tag, terms) in CodeTerms.enumerated {
            guard let value = dataSet[tag]?.string, !terms.contains(value) else { continue }
            findings.add(
                .enumeratedValue, "It is none of \(terms.sorted().joined(separator: ", ")).", attribute: tag,
                instance: instance)
        }
        if let modality = dataSet[.modality]?.string, !CodeTerms.modalities.contains(modality) {
            findings.add(
                .modalityTerm, "The value is no defined term.", attribute: .modality, instance: instance)
        }
        if let part = dataSet[.bodyPartExamined]?.string, !CodeTerms.bodyParts.contains(part) {
            findings.add(
                .bodyPartTerm, "The value is no defined term.", attribute: .bodyPartExamined, instance: instance)
        }
        let (series, image) = (dataSet[.laterality]?.string, dataSet[.imageLaterality]?.string)
        if let series, let image, ["L", "R"].contains(series), ["L", "R"].contains(image), series != image {
            findings.add(
                .lateralityConflict, "The series' side and the image's side are opposite.", attribute: .imageLaterality,
                instance: instance)
        }
    }

    private func ranges(_ dataSet: DataSet, _ instance: String, _ findings: inout SeriesFindings) {
        let modality = dataSet[.modality]?.string ?? ""
        for range in PlausibleRange.all where range.modalities.isEmpty || range.modalities.contains(modality) {
            for element in range.elements(in: dataSet) {
                let isPossible = element.doubles.allSatisfy { range.values.contains($0) }
                if element.isEmpty || isPossible && !element.doubles.isEmpty { continue }
                findings.add(.implausibleValue, range.sentence, attribute: range.tag, instance: instance)
            }
        }
        if let age = dataSet[.patientAge]?.string {
            let years = AgeText.years(age)
            if years == nil || years ?? 0 > 130 {
                findings.add(
                    .impossibleAge, years == nil ? "It is not written as an age." : "It is above 130 years.",
                    attribute: .patientAge, instance: instance)
            }
        }
    }

    /// Hounsfield units: original and derived CT images alike, localizers too.
    private func rescale(_ dataSet: DataSet, _ instance: String, _ findings: inout SeriesFindings) {
        guard ObjectKind.ctClasses.contains(dataSet[.sopClassUID]?.uid ?? ""), dataSet[.rows] != nil else { return }
        var places: [DataSet] = [dataSet]
        for sequence in [Tag.sharedFunctionalGroupsSequence, .perFrameFunctionalGroupsSequence] {
            let group = dataSet[sequence]?.items.first?[QualityTags.pixelValueTransformationSequence]
            if let item = group?.items.first { places.append(item) }
        }
        let slope = places.lazy.compactMap { $0[.rescaleSlope]?.double }.first
        let intercept = places.lazy.compactMap { $0[.rescaleIntercept]?.double }.first
        if let slope, intercept != nil, slope != 0, slope.isFinite { return }
        findings.add(
            .rescaleAbsent, slope == 0 ? "The slope is 0." : "Slope, intercept or both are missing.",
            attribute: .rescaleSlope, instance: instance)
    }

    private func frameGroups(_ dataSet: DataSet, _ instance: String, _ findings: inout SeriesFindings) {
        guard let groups = dataSet[.perFrameFunctionalGroupsSequence] else { return }
        let (items, frames) = (groups.items.count, max(dataSet[.numberOfFrames]?.int ?? 1, 1))
        guard items != frames else { return }
        findings.add(
            .frameGroups, "\(frames) frame\(frames == 1 ? "" : "s"), \(items) description\(items == 1 ? "" : "s").",
            attribute: .perFrameFunctionalGroupsSequence,
            instance: instance)
    }
}
