import DICOM
import DICOMImaging

/// Looks at one series: its objects one after another, then the series as a whole, then some of its frames.
///
/// Nothing of an object is kept but what the rules about series need, so memory is that of one header and one frame.
struct SeriesExaminer: Sendable {
    let options: QualityOptions
    let limits: Limits

    func examine(
        _ series: QualitySeries, in source: some QualitySource, step: () throws -> Void
    ) throws -> SeriesOutcome {
        var outcome = SeriesOutcome(series)
        var findings = SeriesFindings(place: series.place)
        var objects: [ObjectFacts] = []
        var frames = FrameExaminer(options: options)
        var references: Set<String> = []
        var framesOfReference: Set<String> = []
        for (number, object) in series.objects.enumerated() {
            try step()
            guard let (file, bytes) = read(object, source, &findings) else { continue }
            defer { bytes.close() }
            let dataSet = file.dataSet
            ObjectCheck(today: options.today).run(dataSet, instance: object.instance, &findings)
            let facts = ObjectFacts(dataSet, listed: object, object: objects.count)
            outcome.patient.add(dataSet)
            note(MinimumAttribute.present(in: dataSet), isFirst: objects.isEmpty, &outcome)
            if ObjectReferences.modalities.contains(facts.modality) {
                let found = ObjectReferences(dataSet, own: object.instance)
                references.formUnion(found.instances)
                framesOfReference.formUnion(found.framesOfReference)
            }
            if let reader = PixelIntegrity.check(file, bytes, instance: object.instance, &findings) {
                outcome.frames += reader.count
                frames.look(reader, file, bytes, facts, number, &findings)
            }
            objects.append(facts)
        }
        outcome.modality = objects.first?.modality ?? ""
        outcome.isImaging =
            objects.contains(where: \.isImage) && !ObjectKind.derivedModalities.contains(outcome.modality)
        outcome.frameOfReference = objects.first { !$0.frameOfReference.isEmpty }?.frameOfReference ?? ""
        SeriesCheck(objects: objects).run(&findings)
        let geometry = GeometryCheck(objects: objects).run(&findings)
        outcome.stack = geometry.stack
        try resolve(references, framesOfReference, source, &outcome, &findings)
        try frames.sample(series, objects, geometry.order, source, limits, step: step, &findings)
        frames.conclude(outcome.modality, &findings)
        frames.move(to: &outcome)
        minimum(outcome, &findings)
        outcome.findings = findings.all
        return outcome
    }

    private func read(
        _ object: QualityObject, _ source: some QualitySource, _ findings: inout SeriesFindings
    ) -> (DICOMFile, any QualityBytes)? {
        do {
            let bytes = try source.open(object)
            do throws(DICOMError) {
                return (try DICOMFile.readHeader(bytes, limits: limits), bytes)
            } catch {
                bytes.close()
                findings.add(
                    .unreadable, "\(error.detail.prefix(1).uppercased())\(error.detail.dropFirst()).",
                    attribute: error.tag, instance: object.instance)
                return nil
            }
        } catch {
            findings.add(.unreadable, "Its bytes cannot be had from the store.", instance: object.instance)
            return nil
        }
    }

    /// A series has an attribute when all its objects have it.
    private func note(_ present: Set<MinimumAttribute>, isFirst: Bool, _ outcome: inout SeriesOutcome) {
        outcome.attributes = isFirst ? present : outcome.attributes.intersection(present)
    }

    private func minimum(_ outcome: SeriesOutcome, _ findings: inout SeriesFindings) {
        guard outcome.isImaging else { return }
        for attribute in MinimumAttribute.allCases where !outcome.attributes.contains(attribute) {
            findings.add(
                .minimumAttribute, "The \(attribute.rawValue) is missing in one or more of its objects.",
                attribute: attribute.tags.first)
        }
    }

    private func resolve(
        _ references: Set<String>, _ framesOfReference: Set<String>, _ source: some QualitySource,
        _ outcome: inout SeriesOutcome, _ findings: inout SeriesFindings
    ) throws {
        var missing = 0
        var strangers = 0
        var series: Set<String> = []
        for uid in references {
            guard let place = try source.place(ofInstance: uid) else {
                missing += 1
                continue
            }
            if place.patient != outcome.series.patient { strangers += 1 }
            if let found = place.series, found != outcome.series.series { series.insert(found) }
        }
        if missing > 0 {
            findings.add(
                missing == references.count ? .orphan : .partialOrphan,
                "\(missing) of the \(references.count) objects that it names are not in the data set.",
                attribute: .referencedSOPInstanceUID, count: missing)
        }
        if strangers > 0 {
            findings.add(
                .otherPatient, "\(strangers) of the \(references.count) objects that it names are another patient's.",
                attribute: .referencedSOPInstanceUID, count: strangers)
        }
        guard !framesOfReference.isEmpty else { return }
        outcome.references = series.sorted().map { ($0, framesOfReference) }
    }
}
